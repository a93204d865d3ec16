"""Everything that a build reads: site.yml, topics, content pages, templates and the notices."""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from generator.base.diagnostics import ContentError, Diagnostic, Severity, by_place
from generator.base.files import NOTICES, content_files, not_a_file, read_text, stem_of
from generator.base.history import fitting
from generator.base.layout import PAGES, TOPICS, Contents, template_folders
from generator.base.shipped import site_or_shipped
from generator.base.workers import Progress, died, in_processes, silent
from generator.build.remembered import Remembered
from generator.build.store import NoStore, RowStore
from generator.content.config import Config, load_config
from generator.content.masks import address_of
from generator.content.notice_file import read_notice
from generator.content.topics import TopicRules, read_topics
from generator.pages.overview import ContentPage
from generator.render.content_page import read_content_page
from generator.render.traditional import require
from generator.site.assemble import Known, build_site
from generator.site.model import LoadedNotice, Site, digest_of

_CHUNK = 64
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a build reads beside the notices."""

    folder: Path
    config: Config
    rules: TopicRules
    contents: tuple[ContentPage, ...]
    templates: tuple[Path, ...]
    """Where templates and assets stand, first found first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A content file as it was read: a notice, or what is wrong with it."""

    file: str
    found: LoadedNotice | None
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything that a build reads."""

    frame: Frame
    site: Site
    problems: tuple[Diagnostic, ...]
    broken: tuple[str, ...]
    """Ids of notices that cannot be built now: what was published of them stays."""
    keep_same: Callable[[], None] = lambda: None
    """Works out which titles are alike, where that is not known yet, for all processes and for the next build."""


def gather(
    folder: Path,
    contents: Contents | None = None,
    *,
    jobs: int = 1,
    progress: Progress = silent,
    store: RowStore | None = None,
) -> Gathered:
    """Read everything, of the notices those of `contents` (None: all), and see it together.

    What a `store` has of an earlier build is not worked out again; it is brought up to date. Raises ContentError for
    what leaves no site at all.
    """
    frame = read_frame(folder)
    if contents is None:
        contents = {file: folder / file for file in content_files(folder)}
    read_again = functools.partial(_read_again, contents)
    remembered = Remembered(store or NoStore(), frame.config, frame.rules, read_again)
    found = remembered.find(contents)
    read = [ReadFile(file=file, found=one, problems=()) for file, one in found.items()]
    new = {file: path for file, path in contents.items() if file not in found}
    read += read_notices(new, jobs=jobs, progress=progress, then=functools.partial(_taken, remembered))
    gathered = together(frame, read, remembered.known)
    remembered.know(gathered.site)
    remembered.keep({item.file for item in read if item.problems})
    keep_same = functools.partial(remembered.keep_same, gathered.site)
    return replace(gathered, keep_same=keep_same)


def _taken(remembered: Remembered, some: list[ReadFile]) -> list[ReadFile]:
    """The same, with the words of those in the store that have nothing wrong."""
    sound = [one.found for one in some if one.found and not one.problems]
    found = {one.file: one for one in remembered.take(sound)}
    return [replace(one, found=found.get(one.file, one.found)) for one in some]


def _read_again(contents: Contents, file: str) -> LoadedNotice | None:
    return read_one(file, contents[file]).found


def read_frame(folder: Path) -> Frame:
    """All but the notices. Raises ContentError, with all that is wrong, for what leaves no site at all."""
    problems: list[Diagnostic] = []
    problems += leading_out(folder)
    if problems:
        raise ContentError(problems)  # nothing behind such a link is read
    config = _collect(problems, lambda: load_config(folder))
    rules = _collect(problems, lambda: _read_rules(folder))
    contents = _collect(problems, lambda: _read_contents(folder))
    if not (folder / NOTICES).is_dir():
        problems.append(
            Diagnostic(
                code="no-content",
                file=NOTICES,
                message="the folder of the notices is missing",
                hint=f"Make the folder {NOTICES}, or import a notice into it: disclose import FILE.",
            )
        )
    if config is None or rules is None or contents is None or not (folder / NOTICES).is_dir():
        raise ContentError(problems)  # a site without its notices must not replace the one that was published
    if config.traditional:
        require()
    return Frame(folder=folder, config=config, rules=rules, contents=contents, templates=template_folders(folder))


