"""Source files → content files: read, parse, prove that no word was lost, write."""

from __future__ import annotations

import copy
import functools
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator import parser, readers  # loaded by who imports: the desk has processes for that
from generator.base.dates import PartialDate
from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import NOTICES, kept_name, notice_files, write_bytes
from generator.base.layout import SOURCES
from generator.base.manifest import sha256_of
from generator.base.workers import died, in_processes
from generator.content.journal import note_import
from generator.content.notice_file import read_notice, write_notice
from generator.content.origin import Origin, remember
from generator.editorial.imported_decisions import decisions_of, undecided
from generator.editorial.replacing import LIKELY, Fit, Replacement, Replacer, Shelf, read, share, told
from generator.editorial.source_files import SourceFile, failure_of
from generator.model.notice import Notice, Source
from generator.model.proof import difference
from generator.parser.kinds import Refusal, refusal
from generator.readers.document import Document
from generator.readers.text.markdown import is_content_file

Outcome = Literal["imported", "updated", "differs", "unchanged", "refused", "failed"]
"""`differs`: a dry run shows what an update would change."""


class NotANotice(DiscloseError):  # noqa: N818  # said to a user, it is no fault of the program
    """The file is read, and is no rectification notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of one source file."""

    source: str
    outcome: Outcome
    content: Path | None = None
    """The content file; None when there is none."""
    reason: str = ""
    """Why it was refused or failed."""
    notice: Notice | None = None
    beside: Path | None = None
    """Another notice of the same unit and day."""
    replaced: Replacement | None = None
    """What became of the older version."""
    decisions: tuple[str, ...] = ()
    """What people had decided in the file that was imported, one by one."""
    took: bool = False
    """Whether they were taken over; else they were left out."""


def _refused(one: Refusal) -> str:
    """Why a file is taken for no notice, with the words that say so, and those that say otherwise."""
    more = "It has no words that a notice has."
    if one.against and one.speaks_for:
        more = f"Against a notice speaks “{one.against}”; for one speaks “{one.speaks_for}”."
    elif one.against:
        more = f"Against a notice speaks “{one.against}”, and nothing speaks for one."
    elif one.speaks_for:
        more = f"It lacks the words of a notice, though for one speaks “{one.speaks_for}”."
    return f"not a rectification notice, but {one.kind.name}. {more} Use --force to take it all the same."


def read_source(data: bytes, name: str, *, force: bool = False) -> tuple[Notice, Document]:
    """The notice in a source file and the text that it was read from.

    Raises ReadError (the file cannot be read), NotANotice (unless `force`), DiscloseError (a word would be lost).
    """
    if not data:
        raise NotANotice(f"{name}: the file is empty (0 bytes): it was not copied or sent whole. Ask for it once more.")
    document = readers.read_document(data, name)
    source = Source(file=kept_name(name), format=document.format, sha256=hashlib.sha256(data).hexdigest())
    if document.format == "md" and is_content_file(document.text):
        return _exported(document.text, name), document
    notice = parser.parse(document, source)
    if not document.text.strip():
        raise NotANotice(f"{name}: the file holds no text. Open it, see that it is the right one, and save it again.")
    refused = refusal(notice)
    if refused is not None and not force:
        raise NotANotice(f"{name}: {_refused(refused)}")
    lost = difference(document.text, notice.edits, notice.text)
    if lost is not None:
        raise DiscloseError(
            f"{name}: the words would not be kept: the source goes on with “{lost.expected}”, the notice with "
            f"“{lost.found}”. Nothing was written; please report this file."
        )
    return notice, document


def _exported(text: str, name: str) -> Notice:
    """The notice in a content file of this program, from another site."""
    if Path(name).suffix.lower() != ".md":
        raise NotANotice(f"{name}: a content file of this program under another name. Only *.md may be one: rename it.")
    notice, problems = read_notice(text, name)
    if notice is None:
        raise ContentError(problems)
    return notice


Ready = tuple[Notice, Document]
"""A source file, read."""


def read_ready(file: SourceFile, *, force: bool = False) -> Ready | Imported:
    """The notice in a source file and its text; what is told instead, when it cannot be taken."""
    if isinstance(file.data, DiscloseError):
        return _failed(file)
    try:
        return _read_apart(file.data, file.name, force=force)
    except NotANotice as error:
        return Imported(source=file.name, outcome="refused", reason=str(error))
    except DiscloseError as error:
        return Imported(source=file.name, outcome="failed", reason=str(error))
    except Exception as error:  # noqa: BLE001 - whatever a file brings, the others go on
        return Imported(source=file.name, outcome="failed", reason=failure_of(file.name, error))


