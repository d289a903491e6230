"""How ``tearsheet`` ends: a number for each outcome that a script treats differently."""

from __future__ import annotations

import errno
from enum import IntEnum

from archive.errors import ArchiveInUse, DamagedRecord, DiskFull, SiteInUse, UserError

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


class ExitCode(IntEnum):
    """The exit codes of every verb; *meaning* says what to do."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> ExitCode:
        """Return the member for *code* with its *meaning*."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    OK = 0, "All done."
    FAILED = 1, "Something you can mend (the message says what), or `verify` found damage."
    USAGE = 2, "The command line cannot be read; the message shows how it is written."
    INCOMPLETE = (
        3,
        "Finished, but some sites, pages or files failed, or robots.txt closes all addresses of `--urls`; `tearsheet status` names them.",
    )
    STOPPED = 4, "Stopped early, by a limit, Ctrl-C or a signal. Nothing is lost; run it again to go on."
    IN_USE = (
        5,
        "Another process has this archive, and one of you needs it alone; the message names it. Try later.",
    )
    DISK_FULL = 6, "The disk is full, or a quota is reached. What was captured is safe; make room, run again."
    ALERTS = (
        7,
        "Finished, and alerts were raised; the summary and `tearsheet status` name them. Told once for each.",
    )
    SITE_IN_USE = 8, "A run of this very site is under way; the message says who holds it and since when."
    BUG = 70, "A fault in Tearsheet. The traceback is printed; please report it."


def code_for(error: BaseException) -> ExitCode:
    """Return the exit code with which *error* ends the program; ``BUG`` for errors that nobody foresaw."""
    number = error.errno if isinstance(error, OSError) else None
    if isinstance(error, SiteInUse):
        return ExitCode.SITE_IN_USE
    if isinstance(error, ArchiveInUse):
        return ExitCode.IN_USE
    if isinstance(error, DiskFull) or number in NO_SPACE:
        return ExitCode.DISK_FULL
    if isinstance(error, UserError | DamagedRecord) or number in NOT_ALLOWED:
        return ExitCode.FAILED
    if isinstance(error, KeyboardInterrupt):
        return ExitCode.STOPPED
    return ExitCode.BUG


def table() -> str:
    """Return the exit codes as a Markdown table."""
    rows = [f"| {code.value} | {code.meaning} |" for code in ExitCode]
    return "\n".join(["| exit code | meaning |", "|---|---|", *rows])
