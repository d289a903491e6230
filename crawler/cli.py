"""The program ``tearsheet``: runs a verb, and turns whatever goes wrong into words and an exit code."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

import click

from archive.exit_codes import ExitCode, code_for
from archive.verbs.group import ReaderWentAway, tearsheet

if TYPE_CHECKING:
    from collections.abc import Sequence

COLLECT_EVERY = (50_000, 20, 20)
"""A page's tree is tens of thousands of objects without a cycle among them: looking through them for cycles as often
as Python does by default is a tenth of the cost of reading a page."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``tearsheet`` with *arguments* (the process's own by default) and return its exit code.

    Errors that a user can mend are one line on standard error; a bug keeps its traceback.
    """
    gc.set_threshold(*COLLECT_EVERY)
    if (
        arguments is None
    ):  # as a program of its own: told to end, it ends as by Ctrl-C, with its own exit code
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that is not UTF-8 shows ? for what it has not
        sys.stdout.reconfigure(errors="replace")
    try:
        result = tearsheet.main(args=arguments, prog_name="tearsheet", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return ExitCode.USAGE
    except click.ClickException as error:
        return _end(error.format_message(), ExitCode.FAILED)
    except (BrokenPipeError, ReaderWentAway):
        return _reader_went_away()
    except (click.Abort, KeyboardInterrupt):
        return _end("interrupted", ExitCode.STOPPED)
    except Exception as error:  # noqa: BLE001  (the edge of the program)
        code = code_for(error)
        if code is ExitCode.BUG:
            traceback.print_exc()
            return _end("this is a fault in Tearsheet, please report it", code)
        return _end(_in_words(error), code)
    return result if isinstance(result, int) else ExitCode.OK


def _end(message: str, code: ExitCode) -> int:
    click.echo(f"tearsheet: {message}", err=True)
    return code


def _in_words(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _reader_went_away() -> int:
    # ``tearsheet search … | head`` has what it wanted. What is still buffered must not fail at exit.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main())
