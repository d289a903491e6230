"""The archive on disk: one folder with everything in it."""

from __future__ import annotations

import fcntl
import json
import os
import platform
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from archive.config import Config, load, render
from archive.errors import ArchiveInUse, SiteInUse, UnknownArchive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VARIABLE = "TEARSHEET_ARCHIVE"
DEFAULT = Path("archive-data")


def chosen_path(option: str | Path | None = None) -> Path:
    """Return the archive to work on: *option*, else ``TEARSHEET_ARCHIVE``, else ``./archive-data``."""
    return Path(option or os.environ.get(VARIABLE) or DEFAULT)


@dataclass(frozen=True, slots=True)
class ArchiveFolder:
    """An archive's folder, which need not exist yet."""

    path: Path

    @property
    def warc(self) -> Path:
        """Return the folder of the WARC files."""
        return self.path / "warc"

    @property
    def index(self) -> Path:
        """Return the index's file, which ``tearsheet reindex`` makes anew when it is missing."""
        return self.path / "index.db"

    @property
    def next_index(self) -> Path:
        """Return where an index is made that is to take the other's place; what a killed run left there is gone on with."""
        return self.path / "index.db.next"

    @property
    def operator(self) -> Path:
        """Return the file of what people decided: rules of access, saved queries, parties. Nothing can make it again: back it up."""
        return self.path / "operator.db"

    @property
    def frontier(self) -> Path:
        """Return the file of what a crawl has still to fetch; when it is deleted, the next run starts from fronts and feeds."""
        return self.path / "frontier.db"

    @property
    def config_file(self) -> Path:
        """Return the file of the settings."""
        return self.path / "tearsheet.toml"

    @property
    def replay(self) -> Path:
        """Return the folder of what replay generates; it can be deleted at any time."""
        return self.path / "replay"

    @property
    def lock_file(self) -> Path:
        """Return the file that a writing process holds locked; its presence alone says nothing."""
        return self.path / "lock"

    def exists(self) -> bool:
        """Return whether the folder is an archive: it has settings or WARC files."""
        return self.config_file.is_file() or self.warc.is_dir()

    def create(self, config: Config | None = None) -> Self:
        """Return this archive, made where it was missing; settings that are there stay as they are."""
        try:
            self.warc.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise UnknownArchive(f"{self.path} is no folder; choose another with --archive") from error
        if not self.config_file.exists():
            written = self.config_file.with_suffix(".toml.new")
            written.write_text(render(config or Config()), encoding="utf-8")
            written.replace(self.config_file)
        return self

    def open(self) -> Self:
        """Return this archive. Raises *UnknownArchive*, with the remedy, when there is none."""
        if not self.exists():
            state = "is not there" if not self.path.exists() else "holds no archive"
            raise UnknownArchive(
                f"{self.path} {state}. Choose an archive with --archive DIR or {VARIABLE}=DIR, "
                "or begin one: tearsheet crawl --sample"
            )
        return self

    def config(self) -> Config:
        """Return the settings in ``tearsheet.toml``, defaults where it says nothing. Raises *ConfigError*."""
        return load(self.config_file)

    @contextmanager
    def lock(self, purpose: str = "", *, run: str = "", sites: Sequence[str] = ()) -> Iterator[None]:
        """Hold the archive for writing; *purpose* (``crawl``, ``reindex``), *run* and *sites* tell others who holds it.

        Raises *ArchiveInUse* at once, with the other process's number, machine and run, when it is held; *SiteInUse*
        when the other crawls one of *sites*. The system lets go when the process ends, however it ends.
        """
        with self.lock_file.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise _in_use(self.path, file, sites) from None
            _sign(file, purpose, run, sites)
            try:
                yield
            finally:
                file.truncate(0)


def _sign(file: IO[str], purpose: str, run: str, sites: Sequence[str]) -> None:
    file.truncate(0)
    since = datetime.now(UTC).isoformat(timespec="seconds")
    signed = {"pid": os.getpid(), "host": platform.node(), "purpose": purpose, "run": run, "since": since}
    json.dump(signed | {"sites": list(sites)}, file)
    file.flush()


def _in_use(path: Path, file: IO[str], sites: Sequence[str]) -> ArchiveInUse:
    """Return the error that says who holds the lock *file*, and whether it crawls one of *sites*."""
    file.seek(0)
    try:
        signed = json.load(file)
        same = [site for site in sites if site in signed["sites"]]
        doing = ", ".join(filter(None, (signed["purpose"], signed["run"] and f"run {signed['run']}")))
        holder = f"process {signed['pid']} on {signed['host']}" + (f" ({doing})" if doing else "")
        words = f"{holder}, since {signed['since']}"
    except (
        ValueError,
        KeyError,
        TypeError,
    ):
        # Read between its taking the lock and its signing.
        same, words = [], "another process"
    if same:
        return SiteInUse(f"{', '.join(same)}: a run is under way: {words}")
    return ArchiveInUse(f"{path} is in use by {words}")
