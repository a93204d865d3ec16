"""Files that hold clear values are read by whom the editor lets, and by nobody else."""

from __future__ import annotations

import errno
import os

import pytest

from generator.base.files import read_text, unwritable, write_text
from generator.cli import main
from tests.samples import make_site
from tests.test_import import NOTICE


@pytest.fixture
def private():
    mask = os.umask(0o077)
    yield
    os.umask(mask)


@pytest.mark.usefixtures("private")
def test_an_import_writes_what_only_the_editor_can_read(tmp_path):
    folder = make_site(tmp_path / "site", [])
    source = tmp_path / "通报.txt"
    source.write_text(NOTICE.format("", 1), "utf-8")
    assert main(["--site", str(folder), "import", str(source)]) == 0
    written = [path for path in (folder / "content").rglob("*") if path.suffix in (".md", ".txt")]
    assert len(written) == 2
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}


def test_a_file_that_is_written_anew_keeps_its_readers(tmp_path):
    path = tmp_path / "a.md"
    write_text(path, "甲")
    path.chmod(0o640)
    write_text(path, "乙")
    assert (path.read_text("utf-8"), path.stat().st_mode & 0o777) == ("乙", 0o640)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\xe7\x94\xb2\r", "a\n甲\n"),
        (b"\xef\xbb\xbfa\rb", "a\nb"),
        (b"a\r\nb\r\n", "a\r\nb\r\n"),
        (b"a\rb\nc", "a\rb\nc"),
    ],
)
def test_a_file_that_ends_its_lines_as_old_macs_do_has_lines(data, text, tmp_path):
    (tmp_path / "x").write_bytes(data)
    assert read_text(tmp_path / "x", "x") == text


@pytest.mark.parametrize("is_output", [True, False])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS])
def test_what_cannot_be_written_is_told_with_what_helps(code, is_output, tmp_path):
    message = str(unwritable(tmp_path / "output", OSError(code, os.strerror(code)), is_output=is_output))
    is_full = code in (errno.ENOSPC, errno.EDQUOT)
    assert ("free space" in message, "check its rights" in message) == (is_full, not is_full)
    assert ("--output" in message) == is_output
