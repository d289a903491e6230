#!/bin/sh
# Backs an archive up while it is crawled, searched and read. Use: backup.sh ARCHIVE BACKUP
# WARC files never change once they are finished, so only new ones are copied; one that is still open comes with a later backup.
# operator.db (people's decisions) is copied whole by SQLite's own online backup, and so is index.db, which spares a reindex.
set -eu
archive=$1
backup=$2
mkdir -p "$backup/warc"
for file in "$archive"/warc/*; do
    name=${file##*/}
    [ -e "$file" ] || continue # a link to what is not mounted now
    case $name in
        '*' | *.open | *.torn-* | *.tmp | manifest-*) continue ;;
    esac
    if [ ! -e "$backup/warc/$name" ]; then
        cp -p "$file" "$backup/warc/.$name.part"
        mv "$backup/warc/.$name.part" "$backup/warc/$name"
    fi
done
for file in operator.db index.db; do
    if [ -e "$archive/$file" ]; then
        rm -f "$backup/$file.part"
        sqlite3 -cmd '.timeout 30000' "$archive/$file" ".backup '$backup/$file.part'"
        mv "$backup/$file.part" "$backup/$file"
    fi
done
cp -p "$archive/tearsheet.toml" "$backup/"
if [ -d "$archive/sites" ]; then
    mkdir -p "$backup/sites"
    cp -p "$archive"/sites/* "$backup/sites/"
fi
# Last, so that it names nothing that is not there: what was written meanwhile is not in it.
if [ -e "$archive/warc/manifest-sha256.txt" ]; then
    while read -r digest name; do
        if [ -e "$backup/warc/$name" ]; then printf '%s  %s\n' "$digest" "$name"; fi
    done <"$archive/warc/manifest-sha256.txt" >"$backup/warc/manifest-sha256.txt.part"
    mv "$backup/warc/manifest-sha256.txt.part" "$backup/warc/manifest-sha256.txt"
    (cd "$backup/warc" && sha256sum --check --quiet manifest-sha256.txt)
fi