_TREES = (NOTICES, PAGES, "templates", "content/sources")


def leading_out(folder: Path) -> list[Diagnostic]:
    """The links among the site's files that lead out of it: `9-pw.md → /etc/passwd` would become a page; and pipes.

    The trees themselves may be links: who keeps the site decides where they lie.
    """
    links, pipes = list[Path](), list[Path]()
    for tree in _TREES:
        for base, folders, files in os.walk(folder / tree):  # does not follow links
            for path in (Path(base, name) for name in (*folders, *files)):
                mode = path.lstat().st_mode
                if stat.S_ISLNK(mode):
                    links.append(path)
                elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                    pipes.append(path)
    roots = [folder.resolve(), *((folder / tree).resolve() for tree in _TREES)]
    return [not_a_file(path.relative_to(folder).as_posix()) for path in sorted(pipes)] + [
        Diagnostic(
            code="leads-out",
            file=path.relative_to(folder).as_posix(),
            message="a link that leads out of the site, which is not followed",
            hint="Put the file itself here.",
        )
        for path in sorted(links)
        if not any(path.resolve().is_relative_to(root) for root in roots)
    ]


def together(frame: Frame, read: Iterable[ReadFile], known: Known | None = None) -> Gathered:
    """The site of the content files that were read; `known` as in `build_site`."""
    files = list(read)
    problems = [problem for item in files for problem in item.problems]
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
    found = [item.found for item in files if item.found]
    site, between = build_site(frame.config, frame.rules, found, known)
    own = {item.notice.id for item in (*site.notices, *site.withdrawn)}
    wanted = {stem_of(item.file) for item in files if not item.found} | {address_of(item.notice) for item in found}
    return Gathered(
        frame=frame,
        site=site,
        problems=tuple(by_place([*problems, *between])),
        broken=tuple(sorted(wanted - own)),
    )


def read_notices(
    contents: Contents,
    *,
    jobs: int = 1,
    progress: Progress = silent,
    then: Callable[[list[ReadFile]], list[ReadFile]] = lambda some: some,
) -> list[ReadFile]:
    """Each of the content files as it was read, and what `then` makes of some of them at a time."""
    read: list[ReadFile] = []
    with progress("Reading", len(contents)) as bar:
        for some in reading(contents, jobs=jobs):
            read += then(some)
            bar.update(len(some))
    return read


def reading(contents: Contents, *, jobs: int = 1) -> Generator[list[ReadFile], None, None]:
    """The content files as they are read, many at a time; it is begun at once."""
    files = list(contents.items())
    chunks = [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
    return in_processes(
        lambda chunk: [read_one(file, path) for file, path in chunk], chunks, jobs=jobs, lost=_one_by_one
    )


def _one_by_one(chunk: Sequence[tuple[str, Path]]) -> list[ReadFile]:
    """The files of a chunk at which a process died: the one that ends it is named."""
    return list(in_processes(lambda one: read_one(*one), chunk, lost=lambda one: _fatal(one[0])))


def _fatal(file: str) -> ReadFile:
    return ReadFile(file=file, found=None, problems=(died(file),))


def read_one(file: str, path: Path) -> ReadFile:
    """The content file of this name, as it was read at `path`."""
    try:
        text = read_text(path, file)
    except ContentError as error:
        return ReadFile(file=file, found=None, problems=tuple(error.diagnostics))
    notice, problems = read_notice(text, file)
    found = LoadedNotice(file, notice, digest_of(text)) if notice else None
    return ReadFile(file=file, found=found, problems=tuple(fitting(problems, path)))


def _collect(problems: list[Diagnostic], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except ContentError as error:
        problems += error.diagnostics
        return None


def _read_rules(folder: Path) -> TopicRules:
    return read_topics(read_text(site_or_shipped(folder, TOPICS), TOPICS))


def _read_contents(folder: Path) -> tuple[ContentPage, ...]:
    pages = site_or_shipped(folder, PAGES)
    return tuple(
        read_content_page(read_text(path, f"{PAGES}/{path.name}"), path.stem.lstrip("0123456789").lstrip("-"))
        for path in sorted(pages.glob("*.md"))
    )
