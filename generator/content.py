r"""A notice as the Markdown file that an editor reads and corrects, and back. Both directions are the identity.

    ---
    front matter: the facts (YAML)
    ---

    # 标题 {#t1}

    ## **二、** 整改落实情况 {#s2}

    ##### **（1）** 针对整改重视不够的问题。 {#i1 .issue status=done}
    {.finding} 2023年9月26日巡察反馈后，…

    {.response} **整改情况：** 已严格按照…
    {.status} 已完成整改。

    ```json
    what import did: edits, anomalies, and where in the words each fact stands
    ```

Body grammar, a line at a time:

    body      = paragraph *(blank-line paragraph)
    paragraph = passage *(newline passage)         ; a passage after the first runs on in the same paragraph
    passage   = heading | title | run
    title     = "# " [label] words
    heading   = 2*6"#" " " [label] words [" {" "#" anchor [" .issue" | " .followup"] *(" " key "=" value) "}"]
    run       = ["{" "." role [" #" anchor] "} "] [label] words
    label     = "**" words "** "                   ; no blank behind it when nothing follows

A run without role keeps the role of the run before it; after a heading that is prose. `##` is level 1. Keys: status,
deadline, responsible, topics, quote on an issue; deadline, of on a follow-up; a value with a blank, quote or brace in
it stands in double quotes. `quote=#b1` means the words of the run with that anchor. `\` makes the ASCII punctuation
behind it plain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import yaml

from generator.diagnostics import Diagnostic, Span, nearest
from generator.masking import faulty_masks
from generator.model import (
    ROLES,
    STATUSES,
    Anomaly,
    Edit,
    FollowupMarks,
    IssueMarks,
    Notice,
    PartialDate,
    Passage,
    Role,
    text_of,
)
from generator.structure import Decoder, dump, plain, plain_fields

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
"""Fields of a Notice that stand in the front matter, in this order."""
DECISIONS = ("reviews", "accepted", "masks", "corrections", "withdrawn")
"""Fields that stand below them when there is something in them (generator/decisions.py)."""

_FENCE = "```json\n"
_FENCE_END = "```\n"

# ---------------------------------------------------------------------------------------------------------- writing


def write_notice(notice: Notice) -> str:
    """The content file of `notice`; `read_notice` gives the same notice back."""
    facts = dump(plain_fields(notice, (*FACTS, *(name for name in DECISIONS if getattr(notice, name)))))
    return f"---\n{facts}---\n\n{write_body(notice.body)}\n{_write_provenance(notice)}"


def write_body(body: Sequence[Passage]) -> str:
    """The words with their structure, as Markdown."""
    rows: list[str] = []
    role: Role = "prose"
    quoted = {p.words: p.anchor for p in reversed(body) if p.anchor is not None and not p.level}
    for index, passage in enumerate(body):
        if index and not passage.run_on:
            rows.append("")
        if passage.role in ("heading", "title"):
            rows.append(_write_heading(passage, quoted))
            role = "prose"
            continue
        mark = ""
        if passage.role != role or passage.anchor:
            anchor = f" #{passage.anchor}" if passage.anchor else ""
            mark = f"{{.{passage.role}{anchor}}} "
        rows.append(mark + _write_words(passage, at_start=not mark))
        role = passage.role
    return "\n".join(rows) + "\n"


def _write_heading(passage: Passage, quoted: Mapping[str, str]) -> str:
    attributes = [f"#{passage.anchor}"] if passage.anchor else []
    marks = passage.marks
    if isinstance(marks, IssueMarks):
        attributes.append(".issue")
        values: dict[str, str | None] = {
            "status": marks.status if marks.status != "unstated" else None,
            "quote": marks.quote,
            "deadline": marks.deadline.iso if marks.deadline else None,
            "responsible": marks.responsible,
            "topics": None if marks.topics is None else ",".join(marks.topics),
        }
        written = {key: _quoted(value) for key, value in values.items() if value is not None}
        if marks.quote is not None and marks.quote in quoted:
            written["quote"] = f"#{quoted[marks.quote]}"
        attributes += [f"{key}={value}" for key, value in written.items()]
    elif isinstance(marks, FollowupMarks):
        attributes.append(".followup")
        values = {"deadline": marks.deadline.iso if marks.deadline else None, "of": marks.refers_to}
        attributes += [f"{key}={_quoted(value)}" for key, value in values.items() if value is not None]
    tail = f" {{{' '.join(attributes)}}}" if attributes else ""
    return "#" * (1 + passage.level) + " " + _write_words(passage, at_start=False) + tail


def _write_words(passage: Passage, *, at_start: bool) -> str:
    if passage.label:
        words = _escape(passage.words, at_start=False)
        return f"**{_escape(passage.label, at_start=False)}**" + (f" {words}" if words else "")
    return _escape(passage.words, at_start=at_start)


_SPECIAL = re.compile(r"[\\`*_<>\[\]{}|~&]")
_SPECIAL_AT_START = re.compile(r"(?:#|[-+=]|(?P<digits>\d+)[.)])")


def _escape(words: str, *, at_start: bool) -> str:
    if at_start and (found := _SPECIAL_AT_START.match(words)):
        cut = found.end("digits") if found["digits"] else 0
        return f"{words[:cut]}\\{words[cut]}" + _SPECIAL.sub(r"\\\g<0>", words[cut + 1 :])
    return _SPECIAL.sub(r"\\\g<0>", words)


_PLAIN_VALUE = re.compile(r"[^\s\"{}\\]+")


def _quoted(value: str) -> str:
    if _PLAIN_VALUE.fullmatch(value) and not value.startswith("#"):
        return value
    return '"' + re.sub(r"[\"\\{}]", r"\\\g<0>", value) + '"'


def _write_provenance(notice: Notice) -> str:
    anomalies = [
        {"code": a.code, "line": a.line, "quote": a.quote, "nth": _nth(notice.text, a.span), "message": a.message}
        for a in notice.anomalies
    ]
    edits = [{k: v for k, v in plain(edit).items() if v is not None} for edit in notice.edits]
    evidence = [
        {"fact": path, "quote": span.of(notice.text), "nth": _nth(notice.text, span)} for path, span in notice.evidence
    ]
    parts = [
        _json_rows(name, rows) for name, rows in (("edits", edits), ("anomalies", anomalies), ("evidence", evidence))
    ]
    return _FENCE + "{" + ",\n".join(parts) + "}\n" + _FENCE_END


def _json_rows(name: str, rows: Sequence[dict[str, Any]]) -> str:
    """A list with one row a line, so that a difference shows as a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'"{name}": [\n{lines}]' if lines else f'"{name}": []'


