"""Check every WARC record's digests, and that index and files agree"""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import DiskFull, UnknownArchive
from archive.exit_codes import ExitCode
from archive.verbs.agreement import Agreed, compare
from archive.warc.files import ENDINGS, OPEN
from archive.warc.manifest import file_sha256, read_manifest
from archive.warc.verify import ERROR, NOTE, Finding, Summary, verify_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.folder import ArchiveFolder
    from archive.verbs.console import Console


@dataclass(slots=True)
class Checked:
    """What was counted on the way."""

    files: int = 0
    bytes: int = 0
    unfinished: int = 0
    sealed: int = 0
    """Files whose SHA-256 is the one in the manifest."""
    summary: Summary = field(default_factory=Summary)
    agreed: Agreed | None = None
    """None when there was no index to compare with."""
    errors: int = 0
    notes: int = 0


@click.command()
@click.argument(
    "files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]…"
)
@click.pass_obj
def command(console: Console, *, files: tuple[Path, ...]) -> None:
    r"""Read every record of the archive's WARC files, and compare its digests with its bytes.

    Without FILE, sealed files are also compared with the manifest, and the index with the files: each capture in the
    index stands where it says, each capture in the files is in the index. With FILE…, only those files are read, and
    no archive is needed.

    Ends with exit code 1 when something is damaged, and names file, offset, URL and what is wrong. Notes (what other
    programs might stumble over) are listed with --verbose and with --json.

    \b
    Example:
      tearsheet verify
      tearsheet verify crawl-2009.warc.gz --json
    """
    checked = Checked()
    findings = (
        _of_files(files, checked, console) if files else _of_archive(console.folder(), checked, console)
    )
    for finding in findings:
        _count(finding, checked)
        if console.as_json:
            console.emit({"type": "finding", **dataclasses.asdict(finding)})
        elif finding.severity == ERROR:
            console.write(f"damaged: {finding}")
        else:
            console.detail(f"note: {finding}")
    _tell(console, checked)
    if not files:
        _note_event(console.folder(), checked, console)
    sys.exit(ExitCode.FAILED if checked.errors else ExitCode.OK)


def _note_event(folder: ArchiveFolder, checked: Checked, console: Console) -> None:
    """Note the check among the archive's preservation events; an archive that cannot be written is checked all the same."""
    from archive.index.operator_data import OperatorData  # noqa: PLC0415

    words = f"{checked.files} files, {checked.bytes} bytes read, {checked.sealed} files as they were sealed; errors: {checked.errors}"
    try:
        with OperatorData(folder.operator) as noted:
            noted.add_event("fixity check", outcome="failure" if checked.errors else "success", detail=words)
    except (UnknownArchive, DiskFull) as error:
        console.detail(f"this check is not noted: {error}")


def _of_archive(folder: ArchiveFolder, checked: Checked, console: Console) -> Iterator[Finding]:
    # Loaded here: files elsewhere are checked without an index.
    from archive.index.store import Index  # noqa: PLC0415

    paths = {path.name.removesuffix(OPEN): path for path in _warc_files(folder.warc)}
    yield from _of_files(paths.values(), checked, console)
    yield from _of_manifest(folder.warc, checked, console)
    if not folder.index.exists():
        words = "there is no index; `tearsheet reindex` makes it"
        yield Finding(file=folder.index.name, offset=0, target_uri=None, severity=NOTE, message=words)
        return
    console.detail("comparing index and files")
    checked.agreed = Agreed()
    with Index.open(folder.index, read_only=True) as index:
        yield from compare(index, paths, checked.agreed)


def _warc_files(folder: Path) -> list[Path]:
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.name.removesuffix(OPEN).endswith(ENDINGS) and path.exists())


def _of_files(paths: Iterable[Path], checked: Checked, console: Console) -> Iterator[Finding]:
    for path in paths:
        console.detail(f"reading {path.name}")
        checked.files += 1
        checked.bytes += path.stat().st_size
        findings = verify_file(path, checked.summary)
        if path.name.endswith(OPEN):
            checked.unfinished += 1
            findings = _of_unfinished(path, findings)
        yield from findings


def _of_unfinished(path: Path, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield *findings*; a torn end is no damage while the file is being written, or before it is recovered."""
    words = "is being written, or was left by a killed run (`tearsheet reindex` finishes it then)"
    yield Finding(file=path.name, offset=0, target_uri=None, severity=NOTE, message=words)
    last: Finding | None = None
    for finding in findings:
        if last is not None:
            yield last
        last = finding
    if last is not None:
        yield replace(last, severity=NOTE) if last.target_uri is None else last


def _of_manifest(folder: Path, checked: Checked, console: Console) -> Iterator[Finding]:
    for name, sha256 in read_manifest(folder).items():
        path, problem = folder / name, None
        console.detail(f"comparing {name} with the manifest")
        if not path.exists():
            gone = f": it is a link to {path.readlink()}, which is not there" if path.is_symlink() else ""
            problem = f"is in the manifest, but not in the archive{gone}"
        elif file_sha256(path) != sha256:
            problem = "is not the file that was sealed: its SHA-256 differs from the manifest's"
        if problem is None:
            checked.sealed += 1
        else:
            yield Finding(file=name, offset=0, target_uri=None, severity=ERROR, message=problem)


def _count(finding: Finding, checked: Checked) -> None:
    if finding.severity == ERROR:
        checked.errors += 1
    else:
        checked.notes += 1


def _tell(console: Console, checked: Checked) -> None:
    values: dict[str, object] = {
        "files": checked.files,
        "unfinished": checked.unfinished,
        "bytes": checked.bytes,
        "records": checked.summary.records.total(),
        "block_digests_right": checked.summary.block_digests,
        "payload_digests_right": checked.summary.payload_digests.total()
        - checked.summary.payload_digests["elsewhere"],
        "files_as_sealed": checked.sealed,
        "captures_agreeing_with_index": checked.agreed.captures if checked.agreed else None,
        "captures_not_yet_indexed": checked.agreed.behind if checked.agreed else None,
        "notes": checked.notes,
        "damages": checked.errors,
    }
    if console.as_json:
        console.emit({"type": "summary", **values})
        return
    console.pairs({name.replace("_", " "): value for name, value in values.items() if value is not None})
    console.say(
        "Something is damaged; see above." if checked.errors else "All that was checked is as it was written."
    )
