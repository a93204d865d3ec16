"""YAML to frozen dataclasses and back, by their type hints; every error names its line.

The hints decide what a scalar is, so the traps of YAML's own guessing do not exist: a postcode `053000` or a version
`1.10` in a field of type str stays what was typed. A tuple of pairs `tuple[tuple[str, X], ...]` is written as a mapping
that keeps its order.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import yaml

from generator.base.dates import PartialDate
from generator.base.diagnostics import Diagnostic, nearest

SPARSE = {"sparse": True}
"""Metadata of a field that is written only where it says something."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_DUMPER_BASE):  # type: ignore[misc]  # C or Python, whichever there is
    """Writes a date as an editor types it, without quotation marks: its field says that it is a date."""


_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag != _TIMESTAMP]
    for first, rows in _DUMPER_BASE.yaml_implicit_resolvers.items()
}
_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}


class Decoder:
    """Turns YAML nodes into values; collects what is wrong in `problems` and goes on."""

    def __init__(self, file: str, first_line: int = 1) -> None:
        self.problems: list[Diagnostic] = []
        self._file = file
        self._first_line = first_line
        self._seen: set[int] = set()

    def compose(self, text: str) -> yaml.Node | None:
        """The root node of `text`; None when there is none or it is no YAML (then `problems` says why)."""
        try:
            root = compose(text)
        except yaml.YAMLError as error:
            self._yaml_error(error, text)
            return None
        return root

    def fields(self, node: yaml.Node | None, record: type, only: Iterable[str] | None = None) -> dict[str, Any]:
        """Keyword arguments for `record` from a mapping node; fields with errors are left out."""
        known = _hints(record)
        if only is not None:
            known = {name: known[name] for name in only}
        if node is None or _is_null(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            words = node.value.split("\n")[:1] if isinstance(node, yaml.ScalarNode) else [""]
            if not self._mistyped(words, node.start_mark.line):
                self.problem(node, "type", f"expected keys ({', '.join(known)}), found {_kind(node)}")
            return {}
        values: dict[str, Any] = {}
        for key, value in self._pairs(node):
            name = key.replace("-", "_")
            if name not in known:
                self.problem(
                    value,
                    "unknown-key",
                    f"unknown key “{key}”{nearest(key, known)}",
                    f"Known keys here: {', '.join(known)}.",
                )
                continue
            decoded = self.value(value, known[name], key)
            if decoded is not _WRONG:
                values[name] = decoded
        return values

    def record(self, node: yaml.Node | None, record: type, path: str = "") -> Any:
        """A `record` from a mapping node; `problems` names what is wrong or missing."""
        values = self.fields(node, record)
        missing = [name for name in _required(record) if name not in values]
        if missing:
            if not self.problems:
                self.problem(
                    node, "missing-key", f"missing: {', '.join(missing)}" + (f" in {path}" if path else ""), ADD_KEY
                )
            return _WRONG
        return record(**values)

    def value(self, node: yaml.Node, hint: Any, path: str) -> Any:
        """The value of `node` as `hint` says; `_WRONG` after a problem."""
        if id(node) in self._seen and not isinstance(node, yaml.ScalarNode):
            self.problem(node, "yaml-alias", f"{path}: an alias (*name) is not allowed here", "Write the value out.")
            return _WRONG
        self._seen.add(id(node))
        options = _options(hint)
        if type(None) in options:
            if _is_null(node):
                return None
            hint = next(option for option in options if option is not type(None))
        if dataclasses.is_dataclass(hint) and hint is not PartialDate:
            return self.record(node, typing.cast("type", hint), path)
        origin = typing.get_origin(hint)
        if origin is tuple:
            return self._tuple(node, typing.get_args(hint)[0], path)
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node, "type", f"{path}: expected {_expected(hint)}, found {_kind(node)}")
            return _WRONG
        return self._scalar(node, hint, path)

    def _tuple(self, node: yaml.Node, inner: Any, path: str) -> Any:
        if typing.get_origin(inner) is tuple:  # pairs: a mapping
            if _is_null(node) or (isinstance(node, yaml.SequenceNode) and not node.value):
                return ()
            if not isinstance(node, yaml.MappingNode):
                self.problem(node, "type", f"{path}: expected “key: value” lines, found {_kind(node)}")
                return _WRONG
            hint = typing.get_args(inner)[1]
            pairs = [(key, self.value(value, hint, f"{path}.{key}")) for key, value in self._pairs(node)]
            return tuple(pair for pair in pairs if pair[1] is not _WRONG)
        if _is_null(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, "type", f"{path}: expected a list, found {_kind(node)}", "Write [a, b] or lines “- a”.")
            return _WRONG
        plain = [item for item in node.value if isinstance(item, yaml.ScalarNode) and not item.style]
        if node.flow_style and any("，" in item.value for item in plain):
            self.problem(node, "value", f"{path}: write the half-width comma “,” between the values")
            return _WRONG
        items = [self.value(item, inner, f"{path}[{index}]") for index, item in enumerate(node.value)]
        return tuple(item for item in items if item is not _WRONG)

    def _scalar(self, node: yaml.ScalarNode, hint: Any, path: str) -> Any:
        text = node.value
        if typing.get_origin(hint) is Literal:
            allowed = typing.get_args(hint)
            if text not in allowed:
                self.problem(
                    node, "value", f"{path}: “{text}” is not one of {', '.join(allowed)}{nearest(text, allowed)}"
                )
                return _WRONG
            return text
        if hint is bool:
            value = _BOOLS.get(text.lower(), _WRONG)
            if value is _WRONG:
                self.problem(node, "value", f"{path}: “{text}” is neither true nor false")
            return value
        if hint is str:
            return text
        convert: Callable[[str], Any] = PartialDate.parse if hint is PartialDate else hint
        try:
            value = convert(text)
        except ValueError as error:
            said = str(error) if hint is PartialDate else f"“{text}” is not {_expected(hint)}"
            self.problem(node, "value", f"{path}: {said}")
            return _WRONG
        if hint in (int, float) and not abs(value) < _GREAT:
            self.problem(node, "value", f"{path}: “{text}” is too great a number")
            return _WRONG
        return value

    def _pairs(self, node: yaml.MappingNode) -> Iterable[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problem(key, "type", f"a key must be a word, found {_kind(key)}")
            elif key.value in seen:
                self.problem(key, "duplicate-key", f"the key “{key.value}” is here twice", "Keep one of them.")
            else:
                seen.add(key.value)
                yield key.value, value

    def problem(self, node: yaml.Node | None, code: str, message: str, hint: str = "") -> None:
        """Note that something is wrong at `node`."""
        mark = node.start_mark if node else None
        self.problems.append(
            Diagnostic(
                code=code,
                message=message,
                hint=hint,
                file=self._file,
                line=(mark.line if mark else 0) + self._first_line,
                column=mark.column + 1 if mark else 0,
            )
        )

    def _mistyped(self, lines: Sequence[str], first: int = 0) -> bool:
        """Whether one of the last two of `lines` (from line `first` on) has a sign of a Chinese input method: told."""
        written = [(number, line) for number, line in enumerate(lines, first + self._first_line) if line.strip()]
        for number, line in reversed(written[-2:]):
            for pattern, sign in _MISTYPED:
                if found := pattern.match(line):
                    self.problems.append(
                        Diagnostic(
                            code="yaml-syntax",
                            message=f"line {number}: {sign}",
                            file=self._file,
                            line=number,
                            column=found.start("sign") + 1,
                            source_line=line,
                        )
                    )
                    return True
        return False

    def _yaml_error(self, error: yaml.YAMLError, text: str) -> None:
        mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        if mark is None:
            mark = began
        elif began and ("expected ','" in str(getattr(error, "problem", "")) or not text[mark.index :].strip("\0\n ")):
            mark = began  # what began there never ends
        line = mark.line if mark else 0
        lines = text.split("\n")
        if self._mistyped(lines[: line + 1]):
            return
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        self.problems.append(
            Diagnostic(
                code="yaml-syntax",
                message=f"not valid YAML: {said}",
                hint="A value that holds “: ” or begins with a special character needs quotation marks; "
                "indent with blanks, not tabs.",
                file=self._file,
                line=line + self._first_line,
                column=mark.column + 1 if mark else 0,
                source_line=lines[line] if mark and line < len(lines) else "",
            )
        )


_MISTYPED = (
    (
        re.compile(r"[ \t]*+(?:- )?[A-Za-z_][\w-]*+[ \t]*+(?P<sign>：)"),
        "write the half-width colon “:”, and a blank after it",
    ),
    (re.compile(r"[ \t]*+(?:- )?[A-Za-z_][\w-]*+(?P<sign>:)(?=[^\s:/])"), "write a blank after the colon"),
    (re.compile(r"[ \t]*+(?P<sign>[－—–])[ \t]"), "write the half-width hyphen “-”, and a blank after it"),
    (
        re.compile(r"[ \t]*+(?:- )?[A-Za-z_][\w-]*+:[ \t]++(?P<sign>[“”‘’])"),
        "write half-width quotation marks, \" or ', around a value",
    ),
)
"""What a line of YAML has where a Chinese input method was left on, and what to write."""
ADD_KEY = "Add each in a line of its own, as “name: …”; what each means is said in docs/content.md and docs/site.md."
_GREAT = 1 << 53
"""Numbers up to here are the same in every program that reads JSON."""
_WRONG: Any = object()
DEEPEST = 40
"""How deeply YAML may be nested: no file of ours needs ten."""


def compose(text: str) -> yaml.Node | None:
    """The root node of YAML. Raises yaml.YAMLError, also for what is nested more than `DEEPEST` times.

    To compose is to recurse, in C: a file of brackets would end the process. Events do not recurse.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER) if _may_be_deep(text) else ():
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=f"nested more than {DEEPEST} times", problem_mark=mark)
    root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    return root


def _may_be_deep(text: str) -> bool:
    """Whether brackets and what lines begin with would do for more than `DEEPEST`: quicker than to look at events."""
    widest = max((len(line) - len(line.lstrip(" \t-?:")) for line in text.splitlines()), default=0)
    return text.count("[") + text.count("{") + widest >= DEEPEST


def is_wrong(value: Any) -> bool:
    """Whether `value` stands for one that could not be decoded."""
    return value is _WRONG


@functools.cache
def _hints(record: type) -> dict[str, Any]:
    hints = typing.get_type_hints(record)
    return {f.name: hints[f.name] for f in dataclasses.fields(record) if f.init}


@functools.cache
def _required(record: type) -> tuple[str, ...]:
    missing = dataclasses.MISSING
    return tuple(
        f.name for f in dataclasses.fields(record) if f.init and f.default is missing and f.default_factory is missing
    )


@functools.cache
def _options(hint: Any) -> tuple[Any, ...]:
    return typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "keys and values"
    return "a list" if isinstance(node, yaml.SequenceNode) else f"“{node.value}”"


def _expected(hint: Any) -> str:
    names = {int: "a whole number", float: "a number", str: "a text", PartialDate: "a date", bool: "true or false"}
    return names.get(hint, "a value")


def plain(value: Any) -> Any:
    """`value` as dicts, lists and scalars, ready for YAML: dates as ISO text, pairs as a mapping."""
    if isinstance(value, PartialDate):
        return value.iso
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        record_type: type = type(value)
        hints = _hints(record_type)
        unsaid = {f.name for f in dataclasses.fields(value) if "sparse" in f.metadata and not getattr(value, f.name)}
        return {name: _plain_field(getattr(value, name), hint) for name, hint in hints.items() if name not in unsaid}
    if isinstance(value, tuple):
        if value and all(type(item) is tuple and len(item) == 2 for item in value):
            return {key: plain(item) for key, item in value}
        return [plain(item) for item in value]
    return value


def _plain_field(value: Any, hint: Any) -> Any:
    if value == () and typing.get_origin(hint) is tuple and typing.get_origin(typing.get_args(hint)[0]) is tuple:
        return {}
    return plain(value)


def plain_fields(record: Any, only: Iterable[str]) -> dict[str, Any]:
    """The named fields of a record, each as `plain` gives it."""
    record_type: type = type(record)
    hints = _hints(record_type)
    return {name: _plain_field(getattr(record, name), hints[name]) for name in only}


def replace_keys(text: str, values: Mapping[str, str]) -> str:
    """`text`, a file with front matter, with other lines for some keys of it; one that is not there comes to its end.

    `values` gives the YAML of each key, line end included. All other lines, comments too, stay as they are.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    end = lines.index("---", 1)
    root = compose("\n".join(lines[1:end]))
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    starts = [key.start_mark.line + 1 for key, _ in pairs] + [end]
    places = {key.value: (start, stop) for (key, _), start, stop in zip(pairs, starts, starts[1:], strict=False)}
    for name, (start, _) in sorted(places.items(), key=lambda item: -item[1][0]):
        if name in values:
            stop = places[name][1]
            while stop > start + 1 and lines[stop - 1].lstrip().startswith("#"):
                stop -= 1  # a comment belongs to the key below it
            lines[start:stop] = values[name].rstrip("\n").split("\n")
    new = [line for name, row in values.items() if name not in places for line in row.rstrip("\n").split("\n")]
    end = lines.index("---", 1)
    return "\n".join([*lines[:end], *new, *lines[end:]])


def dump(values: Mapping[str, Any]) -> str:
    """`values` as YAML, one key a line, lists of words on their key's line."""
    return "".join(
        yaml.dump({key: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**30)
        for key, value in values.items()
    )