def _nth(text: str, span: Span | None) -> int:
    """Which occurrence of its own words the span is, 1-based; 0 when there is no span."""
    if span is None:
        return 0
    quote = span.of(text)
    count, start = 1, text.find(quote)
    while quote and start != -1 and start < span.start:
        count, start = count + 1, text.find(quote, start + 1)
    return count


# ---------------------------------------------------------------------------------------------------------- reading


def read_notice(source: str, file: str = "") -> tuple[Notice | None, list[Diagnostic]]:
    """The notice in a content file and what is wrong with the file; None when an error leaves no notice."""
    front, body_start, body, tail_start, tail = _parts(source)
    if front is None:
        return None, [
            Diagnostic(
                code="no-front-matter",
                file=file,
                line=1,
                message="the file does not begin with front matter",
                hint="A content file begins with a line “---”, the facts, and another line “---”; see docs/content.md.",
            )
        ]
    decoder = Decoder(file, first_line=2)
    root = decoder.compose(front)
    values = {} if decoder.problems else decoder.fields(root, Notice, (*FACTS, *DECISIONS))
    missing = [name for name in ("id", "title", "title_origin", "unit", "source") if name not in values]
    problems = decoder.problems
    if missing and not problems:
        decoder.problem(root, "missing-key", f"missing in the front matter: {', '.join(missing)}")
    reader = _BodyReader(file, body_start)
    passages = _with_quotes(tuple(reader.read(body)), reader)
    problems += reader.problems
    edits, anomalies, evidence, wrong = _read_provenance(tail, text_of(passages), file, tail_start)
    problems += wrong
    if "id" in values and not _ID.fullmatch(values["id"]):
        decoder.problem(root, "bad-id", f"the id “{values['id']}” holds more than a–z, 0–9 and hyphens")
    if problems:
        return None, problems
    notice = Notice(body=passages, edits=edits, anomalies=anomalies, evidence=evidence, **values)
    for message, hint in faulty_masks(notice):
        decoder.problem(_value_of(root, "masks"), "bad-mask", message, hint)
    return (None if decoder.problems else notice), decoder.problems


def _value_of(root: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key of the front matter."""
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), root)


def _with_quotes(body: tuple[Passage, ...], reader: _BodyReader) -> tuple[Passage, ...]:
    """The body with each `quote=#b1` replaced by the words that it means."""
    if not reader.references:
        return body
    words = {passage.anchor: passage.words for passage in body if passage.anchor}
    found = list(body)
    for index, (anchor, line) in reader.references.items():
        marks = found[index].marks
        if anchor not in words:
            reader.problem_at(
                line,
                "unknown-anchor",
                f"quote=#{anchor}: no run of words has that anchor{nearest(anchor, filter(None, words))}",
                'Mark the words with {.prose #b1}, or write quote="…".',
            )
        elif isinstance(marks, IssueMarks):
            found[index] = replace(found[index], marks=replace(marks, quote=words[anchor]))
    return tuple(found)


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def _parts(source: str) -> tuple[str | None, int, str, int, str]:
    """Front matter, first line of the body, body, first line of the provenance, provenance."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n")
    if not source.startswith("---\n"):
        return None, 0, "", 0, ""
    end = source.find("\n---\n", 3)
    if end == -1:
        return None, 0, "", 0, ""
    front, rest = source[4 : end + 1], source[end + 5 :]
    body_start = source.count("\n", 0, end + 5) + 1
    cut = rest.rfind("\n" + _FENCE)
    if cut == -1:
        return front, body_start, rest, 0, ""
    tail = rest[cut + 1 + len(_FENCE) :]
    tail_start = body_start + rest.count("\n", 0, cut + 1 + len(_FENCE))
    return front, body_start, rest[: cut + 1], tail_start, tail.rstrip().removesuffix("```")


