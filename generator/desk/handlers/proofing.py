"""校对: the page of a notice, and the acts that are done on it."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.base.diagnostics import ContentError
from generator.content.version_changes import changes
from generator.desk import refusals, words
from generator.desk.acts import ANY_TIME, Act, Batch, Correct
from generator.desk.choosing import act_asked, same_kind
from generator.desk.doing import Asked, Conflict, Done, Paper
from generator.desk.handler import Handler
from generator.desk.leak_proof import LeakProof
from generator.desk.mask_view import KINDS, mask_view_of
from generator.desk.notices import Opened
from generator.desk.page_pieces import NONCE, Pieces
from generator.desk.places import RefusedAct
from generator.desk.proof_view import ProofView, proof_of
from generator.desk.sheets import WIDTH, picture, sheets_of
from generator.desk.summary import summary_of
from generator.desk.telling import act_in_words
from generator.desk.whose_turn import tabs_of
from generator.editorial.acceptance import Finding
from generator.editorial.checks import check_notice, site_phrases
from generator.model.notice import Notice
from generator.model.vocabulary import STATUS_NAMES
from generator.parser.region import gazetteer

PARTS = (
    "second", "undobar", "banners", "account", "ruler", "tally", "statuses", "document", "railhead", "doubts",
    "railfoot", "said",
)  # fmt: skip
"""Blocks of the page that an act may change, as the script takes them."""
MASK_PARTS = ("second", "undobar", "banners", "seen", "maskhead", "masks", "maskfoot", "said")
"""The same of 遮盖."""
SHOWS = "shows"
"""The field in which a page tells what it shows."""


class ShownNotice(NamedTuple):
    """What a page is made of."""

    opened: Opened
    proof: ProofView
    findings: Sequence[Finding]


class NoticeHandler(Handler):
    """What the pages of a notice that show its words have in common."""

    def look(self, notice_id: str) -> ShownNotice:
        """The notice as it is now. Ends with 422 when its file is broken."""
        found = self.opened(notice_id)
        if found.notice is None:
            raise ContentError(found.problems)
        paper = Paper(self.desk.site, found.path)
        paper.journal.keep(found.data)
        phrases = site_phrases(self.desk.site)
        findings = check_notice(found.notice, found.text, found.path, self.desk.site, self.desk.config, phrases)
        first, last = _number(self.get_argument("from", "")), _number(self.get_argument("to", ""))
        proof = proof_of(
            self.desk.site, found.text, found.notice, findings, paper.state(),
            at=_chosen(found.notice, self.get_argument("item", ""), self.number("at")),
            shown=self.get_query_argument("d", ""), after=self.get_query_argument("after", ""),
            between=None if first is None else (first, first if last is None else last),
        )  # fmt: skip
        return ShownNotice(found, proof, findings)

    def proof_values(self, notice_id: str, **more: Any) -> dict[str, Any]:
        """What the template of 校对 takes."""
        return self.values(self.look(notice_id), **more)

    def mask_values(self, notice_id: str, *, proof: LeakProof | None = None, **more: Any) -> dict[str, Any]:
        """What the template of 遮盖 takes."""
        shown = self.look(notice_id)
        view = mask_view_of(shown.proof.notice, shown.findings, self.number("d") or 0)
        return self.values(shown, **{"m": view, "proof": proof, "kinds": dict(KINDS), "step": "遮盖"} | more)

    def number(self, name: str) -> int | None:
        """A number of the address."""
        return _number(self.get_query_argument(name, ""))

    def asked(self, version: str) -> Asked:
        """Who asks, and for which version."""
        return Asked(
            id=self.field("id", "") or secrets.token_hex(16),
            version=version,
            who=self.desk.local.who,
            at=dt.datetime.now(dt.UTC).astimezone(),
            config=self.desk.config,
        )

    def values(self, shown: ShownNotice, **more: Any) -> dict[str, Any]:
        """What the template of the page takes."""
        proof, notice = shown.proof, shown.proof.notice
        seen, rules = self.desk.public.seen, self.desk.overview.rules()
        one = summary_of(self.desk.site, shown.opened, notice, shown.findings, rules, seen.records)
        steps, is_shut = tabs_of(one, seen), bool(one.withdrawn) or seen.has(one.address, one.digest)
        common = {"opened": shown.opened, "v": proof, "step": "校对", "steps": steps, "fixed": True, "here": ""}
        shows = self.get_argument(SHOWS, "") if self.is_script else None
        pieces = Pieces(shown.opened.id, shown.opened.version, secrets.token_hex(12), shows)
        of_form = {"nonce": NONCE, "form_of": pieces.form_of, "pieces": pieces}
        of_act = {"outside": (), "conflict": None, "said": ""}
        return common | of_form | of_act | {"signed": 0 if is_shut else len(notice.reviews), "is_shut": is_shut} | more


def _chosen(notice: Notice, anchor: str, at: int | None) -> int | None:
    """The place that an address chooses: by its number, or by the anchor that stands there."""
    places = (start for one, start in zip(notice.body, notice.starts, strict=True) if one.anchor == anchor)
    return next(places, None) if anchor and at is None else at


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


class ProofPage(NoticeHandler):
    """The page."""

    async def get(self, notice_id: str) -> None:
        """Answer with the page; to the script whether the notice has a version (204), which is no fault if not."""
        since = self.get_query_argument("since", "")
        if not self.is_script and await self.readable(notice_id, "校对") is None:
            return
        if self.is_script and since == self.opened(notice_id).version:
            self.set_status(204)
            return
        if not self.is_script:
            self.begin_page("notice.js", "proof.js")
        self.page("proof.html", **await self.apart(self.proof_values, notice_id))


class PartOfNotice(NoticeHandler):
    """What a page lacks: what changed since it was made, what was left out of it, another part of a long notice."""

    async def post(self, notice_id: str) -> None:
        """Answer with the part in which the places from `from` to `to` are, and with what changed since a version.

        204: nothing did.
        """
        since = self.field("since", "")
        if since and since == self.opened(notice_id).version:
            self.set_status(204)
            return
        shown = await self.apart(self.look, notice_id)
        outside = await self.apart(self._changes, shown, since) if since else ()
        lines = ("sourcelines",) if self.field("to", "") else ()
        self.parts("proof.html", *lines, *PARTS, **self.values(shown, outside=outside))

    def _changes(self, shown: ShownNotice, since: str) -> tuple[str, ...]:
        if since == shown.opened.version:
            return ()
        paper = Paper(self.desk.site, shown.opened.path)
        if paper.state().is_own(since, shown.opened.version):
            return ()
        old = paper.notice_of(since)
        return told_changes(old, shown.proof.notice) if old else ("…",)


def told_changes(old: Any, new: Any) -> tuple[str, ...]:
    """What differs between two versions, a sentence each, in English for `say`."""
    return tuple(str(one) for one in changes(old, new))


class DoAct(NoticeHandler):
    """Does an act, undoes it, does it again: `n/ID/do`, `n/ID/undo`, `n/ID/redo`."""

    async def post(self, notice_id: str, how: str) -> None:
        """Do it, and answer with the parts of the page (the script) or lead back to it (a form)."""
        version = self.version()
        fields = {name: values[-1] for name, values in self.fields().items()}
        lead = fields.get("choice", "")
        if lead.startswith("lead:"):
            self._lead(notice_id, lead, fields)
            return
        try:
            done, since = await self.apart(self._do, notice_id, how, version, fields)
        except RefusedAct as refused:
            self.refuse(409 if refused.code == "not-the-last" else 422, refusals.told(refused))
        except Conflict as conflict:
            await self._held(notice_id, conflict)
            return
        await self._answer(notice_id, done, since)

    def _lead(self, notice_id: str, lead: str, fields: Mapping[str, str]) -> None:
        if lead == "lead:mask":
            self.back(f"n/{notice_id}/mask")
        else:
            self.back(f"n/{notice_id}/proof?at={fields.get('start', '')}&d={fields.get('d', '')}#chosen")

    def _do(self, notice_id: str, how: str, version: str, fields: Mapping[str, str]) -> tuple[Done, str]:
        found = self.opened(notice_id)
        paper, asked = Paper(self.desk.site, found.path), self.asked(version)
        with self.desk.writing():
            act = self._act(notice_id, fields) if how == "do" else None
            if found.notice and not _may_always(act) and self.desk.is_shut(found.notice):
                raise RefusedAct("published")
            if act is None:
                turn = paper.undo if how == "undo" else paper.redo
                return turn(int(fields.get("of") or 0), asked), version
            return paper.do(act, asked), version

    def _act(self, notice_id: str, fields: Mapping[str, str]) -> Act:
        if fields.get("go") == "same":
            return same_kind(self.look(notice_id).proof.cards, fields.get("code", ""), fields.get("why", ""))
        notice = self.opened(notice_id).notice
        return act_asked(fields, notice)

    async def _answer(self, notice_id: str, done: Done, since: str) -> None:
        if not self.is_script:
            where = f"?at={self.field('start', '')}" if self.field("start", "") else ""
            self.back(f"n/{notice_id}/{self._page()}{where}")
            return
        said, outside = await self.apart(self._told, notice_id, done, since)
        await self._show(notice_id, said=said, outside=outside)

    def _told(self, notice_id: str, done: Done, since: str) -> tuple[str, tuple[str, ...]]:
        """What was done, in words, and what had happened outside of the desk."""
        found, entry = self.opened(notice_id), done.entry
        paper, notice = Paper(self.desk.site, found.path), found.notice
        if notice is None:
            return "", ()
        if entry.kind in ("Undo", "Redo"):
            one = next((e for e in paper.state().entries if e.n == entry.of), entry)
            return ("已撤销：" if entry.kind == "Undo" else "已重做：") + act_in_words(one.act, notice), ()
        said = act_in_words(entry.act, notice)
        if not entry.joined:
            return said, ()
        old, now = paper.notice_of(since), paper.notice_of(entry.before)
        return f"{said}，已接上编辑台外的改动", told_changes(old, now) if old and now else ()

    def _page(self) -> str:
        """The page on which it goes on."""
        asked = self.field("page", "") or self.came_from().rpartition("/")[2]
        return asked if asked in ("mask", "history", "correct") else "proof"

    async def _held(self, notice_id: str, conflict: Conflict) -> None:
        about = {
            "rows": [(row.name, _plain(row.opened), _plain(row.now)) for row in conflict.rows],
            "act": json.dumps(conflict.act, ensure_ascii=False),
        }
        self.set_status(409)
        await self._show(notice_id, conflict=about, held=conflict.act)

    async def _show(self, notice_id: str, held: Mapping[str, Any] | None = None, **more: Any) -> None:
        """Answer with the page from which it was asked, or to the script with its parts."""
        is_mask = self._page() == "mask"
        values = await self.apart(self.mask_values if is_mask else self.proof_values, notice_id, **more)
        if held:
            values["conflict"]["wanted"] = act_in_words(held, values["v"].notice)
        template, parts = ("mask.html", MASK_PARTS) if is_mask else ("proof.html", PARTS)
        if self.is_script:
            self.parts(template, *parts, **values)
        else:
            self.page(template, **values)


def _may_always(act: Act | None) -> bool:
    """Whether an act may be done to what the public reads, too; to take one back may not."""
    acts = act.acts if isinstance(act, Batch) else (act,)
    return any(isinstance(one, Correct) for one in acts) or all(isinstance(one, ANY_TIME) for one in acts)


class SheetPages(Handler):
    """版面: the pages of the source with their lines, or one of the pictures."""

    async def get(self, notice_id: str, number: str = "") -> None:
        """Answer with them; 404: the source has no pages that could be drawn."""
        notice = self.opened(notice_id).notice
        if notice is None:
            self.refuse(404, words.NO_PAGE)
        if number:
            data = picture(self.desk.site, notice, int(number))
            if data is None:
                self.refuse(404, words.NO_PAGE)
            self.set_header("Content-Type", "image/png")
            self.finish(data)
            return
        sheets = await self.apart(sheets_of, self.desk.site, notice)
        if sheets is None:
            self.set_status(204)
            return
        self.page("sheets.html", sheets=sheets, width=WIDTH, id=notice_id)


class FindPlaces(Handler):
    """Places by their names, as a person types: options for a field that takes a code."""

    async def get(self) -> None:
        """Answer with the places whose name has the words in it, the greatest first."""
        self.page("find.html", found=places_named(self.get_query_argument("q", "")))


_FOUND = 20


def places_named(words: str) -> list[tuple[str, str]]:
    """Codes and full names."""
    places, found = gazetteer(), list[tuple[str, str]]()
    if not words.strip():
        return found
    for code, name in places.names.items():
        if words.strip() in name or name.startswith(words.strip()):
            region = places.region(code)
            found.append((region.code, region.name))
    return list(dict.fromkeys(sorted(found, key=lambda row: len(row[1]))))[:_FOUND]


def _plain(value: Any) -> str:
    """A cell of a conflict for a person."""
    if value is None:
        return "没有"
    if isinstance(value, tuple) and value and hasattr(value[0], "words"):
        return "　".join(_passage(one) for one in value)
    if hasattr(value, "words") and hasattr(value, "role"):
        return _passage(value)
    return words.shown(value)


def _passage(one: Any) -> str:
    marks = getattr(one, "marks", None)
    status = f"　{STATUS_NAMES[marks.status]}" if marks and hasattr(marks, "status") else ""
    due = f"　期限 {marks.deadline.iso}" if marks and marks.deadline else ""
    return f"{one.text[:40]}{status}{due}"
