"""content → output/: gather, plan, make what changed, and put the whole new output in the old one's place."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.files import Staging, Written, replacing
from generator.base.layout import Contents, digest_of_program, files_read
from generator.base.manifest import MANIFEST
from generator.base.workers import Progress, silent
from generator.build import state as lastbuild
from generator.build.state import LastBuild, Stamp

_YOUNG = 100_000
"""Objects after whose making the garbage collector looks through them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    notices: int
    pages: int
    files: int
    made: int
    """Files that were made; the others stand as they were, since nothing that they are made from changed."""
    changed: int
    """Files that are new or hold other bytes than before."""

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


def build(
    folder: Path,
    output: Path,
    *,
    jobs: int = 1,
    clean: bool = False,
    contents: Contents | None = None,
    progress: Progress = silent,
) -> Report:
    """Build the site in `folder` into `output`; both are the old or the new whole, whatever happens.

    A product is made anew when the hash of what it is made from is another than at the last build, or when a file of
    it was touched since; `clean` makes everything. `contents` says which notices are built, and from which files; None:
    all, from their content files. Raises DiscloseError when nothing can be built. A notice that
    cannot be read does not stop the others.
    """
    program, inputs = digest_of_program(), lastbuild.stamps(files_read(folder, contents))
    last = None if clean else lastbuild.load(output)
    if last and last.program == program and lastbuild.same(last.inputs, inputs) and last.is_whole(jobs):
        return Report(
            diagnostics=last.diagnostics,
            notices=last.notices,
            pages=last.pages,
            files=last.files,
            made=0,
            changed=0,
        )
    return _made(folder, output, program, inputs, last, contents, jobs=jobs, progress=progress)


def _made(
    folder: Path,
    output: Path,
    program: str,
    inputs: Mapping[str, Stamp],
    last: LastBuild | None,
    contents: Contents | None,
    *,
    jobs: int,
    progress: Progress,
) -> Report:
    from generator.build.executor import make  # noqa: PLC0415 - half a second of imports, for nothing when nothing changed

    with _little_collected(), replacing(output, jobs) as staging:
        made = make(folder, staging, last, contents, jobs=jobs, progress=progress)
        written = [file for product in made.products.values() for file in product.files]
        manifest = _manifest(staging, written)
    pages = sum(file.path.endswith(".html") for file in written)
    lastbuild.save(
        output,
        program=program,
        inputs=inputs,
        products=made.products,
        manifest=manifest,
        notices=made.notices,
        pages=pages,
        diagnostics=made.diagnostics,
    )
    written.append(manifest)
    return Report(
        diagnostics=made.diagnostics,
        notices=made.notices,
        pages=pages,
        files=len(written),
        made=made.anew,
        changed=sum(file.changed for file in written),
    )


@contextlib.contextmanager
def _little_collected() -> Iterator[None]:
    """Hardly any garbage collection: a build makes millions of small objects that all live to its end.

    `make` freezes what was read; what pages leave behind them in cycles is looked for from then on.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, 5, 1_000_000)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _manifest(staging: Staging, written: Iterable[Written]) -> Written:
    rows = (
        f'{json.dumps(file.path, ensure_ascii=False)}: {{"sha256": "{file.sha256}", "size": {file.size}}}'
        for file in sorted(written, key=lambda file: file.path)
    )
    return staging.put(MANIFEST, ('{"files": {\n' + ",\n".join(rows) + "\n}}\n").encode())
