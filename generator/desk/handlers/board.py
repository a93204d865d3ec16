"""待办: whose turn it is; and the stream of what happens."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from tornado.iostream import StreamClosedError

from generator.desk import whose_turn, words
from generator.desk.all_summaries import SeenSite
from generator.desk.desk import Desk
from generator.desk.handler import Handler
from generator.desk.public import UNKNOWN

_ALIVE = 15
"""Seconds after which a page hears that the desk still runs."""
PARTS = ("lanes", "rows", "files", "due")
"""Blocks of the board that the script exchanges."""


class Board(Handler):
    """The first page; with `?parts` its parts alone."""

    async def get(self) -> None:
        """Answer with all notices by whose turn it is."""
        if not self.is_script:
            self.begin_page("live.js", "board.js")
        seen = await self.apart(self.desk.overview.look)
        if self.desk.public.seen is UNKNOWN:
            await self.apart(self.desk.begin_to_look_live)
        wanted = whose_turn.Filter(
            **{name: self.get_query_argument(name, "") for name in ("words", "state", "year", "region")}
        )
        values = board_values(self.desk, seen, wanted)
        if self.get_query_argument("parts", None) is not None:
            self.parts("board.html", *PARTS, **values)
        else:
            self.page("board.html", **values)


def board_values(desk: Desk, seen: SeenSite, wanted: whose_turn.Filter) -> dict[str, Any]:
    """What the template of the board needs."""
    rows = whose_turn.rows_of(seen.summaries, desk.public.seen)
    return {
        "seen": seen,
        "wanted": wanted,
        "groups": list(whose_turn.groups(rows, wanted)),
        "counts": whose_turn.counts(rows),
        "lanes": whose_turn.LANES,
        "dues": whose_turn.dues(rows, words.today()),
        "years": sorted({row.about.published[:4] for row in rows if row.about.published}, reverse=True),
        "results": desk.intake.results,
        "came": desk.intake.counts(),
        "open_of": {row.about.id: row.about.open for row in rows},
        "public": desk.public.seen,
    }


class EventStream(Handler):
    """What happens, as it happens (EventSource), from `?after=N` on: what a page shows is as old as the event N.

    With `?since=N` what happened after, for browsers that cannot listen.
    """

    async def get(self) -> None:
        """Answer as long as the page is open."""
        since = self.get_query_argument("since", None)
        if since is not None:
            found = self.desk.events.since(_number(since))
            rows = [{"kind": event.kind, "data": event.data} for event in found]
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"last": self.desk.events.last, "events": rows}))
            return
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        heard = self.request.headers.get("Last-Event-ID") or self.get_query_argument("after", "")
        missed = self.desk.events.since(_number(heard)) if heard else []
        queue = self.desk.events.listen()
        try:
            with contextlib.suppress(StreamClosedError):
                self.write("".join(event.as_stream for event in missed))
                await self.flush()  # a page that lost the desk sees at once that it is there again
                while True:
                    try:
                        text = (await asyncio.wait_for(queue.get(), _ALIVE)).as_stream
                    except TimeoutError:
                        text = "event: alive\ndata: {}\n\n"
                    self.write(text)
                    await self.flush()
        finally:
            self.desk.events.leave(queue)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
