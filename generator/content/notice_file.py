"""A notice as the Markdown file that an editor reads and corrects, and back. Both directions are the identity.

---
the facts (YAML)
---

the words with their structure (Markdown, passages.py)

```json
what import did (provenance.py)
```
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from generator.base.diagnostics import Diagnostic
from generator.base.structure import ADD_KEY, Decoder, dump, plain_fields
from generator.content.body_text import read_body, write_body
from generator.content.import_record import cut_provenance, read_provenance, write_provenance
from generator.content.masks import faulty_masks
from generator.model.notice import Notice, text_of

FACTS = (
    "id",
    "review",
    "title",
    "title_origin",
    "unit",
    "inspection",
    "published",
    "inferred",
    "stated",
    "contact",
    "metadata",
    "accountability",
    "source",
)
"""Fields of a Notice that are in the front matter, in this order."""
DECISIONS = ("reviews", "accepted", "masks", "errata", "corrections", "withdrawn", "gathered")
"""Fields that are below them when there is something in them (generator/model/decisions.py)."""


def write_notice(notice: Notice) -> str:
    """The content file of `notice`; `read_notice` gives the same notice back."""
    facts = dump(plain_fields(notice, (*FACTS, *(name for name in DECISIONS if getattr(notice, name)))))
    return f"---\n{facts}---\n\n{write_body(notice.body)}\n{write_provenance(notice)}"


def may_mask(text: str) -> bool:
    """Whether a content file may have masks, however its key is written: quoted, spaced, in braces, with escapes."""
    front = text.split("\n---", 1)[0]
    return "masks" in front or "\\" in front


def read_notice(source: str, file: str = "") -> tuple[Notice | None, list[Diagnostic]]:
    """The notice in a content file and what is wrong with the file; None when an error leaves no notice."""
    if conflicts := _conflicts(source, file):
        return None, conflicts
    parts = _parts(source)
    if parts is None:
        return None, [_without_facts(source, file)]
    kept, root, values = _decoded(parts.facts, file)
    decoder = copy.copy(kept)
    decoder.problems = problems = list(kept.problems)
    passages, wrong = read_body(parts.words, file, parts.words_line)
    problems += wrong
    provenance, wrong = read_provenance(parts.record, text_of(passages), file, parts.record_line)
    problems += wrong
    if "id" in values and not _ID.fullmatch(values["id"]):
        decoder.problem(root, "bad-id", f"the id “{values['id']}” holds more than a–z, 0–9 and hyphens")
    if problems:
        return None, problems
    notice = Notice(body=passages, **provenance._asdict(), **values)
    for message, hint in faulty_masks(notice):
        decoder.problem(_value_of(root, "masks"), "bad-mask", message, hint)
    return (None if decoder.problems else notice), decoder.problems


@functools.lru_cache(maxsize=4)  # few acts at the desk change a fact, and each reads back what it writes
def _decoded(facts: str, file: str) -> tuple[Decoder, yaml.Node | None, dict[str, Any]]:
    """The values of the front matter; the decoder has what is wrong with them."""
    decoder = Decoder(file, first_line=2)
    root = decoder.compose(facts)
    values = {} if decoder.problems else decoder.fields(root, Notice, (*FACTS, *DECISIONS))
    missing = [name for name in ("id", "title", "title_origin", "unit", "source") if name not in values]
    _tell_comments(decoder, facts)
    if missing and not decoder.problems:
        decoder.problem(root, "missing-key", f"missing in the front matter: {', '.join(missing)}", ADD_KEY)
    return decoder, root, values


def _without_facts(source: str, file: str) -> Diagnostic:
    """Says of a file that has no front matter whether it has nothing at all, or no end of it."""
    message = "the file does not begin with front matter"
    hint = "A content file begins with a line “---”, the facts, and another line “---”; see docs/content.md."
    if not source.strip("\ufeff\x00 \t\r\n"):
        message = "the file is empty"
        hint = "Put its words back from a copy; where there is none, delete the file and import its source once more."
    elif source.removeprefix("\ufeff").replace("\r\n", "\n").startswith("---\n"):
        message = "the front matter has no end"
        hint = "Behind the last fact stands a line “---”, and behind that come the words."
    return Diagnostic(code="no-front-matter", file=file, line=1, message=message, hint=hint)


def passage_lines(source: str) -> list[int]:
    """For each passage of the body, its line in the content file; 1-based."""
    parts = _parts(source)
    rows = parts.words.split("\n") if parts else []
    return [number for number, line in enumerate(rows, parts.words_line if parts else 0) if line.strip()]


def fact_lines(source: str) -> Mapping[str, int]:
    """The line of each fact of the front matter by its path (`inspection.start`); 1-based."""
    parts = _parts(source)
    return _fact_lines(parts.facts) if parts else {}


@functools.lru_cache(maxsize=8)  # the desk asks several times for one file, and few of its acts change a fact
def _fact_lines(facts: str) -> Mapping[str, int]:
    root = Decoder("").compose(facts)
    return dict(_key_lines(root, "")) if root else {}


def _key_lines(node: yaml.Node, path: str) -> Iterator[tuple[str, int]]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for key, value in pairs:
        if isinstance(key, yaml.ScalarNode):
            yield path + key.value, key.start_mark.line + 2
            yield from _key_lines(value, f"{path}{key.value}.")


def editable(text: str) -> str:
    """What of a content file a person writes: all but the record of the import, in which nothing is to be fixed."""
    return cut_provenance(text.removeprefix("\ufeff").replace("\r\n", "\n"))[0]


_COMMENT = re.compile(r"(?<![ \t])[ \t]++(#[^\n]*+)")


def _tell_comments(decoder: Decoder, facts: str) -> None:
    """What follows ` #` is a comment in YAML, and would be lost without a word: `name: 第二支部 #2`."""
    if decoder.problems or not _COMMENT.search(facts):
        return
    for token in yaml.scan(facts, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.ScalarToken) and (remark := _COMMENT.match(facts, token.end_mark.index)):
            decoder.problem(
                yaml.ScalarNode("", token.value, token.start_mark, token.end_mark),
                "yaml-comment",
                f"“{token.value}” ends before “{remark[1]}”, which YAML takes for a remark",
                "If it belongs to the value: put the whole value in double quotes. If it is a remark: delete it.",
            )


def _value_of(root: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key of the front matter."""
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), root)


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)[^\r\n]*", re.MULTILINE)


def _conflicts(source: str, file: str) -> list[Diagnostic]:
    """The marks that version control leaves where two versions of a line meet; words have a backslash before them."""
    if not any(sign * 7 in source for sign in "<=>|"):
        return []
    return [
        Diagnostic(
            code="conflict-mark",
            file=file,
            line=source.count("\n", 0, found.start()) + 1,
            message=f"“{found[0][:20]}” is left from two versions that version control could not join",
            hint="Keep one of the two versions between the marks, and take the three lines of marks out.",
        )
        for found in _CONFLICT.finditer(source)
    ]


class _FileParts(NamedTuple):
    """A content file in its parts; the lines are 1-based: where in the file a part begins."""

    facts: str
    words: str
    words_line: int
    record: str
    record_line: int


def _parts(source: str) -> _FileParts | None:
    """The parts of a content file; None when it does not begin with front matter."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n")
    end = source.find("\n---\n", 3) if source.startswith("---\n") else -1
    if end == -1:
        return None
    words, record, before = cut_provenance(source[end + 5 :])
    line = source.count("\n", 0, end + 5) + 1
    return _FileParts(source[4 : end + 1], words, line, record, line + before)
