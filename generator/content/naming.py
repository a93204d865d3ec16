"""Which notice a person means: by its id, its content file, its unit, its title or the file that it came as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.base.diagnostics import UsageError, nearest
from generator.base.files import notice_files
from generator.base.structure import compose

_HEAD = 200_000
"""Characters of a content file in which its front matter ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeNames:
    """What a notice can be called."""

    path: Path
    title: str = ""
    unit: str = ""
    source: str = ""
    """Name of the source file."""

    def __str__(self) -> str:
        """Id and what tells it from others."""
        return "  ".join(filter(None, (self.path.stem, self.title, self.source)))


def find_notices(site: Path, names: Sequence[str]) -> list[Path]:
    """The content file that each name means.

    Raises UsageError, with all the candidates, for a name that none or more than one has.
    """
    found: list[Path] = []
    faults: list[str] = []
    by_id = {path.stem: path for path in notice_files(site)}
    known: list[NoticeNames] = []
    for name in names:
        path = Path(name) if Path(name).is_file() else by_id.get(name.removesuffix(".md"))
        if path is None:
            known = known or [named(path) for path in by_id.values()]
            path = _meant(name, known, faults.append)
        found += [path] if path else []
    if faults:
        raise UsageError("\n".join(faults))
    return found


def _meant(name: str, known: Sequence[NoticeNames], fault: Callable[[str], None]) -> Path | None:
    for same in _by_likeness(name.strip(), known):
        if len(same) == 1:
            return same[0].path
        if same:
            candidates = "\n".join(f"  {one}" for one in same)
            fault(f"“{name}” is the name of {len(same)} notices; name one by its id:\n{candidates}")
            return None
    words = [word for one in known for word in (one.path.stem, one.unit, one.title, one.source) if word]
    fault(f"{name}: no such notice{nearest(name, words)}")
    return None


def _by_likeness(name: str, known: Sequence[NoticeNames]) -> Iterator[list[NoticeNames]]:
    """Those that are called exactly so; then those whose unit, title or source file has the name in it."""
    yield [one for one in known if name in (one.unit, one.title, one.source, Path(one.source).stem)]
    yield [one for one in known if name and any(name in word for word in (one.unit, one.title, one.source))]


def named(path: Path) -> NoticeNames:
    """What the notice of a content file can be called; of one that cannot be read, its id."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            front = file.read(_HEAD).removeprefix("\ufeff").partition("\n---")[0].removeprefix("---")
        values = _values(compose(front))
    except (OSError, yaml.YAMLError, RecursionError):
        values = {}
    return NoticeNames(
        path=path,
        title=values.get("title", ""),
        unit=values.get("unit.name", ""),
        source=values.get("source.file", "").rpartition("/")[2],
    )


def _values(node: yaml.Node | None, before: str = "") -> dict[str, str]:
    """The words of a mapping and of those in it, by their path."""
    found: dict[str, str] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(value, yaml.ScalarNode):
            found[f"{before}{key.value}"] = value.value
        elif not before:
            found |= _values(value, f"{key.value}.")
    return found
