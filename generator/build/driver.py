"""A build, from content/ to output/: `build` is the whole story, and each step is one call."""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.layout import Contents, digest_of_program, files_read
from generator.base.manifest import MANIFEST, ListedFile, manifest_after, manifest_in, manifest_of
from generator.base.staging import replacing
from generator.base.workers import Progress, died, silent
from generator.build import state
from generator.build.made import NOTHING
from generator.build.state import BuildReport

if TYPE_CHECKING:
    from generator.base.staging import Staging, Written
    from generator.build.executor import AllMade, Hands
    from generator.build.load import Gathered
    from generator.build.plan import Plan

_YOUNG = 100_000
"""New objects after which the garbage collector looks through them."""


def build(
    folder: Path,
    output: Path,
    *,
    jobs: int = 1,
    clean: bool = False,
    contents: Contents | None = None,
    progress: Progress = silent,
    cluster: str | None = None,
) -> BuildReport:
    """Build the site in `folder` into `output`; whatever happens, the output is the old one or the new one, whole.

    A target is made again when its inputs differ from those of the last build, or when a file of it was touched since;
    `clean` makes everything. `contents` says which notices are built, and from which files (None: all, from their
    content files). A notice that cannot be read does not stop the others. `cluster` is the address of a scheduler whose
    workers make the files (build/cluster.py; None: processes of this machine). Raises DiscloseError when nothing can be
    built.
    """
    folder = folder if cluster is None else folder.absolute()  # as the workers see it
    program, stamps = digest_of_program(), state.stamps_of(files_read(folder, contents))
    before = None if clean else state.load(output)
    if before and before.is_current(program, stamps, jobs):
        return before.report

    gathered, done, manifest = _made(folder, output, before, program, jobs, clean, contents, progress, cluster)
    paths = [path for section in done.sections.values() for path in section.paths]
    report = BuildReport(
        diagnostics=(*gathered.problems, *map(died, done.dead)),
        notices=len(gathered.site.notices),
        pages=sum(path.endswith(".html") for path in paths),
        files=len(paths) + 1,
        made=done.made,
        changed=sum(file.changed for file in (*done.others, manifest)),
    )
    state.save(
        output,
        report,
        program=program,
        stamps={} if done.dead else stamps,  # what a process died of may not be there the next time
        sections=done.sections,
        manifest=manifest,
    )
    return report


def _made(
    folder: Path,
    output: Path,
    before: state.BuildState | None,
    program: str,
    jobs: int,
    clean: bool,
    contents: Contents | None,
    progress: Progress,
    cluster: str | None,
) -> tuple[Gathered, AllMade, Written]:
    """What was read and made, and the manifest, once all of it is the output."""
    if cluster is not None:
        from generator.build.cluster import reach  # noqa: PLC0415

        reach(cluster)
    # at its end the staging folder becomes the output; a process that had to do with a cluster must not fork
    with (
        _few_collections(),
        replacing(
            folder,
            output,
            1 if cluster else jobs,
            is_shared=cluster is not None,
            manifest=before.manifest if before else None,
        ) as begun,
        contextlib.closing(before.look(begun)) if before else contextlib.nullcontext(()) as looked,
    ):
        # a third of a second of imports, for nothing when nothing changed; meanwhile the look is taken
        from generator.build.executor import execute  # noqa: PLC0415
        from generator.build.load import gather  # noqa: PLC0415
        from generator.build.plan import Plan  # noqa: PLC0415
        from generator.build.store import opened  # noqa: PLC0415

        with opened(folder, program, anew=clean) as store:
            gathered = gather(folder, contents, jobs=jobs, progress=progress, store=store)
            plan, last = Plan(gathered), before.made(looked) if before else NOTHING
            # with the same sets: `replacing` reads in them what `complete` puts down
            staging = replace(begun, touched=last.touched, unlinked=last.unlinked)
            with _hands(plan, staging, cluster, folder, contents, jobs) as hands:
                done = execute(
                    plan,
                    staging,
                    last,
                    gathered.broken,
                    hands=hands,
                    progress=progress,
                    meanwhile=gathered.keep_same,
                )
        replaced = [one for name, one in last.sections.items() if name not in done.standing]
        gone, new = [file for section in replaced for file in section.files], list(done.others)
        staging.complete(done.standing_paths, new, gone)
        manifest = staging.put(MANIFEST, _manifest(staging.output, before, done, gone))
    return gathered, done, manifest


def _manifest(output: Path, before: state.BuildState | None, done: AllMade, gone: Sequence[Written]) -> bytes:
    """The manifest of all that is made: that of the last build, changed, where its files stand in most sections."""
    data = manifest_in(output) if before and done.standing else b""
    if before and data and hashlib.sha256(data).hexdigest() == before.manifest:
        after = manifest_after(data, [file.path for file in gone], map(_listed, done.others))
        if after is not None:
            return after
    return manifest_of(map(_listed, done.files))


def _listed(file: Written) -> ListedFile:
    return file.path, file.sha256, file.size


@contextlib.contextmanager
def _hands(
    plan: Plan, staging: Staging, cluster: str | None, folder: Path, contents: Contents | None, jobs: int
) -> Iterator[Hands]:
    """Who makes the files."""
    if cluster is None:
        from generator.build.executor import forked  # noqa: PLC0415 - as above

        yield forked(jobs)
        return
    from generator.build.cluster import joined  # noqa: PLC0415
    from generator.build.delegated import delegated, shared_build  # noqa: PLC0415

    with joined(cluster, staging.folder) as workforce:
        yield delegated(workforce, shared_build(folder, contents, plan, staging))


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """Hardly any garbage collection: a build makes millions of small objects that all live to its end.

    `executor.execute` freezes what was read; what pages leave behind them in cycles is looked for from then on.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, 5, 1_000_000)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
