"""The archive on disk: one folder with everything in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archive.config import Config, load, render
from archive.errors import UnknownArchive
from archive.locks import Locks

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

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
        """Return the folder of what crawls have still to fetch; when it is deleted, the next run starts from fronts and feeds."""
        return self.path / "frontier"

    @property
    def config_file(self) -> Path:
        """Return the file of the settings."""
        return self.path / "tearsheet.toml"

    @property
    def replay(self) -> Path:
        """Return the folder of what replay generates; it can be deleted at any time."""
        return self.path / "replay"

    @property
    def locks(self) -> Locks:
        """Return who may write and who does: runs side by side, or one verb alone."""
        return Locks(self.path)

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

    def lock(self, purpose: str = "", *, wait_seconds: float = 0.0) -> AbstractContextManager[None]:
        """Hold the archive alone, for *purpose* (``reindex``, ``repair``). Raises *ArchiveInUse*, naming who writes to it."""
        return self.locks.alone(purpose, wait_seconds=wait_seconds)
