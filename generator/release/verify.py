"""All that is to be proved of a published copy, and what does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.diagnostics import Diagnostic, DiscloseError, Severity
from generator.base.manifest import MANIFEST, read_manifest
from generator.base.workers import Progress, in_processes, silent
from generator.content.config import Config
from generator.release.copies import Copy
from generator.release.copy_check import CopyCheck, CopyFault, Faults, dead_at, portions
from generator.release.packing import is_companion
from generator.release.releases import digest_of, releases_among
from generator.release.same_words import Origins
from generator.release.signature import SIGNATURE, signature_fault
from generator.sitelint.built import BuiltOutput
from generator.sitelint.links import dead

HINTS = {
    "unreadable": "Look what it is, and run it again; perhaps the machine has too little memory.",
    "file-missing": "Publish the site again.",
    "file-changed": "Somebody altered it after the build: find out who, and publish the site again.",
    "file-extra": "No build made it: find out where it comes from, and publish the site again.",
    "link-dead": "Build the site again: disclose build.",
    "words-differ": "One of the two was altered after the build: publish the site again.",
    "source-changed": "Put the file back that was imported, or import the new one: disclose import --update.",
    "source-differs": "Compare both with the original; record what was fixed as a correction (更正).",
    "source-unproved": "Run it in the folder of the site, where content/ is.",
    "signature-wrong": "Do not trust this copy until the publisher has told you why.",
}


@dataclass(slots=True, kw_only=True)
class Verified:
    """What was looked at, and what does not hold."""

    found: list[Diagnostic] = field(default_factory=list)
    files: int = 0
    companions: int = 0
    links: int = 0
    notices: int = 0
    sourced: int = 0
    """Notices whose words were compared with their source."""
    signed: bool | None = None
    """Whether there is a signature; None: it was checked, and is right."""

    @property
    def failed(self) -> bool:
        """Whether anything does not hold."""
        return any(one.severity is Severity.ERROR for one in self.found)


def verify(copy: Copy, *, site: Path, key: Path | None = None, jobs: int = 1, progress: Progress = silent) -> Verified:
    """All of it, in `jobs` processes. Time is linear in the size of the copy.

    Raises DiscloseError when there is no manifest, and so nothing that could be proved.
    """
    return _Verification(copy).run(Origins(site), key, jobs, progress)


class _Verification:
    def __init__(self, copy: Copy) -> None:
        self._copy, self._done = copy, Verified()
        manifest = copy.read(MANIFEST)
        if manifest is None:
            raise DiscloseError(f"{copy.shown}: holds no {MANIFEST}, so it is no site that a build made")
        self._manifest = manifest
        self._listed = read_manifest(manifest, self._place(MANIFEST))

    def run(self, origins: Origins, key: Path | None, jobs: int, progress: Progress) -> Verified:
        there = self._copy.paths()
        tree = BuiltOutput(folder=Path(), config=self._config(), files=frozenset({*self._listed, MANIFEST}))
        look = CopyCheck(self._copy, self._listed, there, tree, origins)
        seen = self._look(look, jobs, progress)
        look.companion(seen, MANIFEST, self._manifest)
        self._say(seen.files)
        self._extra(there)
        self._as_published(look, jobs)
        self._say(
            CopyFault("link-dead", fault.file, fault.message, fault.line) for fault in dead(tree.files, seen.pages)
        )
        self._say(seen.words)
        self._count(seen)
        self._signature(key)
        self._say(self._renamed())
        return self._done

    def _look(self, look: CopyCheck, jobs: int, progress: Progress) -> Faults:
        """What is seen in all files, in their order."""
        whole, some = Faults(), portions(self._listed)
        self._copy.close()  # each process opens it for itself
        with progress("files", len(self._listed)) as bar:
            for portion, seen in zip(some, in_processes(look.at, some, jobs=jobs, lost=look.one_by_one), strict=True):
                whole.add(seen)
                bar.update(len(portion))
        return whole

    def _place(self, path: str) -> str:
        return f"{self._copy.shown.rstrip('/')}/{path}"

    def _say(self, found: Iterable[CopyFault], severity: Severity = Severity.ERROR) -> None:
        self._done.found += (
            Diagnostic(
                code=one.code,
                file=self._place(one.path),
                line=one.line,
                message=one.message,
                hint=HINTS[one.code],
                severity=severity,
            )
            for one in found
        )

    def _extra(self, there: set[str] | None) -> None:
        """Nothing is there that is not listed."""
        extra = sorted((there or set()) - self._listed.keys() - {MANIFEST, SIGNATURE})
        message = "the manifest does not list this file"
        self._say(CopyFault("file-extra", path, message) for path in extra if not is_companion(path, self._listed))

    def _renamed(self) -> Iterator[CopyFault]:
        """A release is named after its manifest: where all agrees with another one, all of it was put there since."""
        name = self._copy.name()
        release = next(iter(releases_among([name])), None)
        if release and digest_of(self._manifest) != release.digest and not self._done.failed:
            message = f"its SHA-256 is not the one after which {name} is named"
            yield CopyFault("file-changed", MANIFEST, message)

    def _as_published(self, look: CopyCheck, jobs: int) -> None:
        """What the manifest does not hold is byte for byte what was sent, and the manifest is the one that was sent."""
        told = {one.file for one in self._done.found}
        paths = sorted(
            path for path in self._copy.listing().keys() - self._listed.keys() if self._place(path) not in told
        )
        for found in in_processes(look.published, portions(paths), jobs=jobs, lost=dead_at):
            self._say(found)

    def _config(self) -> Config:
        """Enough of a configuration to know the site's own addresses: two of its files name them."""
        files = [(self._copy.read(path) or b"").decode("utf-8", "replace") for path in ("robots.txt", "opensearch.xml")]
        found = re.search(r"""(https?://[^\s"<>]{1,300}/)(?:sitemap\.xml|search/index\.html)""", "\n".join(files))
        return Config(name="", base_url=found[1] if found else "http://localhost/")

    def _count(self, seen: Faults) -> None:
        """What was looked at, and how many words had no source to be compared with."""
        self._done.files = len(self._listed)
        self._done.companions = seen.companions
        self._done.links = sum(page.count for page in seen.pages)
        self._done.notices, self._done.sourced = seen.notices, seen.sourced
        if seen.unproved:
            message = (
                f"the words of {len(seen.unproved)} notices could not be compared with their source "
                f"({seen.unproved[0]})"
            )
            self._say([CopyFault("source-unproved", "", message)], Severity.NOTE)

    def _signature(self, key: Path | None) -> None:
        signature = self._copy.read(SIGNATURE)
        self._done.signed = signature is not None
        if key is None:
            return
        if signature is None:
            self._say([CopyFault("signature-wrong", SIGNATURE, "the manifest is not signed")])
        elif fault := signature_fault(self._manifest, signature, key):
            message = f"not the signature of {key} over this manifest: {fault}"
            self._say([CopyFault("signature-wrong", SIGNATURE, message)])
        else:
            self._done.signed = None
