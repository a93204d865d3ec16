"""Reads the fixture notices: files that an editor can add to.

    === what the case shows
    the text of the notice, as it came
    --- expect
    unit.name: 中共青河县教育局党组
    inspection.feedback: null
    issues[0].title: 关于…的问题
    issues: 2                     # a list: how many

`one_line: false` says that the line ends are what the case shows: it is not also read as one line.
A path ends in `~` for “contains”: `anomalies~: date-damaged` (a code), `title~: 教育局`;
in `?` where the words allow several: `unit.name?: [区妇联, 鄂城区妇联]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent / "fixtures" / "notices"


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    expected: tuple[tuple[str, object], ...]
    may_be_joined: bool


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Dates stay text."""


_Loader.yaml_implicit_resolvers = {
    key: [row for row in rows if row[0] != "tag:yaml.org,2002:timestamp"]
    for key, rows in _Loader.yaml_implicit_resolvers.items()
}


@cache
def cases() -> tuple[Case, ...]:
    """All of them, in the order of the files."""
    found = []
    for path in sorted(ROOT.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, _, rest = block.partition("\n")
            text, _, expected = rest.partition("\n--- expect\n")
            rows = yaml.load(expected, Loader=_Loader)  # a SafeLoader
            may_be_joined = rows.pop("one_line", True)
            found.append(
                Case(f"{path.stem}: {name}", text.replace("␣", " "), tuple(rows.items()), may_be_joined=may_be_joined)
            )
    return tuple(found)


def value_at(record: object, path: str) -> object:
    for part in re.findall(r"[^.\[\]]+|\[\d+\]", path):
        if record is None:
            return None
        record = record[int(part[1:-1])] if part.startswith("[") else record[part]  # type: ignore[index]
    return record
