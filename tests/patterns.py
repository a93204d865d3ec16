"""Every regular expression of the program, and texts made to harm it, grown out of its own parse tree.

`python -m tests.patterns` prints the table of growth: `make growth`.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import generator
from generator.base.late_patterns import LatePattern

PACKAGE = Path(generator.__file__).parent
ANCHORED = {"match", "fullmatch"}
SCANNING = {"search", "sub", "subn", "split", "findall", "finditer"}
METHODS = ANCHORED | SCANNING
PATTERN: Any = re.Pattern | LatePattern
"""What is a pattern."""


@dataclass(frozen=True, slots=True)
class Use:
    """A pattern as the program has it, and the methods that are called of it."""

    where: str
    """`parser/front.py:21`"""
    pattern: str | bytes
    flags: int
    methods: frozenset[str]

    @property
    def compiled(self) -> re.Pattern[Any]:
        return re.compile(self.pattern, self.flags)


# ------------------------------------------------------------------------------------------------------ collecting them


def uses() -> list[Use]:
    """All patterns: those that modules compile when they are loaded, and those that functions name."""
    known = {use for module in _modules() for use in (*_loaded(module), *_written(module))}
    return sorted(known, key=lambda use: (use.where, str(use.pattern)))


@functools.cache
def _modules() -> list[Any]:
    names = [info.name for info in pkgutil.walk_packages([str(PACKAGE)], "generator.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


@functools.cache
def _tree(module: Any) -> ast.Module:
    return ast.parse(Path(module.__file__).read_text("utf-8"))


def _loaded(module: Any) -> Iterator[Use]:
    """Patterns in the module's names, however deep in tuples and records they lie."""
    lines = _lines(module)
    for name, value in vars(module).items():
        where_from = None if isinstance(value, PATTERN) else getattr(value, "__module__", None)
        if name.startswith("__") or where_from not in (None, module.__name__):
            continue
        if name not in lines:
            continue  # it belongs to the module that it was imported from
        for pattern in _patterns_in(value):
            methods = _methods(module, name, isinstance(value, PATTERN)) or {"search"}
            yield Use(f"{_path(module)}:{lines[name]}", pattern.pattern, pattern.flags, frozenset(methods))


def _patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, PATTERN):
        yield value
    elif depth < 5 and isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from _patterns_in(one, depth + 1)
    elif depth < 5 and isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _patterns_in(one, depth + 1)
    elif depth < 5 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for field in value.__dataclass_fields__:
            yield from _patterns_in(getattr(value, field), depth + 1)


@functools.cache
def _lines(module: Any) -> dict[str, int]:
    """The names that a module assigns, with their lines."""
    found = {}
    for node in _tree(module).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            for name in ast.walk(target):
                if isinstance(name, ast.Name):
                    found[name.id] = node.lineno
    return found


