"""An act of an editor, from the form to the file."""

from __future__ import annotations

import datetime as dt

from generator.desk.acts import Act
from generator.desk.doing import Asked, Done, Paper
from generator.desk.handler import Handler


async def act_on(handler: Handler, notice_id: str, act: Act, who: str = "") -> Done:
    """Do an act to a notice as the form of a page asks for it: its `id` and `version` are fields of it.

    Raises Refused, Conflict, Busy and DiscloseError, which the handler tells.
    """
    desk, opened = handler.desk, handler.opened(notice_id)
    asked = Asked(
        id=handler.field("id"),
        version=handler.version(),
        who=desk.local.who or who,
        at=dt.datetime.now().astimezone(),
        config=desk.config,
    )

    def work() -> Done:
        with desk.writing():
            return Paper(desk.site, opened.path).do(act, asked)

    return await handler.apart(work)
