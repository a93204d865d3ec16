from __future__ import annotations

import io
import stat
import tracemalloc
import zipfile

import pytest

from generator.readers import ReadError
from generator.readers.archive import is_archive, members
from generator.readers.limits import LIMITS
from tests.readers.support import docx, packed, paragraph


def outcome(data: bytes) -> list[tuple[str, object]]:
    """Name and bytes of each member; the error's first words in place of bytes."""
    return [(name, content if isinstance(content, bytes) else str(content)) for name, content in members(data)]


def test_files_of_all_folders_come_in_order_without_the_rubbish_of_systems() -> None:
    names = [
        "甲/一.txt",
        "二.docx",
        "甲/乙/三.htm",
        "__MACOSX/甲/._一.txt",
        "Thumbs.db",
        "甲/.DS_Store",
        "甲/~$二.docx",
        "甲/~WRL0001.tmp",
        "甲/.~二.docx",
        "甲/._二.docx",
        "二.docx.crdownload",
        "二.docx.tmp",
        "二.txt~",
        "二.bak",
        ".二.txt.swp",
        "二.lnk",
        "网站.URL",
        "@eaDir/二.docx",
    ]
    data = packed({"甲/": b"", **dict.fromkeys(names, b"x")})
    assert [name for name, _ in outcome(data)] == ["甲/一.txt", "二.docx", "甲/乙/三.htm"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark_of_their_encoding_are_read(encoding: str) -> None:
    raw = "通报.txt".encode(encoding)
    data = packed({"a" * len(raw): b"x"}).replace(b"a" * len(raw), raw)
    assert outcome(data) == [("通报.txt", b"x")]


@pytest.mark.parametrize("name", ["../a.txt", "x/../../a.txt", "/etc/a.txt", "..\\a.txt", "C:\\a.txt"])
def test_paths_do_not_climb(name: str) -> None:
    [(_, said), (_, good)] = outcome(packed({name: b"x", "b.txt": b"y"}))
    assert "leads out of the archive" in str(said)
    assert good == b"y"


@pytest.mark.parametrize("name", [b"\x00", b"\x01", b"\x7f"])
def test_a_file_without_a_name_is_told_and_the_others_come(name: bytes) -> None:
    data = packed({"a": b"x", "b.txt": b"y"}).replace(b"a", name)
    [(shown, said), good] = outcome(data)
    assert (shown, good) == ("", ("b.txt", b"y"))
    assert "has no name" in str(said)


def test_links_are_not_followed() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in str(outcome(buffer.getvalue())[0][1])


def test_one_damaged_member_does_not_stop_the_others() -> None:
    data = packed({"a.txt": b"A" * 50, "b.txt": b"good"})
    at = data.index(b"a.txt") + len("a.txt")
    broken = data[:at] + bytes([data[at] ^ 0xFF, data[at + 1] ^ 0xFF]) + data[at + 2 :]
    [(_, said), (_, good)] = outcome(broken)
    assert "damaged" in str(said)
    assert good == b"good"


def test_a_bomb_is_refused_by_its_ratio() -> None:
    [(_, said)] = outcome(packed({"bomb.txt": b"\0" * (3 << 20)}))
    assert f"more than {LIMITS['ratio'].most} times" in str(said)


def test_an_archive_of_bombs_is_refused_before_it_is_unpacked() -> None:
    data = packed({f"{index}.txt": b"\0" * (9 << 20) for index in range(3)})
    with pytest.raises(ReadError, match=f"more than {LIMITS['ratio'].most} times"):
        list(members(data))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "members", LIMITS["members"].__class__(most=2, what="files in the archive"))
    with pytest.raises(ReadError, match=r"more than 2 files in the archive \(found 3\)"):
        list(members(packed(dict.fromkeys("abc", b""))))


def test_a_word_file_that_lacks_a_part_is_no_archive_of_files() -> None:
    assert not is_archive(packed({"_rels/.rels": "<Relationships/>", "word/document.xml": "<w/>"}))
    assert not is_archive(packed({"word/document.xml": "<w/>"}))


def test_word_files_are_no_archives_of_files() -> None:
    assert is_archive(packed({"a.txt": b""}))
    assert not is_archive(docx(paragraph("字")))
    assert not is_archive(b"PK")


def test_a_directory_that_lies_about_a_size_costs_no_memory() -> None:
    data = bytearray(packed({"通报.txt": b"\0" * (100 << 20)}))
    for at in (data.find(b"PK\x03\x04") + 22, data.rfind(b"PK\x01\x02") + 24):  # the size, in header and directory
        data[at : at + 4] = (1000).to_bytes(4, "little")
    tracemalloc.start()
    found = list(members(bytes(data)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [type(content) for _, content in found] == [ReadError]
    assert most < 5 << 20