_PROSE: Role = "prose"
_HEADING = re.compile(r"(#{1,6}) +(.*)", re.DOTALL)
_ATTRIBUTES = re.compile(r'(?:^| )\{((?:[^{}"\\]|"(?:[^"\\]|\\.)*"|\\.)*)\}\s*$')
_ATTRIBUTE = re.compile(r'#([\w-]+)|\.([\w-]+)|([\w-]+)=("(?:[^"\\]|\\.)*"|[^\s"]+)|(\S+)')
_RUN = re.compile(r"\{\.([\w-]+)(?: #([\w-]+))?\} ?")
_STRAY = re.compile(r'```|\{?"(?:edits|anomalies|evidence)": *\[')
"""Fence and lines of what import noted; the words have a backslash before such characters."""
_LABEL = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\* ?")
_UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class _BodyReader:
    """Reads the body line by line, so that every error has its line."""

    def __init__(self, file: str, first_line: int) -> None:
        self.problems: list[Diagnostic] = []
        self._file, self._line = file, first_line - 1
        self._used: set[str] = set()
        self.references: dict[int, tuple[str, int]] = {}
        """Index of a heading → the anchor that its quote means, and its line."""
        self._index = -1

    def read(self, body: str) -> Iterator[Passage]:
        role, run_on, first = _PROSE, False, True
        for line in body.split("\n"):
            self._line += 1
            if not line.strip():
                run_on = False
                continue
            self._index += 1
            if heading := _HEADING.match(line):
                role = "prose"
                passage = self._heading(len(heading[1]) - 1, heading[2], run_on=run_on and not first)
            else:
                passage = self._run(line, role, run_on=run_on and not first)
                role = passage.role
            yield passage
            run_on, first = True, False

    def _run(self, line: str, role: Role, *, run_on: bool) -> Passage:
        anchor = None
        if _STRAY.match(line):
            self._problem(
                "stray-record",
                "the record of the import (the ```json block at the end) is torn: this line would be shown as words",
                "Restore it from version control, or delete all of it. Of the notice's own line: write \\` or \\{.",
            )
        if found := _RUN.match(line):
            line, anchor = line[found.end() :], self._anchor(found[2])
            if found[1] in ROLES - {"heading", "title"}:
                role = cast("Role", found[1])
            else:
                self._problem(
                    "unknown-role",
                    f"unknown role “{found[1]}”{nearest(found[1], ROLES)}",
                    f"Known roles: {', '.join(sorted(ROLES - {'heading', 'title'}))}.",
                )
        label, words = _split_label(line)
        return Passage(words=words, label=label, role=role, run_on=run_on, anchor=anchor)

    def _heading(self, level: int, line: str, *, run_on: bool) -> Passage:
        found = _ATTRIBUTES.search(line)
        anchor, marks = None, None
        if found:
            line = line[: found.start()]
            anchor, marks = self._attributes(found[1])
        label, words = _split_label(line)
        if not level:
            return Passage(words=words, label=label, role="title", run_on=run_on, anchor=anchor)
        return Passage(words=words, label=label, role="heading", level=level, run_on=run_on, anchor=anchor, marks=marks)

    def _attributes(self, text: str) -> tuple[str | None, IssueMarks | FollowupMarks | None]:
        anchor, kind, values = None, None, dict[str, str]()
        for name, cls, key, value, other in _ATTRIBUTE.findall(text):
            if name:
                anchor = self._anchor(name)
            elif cls in ("issue", "followup"):
                kind = cls
            elif key == "quote" and value.startswith("#"):
                self.references[self._index] = (value[1:], self._line)
            elif key:
                values[key] = _UNESCAPE.sub(r"\1", value[1:-1]) if value.startswith('"') else value
            else:
                self._problem(
                    "unknown-attribute",
                    f"“{cls or other}” is no attribute of a heading",
                    "Write {#i1 .issue status=done}.",
                )
        known = {"issue": _ISSUE_KEYS, "followup": _FOLLOWUP_KEYS}.get(kind or "", ())
        for key in values:
            if key not in known:
                self._problem(
                    "unknown-attribute",
                    f"unknown attribute “{key}”{nearest(key, known)}",
                    f"Known here: {', '.join(known) or 'none; add .issue to make the heading an issue'}.",
                )
        if kind == "issue":
            return anchor, self._issue_marks(values)
        if kind == "followup":
            return anchor, FollowupMarks(deadline=self._date(values.get("deadline")), refers_to=values.get("of"))
        return anchor, None

    def _issue_marks(self, values: dict[str, str]) -> IssueMarks:
        status = values.get("status", "unstated")
        if status not in STATUSES:
            self._problem(
                "unknown-status",
                f"unknown status “{status}”{nearest(status, STATUSES)}",
                f"One of {', '.join(STATUSES)}.",
            )
            status = "unstated"
        topics = values.get("topics")
        return IssueMarks(
            status=cast("Any", status),
            quote=values.get("quote"),
            deadline=self._date(values.get("deadline")),
            responsible=values.get("responsible"),
            topics=None if topics is None else tuple(topic for topic in re.split("[,，]", topics) if topic),
        )

    def _date(self, iso: str | None) -> PartialDate | None:
        try:
            return PartialDate.parse(iso) if iso else None
        except ValueError as error:
            self._problem("bad-date", f"deadline: {error}", "")
            return None

    def _anchor(self, name: str) -> str | None:
        if name and name in self._used:
            self._problem(
                "duplicate-anchor",
                f"the anchor #{name} stands in this file twice",
                "Anchors are permalinks; give the new one a name of its own.",
            )
        self._used.add(name)
        return name or None

    def problem_at(self, line: int, code: str, message: str, hint: str) -> None:
        """Note what is wrong on a line that was read before."""
        self.problems.append(Diagnostic(code=code, file=self._file, line=line, message=message, hint=hint))

    def _problem(self, code: str, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(code=code, file=self._file, line=self._line, message=message, hint=hint))


