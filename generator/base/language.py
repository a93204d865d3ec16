"""The language in which people are spoken to: a message is English inside, and is said in theirs at the edge.

The table is zh.po (the format of gettext): a row for each sentence that this program, or a library of it, says. What
varies is in braces and is named: `“{name}” is missing`. Nothing is lost by it: a sentence without a row, and every
value in one, is said as it is. What is in “ ” is a user's own and never translated.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

LANGUAGES = ("zh", "en")
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"^lang:[ \t]*[\"']?(zh|en)\b", re.MULTILINE)
_LCID_CHINESE = 0x04
_DEEP = 3
"""Sentences within sentences that are looked for: a file, what is wrong with it, and why."""


def language_of(asked: str | None, site_yml: str, environment: Mapping[str, str]) -> str:
    """The language to speak: as asked, as site.yml says (`lang: zh`), as the locale says; else English."""
    if asked:
        return asked
    if found := _CHOICE.search(site_yml):
        return found[1]
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return "zh" if locale.lower().startswith("zh") or (not locale and _is_chinese_windows()) else "en"


def _is_chinese_windows() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - Windows alone has no variable that says it

    return bool(ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == _LCID_CHINESE)


def speak(language: str) -> None:
    """From now on `say` says everything in this language, in this process and in those that it forks."""
    _spoken[0] = language


_spoken = ["en"]


def spoken() -> str:
    """The language that is spoken now."""
    return _spoken[0]


def say(text: str) -> str:
    """A message in the language that is spoken."""
    return text if spoken() == "en" else chinese().say(text)


@functools.cache
def chinese() -> Translation:
    """The table of this program."""
    return Translation(read_po((resources.files("generator.base") / "zh.po").read_text("utf-8")))


def read_po(text: str) -> Iterator[tuple[str, str]]:
    """The rows of a .po file: what is said in English, and in the other language."""
    row: dict[str, str] = {}
    key = ""
    for line in (*text.split("\n"), "msgid"):
        name, _, rest = line.partition(" ")
        if name == "msgid" and row.get("msgid"):
            yield row["msgid"], row["msgstr"]
            row = {}
        if name in ("msgid", "msgstr"):
            key, row[name] = name, json.loads(rest) if rest else ""
        elif line.startswith('"'):
            row[key] += json.loads(line)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A row of the table."""

    parts: Sequence[str]
    """The fixed parts of the sentence."""
    names: Sequence[str]
    """The names of what is between them."""
    quoted: frozenset[str]
    """Names of what is in “ ”."""
    other: Sequence[str]
    """Its translation, cut at what varies: every second piece is a name."""

    @property
    def weight(self) -> int:
        """The characters that are fixed: of two rows that fit, the one with more is meant."""
        return sum(map(len, self.parts))


class Translation:
    """Says English messages in another language."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._plain: dict[str, str] = {}
        self._rows: list[_Pattern] = []
        for english, other in rows:
            pieces = _SLOT.split(english)
            if len(pieces) == 1:
                self._plain[english] = other
            else:
                quoted = frozenset(re.findall(r"“\{(\w+)\}”", english))
                self._rows.append(_Pattern(pieces[::2], pieces[1::2], quoted, _SLOT.split(other)))
        self._rows.sort(key=lambda row: -row.weight)
        self._tails = [row for row in self._rows if row.parts[0][:1] in (";", ",", "(", "\n")]
        self.say = functools.lru_cache(maxsize=4096)(self._say)

    def _say(self, text: str) -> str:
        """The text in the other language: as one sentence, else line by line, else what follows a file's name."""
        said = self._sentence(text.strip())
        if said is not None:
            start = len(text) - len(text.lstrip())
            return text[:start] + said + text[len(text.rstrip()) :]
        if "\n" in text:
            return "\n".join(map(self.say, text.split("\n")))
        return self._behind_a_name(text) or text

    def _behind_a_name(self, text: str, depth: int = 0) -> str | None:
        """A file's name as it is, and the sentence behind it; None: it has no row."""
        head, _, rest = text.partition(": ")
        said = self._sentence(rest, depth)
        return None if said is None else f"{head}：{said}"

    def _sentence(self, text: str, depth: int = 0) -> str | None:
        """One whole sentence in the other language; None: it has no row."""
        if text in self._plain:
            return self._plain[text]
        if depth > _DEEP:
            return None
        if (cut := self._tail(text, 0, len(text))) < len(text):
            head = self._sentence(text[:cut].rstrip(), depth + 1)
            if head is not None:
                return head + self._value(text[cut:], depth)
        for row in self._rows:
            values = self._values(row, text, depth)
            if values is not None:
                return "".join(values.get(piece, piece) if odd % 2 else piece for odd, piece in enumerate(row.other))
        return None

    def _values(self, row: _Pattern, text: str, depth: int = 0) -> dict[str, str] | None:
        """What is between the fixed parts of a row, each said in the other language; None: it is another sentence.

        Each part is looked for once, from left to right: the cost is linear in the text.
        """
        first, last = row.parts[0], row.parts[-1]
        if not (text.startswith(first) and text.endswith(last) and len(text) >= row.weight):
            return None
        at, end, found = len(first), len(text) - len(last), dict[str, str]()
        for name, part, after in zip(row.names, row.parts[1:], (*row.parts[2:], ""), strict=True):
            if len(found) == len(row.names) - 1:
                stop = end
            elif part:
                stop = text.find(part, at, end)
            else:
                stop = self._tail(text, at, text.find(after, at) if after else end)
            if stop < at:
                return None
            value = text[at:stop]
            if "\n" in value and (name in row.quoted or not (found or first)):
                return None  # several sentences, below each other
            found[name] = value if name in row.quoted else self._value(value, depth)
            at = stop + len(part)
        return found

    def _value(self, value: str, depth: int) -> str:
        words = value.strip()
        said = self._sentence(words, depth + 1) if words else None
        if said is None and "\n" not in words:
            said = self._behind_a_name(words, depth + 1)
        if said is None and "\n" in value:
            return "\n".join(map(self.say, value.split("\n")))
        return value if said is None else value[: len(value) - len(value.lstrip())] + said

    def _tail(self, text: str, at: int, end: int) -> int:
        """Where a sentence's tail begins, such as `; did you mean “x”?`; the end: there is none."""
        for row in self._tails:
            start = text.find(row.parts[0], at, end)
            if start > at and self._values(row, text[start:end], _DEEP) is not None:
                return start
        return end