@functools.cache
def _called(module: Any) -> dict[str, set[str]]:
    """Name of a pattern → the methods that a module calls of it."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            name = node.value
            key = name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else ""
            found.setdefault(key, set()).add(node.attr)
        if isinstance(node, ast.Call) and _is_re(node.func) and node.args and isinstance(node.args[0], ast.Name):
            found.setdefault(node.args[0].id, set()).add(node.func.attr)  # type: ignore[attr-defined]
    return found


def _methods(module: Any, name: str, is_pattern: bool) -> set[str]:
    """What is called of a pattern; of those in a table, what its module calls of names that are no pattern there."""
    if not is_pattern:
        own = {key for key, value in vars(module).items() if isinstance(value, PATTERN)} | {"re"}
        return {method for key, methods in _called(module).items() if key not in own for method in methods} - {"split"}
    where = [module] if name.startswith("_") else _modules()
    return {method for one in where for method in _called(one).get(name, ())}


def _is_re(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"


def _written(module: Any) -> Iterator[Use]:
    """Patterns that stand in calls such as `re.sub(r"…", …)`; those made of values of the moment are in `MADE`."""
    functions = [node for node in ast.walk(_tree(module)) if isinstance(node, ast.FunctionDef)]
    for node in (node for function in functions for node in ast.walk(function)):
        if not (isinstance(node, ast.Call) and _is_re(node.func) and node.args):
            continue
        method = node.func.attr  # type: ignore[attr-defined]
        if method not in METHODS | {"compile"}:
            continue
        where = f"{_path(module)}:{node.lineno}"
        value = _value(node.args[0], module)
        if value is None:
            unknown.add(_path(module))
        elif isinstance(value, str | bytes) and method != "compile":
            yield Use(where, value, _flags(node, module), frozenset({method}))


unknown: set[str] = set()
"""Files where a pattern is made of values that only a run knows."""


def _value(node: ast.expr, module: Any) -> Any:
    try:
        return eval(compile(ast.Expression(node), "pattern", "eval"), dict(vars(module)))
    except NameError:
        return None


def _flags(call: ast.Call, module: Any) -> int:
    given = [word.value for word in call.keywords if word.arg == "flags"] + [
        arg
        for arg in call.args[1:]
        if _is_re(arg) and arg.attr.isupper()  # type: ignore[attr-defined]
    ]
    return int(_value(given[0], module)) if given else 0


def _path(module: Any) -> str:
    return Path(module.__file__).relative_to(PACKAGE).as_posix()


# -------------------------------------------------------------------------------------------------------- harmful texts

_REPRESENTATIVES = "aZ05 \t\n_-.,:;\"'\\/<>()[]{}#*=|~`!@&一年中的。，、；：（）“”X×\u3000\xa0é"
_MANY = 40
"""A repeat that may go on so often counts as one without end."""


def _tree_of(use: Use) -> Any:
    return _parser.parse(use.pattern, use.flags & ~re.DEBUG)


def _is_repeat(op: Any) -> bool:
    return op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def _is_set(op: Any) -> bool:
    return op in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY)


def _nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    """All nodes, parents first."""
    for op, av in tree:
        yield op, av
        for below in _below(op, av):
            yield from _nodes(below)


def _below(op: Any, av: Any) -> list[Any]:
    if _is_repeat(op):
        return [av[2]]
    if op is sre.SUBPATTERN:
        return [av[3]]
    if op is sre.BRANCH:
        return list(av[1])
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [av[1]]
    if op is sre.ATOMIC_GROUP:
        return [av]
    return []


def _member(op: Any, av: Any, code: int) -> bool:
    if op is sre.LITERAL:
        return bool(av == code)
    if op is sre.NOT_LITERAL:
        return bool(av != code)
    if op is sre.ANY:
        return code != 10
    found = any(_in_part(part, value, code) for part, value in av if part is not sre.NEGATE)
    return found != (av[0][0] is sre.NEGATE)


def _in_part(part: Any, value: Any, code: int) -> bool:
    char = chr(code)
    if part is sre.LITERAL:
        return bool(value == code)
    if part is sre.RANGE:
        return bool(value[0] <= code <= value[1])
    tests: dict[Any, bool] = {
        sre.CATEGORY_DIGIT: char.isdigit(), sre.CATEGORY_SPACE: char.isspace(),
        sre.CATEGORY_WORD: char.isalnum() or char == "_",
    }  # fmt: skip
    opposite = {
        sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT, sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
        sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
    }  # fmt: skip
    return not tests[opposite[value]] if value in opposite else tests[value]


def _letters(tree: Any, *, literals: bool = False) -> list[str]:
    """One character for each way of belonging to the pattern's sets, with `literals` also to those of one character."""
    sets = [(op, av) for op, av in _nodes(tree) if _is_set(op)]
    codes = {ord(char) for char in _REPRESENTATIVES}
    for op, av in sets:
        if op in (sre.LITERAL, sre.NOT_LITERAL):
            codes.add(av)
        for part, value in av if op is sre.IN else ():
            if part is sre.LITERAL:
                codes.add(value)
            elif part is sre.RANGE:
                codes |= {value[0], value[1]}
    wide = [(op, av) for op, av in sets if literals or op is not sre.LITERAL]
    kinds: dict[tuple[bool, ...], int] = {}
    for code in sorted(codes):
        kinds.setdefault(tuple(_member(op, av, code) for op, av in wide), code)
    return [chr(code) for kind, code in kinds.items() if any(kind)]


