"""What a built output folder does not keep of the conventions of government sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from generator.base.diagnostics import ContentError, Diagnostic, by_place
from generator.base.workers import died, in_processes
from generator.content.config import Config
from generator.render.traditional import FOLDER
from generator.sitelint.built import (
    BuiltOutput,
    BuiltPage,
    Fault,
    FileRule,
    PageFacts,
    PageRule,
    TreeRule,
    read_page,
    read_tree,
)
from generator.sitelint.links import facts_of
from generator.sitelint.rules import FILE_RULES, PAGE_RULES, TREE_RULES

Found = tuple[PageRule | FileRule | TreeRule, str, Fault]
"""The rule, the path in the output, and what is wrong there."""


def check_output(output: Path, config: Config, *, jobs: int = 1) -> list[Diagnostic]:
    """All that the built site does not keep, sorted by place; a fault that many pages share is reported once.

    Reads every file once (its bytes once more for the manifest); time is linear in the size of the output. Raises
    ContentError for a file that cannot be read.
    """
    tree = read_tree(output, config)
    paths = sorted(tree.files)
    found: list[Found] = []
    pages: list[PageFacts] = []
    chunks = [paths[at : at + _CHUNK] for at in range(0, len(paths), _CHUNK)]
    dead: list[Diagnostic] = []
    for faults, facts, at in in_processes(_checker(tree), chunks, jobs=jobs, lost=partial(_one_by_one, tree)):
        found += ((_RULES[number], path, fault) for number, path, fault in faults)
        pages += facts
        dead += (died(str(output / path)) for path in at)
    everything = tuple(pages)
    found += ((rule, "", fault) for rule in TREE_RULES for fault in rule.find(tree, everything))
    return by_place([*_said_once(output, found), *dead])


_CHUNK = 64
_RULES = (*PAGE_RULES, *FILE_RULES)


_Seen = tuple[list[tuple[int, str, Fault]], list[PageFacts], list[str]]
"""What is wrong with each of some files alone, by the numbers of the rules; what is kept of the pages; at which files a
process died."""


def _checker(tree: BuiltOutput) -> Callable[[Sequence[str]], _Seen]:
    return lambda paths: (*_check_files(tree, paths), [])


def _one_by_one(tree: BuiltOutput, paths: Sequence[str]) -> _Seen:
    """The files of a chunk at which a process died: the one that ends it is named."""
    alone = in_processes(_checker(tree), [[path] for path in paths], lost=lambda some: ([], [], list(some)))
    faults, facts, dead = zip(*alone, strict=True)
    return list(chain(*faults)), list(chain(*facts)), list(chain(*dead))


def _check_files(tree: BuiltOutput, paths: Iterable[str]) -> tuple[list[tuple[int, str, Fault]], list[PageFacts]]:
    found: list[Found] = []
    pages: list[PageFacts] = []
    for path in paths:
        data = _bytes(tree, path)
        found += ((rule, path, fault) for rule in FILE_RULES for fault in rule.find(tree, path, data))
        page = read_page(tree, path, data) if path.endswith(".html") else None
        if page:
            pages.append(facts_of(page))
            found += _page_faults(page)
    return [(_RULES.index(rule), path, fault) for rule, path, fault in found], pages


def _bytes(tree: BuiltOutput, path: str) -> bytes:
    try:
        return (tree.folder / path).read_bytes()
    except OSError as error:
        problem = Diagnostic(
            code="unreadable",
            file=str(tree.folder / path),
            message=f"cannot be read: {error.strerror}",
            hint="Check that you may read it, or build the site again.",
        )
        raise ContentError([problem]) from error


def _page_faults(page: BuiltPage) -> Iterator[Found]:
    converted = page.path.startswith(FOLDER)
    for rule in PAGE_RULES:
        if rule.conversions or not converted:
            yield from ((rule, page.path, fault) for fault in rule.find(page))


def is_shared(found: Diagnostic) -> bool:
    """Whether what was found is found in other files, too: then it comes from a template or from the settings."""
    return found.message.endswith(" other files)")


def _said_once(output: Path, found: list[Found]) -> Iterator[Diagnostic]:
    """A fault of a template is a fault of every page: it is said of the first, with the number of the others."""
    same: dict[tuple[str, str], list[Found]] = {}
    for item in found:
        rule, _, fault = item
        same.setdefault((rule.code, fault.message), []).append(item)
    for (code, message), items in same.items():
        rule, path, fault = items[0]
        others = len({where.file or place for _, place, where in items}) - 1
        yield Diagnostic(
            code=code,
            severity=rule.severity,
            file=str(output / (fault.file or path)),
            line=fault.line,
            message=message + (f" (here and in {others} other files)" if others else ""),
            hint=rule.hint,
        )