_ISSUE_KEYS = ("status", "quote", "deadline", "responsible", "topics")
_FOLLOWUP_KEYS = ("deadline", "of")


def _split_label(line: str) -> tuple[str, str]:
    label = ""
    if line.startswith("**") and (found := _LABEL.match(line)):
        label, line = found[1], line[found.end() :]
    if "\\" in line or "\\" in label:
        return _UNESCAPE.sub(r"\1", label), _UNESCAPE.sub(r"\1", line)
    return label, line


def _read_provenance(
    tail: str, text: str, file: str, first_line: int
) -> tuple[tuple[Edit, ...], tuple[Anomaly, ...], tuple[tuple[str, Span], ...], list[Diagnostic]]:
    if not tail.strip():
        return (), (), (), []
    try:
        data = json.loads(tail)
        edits = tuple(Edit(**row) for row in data["edits"])
        anomalies = tuple(
            Anomaly(
                code=row["code"],
                line=row["line"],
                quote=row["quote"],
                message=row["message"],
                span=_occurrence(text, row["quote"], row["nth"]),
            )
            for row in data["anomalies"]
        )
        found = [(row["fact"], _occurrence(text, row["quote"], row["nth"])) for row in data["evidence"]]
        _check_types(edits, anomalies, found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        line = first_line + (error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0)
        return (
            (),
            (),
            (),
            [
                Diagnostic(
                    code="bad-provenance",
                    file=file,
                    line=line,
                    message=f"the record of the import at the end of the file is damaged: {error}",
                    hint="Restore it from version control, or delete the whole ```json block.",
                )
            ],
        )
    return edits, anomalies, tuple((path, span) for path, span in found if span), []


def _check_types(edits: Sequence[Edit], anomalies: Sequence[Anomaly], found: Sequence[tuple[str, Span | None]]) -> None:
    """Raise TypeError unless texts are texts and places are numbers of a text."""
    texts = [text for edit in edits for text in (edit.kind, edit.before, edit.after)]
    texts += [text for one in anomalies for text in (one.code, one.quote, one.message)] + [fact for fact, _ in found]
    numbers = [edit.line for edit in edits] + [edit.start or 0 for edit in edits] + [one.line for one in anomalies]
    if not all(type(text) is str for text in texts):
        raise TypeError("a text is expected")
    if not all(type(number) is int and 0 <= number < _FAR for number in numbers):
        raise TypeError("a place is a number from 0 on")


_FAR = 1 << 40


def _occurrence(text: str, quote: str, nth: int) -> Span | None:
    """Where the nth occurrence of `quote` stands; an earlier one when words were taken out; None when none does."""
    if not nth:
        return None
    span, start = None, text.find(quote)
    while start != -1 and nth:
        span, nth = Span(start, start + len(quote)), nth - 1
        start = text.find(quote, start + 1) if nth else -1
    return span
