"""What happens while pages are open: told to each of them as it happens, and kept for those that have to ask."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from typing import Any, NamedTuple

_KEPT = 200


class DeskEvent(NamedTuple):
    """Something that happened."""

    number: int
    kind: str
    """`file`, `import`, `board`, `publish` …"""
    data: dict[str, Any]

    @property
    def as_stream(self) -> str:
        """As EventSource reads it."""
        return f"id: {self.number}\nevent: {self.kind}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n"


class Events:
    """Those who listen, and the newest events. `tell` may be called from any thread."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._kept: deque[DeskEvent] = deque(maxlen=_KEPT)
        self._listening: set[asyncio.Queue[DeskEvent]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def last(self) -> int:
        """The number of the newest event; 0: nothing has happened yet."""
        return self._kept[-1].number if self._kept else 0

    def begin(self) -> None:
        """Tell those who listen in the loop that runs now."""
        self._loop = asyncio.get_running_loop()

    def tell(self, kind: str, **data: Any) -> None:
        """Tell everybody."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, kind, data)

    def _tell(self, kind: str, data: dict[str, Any]) -> None:
        event = DeskEvent(next(self._numbers), kind, data)
        self._kept.append(event)
        for queue in self._listening:
            queue.put_nowait(event)

    def since(self, number: int) -> list[DeskEvent]:
        """What happened after the event of this number, as far as it is kept."""
        return [event for event in self._kept if event.number > number]

    def listen(self) -> asyncio.Queue[DeskEvent]:
        """Where everything that happens from now on comes in."""
        queue: asyncio.Queue[DeskEvent] = asyncio.Queue()
        self._listening.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[DeskEvent]) -> None:
        """Hear no more."""
        self._listening.discard(queue)
