"""A build, from content/ to output/: `build` is the whole story, and each step is one call."""

from __future__ import annotations

from pathlib import Path

from generator.base.layout import Contents, digest_of_program, files_read
from generator.base.manifest import MANIFEST, manifest_of
from generator.base.staging import replacing
from generator.base.workers import Progress, died, silent
from generator.build import state
from generator.build.state import BuildReport, LastMade


def build(
    folder: Path,
    output: Path,
    *,
    jobs: int = 1,
    clean: bool = False,
    contents: Contents | None = None,
    progress: Progress = silent,
) -> BuildReport:
    """Build the site in `folder` into `output`; whatever happens, the output is the old one or the new one, whole.

    A target is made again when its inputs differ from those of the last build, or when a file of it was touched since;
    `clean` makes everything. `contents` says which notices are built, and from which files (None: all, from their
    content files). A notice that cannot be read does not stop the others. Raises DiscloseError when nothing can be
    built.
    """
    program, stamps = digest_of_program(), state.stamps_of(files_read(folder, contents))
    before = None if clean else state.load(output)
    if before and before.is_current(program, stamps, jobs):
        return before.report

    # half a second of imports, for nothing when nothing changed
    from generator.build.executor import execute, few_collections  # noqa: PLC0415
    from generator.build.load import gather  # noqa: PLC0415
    from generator.build.plan import Plan  # noqa: PLC0415
    from generator.build.store import opened  # noqa: PLC0415

    # at its end the staging folder becomes the output
    with few_collections(), opened(folder, program, anew=clean) as store, replacing(folder, output, jobs) as staging:
        gathered = gather(folder, contents, jobs=jobs, progress=progress, store=store)
        plan = Plan(gathered)
        done = execute(
            plan, staging, before.made if before else state.NOTHING, gathered.broken, jobs=jobs, progress=progress
        )
        files = done.files
        staging.complete(files)
        manifest = staging.put(MANIFEST, manifest_of((file.path, file.sha256, file.size) for file in files))
    report = BuildReport(
        diagnostics=(*gathered.problems, *map(died, done.dead)),
        notices=len(gathered.site.notices),
        pages=sum(file.path.endswith(".html") for file in files),
        files=len(files) + 1,
        made=done.made,
        changed=sum(file.changed for file in (*files, manifest)),
    )
    state.save(
        output,
        report,
        program=program,
        stamps=stamps,
        made=LastMade(done.targets, done.of_lists, done.listed),
        manifest=manifest,
    )
    return report
