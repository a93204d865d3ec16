"""The proof of 遮盖: a notice's own files are built apart and searched for what it masks, in every kind of file."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from generator.build.driver import build
from generator.content.masks import label_of, masker_of
from generator.model.notice import Notice
from generator.sitelint.leaks import found_in, secrets_in

GROUPS = (
    ("网页", (".html",)),
    ("数据、表格", (".json", ".csv", ".xlsx", ".txt", ".jsonl", ".ics", ".vcf")),
    ("压缩包、数据库", (".zip", ".gz", ".sqlite", ".db")),
    ("订阅、其他", ()),
)
"""What kinds of files are told apart; the search index, which stands in a folder of its own, is one more."""
INDEX = "搜索索引"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakRow:
    """A value that is masked."""

    shown: str
    """Enough of it to know it by."""
    label: str
    kind: str
    counts: tuple[int, ...]
    """Files in which it stands, by group."""
    where: str
    """The first of them; empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakProof:
    """What came of the search."""

    groups: tuple[tuple[str, int], ...]
    """Names and numbers of files that were searched."""
    rows: tuple[LeakRow, ...]
    unread: tuple[str, ...] = ()
    """Files that could not be looked into."""
    why: str = ""
    """Why nothing was proved; empty: it was."""
    left: int = 0
    """Suggestions that nobody settled, where nothing is masked yet."""

    @property
    def is_clean(self) -> bool:
        """Whether no value stands anywhere."""
        return not self.why and not self.unread and not any(row.where for row in self.rows)


def prove(site: Path, path: Path, notice: Notice) -> LeakProof:
    """Build the notice at `path` as if it were the only one of the site, and search all that came of it."""
    if not notice.masks:
        return LeakProof(groups=(), rows=())
    names = [name for name, _ in GROUPS] + [INDEX]
    with tempfile.TemporaryDirectory(prefix="disclose-proof-") as folder:
        output = Path(folder) / "output"
        report = build(site, output, contents={path.relative_to(site).as_posix(): path})
        if report.failed:
            return LeakProof(groups=(), rows=(), why="这份通报做不出网页，查不了。先看疑点。")
        files = Counter(_group(one, output) for one in output.rglob("*") if one.is_file())
        found = [(secret.bare if secret else "", _group(Path(said.file), output), Path(said.file).relative_to(output))
                 for secret, said in found_in(output, secrets_in([path]))]  # fmt: skip
    masker = masker_of(notice)
    rows = []
    for bare, number in masker.values.items():
        hits = Counter(group for value, group, _ in found if value == bare)
        rows.append(
            LeakRow(
                shown=bare if len(bare) < 6 else f"{bare[:3]}…{bare[-3:]}",
                label=label_of(notice.masks[number], bare),
                kind=notice.masks[number].kind,
                counts=tuple(hits[name] for name in names),
                where=next((str(where) for value, _, where in found if value == bare), ""),
            )
        )
    return LeakProof(
        groups=tuple((name, files[name]) for name in names),
        rows=tuple(rows),
        unread=tuple(str(where) for value, _, where in found if not value),
    )


def _group(path: Path, output: Path) -> str:
    if path.is_relative_to(output) and path.relative_to(output).parts[0] == "search":
        return INDEX
    return next((name for name, ends in GROUPS if path.suffix in ends), GROUPS[-1][0])
