r"""The words of a notice with their structure, as the Markdown of a content file, and back.

    # 标题 {#t1}

    ## **二、** 整改落实情况 {#s2}

    ##### **（1）** 针对整改重视不够的问题。 {#i1 .issue status=done}
    {.finding} 2023年9月26日巡察反馈后，…

    {.response} **整改情况：** 已严格按照…
    {.status} 已完成整改。

Grammar, a line at a time:

    body      = paragraph *(blank-line paragraph)
    paragraph = passage *(newline passage)         ; a passage after the first runs on in the same paragraph
    passage   = heading | title | run
    title     = "# " [label] words
    heading   = 2*6"#" " " [label] words [" {" "#" anchor [" .issue" | " .followup"] *(" " key "=" value) "}"]
    run       = ["{" "." role [" #" anchor] "} "] [label] words
    label     = "**" words "** "                   ; no blank behind it when nothing follows

A run without role keeps the role of the run before it; after a heading that is prose. `##` is level 1. Keys: status,
deadline, responsible, topics, quote on an issue; deadline, of on a follow-up; a value with a blank, quote or brace in
it is in double quotes. `quote=#b1` means the words of the run with that anchor. `\` makes the ASCII punctuation
behind it plain.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from sys import intern
from typing import Any, cast

from generator.base.diagnostics import Diagnostic, nearest
from generator.content.import_record import is_stray
from generator.model.notice import ROLES, STATUSES, FollowupMarks, IssueMarks, PartialDate, Passage, Role
from generator.model.vocabulary import STATUSES_BY_NAME


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
        return f"{words[:cut]}\\{words[cut]}" + _escaped(words[cut + 1 :])
    return _escaped(words)


def _escaped(words: str) -> str:
    words = _SPECIAL.sub(r"\\\g<0>", words)
    return _MARK_LIKE.sub(r"\\\g<0>", words) if "｛" in words else words


_PLAIN_VALUE = re.compile(r"[^\s\"{}\\]+")


def _quoted(value: str) -> str:
    if _PLAIN_VALUE.fullmatch(value) and not value.startswith("#"):
        return value
    return '"' + re.sub(r"[\"\\{}]", r"\\\g<0>", value) + '"'


def read_body(text: str, file: str, first_line: int) -> tuple[tuple[Passage, ...], list[Diagnostic]]:
    """The passages, and what is wrong with the lines; `first_line` is where in the file `text` begins."""
    reader = _BodyReader(file, first_line)
    passages = _with_quotes(tuple(reader.read(text)), reader)
    return passages, _without_rows_of_a_record(reader.problems)


def _without_rows_of_a_record(problems: list[Diagnostic]) -> list[Diagnostic]:
    """The problems; where a torn record is among the words, its braces are told as that and as nothing else."""
    is_torn = any(one.code == "stray-record" for one in problems)
    return [one for one in problems if not is_torn or one.code != "bad-mark"]


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
            found[index] = found[index]._replace(marks=replace(marks, quote=words[anchor]))
    return tuple(found)


@functools.lru_cache(maxsize=4096)  # the desk reads back what each act writes, of which most lines are as they were
def _plain(line: str, role: Role, run_on: bool) -> tuple[Passage, str | None] | None:
    """The passage of a line with which nothing is wrong by itself, and the anchor that its quote means."""
    alone = _BodyReader("", 0)
    passage = alone.passage(line, role, run_on=run_on)
    return None if alone.problems else (passage, next((anchor for anchor, _ in alone.references.values()), None))


_PROSE: Role = "prose"
_HEADING = re.compile(r"(#{1,6}) +(.*)", re.DOTALL)
_ATTRIBUTES = re.compile(r'(?:^| )\{((?:[^{}"\\]|"(?:[^"\\]|\\.)*"|\\.)*)\}\s*$')
_ATTRIBUTE = re.compile(r'#([\w-]+)|\.([\w-]+)|([\w-]+)=("(?:[^"\\]|\\.)*"|[^\s"]+)|(\S+)')
_RUN = re.compile(r"\{\.([\w-]+)(?: #([\w-]+))?\} ?")
_LABEL = re.compile(r"\*\*((?:[^*\\]|\\.)+)\*\* ?")
_UNESCAPE = re.compile(r"\\([!-/:-@\[-`{-~｛])")
_MARK_LIKE = re.compile(r"｛(?=\s*[.。．·#＃])")
"""A full-width brace as an input method sets it where a mark was meant; words that have one escape it."""
_STRAY_MARK = re.compile(r"(?<!\\)(?>(?:\\\\)*)(<!--|[{}]|｛(?=\s*[.。．·#＃]))")


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
            passage, quoted = _plain(line, role, run_on and not first) or (None, None)
            if passage is None:
                passage = self.passage(line, role, run_on=run_on and not first)
            else:
                self._anchor(passage.anchor)
            if quoted:
                self.references[self._index] = (quoted, self._line)
            role = _PROSE if _HEADING.match(line) else passage.role
            yield passage
            run_on, first = True, False

    def passage(self, line: str, role: Role, *, run_on: bool) -> Passage:
        """The passage of a line below one of a role."""
        if heading := _HEADING.match(line):
            return self._heading(len(heading[1]) - 1, heading[2], run_on=run_on)
        return self._run(line, role, run_on=run_on)

    def _run(self, line: str, role: Role, *, run_on: bool) -> Passage:
        anchor = None
        if is_stray(line):
            self._problem(
                "stray-record",
                "the record of the import (the ```json block at the end) is torn: this line would be shown as words",
                "Restore it from version control, or delete all of it. Of the notice's own line: write \\` or \\{.",
            )
        if found := _RUN.match(line):
            line, anchor = line[found.end() :], self._anchor(found[2])
            if found[1] in ROLES - {"heading", "title"}:
                role = cast("Role", intern(found[1]))
            else:
                self._problem(
                    "unknown-role",
                    f"unknown role “{found[1]}”{nearest(found[1], ROLES)}",
                    f"Known roles: {', '.join(sorted(ROLES - {'heading', 'title'}))}.",
                )
        self._stray(line)
        label, words = _split_label(line)
        return Passage(words=words, label=label, role=role, run_on=run_on, anchor=anchor)

    def _stray(self, words: str) -> None:
        """Say what of a line would be shown as words and is not meant as such."""
        found = _STRAY_MARK.search(words)
        if found is None:
            return
        if found[1] == "<!--":
            self._problem(
                "comment-mark",
                "“<!--” would be shown as words: a content file has no comments",
                "Take it out; a note in the front matter begins with #. Of the notice's own words: write \\<!--.",
            )
        else:
            self._problem(
                "bad-mark",
                f"“{words[max(0, found.start(1) - 1) : found.start(1) + 16]}” would be shown as words: "
                "a mark that is not written as one",
                "Type it with the input method off: {.finding} before a paragraph, {#i3 .issue} behind a heading. "
                "Of the notice's own words: write \\ before the brace.",
            )

    def _heading(self, level: int, line: str, *, run_on: bool) -> Passage:
        found = _ATTRIBUTES.search(line)
        anchor, marks = None, None
        if found:
            line = line[: found.start()]
            anchor, marks = self._attributes(found[1])
        self._stray(line)
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
        said = values.get("status", "unstated")
        status = STATUSES_BY_NAME.get(said, said)
        if status not in STATUSES:
            self._problem(
                "unknown-status",
                f"unknown status “{status}”{nearest(status, (*STATUSES, *STATUSES_BY_NAME))}",
                f"One of {', '.join(STATUSES)}; or {'、'.join(STATUSES_BY_NAME)}.",
            )
            status = "unstated"
        topics = values.get("topics")
        return IssueMarks(
            status=cast("Any", intern(status)),
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

    def _anchor(self, name: str | None) -> str | None:
        if not name:
            return None
        if name in self._used:
            self._problem(
                "duplicate-anchor",
                f"the anchor #{name} is in this file twice",
                "Anchors are permalinks; give the new one a name of its own.",
            )
        self._used.add(name)
        return intern(name)

    def problem_at(self, line: int, code: str, message: str, hint: str) -> None:
        """Note what is wrong on a line that was read before."""
        self.problems.append(Diagnostic(code=code, file=self._file, line=line, message=message, hint=hint))

    def _problem(self, code: str, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(code=code, file=self._file, line=self._line, message=message, hint=hint))


_ISSUE_KEYS = ("status", "quote", "deadline", "responsible", "topics")
_FOLLOWUP_KEYS = ("deadline", "of")


def _split_label(line: str) -> tuple[str, str]:
    # labels, roles and anchors are alike in all notices: interned, each of them is held once
    label = ""
    if line.startswith("**") and (found := _LABEL.match(line)):
        label, line = found[1], line[found.end() :]
    if "\\" in line or "\\" in label:
        return intern(_UNESCAPE.sub(r"\1", label)), _UNESCAPE.sub(r"\1", line)
    return intern(label), line
