import shutil
import subprocess

import pytest

from archive.errors import UserError
from archive.warc.manifest import MANIFEST, read_manifest, seal


def test_sealed_files_are_what_sha256sum_finds(tmp_path):
    (tmp_path / "b.warc.gz").write_bytes(b"b")
    (tmp_path / "a.warc.gz").write_bytes(b"a")
    assert read_manifest(tmp_path) == {}
    seal(tmp_path, ["b.warc.gz"])
    listed = seal(tmp_path, ["a.warc.gz", "b.warc.gz"])
    assert read_manifest(tmp_path) == listed
    assert (tmp_path / MANIFEST).read_text() == (
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a.warc.gz\n"
        "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b.warc.gz\n"
    )
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=tmp_path, check=True)


def test_a_sealed_file_keeps_its_line_when_it_is_changed(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"a")
    before = seal(tmp_path, [path.name])
    path.write_bytes(b"changed")
    assert seal(tmp_path, [path.name]) == before


def test_a_manifest_that_cannot_be_read_names_the_line(tmp_path):
    (tmp_path / MANIFEST).write_text("nonsense\n")
    with pytest.raises(UserError, match="line 1"):
        read_manifest(tmp_path)
