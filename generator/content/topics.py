"""Which topics (专题) an issue belongs to, by the words of topics.yml, and which word says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from generator.base.diagnostics import ContentError, Diagnostic, nearest
from generator.base.structure import Decoder, is_wrong
from generator.model.notice import Issue

_KEY = 2  # characters by which words are looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject under which issues are listed."""

    id: str
    """Part of an address: a–z, 0–9 and hyphens."""
    name: str
    about: str
    """One sentence for readers: what belongs here."""
    words: tuple[str, ...] = ()
    """An issue whose title holds one of these belongs here."""


OTHER = Topic(id="other", name="其他", about="没有归入以上专题的问题。")


class Assigned(NamedTuple):
    """A topic of an issue and why."""

    topic: Topic
    word: str | None
    """The word of the rules that was found; None: set by an editor, or no word was found."""


class TopicRules:
    """The topics in order, ready to be asked. One look at each place of the text, whatever the number of words."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)
        self.by_name = {key: topic for topic in (*self.topics, OTHER) for key in (topic.id, topic.name)}
        self._words: dict[str, list[tuple[str, int, Assigned]]] = {}
        for order, topic in enumerate(self.topics):
            for word in topic.words:
                why = Assigned(topic=topic, word=word)
                self._words.setdefault(word[:_KEY], []).append((word, order, why))
        self._keys = re.compile("|".join(map(re.escape, self._words)) or "(?!)")

    def assign(self, issue: Issue) -> tuple[Assigned, ...]:
        """The topics of `issue`, never none: the editor's, else by its title, else by what was found, else 其他.

        The headings above come last: they name the clause of the inspection, under which anything may stand.
        """
        if issue.topics is not None:
            return tuple(Assigned(topic=self.by_name[name], word=None) for name in issue.topics if name in self.by_name)
        for text in (issue.title, issue.finding or "", " ".join(issue.path)):
            if found := self._found(text):
                return found
        return (Assigned(topic=OTHER, word=None),)

    def unknown(self, issue: Issue) -> list[str]:
        """What an editor set as a topic of `issue` and is none, with the nearest that is."""
        known = [topic.name for topic in self.topics]
        return [f"“{name}”{nearest(name, known)}" for name in issue.topics or () if name not in self.by_name]

    def _found(self, text: str) -> tuple[Assigned, ...]:
        first: dict[int, Assigned] = {}
        found = self._keys.search(text)
        while found:
            at = found.start()
            for word, order, why in self._words[found[0]]:
                if order not in first and text.startswith(word, at):
                    first[order] = why
            found = self._keys.search(text, at + 1)
        return tuple(first[order] for order in sorted(first))


@dataclass(frozen=True, slots=True, kw_only=True)
class _TopicFile:
    topics: tuple[Topic, ...] = ()


def read_topics(text: str, file: str = "content/topics.yml") -> TopicRules:
    """The rules in `text`. Raises ContentError with every problem."""
    decoder = Decoder(file)
    root = decoder.compose(text)
    found = decoder.record(root, _TopicFile) if root is not None else _TopicFile()
    topics: tuple[Topic, ...] = () if is_wrong(found) else found.topics
    lines = _lines(root)
    problems = [*decoder.problems, *_wrong(topics, file, lines)]
    if problems:
        raise ContentError(problems)
    return TopicRules(topics)


def _lines(root: yaml.Node | None) -> dict[str, int]:
    """The line on which each scalar stands first."""
    lines: dict[str, int] = {}
    pending: list[yaml.Node | tuple[yaml.Node, yaml.Node]] = [root] if root else []
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.ScalarNode):
            lines[node.value] = min(lines.get(node.value, 10**9), node.start_mark.line + 1)
        elif isinstance(node, tuple):
            pending.append(node[1])
        elif isinstance(node, yaml.CollectionNode):
            pending.extend(node.value)
    return lines


def _wrong(topics: tuple[Topic, ...], file: str, lines: dict[str, int]) -> list[Diagnostic]:
    problems: list[Diagnostic] = []

    def problem(at: str, code: str, message: str, hint: str) -> None:
        problems.append(Diagnostic(code=code, file=file, line=lines.get(at, 0), message=message, hint=hint))

    seen: set[str] = {OTHER.id, OTHER.name}
    for topic in topics:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic.id, re.ASCII):
            problem(topic.id, "bad-id", f"“{topic.id}” is no id of a topic", "Use a–z, 0–9 and hyphens only.")
        for name in (topic.id, topic.name):
            if name in seen:
                problem(name, "duplicate-topic", f"the topic “{name}” is here twice", "Give one another name.")
            seen.add(name)
        for word in topic.words:
            if len(word) < _KEY:
                problem(word, "short-word", f"“{word}” is too short to mean a topic", "Use two characters or more.")
    return problems