def _failed(file: SourceFile) -> Imported:
    return Imported(source=file.name, outcome="failed", reason=str(file.data))


class Importer:
    """Imports source files into a site folder; knows what is there already by its content."""

    def __init__(
        self,
        site: Path,
        *,
        force: bool = False,
        update: bool = False,
        as_new: bool = False,
        into: Path | None = None,
        replacer: Replacer | None = None,
        decisions: bool = False,
        day: PartialDate | None = None,
    ) -> None:
        """`update`: a newer version replaces the notice that it fits, `into`: this one; `as_new`: it replaces none.

        `decisions`: those of content files come in. `day`: of the import; None: it is not noted.
        """
        self._site, self._force, self._day = site, force, day
        self._is_update, self._is_new, self._into = update or into is not None, as_new, into
        self._replacer, self._decisions = replacer, decisions
        self._files: dict[str, Path] = {}
        self._hashes: dict[str, list[Path]] = {}
        self._shelf = Shelf()
        for path in notice_files(site):
            self.see(path)

    def _add(self, path: Path, notice: Notice) -> None:
        self._files[notice.id] = path
        if path not in (same := self._hashes.setdefault(notice.source.sha256, [])):
            same.append(path)
        self._shelf.add(path, notice)

    def take(self, file: SourceFile, ready: Ready | Imported | None = None) -> Imported:
        """What came of a source file; a bad file is told of, not raised. `ready`: what `read_ready` gave of it."""
        known = self.known(file)
        if known is not None and not self._is_update:
            reason = f"{file.name}: already in {known}"
            return Imported(source=file.name, outcome="unchanged", content=known, reason=reason)
        found = read_ready(file, force=self._force) if ready is None else ready
        if isinstance(found, Imported) or isinstance(file.data, DiscloseError):
            return found if isinstance(found, Imported) else _failed(file)
        try:
            return self._put(file.name, file.data, found, known)
        except NotANotice as error:
            return Imported(source=file.name, outcome="refused", reason=str(error))
        except DiscloseError as error:
            return Imported(source=file.name, outcome="failed", reason=str(error))
        except OSError as error:
            reason = f"{file.name}: cannot be written to {self._site}: {error.strerror or error}"
            return Imported(source=file.name, outcome="failed", reason=reason)
        except Exception as error:  # noqa: BLE001 - whatever a file brings, the others go on
            return Imported(source=file.name, outcome="failed", reason=failure_of(file.name, error))

    def _put(self, name: str, data: bytes, ready: Ready, known: Path | None) -> Imported:
        """What came of a source file that was read."""
        notice, document = ready
        decisions = decisions_of(notice)
        notice = notice if self._decisions else undecided(notice)
        older = self._older(name, notice, known)
        same = None if self._is_new or older else self.same(notice)
        if same is not None:
            reason = f"{name}: its words are those of {same}. Another notice all the same: --as-new."
            return Imported(source=name, outcome="unchanged", content=same, reason=reason)
        if older is not None:
            return self._replace(older, name, data, _origin(notice, document))
        done = self._write(name, data, _origin(notice, document))
        return replace(done, decisions=decisions, took=self._decisions)

    def known(self, file: SourceFile) -> Path | None:
        """The content file that came of these very bytes; None: there is none.

        Its own word for it counts only where no kept source gives it the lie: a stranger's content file may name any.
        """
        if isinstance(file.data, DiscloseError):
            return None
        sha256 = hashlib.sha256(file.data).hexdigest()
        return next((path for path in self._hashes.get(sha256, ()) if self._may_be_of(path, sha256)), None)

    def _may_be_of(self, path: Path, sha256: str) -> bool:
        kept = [source for source in (self._site / SOURCES / path.stem).glob("*") if source.is_file()]
        return not kept or any(sha256_of(source) == sha256 for source in kept)

    def near(self, notice: Notice) -> list[Fit]:
        """The notices of its unit that this one may be a newer version of, the likeliest first."""
        return [fit for fit in self._shelf.fits(notice) if self._shelf.unit_of(fit.path) == notice.unit.id]

    def but(
        self,
        *,
        day: PartialDate,
        force: bool = False,
        as_new: bool = False,
        into: Path | None = None,
        replacer: Replacer | None = None,
    ) -> Importer:
        """An importer that does otherwise, and knows what this one knows: what one takes, the other has."""
        other = copy.copy(self)
        vars(other).update(_day=day, _force=force, _is_new=as_new, _replacer=replacer)
        vars(other).update(_into=into, _is_update=into is not None)
        return other

    def see(self, path: Path) -> None:
        """Take notice of a content file that came or changed since."""
        notice, _ = read_notice(path.read_text("utf-8", errors="replace"), str(path))
        if notice is not None:
            self._add(path, notice)

    def _older(self, name: str, notice: Notice, known: Path | None) -> Path | None:
        """The content file that the notice is a newer version of; None: it is a notice by itself.

        Raises NotANotice where that is not for the program to decide.
        """
        if self._into is not None:
            return self._into_this(name, notice, self._into)
        if known is not None or self._is_new or not self._is_update:
            return known
        found = self._shelf.fits(notice)
        if len(found) > 1:
            rows = "".join(f"\n  {one.path.stem} ({one.share:.0%} of the words)" for one in found)
            raise NotANotice(f"{name}: it may be a newer version of several notices; name one with --replace ID:{rows}")
        return found[0].path if found else None

    def same(self, notice: Notice) -> Path | None:
        """The content file that has these very words of this unit and day already, perhaps from another format."""
        words = "".join(notice.text.split())
        found = (path for path in self._shelf.of_day(notice) if "".join(read(path).text.split()) == words)
        return next(found, None)

    def _into_this(self, name: str, notice: Notice, path: Path) -> Path:
        """`path`, unless the notice in it is quite another."""
        is_same = self._shelf.unit_of(path) == notice.unit.id or share(notice.text, read(path).text) >= LIKELY
        if not is_same and not self._force:
            raise NotANotice(
                f"{name}: it is of another unit than {path.stem}, and its words are others. Use --force to replace it "
                "all the same."
            )
        return path

    def _replace(self, path: Path, name: str, data: bytes, origin: Origin) -> Imported:
        """What came of a newer version."""
        replacer = self._replacer or Replacer(self._site)
        done = replacer.replace(path, origin, data, name)
        if done.merged.open:
            rows = "\n  ".join(("", *told(done, is_open=not replacer.is_dry)))
            reason = (
                f"{name}: {path.stem} was edited where the new version differs. Choose for each place: "
                f"--take-new PLACE or --keep-mine PLACE, or all.{rows}"
            )
            return Imported(source=name, outcome="refused", reason=reason, replaced=done)
        if done.kept is not None:
            self._add(path, done.notice)
            self._note(done.notice.id)
        outcome: Outcome = "updated" if done.kept else "differs" if done.is_changed else "unchanged"
        reason = f"{name}: already in {path}" if outcome == "unchanged" else ""
        notice = done.notice if outcome != "unchanged" else None
        return Imported(source=name, outcome=outcome, content=path, notice=notice, reason=reason, replaced=done)

    def _write(self, name: str, data: bytes, origin: Origin) -> Imported:
        notice = origin.notice
        beside = self._files.get(notice.id) if self._shelf.of_day(notice) else None
        notice = replace(notice, id=self._free_id(notice.id))
        year = str(notice.published.year) if notice.published else "undated"
        target = self._site / NOTICES / year / f"{notice.id}.md"
        content = write_notice(notice).encode()  # before anything is written: it may fail
        write_bytes(self._site / SOURCES / notice.id / kept_name(name), data)
        self._note(
            notice.id
        )  # before the notice is there: killed in between, the next import finds it and notes nothing
        remember(self._site, notice.source.sha256, kept_name(name), origin)
        write_bytes(target, content)
        self._add(target, notice)
        return Imported(source=name, outcome="imported", content=target, notice=notice, beside=beside)

    def _note(self, notice_id: str) -> None:
        if self._day:
            note_import(self._site, notice_id, self._day)

    def _free_id(self, wanted: str) -> str:
        """`wanted`, or `wanted-2`, `-3` … when another notice has it: one unit may publish two on a day."""
        free, number = wanted, 1
        while free in self._files:
            number += 1
            free = f"{wanted}-{number}"
        return free


def _read_apart(data: bytes, name: str, *, force: bool) -> tuple[Notice, Document]:
    """As read_source, in a process of its own, which may die of the file."""

    def gone(_: bytes) -> tuple[Notice, Document]:
        raise DiscloseError(str(died(name)))

    _load_tables()
    [found] = in_processes(lambda one: read_source(one, name, force=force), [data], lost=gone)
    return found


_SAMPLE = """中共某县水务局党组关于巡察整改进展情况的通报
2024年6月3日，县委第一巡察组反馈了巡察意见。现将整改情况予以公布。
1.学习不够。整改情况：已完成整改。
联系电话：0596-1234567。
2024年12月1日
"""


@functools.cache
def _load_tables() -> None:
    """Load what every reading needs: processes that are forked for one file each share it, and load nothing."""
    read_source(_SAMPLE.encode(), "sample.txt", force=True)


def _origin(notice: Notice, document: Document) -> Origin:
    is_exported = document.format == "md" and notice.source.format != "md"
    return Origin(document.text, notice, is_exported=is_exported)
