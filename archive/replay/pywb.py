"""pywb as a child process: started in its folder, asked until it answers, ended by its own number."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Self

from archive.errors import UserError
from archive.replay.environment import program

if TYPE_CHECKING:
    from pathlib import Path

_LOOPBACK = "127.0.0.1"
_STARTS_WITHIN = 90  # seconds; 1 to 4 on an idle machine, 14 were seen on a loaded one
_ENDS_WITHIN = 5
_NOWHERE = f"http://{_LOOPBACK}:9"  # the port of "discard", where nobody listens
_LOG_TAIL = 1500  # bytes

_LAUNCHER = """
import os, signal, sys
program = os.getpid()
if os.fork() == 0:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while os.read(0, 1):
        pass
    if os.getppid() == program:
        os.kill(program, signal.SIGTERM)
    os._exit(0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Becomes the program named, beside a watcher that ends it when its standard input ends: so it never outlives us,
however we are killed. (A thread in the same process will not do: gevent replaces what threads stand on.)"""


class ReplayFailed(UserError):  # noqa: N818  (says what it is)
    """pywb could not be started or ended by itself; the message has the end of its log."""


class Pywb:
    """One running ``wayback``, reading ``config.yaml`` in *folder*; a context manager."""

    def __init__(self, folder: Path, environment: Path) -> None:
        self._folder = folder
        environment = environment.absolute()  # for it is started in another folder
        self._python, self._wayback = program(environment, "python"), program(environment, "wayback")
        self._log = folder / "pywb.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        """Return when pywb answers. Raises *ReplayFailed* when it does not, within 90 seconds."""
        self.port = _free_port()
        command = [
            str(self._python),
            "-c",
            _LAUNCHER,
            str(self._wayback),
            "-b",
            _LOOPBACK,
            "-p",
            str(self.port),
        ]
        with self._log.open("wb") as log:
            try:
                self._process = subprocess.Popen(  # noqa: S603  (our own words)
                    command,
                    cwd=self._folder,
                    env=_variables(),
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                )
            except OSError as error:
                raise ReplayFailed(f"{self._python} cannot be started ({error.strerror})") from error
        try:
            self._await_answer()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """Return the number of the process; None when it is not running."""
        return self._process.pid if self._process else None

    def check(self) -> None:
        """Raise *ReplayFailed* when pywb has ended by itself."""
        code = self._process.poll() if self._process else None
        if code is not None:
            raise ReplayFailed(f"pywb ended (code {code}). The end of {self._log}:\n{self._last_words()}")

    def stop(self) -> None:
        """End pywb; killed if it does not go in 5 seconds. Nothing happens when it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _await_answer(self) -> None:
        deadline = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < deadline:
            self.check()
            if _answers(self.port):
                return
            time.sleep(0.1)
        raise ReplayFailed(f"pywb did not answer in {_STARTS_WITHIN} seconds. Its log:\n{self._last_words()}")

    def _last_words(self) -> str:
        return self._log.read_bytes()[-_LOG_TAIL:].decode("utf-8", "replace").strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(_LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/collinfo.json")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _variables() -> dict[str, str]:
    """Return pywb's environment variables: ours, without what would lead it out of the archive or to other code.

    pywb has code for the live web, and one of its libraries fetches a list from the web when cookies ask for it.
    A proxy that is not there stops both.
    """
    kept = {
        name: value for name, value in os.environ.items() if not name.upper().startswith(("PYTHON", "PYWB_"))
    }
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        kept[name] = kept[name.upper()] = _NOWHERE
    kept["no_proxy"] = kept["NO_PROXY"] = f"{_LOOPBACK},localhost"
    return kept
