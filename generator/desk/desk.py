"""What all pages of a desk share: the site, the key, what is known of its notices, the threads."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.history import record
from generator.base.language import chinese
from generator.build.follower import Follower
from generator.content.config import Config, load_config
from generator.content.masks import address_of
from generator.desk.all_summaries import Overview
from generator.desk.events import Events
from generator.desk.intake import Intake
from generator.desk.local import Local
from generator.desk.notices import Notices
from generator.desk.pool import Pool
from generator.desk.preview_site import PreviewSite
from generator.desk.public import Public, Watch
from generator.desk.publishing import Publisher, PublishRun
from generator.desk.summary import digest_of
from generator.desk.writing import writing
from generator.model.notice import Notice

_THREADS = 8
_SOON = 0.5
"""Seconds that a page waits for a place to say what is live there."""


@dataclass
class Desk:
    """The desk of one site, as long as the program runs."""

    site: Path
    """Its folder, absolute."""
    local: Local
    name: str = field(init=False)
    """Of the site, as site.yml said when the desk began."""
    events: Events = field(init=False, default_factory=Events)
    pool: Pool = field(init=False, default_factory=Pool)
    public: Watch = field(init=False, default_factory=Watch)
    notices: Notices = field(init=False)
    overview: Overview = field(init=False)
    intake: Intake = field(init=False)
    publisher: Publisher = field(init=False)
    preview: PreviewSite = field(init=False)
    follower: Follower = field(init=False)
    threads: ThreadPoolExecutor = field(init=False)
    _first_look: Future[None] | None = field(init=False, default=None)
    _looking: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Make what follows from the site."""
        self.name = self.config.name
        self.notices = Notices(self.site)
        self.intake = Intake(self.site, self.pool, self.events)
        self.overview = Overview(self.site, self.pool, self.events, self._begin_to_learn)
        self.preview = PreviewSite(self.site)
        self.follower = Follower(self.site, self._changed, time.time_ns())
        self.publisher = Publisher(self.site, self.events, self._published)
        self.threads = ThreadPoolExecutor(_THREADS, "desk")

    @property
    def base(self) -> str:
        """How every path of the desk begins: `/KEY/`."""
        return f"/{self.local.key}/"

    @property
    def config(self) -> Config:
        """site.yml as it is now. Raises DiscloseError."""
        return load_config(self.site)

    def writing(self) -> AbstractContextManager[None]:
        """Alone with the content: read, compare, apply and write within. Raises Busy after five seconds (423)."""
        return writing(self.site)

    def look_live(self) -> Public:
        """See what is live at the first place that the settings name."""
        return self.public.refresh(self.local.places[0].address if self.local.places else "")

    def begin_to_look_live(self) -> None:
        """See for the first time what is live; where a place does not answer soon, the board is told when it does."""
        with self._looking:
            if self._first_look is None:
                self._first_look = self.threads.submit(self._look_first)
        with contextlib.suppress(TimeoutError):
            self._first_look.result(_SOON)

    def _look_first(self) -> None:
        self.look_live()
        self.events.tell("board")

    def is_live(self, notice: Notice) -> bool:
        """Whether the public reads the notice as it is."""
        address, seen = address_of(notice), self.public.seen
        return address in seen.records and seen.has(address, digest_of(notice, self.overview.rules()))

    def is_shut(self, notice: Notice) -> bool:
        """Whether 更正 alone changes a notice: it is withdrawn, or live as it is."""
        return notice.withdrawn is not None or self.is_live(notice)

    def follow(self) -> None:
        """Read all notices, before anybody asks, and from now on tell of what changes without the desk."""
        self.threads.submit(self.overview.look)
        for work in (self.follower.follow_folder, self.follower.follow_trees):
            threading.Thread(target=work, daemon=True).start()

    def _begin_to_learn(self) -> None:
        with contextlib.suppress(RuntimeError):  # the desk has been closed
            self.threads.submit(self.intake.learn)

    def _changed(self, paths: Iterable[Path]) -> None:
        there = list(paths)
        self.preview.change(there)
        self.events.tell("file", ids=sorted({path.stem for path in there if path.suffix == ".md"}))

    def _published(self, run: PublishRun) -> None:
        """After a release: the board looks at what is live, the content is committed."""
        self.look_live()
        record(self.site, f"publish: {run.released.name if run.released else ''}", self.local.who)

    def record(self, message: str) -> None:
        """Commit what changed in the content, where the site is kept by Git; beside the answer."""
        self.threads.submit(record, self.site, chinese().say(message), self.local.who)

    def close(self) -> None:
        """Let threads and processes end."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.follower.stop()
        self.preview.close()
        self.pool.close()
        self.publisher.stop()
        self.intake.close()
