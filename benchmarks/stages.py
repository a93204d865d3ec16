"""Where the time of a full build goes: processor milliseconds a notice, stage by stage, in one process.

    python -m benchmarks.stages 200

The stages below a line that ends in a colon are parts of it, timed by themselves.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from benchmarks.build import write_site
from generator.base.files import content_files, notice_files
from generator.base.staging import Staging
from generator.build.load import ReadFile, read_frame, read_one, together
from generator.build.plan import Plan
from generator.build.targets.target import Target
from generator.content.notice_file import read_notice
from generator.content.record import record_of
from generator.data.books import all_of
from generator.data.catalogue import notice_json_ld
from generator.data.formats import csv_rows, json_rows, sql_rows, to_json
from generator.data.tables import ISSUES
from generator.model.enumeration import items_of
from generator.pages.article_layout import lay_out
from generator.pages.notice_page import notice_page
from generator.render.renderer import Renderer

_TIMES = 3


class _Table:
    def __init__(self, count: int) -> None:
        self._count = count
        print(f"{count} notices\n\n| stage | ms a notice |\n|---|---|")

    def time(self, name: str, do: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        """What `do` makes of the items; the best of three rounds goes into the table."""
        some, best = list(items), float("inf")
        for _ in range(_TIMES):
            items_of.cache_clear()
            start = time.process_time()
            made = [do(item) for item in some]
            best = min(best, time.process_time() - start)
        print(f"| {name} | {best / self._count * 1000:.2f} |", flush=True)
        return made


def _kind(target: Target, long_ones: Collection[str]) -> str:
    if target.name in long_ones:
        return target.name.split("/")[0]
    for kind in ("notices", "units"):
        if target.name.startswith(kind) and target.name.count("/") == 2 and target.name.endswith("/"):
            return kind
    return "feeds and JSON of lists" if target.name.endswith("feed.xml") else "list pages and the rest"


def stages(count: int, folder: Path) -> None:
    """Print the table."""
    site_folder, out = folder / "site", folder / "out"
    write_site(count, site_folder)
    out.mkdir()
    table = _Table(count)
    table.time("read", Path.read_text, notice_files(site_folder))
    files = content_files(site_folder)
    read: list[ReadFile] = table.time("read and parse", lambda file: read_one(file, site_folder / file), files)
    texts = [path.read_text(encoding="utf-8") for path in notice_files(site_folder)]
    table.time("– parse alone", lambda text: read_notice(text, ""), texts)
    frame = read_frame(site_folder)
    (gathered,) = table.time("model of the site", lambda _: together(frame, read), [0])
    gc.freeze()
    site, plan = gathered.site, Plan(gathered)
    long_ones = list(plan.long_ones())
    (targets,) = table.time(
        "plan of the pages", lambda _: [*long_ones, *(target for part in plan.parts() for target in part.plan())], [0]
    )
    table.time("hashes of what they are made from", plan.fingerprint, targets)
    staging = Staging(output=folder / "none", folder=out)
    kinds: dict[str, list[Target]] = {}
    for target in targets:
        kinds.setdefault(_kind(target, {one.name for one in long_ones}), []).append(target)
    for kind, some in kinds.items():
        table.time(f"{kind}: make and write", lambda target: list(target.make(staging)), some)
    table.time("– notices: lay out", lay_out, site.notices)
    pages = table.time("– notices: page value", lambda item: notice_page(site, item), site.notices)
    renderer = Renderer(site.config, frame.templates, frame.contents, site.as_of)
    both = [(page, notice_json_ld(site.config, item)) for page, item in zip(pages, site.notices, strict=True)]
    html = table.time("– notices: render", lambda pair: renderer.page(pair[0], None, pair[1]), both)
    records = table.time("– notices: record", lambda item: record_of(item.notice), site.notices)
    table.time("– notices: record to JSON", to_json, records)
    paths = [(page.path, text.encode()) for page, text in zip(pages, html, strict=True)]
    table.time("– notices: write the page", lambda pair: staging.put(*pair), paths)
    names = [column.name for column in ISSUES.columns]
    parts = ISSUES.parts(all_of(site))
    rows = table.time("– data: rows of issues", ISSUES.rows_of, parts)
    table.time("– data: these as text", lambda some: (json_rows(names, some), csv_rows(some), sql_rows(some)), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    with tempfile.TemporaryDirectory() as folder:
        stages(parser.parse_args().count, Path(folder))


if __name__ == "__main__":
    main()
