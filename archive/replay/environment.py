"""The environment of its own in which pywb runs, made on first use from pinned and hashed files."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

VARIABLE = "TEARSHEET_REPLAY_ENV"
_HERE = Path(__file__).parent
_REQUIREMENTS = _HERE / "requirements.txt"
_BUILD_REQUIREMENTS = _HERE / "requirements-build.txt"
_STAMP = "tearsheet-replay"
_BUILDING = "unfinished"
_TOO_NEW = (3, 15)  # pywb 2.10 says: Requires-Python <3.15
_PATIENCE = 900  # seconds for one pip run: about 30 MB to fetch


class NoReplayEnvironment(UserError):  # noqa: N818  (says what it is)
    """pywb's environment is not there and cannot be made; the message says why and what to do."""


def default_folder() -> Path:
    """Return where the environment lives when nobody says otherwise.

    That is ``TEARSHEET_REPLAY_ENV``, else ``.replay-venv`` in the checkout, else (installed from a wheel)
    ``tearsheet/replay-env`` in the user's data folder.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    checkout = _HERE.parents[1]
    if (checkout / "pyproject.toml").is_file():
        return checkout / ".replay-venv"
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "tearsheet" / "replay-env"


def ensure(folder: Path | None = None, *, say: Callable[[str], None] | None = None) -> Path:
    """Return the folder of an environment with pywb, by default *default_folder*; made where it is missing.

    An environment of ours is made anew when its requirements have changed; one that somebody else made
    (it has ``bin/wayback``) is taken as it is. *say* is told what happens, one line at a time; by default
    that goes to stderr. Raises *NoReplayEnvironment*.
    """
    folder = (folder or default_folder()).absolute()
    if not _is_ready(folder):
        with _alone(folder):
            if not _is_ready(folder):  # nor made by another process meanwhile
                _make(folder, say or _to_stderr)
    return folder


def program(folder: Path, name: str) -> Path:
    """Return the program *name* (``wayback``, ``python``) of the environment in *folder*."""
    return folder / "bin" / name


def _is_ready(folder: Path) -> bool:
    if not program(folder, "wayback").exists():
        return False
    stamp = folder / _STAMP
    return not stamp.exists() or stamp.read_text(encoding="utf-8") == _fingerprint()


def _fingerprint() -> str:
    pinned = _BUILD_REQUIREMENTS.read_bytes() + _REQUIREMENTS.read_bytes()
    return f"{hashlib.sha256(pinned).hexdigest()} {sys.version_info[0]}.{sys.version_info[1]}\n"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time make the environment in *folder*; the others wait."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise NoReplayEnvironment(
            f"Replay needs pywb in {folder}, which cannot be used ({error.strerror}); "
            f"choose another folder with {VARIABLE}=DIR"
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make(folder: Path, say: Callable[[str], None]) -> None:
    if sys.version_info >= _TOO_NEW:
        raise NoReplayEnvironment(
            f"pywb does not run on Python {sys.version_info[0]}.{sys.version_info[1]}. Make its environment with "
            f"an older one, e.g.: python3.13 -m venv {folder} && {folder}/bin/pip install pywb"
        )
    if any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        raise NoReplayEnvironment(
            f"{folder} holds other things than a Python environment, and nothing of it shall be lost; "
            f"name an empty or new folder with {VARIABLE}=DIR"
        )
    say(f"Setting up pywb, which replays, in {folder} (once; about 30 MB and half a minute) …")
    _run("create the environment", [sys.executable, "-m", "venv", "--clear", str(folder)])
    (folder / _STAMP).write_text(_BUILDING, encoding="utf-8")
    pip = [str(program(folder, "python")), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    pip += [
        "--no-deps",
        "--require-hashes",
        "--no-build-isolation",
        "--only-binary",
        ":all:",
        "--no-binary",
        "surt",
    ]
    _run("install pywb", [*pip, "-r", str(_BUILD_REQUIREMENTS)])
    _run("install pywb", [*pip, "-r", str(_REQUIREMENTS)])
    (folder / _STAMP).write_text(_fingerprint(), encoding="utf-8")
    say("pywb is ready.")


def _run(purpose: str, command: Sequence[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603  (our own words)
            command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoReplayEnvironment(f"Could not {purpose}: not done after {_PATIENCE} seconds") from error
    if done.returncode:
        raise NoReplayEnvironment(_explanation(purpose, done.stderr + done.stdout))


def _explanation(purpose: str, output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    if "ensurepip" in output:
        return f"Could not {purpose}: Python's venv is missing. On Debian: sudo apt-get install python3-venv"
    wrong = [line for line in lines if line.startswith("ERROR")] or lines[-2:]
    return (
        f"Could not {purpose}: {' '.join(wrong) or 'no reason given'}. It is fetched from the package index "
        f"once, so the network must be there the first time; or point {VARIABLE} at an environment with pywb."
    )


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
