"""A live preview's state: the site as it is now, and each file of it made when somebody asks for it.

What is made is in a folder of its own: `output/` is never touched, and what the preview adds to a page (one script,
one style sheet) is never published.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from generator.base.diagnostics import ContentError, Diagnostic
from generator.base.files import NOTICES, content_files, is_notice_file, stem_of
from generator.base.language import say, spoken
from generator.base.staging import Staging
from generator.build.load import Frame, ReadFile, read_frame, read_one, reading, together
from generator.build.made import NOT_MADE, Made
from generator.build.plan import Plan
from generator.build.targets.target import Target
from generator.render.traditional import FOLDER
from generator.site.assemble import Known
from generator.site.model import Site

_SCRIPT = """\
(function () {
  'use strict';
  var errors = %s, heading = %s, build = %d, script = document.createElement('script');
  script.src = '/livereload.js?port=' + location.port;
  document.head.appendChild(script);
  // a reload is told once: a page that was just loading then has missed it
  setInterval(function () {
    fetch('/preview.json').then(function (answer) { return answer.json(); })
      .then(function (now) { if (now !== build) location.reload(); }, function () {});
  }, 2000);
  if (!errors.length) return;
  var box = document.createElement('section'), title = document.createElement('h2');
  box.className = 'preview';
  box.setAttribute('role', 'alert');
  title.textContent = heading;
  box.appendChild(title);
  errors.forEach(function (text) {
    var line = document.createElement('pre');
    line.textContent = text;
    box.appendChild(line);
  });
  document.body.insertBefore(box, document.body.firstChild);
})();
"""

STYLE = """\
.preview{position:sticky;top:0;z-index:99;max-height:50vh;overflow:auto;padding:1rem;background:#8c1515;color:#fff}
.preview h2{font-size:1.125rem}
.draft{margin:0 0 1rem;padding:.75rem 1rem;border:3px dashed #8c1515;color:#8c1515;background:#fff}
.preview pre{margin:.5rem 0 0;white-space:pre-wrap;font:.875rem/1.5 ui-monospace,monospace}
"""

_WAITING = """\
<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="refresh" content="2"><title>{title}</title>
<link rel="stylesheet" href="{root}preview.css"><script src="{root}preview.js" defer></script></head>
<body><p>{text}</p></body></html>
"""


class Preview:
    """The site as it is now. Its methods may be called from several threads."""

    def __init__(self, folder: Path, output: Path, report: Callable[[str], None]) -> None:
        self.builds = 0
        """How often the site changed."""
        self.site: Site | None = None
        """The site as it is now; None before all notices are read, and where there is none."""
        self._folder = folder
        self._report = report
        self._staging = Staging(output=output / "none", folder=output)
        self._changing = threading.Lock()
        self._stopped = threading.Event()
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._frame: Frame | None = None
        self._files: tuple[str, ...] = ()
        """The content files that were there at the beginning."""
        self._read: dict[str, ReadFile] = {}
        self._is_read = False
        """Whether all of them were read: before, there is no site of which lists could speak."""
        self._known = Known()
        self._plan: Plan | None = None
        self._made: dict[str, Made] = {}
        self._faults: dict[str, tuple[Diagnostic, ...]] = {}
        """What is wrong, by where it was found: the frame, the notices, a target."""

    def stop(self) -> None:
        """Read no further; whoever reads comes back soon, and its processes end."""
        self._stopped.set()

    # ------------------------------------------------------------------------------------------------- what changes

    def begin(self, jobs: int = 1) -> Callable[[], None]:
        """Begin to read the notices; what comes out waits for them, and then the site is there."""
        self._read_frame()
        self._files = tuple(content_files(self._folder))
        coming = reading({file: self._folder / file for file in self._files}, jobs=jobs)

        def finish() -> None:
            with closing(coming):
                for some in coming:
                    if self._stopped.is_set():
                        return
                    for item in some:
                        self._read.setdefault(item.file, item)  # one that was saved since is newer
            self._is_read = True
            self.change([self._folder / NOTICES])

        return finish

    def change(self, paths: Iterable[Path]) -> None:
        """Read what was saved, made or deleted at `paths` again, and see everything together."""
        notices, files, others = self._folder / NOTICES, set[str](), False
        for path in paths:
            others = others or path.is_symlink()  # it may lead out of the site
            if not path.is_relative_to(notices):
                others = True
            elif path.suffix == ".md":
                files.add(path.relative_to(self._folder).as_posix())
            else:  # a folder came or went
                files |= set(content_files(self._folder)) ^ set(self._read)
        with self._changing:
            if others:
                self._read_frame()
            for file in sorted(files):
                self._read_again(file)
            if self._frame and self._is_read:
                gathered = together(self._frame, self._read.values(), self._known)
                self._found("notices", gathered.problems)
                self._plan, self.site = Plan(gathered, preview=True), gathered.site
                self._report(f"{len(gathered.site.notices)} notices, {len(files)} read again.")
            self.builds += 1

    def _read_frame(self) -> None:
        try:
            frame = read_frame(self._folder)
        except ContentError as error:
            self._found("frame", error.diagnostics)
            return
        if self._frame and (self._frame.rules.topics, self._frame.config) != (frame.rules.topics, frame.config):
            self._known = Known()
        self._frame = frame
        self._found("frame", ())

    def _read_again(self, file: str) -> None:
        leads_out = any(one.code == "leads-out" and one.file == file for one in self._faults.get("frame", ()))
        if leads_out or not is_notice_file(f"{self._folder}/{file}"):
            self._read.pop(file, None)
            return
        new, old = read_one(file, self._folder / file), self._read.get(file)
        # as at a build: what was shown of a notice stays until its mistake is fixed
        self._read[file] = replace(new, found=old.found) if old and not new.found else new

    def _found(self, where: str, problems: Iterable[Diagnostic]) -> None:
        before = self._faults.get(where, ())
        self._faults[where] = tuple(problems)
        for problem in self._faults[where]:
            if problem not in before:
                self._report(str(problem))

    # -------------------------------------------------------------------------------------------------- what is asked

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong now."""
        return tuple(problem for where in list(self._faults) for problem in self._faults[where])

    @property
    def errors(self) -> tuple[str, ...]:
        """The same in words."""
        return tuple(map(str, self.problems))

    @property
    def script(self) -> str:
        """The script of every page of the preview."""
        errors = self.errors
        heading = say(f"Preview: {len(errors)} to fix; below is the page as it was before")
        texts = (json.dumps(text, ensure_ascii=False).replace("</", "<\\/") for text in (errors, heading))
        return _SCRIPT % (*texts, self.builds)

    def data(self, path: str) -> bytes | None:
        """The bytes of a file of the output, made from what is known now; None when there is no such file."""
        plan = self._plan or self._early(path)
        if plan is None:
            return self._waiting(path) if path.endswith(".html") else None
        target = plan.find(path)
        for one in (target,) if target else self._closing(plan, path):
            files = self._made_now(plan, one).files
            if any(file.path == path for file in files):
                return (self._staging.folder / path).read_bytes()
        return None

    def _early(self, path: str) -> Plan | None:
        """As long as not all notices are read: a site of the notice whose page is asked for, or for what is no page."""
        files = [file for file in self._files if path.startswith(f"notices/{stem_of(file)}/")]
        if not self._frame or (path.endswith(".html") and not files):
            return None
        return Plan(together(self._frame, [read_one(file, self._folder / file) for file in files]), preview=True)

    def _closing(self, plan: Plan, path: str) -> Iterator[Target]:
        if path.removeprefix(FOLDER).startswith(("data/", "sitemap")):
            data = [one for one in plan.long_ones() if one.name.startswith("data/")]
            files = [file for one in data for file in self._made_now(plan, one).files]
            for section in plan.closing(lambda: (target.name for target in plan.listed), (), files):
                yield from section.plan()

    def _made_now(self, plan: Plan, target: Target) -> Made:
        """The target as it is now; as it was, when a template has a fault."""
        with self._making[target.name]:
            fingerprint = plan.fingerprint(target)
            made = self._made.get(target.name, NOT_MADE)
            if made.fingerprint == fingerprint:
                return made
            try:
                made = Made(fingerprint=fingerprint, files=tuple(target.make(self._staging)))
            except ContentError as error:
                self._found(target.name, error.diagnostics)
            else:
                self._made[target.name] = made
                self._found(target.name, ())
            return made

    def _waiting(self, path: str) -> bytes:
        """A page that asks for itself again, for the desk gives its frames no script that would."""
        done, count = len(self._read), len(self._files)
        reading_them = f"reading the notices: {done} of {count}; the page shows by itself"
        return _WAITING.format(
            lang="zh-CN" if spoken() == "zh" else spoken(),
            title=say("live preview"),
            root="../" * path.count("/"),  # it may stand behind a key
            text=say("there is no page to preview yet" if self.errors else reading_them),
        ).encode()
