"""All that is to be proved of a published copy, and what does not hold."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.config import Config
from generator.conventions.built import PageFacts, Tree, read_page
from generator.conventions.links import dead_links, facts_of
from generator.diagnostics import Diagnostic, DiscloseError, Severity
from generator.files import MANIFEST
from generator.manifest import read_manifest
from generator.publishing.packing import SUFFIX, is_companion, unpacked
from generator.publishing.signature import SIGNATURE, signature_fault
from generator.verifying.copies import Copy
from generator.verifying.words import Origins, faults_of_copies, text_of_record

Track = Callable[[Iterable[str], int, str], Iterable[str]]
_RECORD = re.compile(r"(notices/[^/]+/)notice\.json")
_NOTICE_FILES = ("index.html", "notice.txt")

HINTS = {
    "file-missing": "Publish the site anew.",
    "file-changed": "Somebody altered it after the build: find out who, and publish the site anew.",
    "file-extra": "No build made it: find out where it comes from, and publish the site anew.",
    "link-dead": "Build the site anew: disclose build.",
    "words-differ": "One of the two was altered after the build: publish the site anew.",
    "source-changed": "Put the file back that was imported, or import the new one: disclose import --update.",
    "source-differs": "Compare both with the original; record what was mended as a correction (更正).",
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


def verify(copy: Copy, *, site: Path, key: Path | None, track: Track) -> Verified:
    """All of it. Time is linear in the size of the copy; a file is held in memory only while it is looked at.

    Raises DiscloseError when there is no manifest, and so nothing that could be proved.
    """
    return _Verification(copy, track).run(site, key)


class _Verification:
    def __init__(self, copy: Copy, track: Track) -> None:
        self._copy, self._track, self._done = copy, track, Verified()
        manifest = copy.read(MANIFEST)
        if manifest is None:
            raise DiscloseError(f"{copy.shown}: holds no {MANIFEST}, so it is no site that a build made")
        self._manifest = manifest
        self._listed = read_manifest(manifest, self._place(MANIFEST))

    def run(self, site: Path, key: Path | None) -> Verified:
        there = self._copy.paths()
        pages = self._files(there)
        self._as_published()
        self._links(pages)
        self._words(Origins(site))
        self._signature(key)
        return self._done

    def _place(self, path: str) -> str:
        return f"{self._copy.shown.rstrip('/')}/{path}"

    def _say(self, code: str, path: str, message: str, *, line: int = 0, severity: Severity = Severity.ERROR) -> None:
        place = self._place(path)
        self._done.found.append(
            Diagnostic(code=code, file=place, line=line, message=message, hint=HINTS[code], severity=severity)
        )

    def _files(self, there: set[str] | None) -> list[PageFacts]:
        """Every file is there, has the right bytes, and nothing else is there; returns what the pages link to."""
        listed = sorted(self._listed)
        tree = Tree(folder=Path(), config=self._config(), files=frozenset({*self._listed, MANIFEST}))
        facts = []
        for path in self._track(listed, len(listed), "files"):
            data = self._copy.read(path)
            self._done.files += 1
            if data is None:
                self._say("file-missing", path, "the manifest lists this file, and it is not here")
            elif (sha256 := hashlib.sha256(data).hexdigest()) != self._listed[path]:
                self._say("file-changed", path, f"not as it was built: SHA-256 {sha256}, not {self._listed[path]}")
            if data is not None:
                self._companion(path, data, there)
                page = read_page(tree, path, data) if path.endswith(".html") else None
                facts += [facts_of(page)] if page else []
        for path in sorted((there or set()) - self._listed.keys() - {MANIFEST, SIGNATURE}):
            if not is_companion(path, self._listed):
                self._say("file-extra", path, "the manifest does not list this file")
        self._companion(MANIFEST, self._manifest, there)
        return facts

    def _companion(self, path: str, data: bytes, there: set[str] | None) -> None:
        """What is sent compressed unpacks to the same bytes."""
        packed = self._copy.packed(path)
        if there and path + SUFFIX in there:
            packed = unpacked(self._copy.read(path + SUFFIX) or b"") or b""
        if packed is not None:
            self._done.companions += 1
            if packed != data:
                where = path + SUFFIX if there else path
                self._say("file-changed", where, "what comes out when it is unpacked is not the file")

    def _as_published(self) -> None:
        """What the manifest does not hold is byte for byte what was sent, and the manifest is the one that was sent."""
        told = {one.file for one in self._done.found}
        for path, right in sorted(self._copy.listing().items()):
            if path in self._listed or self._place(path) in told:
                continue
            data = self._copy.read(path)
            if data is None:
                self._say("file-missing", path, "it was published, and is not here")
            elif (sha256 := hashlib.sha256(data).hexdigest()) != right:
                self._say("file-changed", path, f"not as it was published: SHA-256 {sha256}, not {right}")

    def _config(self) -> Config:
        """Enough of a configuration to know the site's own addresses: two of its files name them."""
        files = [(self._copy.read(path) or b"").decode("utf-8", "replace") for path in ("robots.txt", "opensearch.xml")]
        found = re.search(r"""(https?://[^\s"<>]+/)(?:sitemap\.xml|search/index\.html)""", "\n".join(files))
        return Config(name="", base_url=found[1] if found else "http://localhost/")

    def _links(self, pages: list[PageFacts]) -> None:
        files = frozenset({*self._listed, MANIFEST})
        tree = Tree(folder=Path(), config=Config(name="", base_url=""), files=files)
        self._done.links = sum(len(page.links) for page in pages)
        for fault in dead_links(tree, tuple(pages)):
            self._say("link-dead", fault.file, fault.message, line=fault.line)

    def _words(self, origins: Origins) -> None:
        folders = [found[1] for path in sorted(self._listed) if (found := _RECORD.fullmatch(path))]
        unproved: list[str] = []
        for folder in self._track(folders, len(folders), "notices"):
            self._done.notices += 1
            record, page, text = (self._copy.read(folder + name) for name in ("notice.json", *_NOTICE_FILES))
            if record is None:
                continue  # said already
            for name, message in faults_of_copies(record, page or b"", text or b""):
                self._say("words-differ", folder + name, message)
            unproved += self._source(folder, record, origins)
        if unproved:
            self._say(
                "source-unproved",
                "",
                f"the words of {len(unproved)} notices could not be compared with their source ({unproved[0]})",
                severity=Severity.NOTE,
            )

    def _source(self, folder: str, record: bytes, origins: Origins) -> Iterator[str]:
        """Compare with the source; yields why that could not be done."""
        try:
            found = text_of_record(record)
            if found is not None:
                fault = origins.fault(found[1], found[0])
                self._done.sourced += 1
                if fault:
                    self._say(fault[0], posixpath.join(folder, "notice.json"), fault[1])
        except DiscloseError as error:
            yield f"{folder.split('/')[1]}: {error}"

    def _signature(self, key: Path | None) -> None:
        signature = self._copy.read(SIGNATURE)
        self._done.signed = signature is not None
        if key is None:
            return
        if signature is None:
            self._say("signature-wrong", SIGNATURE, "the manifest is not signed")
        elif fault := signature_fault(self._manifest, signature, key):
            self._say("signature-wrong", SIGNATURE, f"not the signature of {key} over this manifest: {fault}")
        else:
            self._done.signed = None