def _sample(tree: Any, choice: int, letters: list[str]) -> str:
    """A text that the tree matches, looking around aside; `choice` chooses among alternatives."""
    return "".join(_sample_node(op, av, choice, letters) for op, av in tree)


def _sample_node(op: Any, av: Any, choice: int, letters: list[str]) -> str:
    if _is_set(op):
        if op is sre.LITERAL:
            return chr(av)
        fit = _fitting(op, tuple(av) if op is sre.IN else av, "".join(letters))
        return chr(fit[choice % len(fit)]) if fit else ""
    if _is_repeat(op):
        low, high, inner = av
        return _sample(inner, choice, letters) * max(low, min(high, 1) if choice % 2 == 0 else 0)
    if op is sre.BRANCH:
        return _sample(av[1][choice % len(av[1])], choice // len(av[1]), letters)
    if op in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _sample(_below(op, av)[0], choice, letters)
    return ""


@functools.lru_cache(maxsize=10_000)
def _fitting(op: Any, av: Any, letters: str) -> list[int]:
    """The letters, and the set's own characters, that are in a set."""
    own = [v if p is sre.LITERAL else v[0] for p, v in (av if op is sre.IN else ()) if p in (sre.LITERAL, sre.RANGE)]
    return [code for code in [*map(ord, letters), *own] if _member(op, av, code)]


def _repeats(tree: Any, before: str, letters: list[str]) -> Iterator[tuple[str, Any]]:
    """The repeats without end, each with a text that leads to it."""
    for op, av in tree:
        if _is_repeat(op) and av[1] > _MANY:
            yield before, av[2]
        for below in _below(op, av):
            yield from _repeats(below, before, letters)
        if op not in (sre.ASSERT, sre.ASSERT_NOT):
            before += _sample_node(op, av, 0, letters)


def _beginnings(tree: Any, letters: list[str]) -> Iterator[str]:
    """What the pattern begins with, ever longer: repeated, each begins a match that goes on to the end."""
    for choice in range(2):
        text = ""
        for op, av in tree:
            if op is sre.SUBPATTERN or op is sre.ATOMIC_GROUP:
                yield from (text + inner for inner in _beginnings(_below(op, av)[0], letters))
            elif op is sre.BRANCH:
                yield from (text + inner for part in av[1][:12] for inner in _beginnings(part, letters))
            elif _is_repeat(op):
                yield from (text + inner for inner in _beginnings(av[2], letters))
            text += _sample_node(op, av, choice, letters)
            yield text


_SUFFIXES = ("", "\x01", "\n\x01")


def hostile(use: Use) -> Iterator[tuple[str, str, str]]:
    """(before, what is repeated, behind): texts that may cost the pattern more than their length."""
    tree = _tree_of(use)
    letters = _letters(tree)
    repeats = list(_repeats(tree, "", letters))
    if not repeats:
        return
    pumps = {(before, _sample(inner, choice, letters)) for before, inner in repeats for choice in range(3)}
    leads = {before for before, _ in repeats} | {""}
    pumps |= {(lead, letter) for lead in sorted(leads, key=len)[:4] for letter in letters}
    pumps |= {("", text) for text in _beginnings(tree, letters) if len(text) < 60}
    for before, pump in sorted(pumps):
        if pump:
            yield from ((before, pump, behind) for behind in _SUFFIXES)


# ---------------------------------------------------------------------------------------------------- what a tree shows


def faults(use: Use) -> list[str]:
    """What is wrong with a pattern by its tree alone."""
    tree = _tree_of(use)
    letters = [ord(letter) for letter in _letters(tree, literals=True)]
    return sorted({*_wide_possessives(tree), *_nested(tree, letters), *_adjacent(tree, letters)})


def _wide_possessives(tree: Any) -> Iterator[str]:
    """Python before 3.11.5 takes a group that fails inside `(?:…)*+` for matched: `(?>(?:…)*)` is right everywhere."""
    for op, av in _nodes(tree):
        if op is sre.POSSESSIVE_REPEAT and not (len(av[2]) == 1 and _is_set(av[2][0][0])):
            yield "a possessive group: write (?>(?:…)*) instead of (?:…)*+"


def _nested(tree: Any, letters: list[int]) -> Iterator[str]:
    """Repeats without end whose turns can be cut in more than one way, so that all of the ways are tried."""
    for op, av in tree:
        is_open = op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and av[1] > _MANY and not _is_single(av[2])
        if is_open and _open_end(av[2], letters) & _first(av[2], letters):
            yield "a repeat inside a repeat: make the inner one possessive, or put a sign between the turns"
        for below in _below(op, av):
            yield from _nested(below, letters)


_ENDLESS = 1000
"""A repeat that may go on so often counts as one without end where another one stands beside it."""


def _adjacent(tree: Any, letters: list[int]) -> Iterator[str]:
    """Repeats without end beside each other that may share out the same characters, before what may fail: `.*x.*y`."""
    row = list(_flat(tree))
    for at, (op, av) in enumerate(row):
        shared = _open_end([(op, av)], letters, _ENDLESS) if op not in (sre.ASSERT, sre.ASSERT_NOT) else set()
        if shared and any(
            _begins(one, shared, letters) and _may_fail(row[n + 1 :]) for n, one in _behind(row, at, shared, letters)
        ):
            yield "a repeat that leads into another of the same characters: make the first possessive or atomic"
        for below in _below(op, av):
            yield from _adjacent(below, letters)


def _flat(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The nodes of a sequence, groups opened."""
    for op, av in tree:
        yield from _flat(av[3]) if op is sre.SUBPATTERN else [(op, av)]


def _behind(row: list[Any], at: int, shared: set[int], letters: list[int]) -> Iterator[tuple[int, Any]]:
    """The nodes behind one, as long as its own characters can be theirs."""
    for number in range(at + 1, len(row)):
        yield number, row[number]
        op, av = row[number]
        if (
            op not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
            and not _may_be_empty(op, av)
            and not _first_of(op, av, letters) & shared
        ):
            return


def _begins(node: Any, shared: set[int], letters: list[int]) -> bool:
    """Whether the node is a repeat without end of shared characters."""
    op, av = node
    return _is_repeat(op) and bool(av[1] > _ENDLESS) and bool(_first(av[2], letters) & shared)


def _may_fail(rest: list[Any]) -> bool:
    return any(op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) or not _may_be_empty(op, av) for op, av in rest)


def _is_single(tree: Any) -> bool:
    return len(tree) == 1 and _is_set(tree[0][0])


def _first(tree: Any, letters: list[int]) -> set[int]:
    """Characters that a text of the tree may begin with."""
    found: set[int] = set()
    for op, av in tree:
        found |= _first_of(op, av, letters)
        if not _may_be_empty(op, av):
            break
    return found


def _first_of(op: Any, av: Any, letters: list[int]) -> set[int]:
    if _is_set(op):
        return {code for code in letters if _member(op, av, code)}
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return set()
    return set().union(*(_first(below, letters) for below in _below(op, av)))


def _may_be_empty(op: Any, av: Any) -> bool:
    if _is_set(op) or op is sre.GROUPREF:
        return False
    if _is_repeat(op):
        return bool(av[0] == 0) or all(_may_be_empty(*node) for node in av[2])
    if op is sre.BRANCH:
        return any(all(_may_be_empty(*node) for node in part) for part in av[1])
    return all(_may_be_empty(*node) for below in _below(op, av) for node in below) if _below(op, av) else True


def _open_end(tree: Any, letters: list[int], many: int = _MANY) -> set[int]:
    """Characters of the repeats without end that a text of the tree may end in, and that give back what they took."""
    found: set[int] = set()
    for op, av in reversed(list(tree)):
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and av[1] > many:
            found |= _first(av[2], letters)
        elif op is not sre.ATOMIC_GROUP and op is not sre.POSSESSIVE_REPEAT:
            for below in _below(op, av) if op not in (sre.ASSERT, sre.ASSERT_NOT) else ():
                found |= _open_end(below, letters, many)
        if not _may_be_empty(op, av):
            break
    return found


# ------------------------------------------------------------------------------------------------------------ measuring

SMALL = 2000
"""Characters of a first look."""
SUSPICIOUS = 0.001
"""Seconds that it may take."""
STEEP = 5.5
"""Times as long for four times the text: linear is 4, quadratic 16. One that a close look would find too slow by
its quadratic part has at least so much of it already here."""
SIZES = (16_000, 32_000, 64_000)
"""Characters of a close look, at n, 2 n and 4 n."""
MOST = 0.5
"""Seconds of CPU time for the largest: a quadratic pattern needs more than one, a linear one some 0.03."""
LIMIT = 0.6
"""Seconds after which a match is stopped."""


def text_of(use: Use, parts: tuple[str, str, str], size: int) -> Any:
    before, pump, behind = parts
    text = before + pump * max(1, size // len(pump)) + behind
    return text.encode("utf-8", "replace") if isinstance(use.pattern, bytes) else text


def seconds(use: Use, text: Any, clock: Callable[[], float] = time.process_time) -> float:
    """Time that all matches in the text take; `LIMIT` when they are not done by then."""
    pattern = use.compiled
    start = clock()
    try:
        with _stopped():
            if use.methods & SCANNING:
                pattern.findall(text)
            for method in use.methods & ANCHORED:
                getattr(pattern, method)(text)
    except TimeoutError:
        return LIMIT
    return clock() - start


@contextlib.contextmanager
def _stopped() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@dataclass(frozen=True, slots=True)
class Growth:
    """The worst text of a pattern: seconds at each of `SIZES`."""

    use: Use
    parts: tuple[str, str, str]
    times: tuple[float, ...]

    @property
    def is_linear(self) -> bool:
        return self.times[-1] < MOST

    def __str__(self) -> str:
        times = " ".join(f"{value * 1000:9.2f}" for value in self.times)
        return f"{times}  {self.use.where:30} {self.parts!r:.60}"


def growth(use: Use, most: int = 10**6) -> Growth | None:
    """How the pattern grows on its worst text of at most so many; None: it repeats nothing without end."""
    worst: tuple[float, tuple[str, str, str]] | None = None
    texts = list(hostile(use))
    for parts in texts[:: len(texts) // most + 1]:
        first = seconds(use, text_of(use, parts, SMALL), time.perf_counter)
        if worst is None or first > worst[0]:
            worst = (first, parts)
        if is_slow(first, use, parts) and not (found := _closely(use, parts)).is_linear:
            return found
    return _closely(use, worst[1]) if worst else None


def is_slow(first: float, use: Use, parts: tuple[str, str, str]) -> bool:
    """Whether the pattern takes long each time, not just because the machine is busy, and more than its text's length.

    What only takes long, such as a repeat of at most 80 characters tried at each place, needs no close look.
    """
    if first >= LIMIT:
        return True
    if first <= SUSPICIOUS:
        return False
    small = _least(use, parts, SMALL)
    return small > SUSPICIOUS and _least(use, parts, 4 * SMALL) > STEEP * small


def _least(use: Use, parts: tuple[str, str, str], size: int) -> float:
    """The shortest of a few looks: a busy machine only ever adds to one."""
    text = text_of(use, parts, size)
    return min(seconds(use, text, time.perf_counter) for _ in range(3))


def _closely(use: Use, parts: tuple[str, str, str]) -> Growth:
    times: list[float] = []
    for size in SIZES:
        times.append(LIMIT if LIMIT in times else seconds(use, text_of(use, parts, size)))
    return Growth(use, parts, tuple(times))


def main(only: Sequence[str], out: Callable[[str], object] = print) -> int:
    """Print the table, the worst last, of all files or of those named; 1 when a pattern is not linear."""
    asked = [use for use in uses() if not only or use.where.startswith(tuple(only))]
    found = [one for one in map(growth, asked) if one]
    out(
        " ".join(f"{size:9,}" for size in SIZES)
        + "  ms at so many characters; where, and the text: before, repeated, behind"
    )
    for one in sorted(found, key=lambda one: one.times[-1]):
        out(str(one) + ("" if one.is_linear else "  GROWS"))
    return int(any(not one.is_linear for one in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
