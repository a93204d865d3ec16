"""更正、撤下: a form, a look at what the public will read, and the act."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from typing import Any

from generator.desk import refusals
from generator.desk.amending import Amendment, amended
from generator.desk.doing import Paper
from generator.desk.handler import Handler
from generator.desk.places import RefusedAct
from generator.desk.rows import row_of

HOWS = (
    ("words", "更正文字或事实", "通报还在，写明改了什么、为什么、何时改"),
    ("news", "补充新进展", "到期事项有了新答复：状态变了，旧的留着可查"),
    ("withdraw", "撤下", "从列表、数据、搜索里拿走，网址上写明已撤下和原因；不用等三审"),
)


class CorrectPage(Handler):
    """The page: without `look` the form, with it what would be done."""

    async def get(self, notice_id: str) -> None:
        """Answer with the form, filled in as the address says, and with what comes of it."""
        found = await self.readable(notice_id, "")
        if found is None or found.notice is None:
            return
        await self.apart(Paper(self.desk.site, found.path).journal.keep, found.data)
        fields = {name: self.get_query_argument(name, "", strip=False) for name in
                  ("how", "before", "after", "what", "why", "date", "issue", "status")}  # fmt: skip
        if found.notice.withdrawn:
            fields["how"] = "reinstate"
        fields["how"] = fields["how"] or "words"
        fields["date"] = fields["date"] or dt.datetime.now(dt.UTC).astimezone().date().isoformat()
        look, why = self._look(found.notice, fields) if self.get_query_argument("look", "") else (None, "")
        self.page(
            "correct.html",
            opened=found,
            notice=found.notice,
            f=fields,
            hows=HOWS,
            look=look,
            row=json.dumps(row_of(look.act), ensure_ascii=False) if look else "",
            why=why,
            nonce=secrets.token_hex(12),
            signed=len(found.notice.reviews),
            is_live=await self.apart(self.desk.is_live, found.notice),
            here="",
        )

    def _look(self, notice: Any, fields: dict[str, str]) -> tuple[Amendment | None, str]:
        try:
            return amended(notice, fields), ""
        except RefusedAct as refused:
            self.set_status(422)
            return None, refusals.told(refused)
