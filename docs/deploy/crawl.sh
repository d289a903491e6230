#!/bin/sh
# One crawl of the addresses in a file, for cron: writes to a log, and to standard output (which cron mails) only what a person should know.
# Use: crawl.sh SITES.list [LOG]
set -u
sites=$1
log=${2:-/srv/tearsheet/crawl.log}
tearsheet=${TEARSHEET:-/opt/tearsheet/.venv/bin/tearsheet}
# shellcheck disable=SC2046  # one address a line, no blanks in it
"$tearsheet" crawl $(grep -v '^#' "$sites") --log-json --set crawl.max_run_minutes=50 >>"$log" 2>&1
code=$?
case $code in
    0 | 3 | 4 | 5 | 8) exit 0 ;; # done; some sites failed; its limit; a run was under way
    7) "$tearsheet" status | sed -n '/^Open alerts/,$p' ;;
    *) echo "the crawl ended with $code; the last lines of $log:" && tail -n 5 "$log" ;;
esac
exit "$code"
