"""遮盖: the page, and the proof that what is hidden stands in no public file."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from generator.base.diagnostics import ContentError, DiscloseError
from generator.desk import words
from generator.desk.handlers.proofing import MASK_PARTS, NoticeHandler
from generator.desk.leak_proof import LeakProof, prove
from generator.desk.mask_view import KINDS
from generator.desk.notices import Opened
from generator.model.notice import Notice


class MaskPage(NoticeHandler):
    """The page."""

    async def get(self, notice_id: str) -> None:
        """Answer with the page; without script, asked by `?proof=1`, with the proof in it."""
        if not self.is_script and await self.readable(notice_id, "遮盖") is None:
            return
        wants_proof = bool(self.get_query_argument("proof", ""))
        values = await self.apart(self._values, notice_id, wants_proof=wants_proof)
        if self.is_script:
            self.parts("mask.html", *MASK_PARTS, **values)
        else:
            self.page("mask.html", **values)

    def _values(self, notice_id: str, *, wants_proof: bool) -> dict[str, Any]:
        return self.mask_values(notice_id, proof=self._proof(notice_id) if wants_proof else None)

    def _proof(self, notice_id: str) -> LeakProof:
        found, notice = self._notice(notice_id)
        try:
            proof = prove(self.desk.site, found.path, notice)
            return proof if proof.rows else replace(proof, left=self.look(notice_id).proof.masks)
        except DiscloseError as error:
            return LeakProof(groups=(), rows=(), why=words.of_error(error))

    def _notice(self, notice_id: str) -> tuple[Opened, Notice]:
        found = self.opened(notice_id)
        if found.notice is None:
            raise ContentError(found.problems)
        return found, found.notice


class Leaks(MaskPage):
    """The proof alone, for the script: it takes a second or more."""

    async def get(self, notice_id: str) -> None:
        """Answer with the strip of the page."""
        proof = await self.apart(self._proof, notice_id)
        self.parts("mask.html", "proof", proof=proof, nonce=secrets.token_hex(4), kinds=dict(KINDS), m=None)
