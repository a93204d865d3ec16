"""content → output/: gather, check, plan, render, and put the whole new output in the old one's place."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from generator.config import load_config
from generator.content import read_notice
from generator.diagnostics import ContentError, Diagnostic, Severity, by_place
from generator.files import MANIFEST, NOTICES, Staging, Written, notice_files, read_text, replacing
from generator.model import Notice
from generator.output import TASKS, Worker, finish
from generator.pages.overview import ContentPage
from generator.render import Renderer, read_content_page
from generator.shipped import shipped, site_or_shipped
from generator.site import Site, build_site
from generator.topics import TopicRules, read_topics
from generator.traditional import require

_CHUNK = 64
_WORTH_A_POOL = 200
"""Notices from which on further processes pay for their start."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    notices: int
    pages: int
    files: int
    changed: int
    """Files that are new or hold other bytes than before."""

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything that a build reads."""

    folder: Path
    site: Site
    contents: tuple[ContentPage, ...]
    templates: tuple[Path, ...]
    """Where templates and assets stand, first found first."""
    problems: tuple[Diagnostic, ...]
    broken: tuple[str, ...]
    """Ids of notices that cannot be built now: what was published of them stays."""


def build(folder: Path, output: Path, *, jobs: int = 1, preview: bool = False) -> Report:
    """Build the site in `folder` into `output`; both are the old or the new whole, whatever happens.

    Raises DiscloseError when nothing can be built. A notice that cannot be read does not stop the others.
    """
    with _uncollected():
        gathered = gather(folder, jobs=jobs)
        with replacing(output) as staging:
            written = list(write(gathered, staging, jobs=jobs, preview=preview))
    return Report(
        diagnostics=gathered.problems,
        notices=len(gathered.site.notices),
        pages=sum(file.path.endswith(".html") for file in written),
        files=len(written),
        changed=sum(file.changed for file in written),
    )


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection: a build makes millions of small objects that all live to its end, and hardly a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# --------------------------------------------------------------------------------------------------------- gather


def gather(folder: Path, *, jobs: int = 1) -> Gathered:
    """Read everything and see it together. Raises ContentError for what leaves no site at all."""
    problems: list[Diagnostic] = []
    config = _collect(problems, lambda: load_config(folder))
    rules = _collect(problems, lambda: _read_rules(folder))
    contents = _collect(problems, lambda: _read_contents(folder))
    files = _notice_files(folder, problems)
    if config is None or rules is None or contents is None or not (folder / NOTICES).is_dir():
        raise ContentError(problems)  # a site without its notices must not replace the one that was published
    if config.traditional:
        require()
    found, wrong = read_notices(folder, files, jobs=jobs)
    problems += wrong
    site, between = build_site(config, rules, found)
    problems += between
    own = {item.notice.id for item in site.notices}
    broken = {Path(file).stem for file in files} | {notice.id for _, notice in found}
    return Gathered(
        folder=folder,
        site=site,
        contents=contents,
        templates=tuple(dict.fromkeys((site_or_shipped(folder, "templates"), shipped("templates")))),
        problems=tuple(by_place(problems)),
        broken=tuple(sorted(broken - own)),
    )


def _collect(problems: list[Diagnostic], read: Callable[[], Item]) -> Item | None:
    try:
        return read()
    except ContentError as error:
        problems += error.diagnostics
        return None


def _read_rules(folder: Path) -> TopicRules:
    path = site_or_shipped(folder, "content/topics.yml")
    return read_topics(read_text(path, "content/topics.yml"))


def _read_contents(folder: Path) -> tuple[ContentPage, ...]:
    pages = site_or_shipped(folder, "content/pages")
    return tuple(
        read_content_page(read_text(path, f"content/pages/{path.name}"), path.stem.lstrip("0123456789").lstrip("-"))
        for path in sorted(pages.glob("*.md"))
    )


def _notice_files(folder: Path, problems: list[Diagnostic]) -> list[str]:
    if not (folder / NOTICES).is_dir():
        problems.append(
            Diagnostic(
                code="no-content",
                file=NOTICES,
                message="the folder of the notices is missing",
                hint=f"Make the folder {NOTICES}, or import a notice into it: disclose import FILE.",
            )
        )
        return []
    files = [path.relative_to(folder).as_posix() for path in notice_files(folder)]
    if not files:
        problems.append(
            Diagnostic(
                code="no-notices",
                file=NOTICES,
                message="there is no notice yet",
                hint="Import one: disclose import FILE.",
                severity=Severity.WARNING,
            )
        )
    return files


def read_notices(
    folder: Path, files: Sequence[str], *, jobs: int = 1
) -> tuple[list[tuple[str, Notice]], list[Diagnostic]]:
    """The notices in `files` with their file names, and all that is wrong with the others."""
    if jobs > 1 and len(files) >= _WORTH_A_POOL:
        with ProcessPoolExecutor(jobs) as pool:
            read = list(pool.map(_read_one, [(folder, file) for file in files], chunksize=_CHUNK))
    else:
        read = [_read_one((folder, file)) for file in files]
    found = [(file, notice) for file, (notice, _) in zip(files, read, strict=True) if notice]
    return found, [problem for _, problems in read for problem in problems]


def _read_one(place: tuple[Path, str]) -> tuple[Notice | None, list[Diagnostic]]:
    folder, file = place
    try:
        return read_notice(read_text(folder / file, file), file)
    except ContentError as error:
        return None, error.diagnostics


# ---------------------------------------------------------------------------------------------------------- write


def write(gathered: Gathered, staging: Staging, *, jobs: int = 1, preview: bool = False) -> Iterator[Written]:
    """Fill the staging folder; yields every file."""
    worker = Worker(
        folder=gathered.folder,
        site=gathered.site,
        contents=gathered.contents,
        templates=gathered.templates,
        staging=staging,
        renderer=Renderer(gathered.site, gathered.templates, gathered.contents, preview=preview),
    )
    written: list[Written] = []
    for name in gathered.broken:
        written += staging.keep(f"notices/{name}")
    for files in _run(worker, list(_tasks(gathered.site)), jobs):
        written += files
    written += finish(worker, written)
    yield from written
    listed = {file.path: {"sha256": file.sha256, "size": file.size} for file in sorted(written, key=lambda f: f.path)}
    yield staging.put(MANIFEST, (json.dumps({"files": listed}, indent=0) + "\n").encode())


Task = tuple[str, int, int]
"""Name of the task, and the range of items that it is about."""


def _tasks(site: Site) -> Iterator[Task]:
    """All tasks, those that take longest and cannot be divided first."""
    for name, (_, size) in TASKS.items():
        count = size(site)
        for start in range(0, count, _CHUNK):
            yield name, start, min(start + _CHUNK, count)


def _run(worker: Worker, tasks: Sequence[Task], jobs: int) -> Iterable[list[Written]]:
    if jobs <= 1 or len(worker.site.notices) < _WORTH_A_POOL:
        return [_do(worker, task) for task in tasks]
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(worker,)) as pool:
        return list(pool.map(_do_in_pool, tasks))


def _do(worker: Worker, task: Task) -> list[Written]:
    name, start, stop = task
    return list(TASKS[name][0](worker, range(start, stop)))


_here: dict[str, Any] = {}  # the worker of this process: sent once, not with every task


def _start(worker: Worker) -> None:
    _here["worker"] = worker


def _do_in_pool(task: Task) -> list[Written]:
    return _do(_here["worker"], task)
