"""三审: signing, what was changed since, the slip (送审单) and its scan."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from pathlib import Path
from typing import Any, get_args

from generator.content.journal import JOURNAL, attach
from generator.content.review import fingerprint
from generator.desk import words
from generator.desk.acts import Sign
from generator.desk.handler import Handler
from generator.desk.handlers.acting import act_on
from generator.desk.notices import Opened
from generator.desk.reviewing import AGAINST, Against, compared, in_chinese, scans_of, sign_rows, to_know
from generator.desk.summary import Rules, rules_of
from generator.editorial.checks import check_file
from generator.editorial.slip import slip_of
from generator.model.notice import Notice


class ReviewPage(Handler):
    """Shows who signed and what the next one must look at."""

    async def get(self, notice_id: str) -> None:
        """Answer with the page; `?against=` says with what the notice is compared."""
        opened = await self.readable(notice_id, "三审")
        asked = self.get_query_argument("against", "signed")
        against: Against = next((one for one in get_args(Against) if one == asked), "signed")
        if opened is None or opened.notice is None:
            return
        notice = opened.notice
        rules, found = await self.apart(self._look, opened, notice, against)
        await self.notice_page(
            "review.html",
            opened,
            "三审",
            notice=notice,
            rows=list(sign_rows(notice, rules.config, self.desk.local.who)),
            distinct=rules.config.distinct_reviewers,
            fingerprint=_in_fours(fingerprint(notice)),
            against=AGAINST,
            chinese=in_chinese,
            **found,
        )

    def _look(self, opened: Opened, notice: Notice, against: Against) -> tuple[Rules, dict[str, Any]]:
        rules = rules_of(self.desk.site)
        findings, _ = check_file(opened.path, self.desk.site, rules.config, rules.phrases)
        return rules, {
            "compared": compared(self.desk.site, notice, against, rules, self.desk.public.seen),
            "known": list(to_know(notice, findings)),
            "scans": scans_of(self.desk.site, notice),
        }


def _in_fours(digits: str) -> str:
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


class SignStep(Handler):
    """Signs a step."""

    async def post(self, notice_id: str) -> None:
        """Sign it for the words that the page showed."""
        step, name = self.field("step"), self.field("name")
        await act_on(self, notice_id, Sign(step, name), who=name.strip())
        self.desk.record(f"review: {step}: {notice_id}")
        self.back(f"n/{notice_id}/review")


class Slip(Handler):
    """The sheet on which the steps are signed by hand."""

    async def get(self, notice_id: str) -> None:
        """Answer with a page that needs no other file; its style is allowed by its hash."""
        opened = self.opened(notice_id)
        notice = opened.notice
        if notice is None:
            self.refuse(422, words.BROKEN)
        text = await self.apart(self._made, opened, notice)
        self.set_header("Content-Security-Policy", _policy_of(text))
        self.finish(text)

    def _made(self, opened: Opened, notice: Notice) -> str:
        rules = rules_of(self.desk.site)
        findings, _ = check_file(opened.path, self.desk.site, rules.config, rules.phrases)
        return slip_of(notice, rules.config, findings, words.today())


def _policy_of(page: str) -> str:
    """A policy that allows the style sheets of a page, and nothing else."""
    hashes = (hashlib.sha256(style.encode()).digest() for style in re.findall(r"<style>([^<]*)</style>", page))
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
    return f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Scans(Handler):
    """The signed slip, scanned: kept in content/journal/."""

    async def post(self, notice_id: str) -> None:
        """Keep a scan for the words that the notice has now."""
        opened = self.opened(notice_id)
        files = self.request.files.get("file", [])
        if not files or opened.notice is None:
            self.refuse(422, words.NO_FILE if opened.notice else words.BROKEN)
        await self.apart(self._keep, opened.notice, files[0]["filename"], files[0]["body"])
        self.desk.record(f"slip: {notice_id}")
        self.back(f"n/{notice_id}/review")

    def _keep(self, notice: Notice, name: str, data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            scan = Path(folder, f"scan{Path(name).suffix.lower()[:5]}")
            scan.write_bytes(data)
            with self.desk.writing():
                attach(self.desk.site, notice, scan)


class ScanFile(Handler):
    """A scan that is kept, as a download."""

    def get(self, notice_id: str, name: str) -> None:
        """Answer with its bytes."""
        folder = self.desk.site / JOURNAL / self.opened(notice_id).id
        path = folder / name
        if path.parent != folder or not path.is_file():
            self.refuse(404, words.NO_SCAN)
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(path.read_bytes())
