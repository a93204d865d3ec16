"""Proves that no masked value stands anywhere in an output: unpacked, unescaped, folded, in every format (G-PII-09).

The value itself is never told, only its kind and whose it is: what this module says is printed and kept.
"""

from __future__ import annotations

import gzip
import html
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from generator.base.alternatives import any_of
from generator.base.diagnostics import ContentError, Diagnostic
from generator.base.files import notice_files, read_text
from generator.content.masks import compared, masker_of
from generator.content.notice_file import may_mask, read_notice
from generator.content.spelled import Spelled
from generator.model.field_names import VALUE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A value that no output may hold."""

    bare: str
    kind: str
    """What people call it."""
    notice: str
    """Id of the notice that masks it."""


def secrets_of(site: Path) -> list[Secret]:
    """The masked values of all notices of the site."""
    return secrets_in(notice_files(site))


def secrets_in(paths: Iterable[Path]) -> list[Secret]:
    """The masked values of the notices in these files; those that cannot be read have none that a build could show."""
    found: dict[str, Secret] = {}
    for path in paths:
        for secret in _secrets_in(path):
            found.setdefault(secret.bare, secret)
    return list(found.values())


def _secrets_in(path: Path) -> Iterator[Secret]:
    try:
        text = read_text(path, str(path))
    except ContentError:
        return
    notice = read_notice(text, str(path))[0] if may_mask(text) else None
    if notice is not None:
        for value, number in masker_of(notice).values.items():
            kind = VALUE_NAMES["masks.kind"][notice.masks[number].kind]
            yield Secret(bare=value, kind=kind, notice=notice.id)


def leaks(output: Path, secrets: Sequence[Secret]) -> list[Diagnostic]:
    """One error for each file of `output` that holds a secret, in whatever form, by path."""
    return [said for _, said in found_in(output, secrets)]


def found_in(output: Path, secrets: Sequence[Secret]) -> list[tuple[Secret | None, Diagnostic]]:
    """Each secret and each file of `output` that holds it, by path; None: a file that could not be looked into.

    Reads every file once; time is linear in the size of the output, whatever the number of secrets.
    """
    if not secrets:
        return []
    search = Search(secrets)
    found: list[tuple[Secret | None, Diagnostic]] = []
    for path in sorted(path for path in output.rglob("*") if path.is_file()):
        name = path.relative_to(output).as_posix()
        hits, unread = search.file(name, path.read_bytes())
        found += ((secret, leak_of(path, secret)) for secret in hits)
        if unread:
            found.append((None, _said(path, f"{unread}, so it could not be searched for masked values")))
    return found + _in_index(output, secrets)


class Search:
    """Looks for secrets in what may hold them."""

    def __init__(self, secrets: Sequence[Secret]) -> None:
        self._of = {compared(secret.bare): secret for secret in secrets}
        self._by_name = {secret.bare: secret for secret in secrets}
        self._pattern = any_of(self._of)
        self._spelled = Spelled(self._by_name)

    def file(self, name: str, data: bytes) -> tuple[list[Secret], str]:
        """The secrets that a file's name or content holds, and why it could not be looked into; empty: it could."""
        hits = {match: self._of[match] for match in self._pattern.findall(compared(unquote(name)))}
        hits |= self._spelled_in(name, 0)
        try:
            for text in _texts(name, data):
                hits |= {match: self._of[match] for match in self._pattern.findall(compared(text))}
                hits |= self._spelled_in(text, _LEAST_SPELLED)
        except _UnreadableError as error:
            return list(hits.values()), str(error)
        return list(hits.values()), ""

    def _spelled_in(self, text: str, least: int) -> dict[str, Secret]:
        return {name: self._by_name[name] for _, name, _ in self._spelled.found(text, least)}


_LEAST_SPELLED = 8
"""Letters of a name in pinyin that are looked for in contents; in the names of files, any: 李娜 is also in “Lina”."""


def leak_of(path: Path, secret: Secret) -> Diagnostic:
    """What is said of a file that holds a secret."""
    return _said(path, f"a masked value is in it: {secret.kind}, masked in {secret.notice}")


def _said(path: Path, message: str) -> Diagnostic:
    return Diagnostic(
        code="masked-value",
        file=str(path),
        message=message,
        hint="Mask it wherever it stands (another notice, site.yml, a page, a template, an id), then build again.",
    )


def _in_index(output: Path, secrets: Sequence[Secret]) -> list[tuple[Secret | None, Diagnostic]]:
    """The lists of the search index say which words stand side by side: they, too, must not tell a secret."""
    folder = output / "search"
    if not (folder / "index.js").is_file():
        return []
    from generator.search.index_reader import IndexReader  # noqa: PLC0415 - loads numpy, which no check of words needs

    files = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.js")))
    try:
        reader = IndexReader(files)
        return [(one, leak_of(folder / "index.js", one)) for one in secrets if reader.holds(one.bare)]
    except (ValueError, KeyError, TypeError, IndexError):
        return [(None, _said(folder / "index.js", "the search index cannot be read, so it could not be searched"))]


class _UnreadableError(Exception):
    """A file that nobody can look into."""


_PACKED = (".br", ".zst", ".xz", ".bz2", ".7z", ".rar", ".pdf", ".doc")
_MOST = 1 << 31
"""Bytes that an archive may unpack to."""


def _texts(name: str, data: bytes) -> Iterator[str]:
    """All texts that a file of the output holds, in every form in which a reader or a program takes them."""
    if data.startswith(b"\x1f\x8b"):
        try:
            yield from _texts(name.removesuffix(".gz"), gzip.decompress(data))
        except (OSError, EOFError, zlib.error) as error:
            raise _UnreadableError("it cannot be unpacked") from error
    elif data.startswith(b"PK\x03\x04"):
        yield from _members(data)
    elif data.startswith(b"SQLite format 3\0"):
        yield from _rows(data)
    elif name.endswith(_PACKED):
        raise _UnreadableError("no part of this program can unpack it")
    else:
        yield from _forms(data.decode("utf-8", "replace"))


def _members(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST:
                raise _UnreadableError("it unpacks to too much")
            for member in archive.infolist():
                yield member.filename
                yield from _texts(member.filename, archive.read(member))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise _UnreadableError("it cannot be unpacked") from error


def _rows(data: bytes) -> Iterator[str]:
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(data)
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            quoted = table.replace('"', '""')
            for row in base.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - names of the file's own tables
                yield from (text for value in row for text in _forms(str(value)))
    except sqlite3.DatabaseError as error:
        raise _UnreadableError("the database cannot be read") from error
    finally:
        base.close()


_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\x([0-9A-Fa-f]{2})|\\([\\/,;\"'])|\\[nrt]")


def _forms(text: str) -> Iterator[str]:
    """The text as it stands, and as it is when tags, entities, escapes and percent signs are resolved."""
    yield text
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
        yield text
    if "<" in text:
        yield html.unescape(_TAG.sub("", text))
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote(text)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""
    return found[4] or " "
