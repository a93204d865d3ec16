"""发布: what was checked, what changes live, and the way there and back."""

from __future__ import annotations

from typing import Any

import segno
from markupsafe import Markup

from generator.desk import words
from generator.desk.handler import Handler
from generator.desk.local import PublishPlace
from generator.desk.publish_job import STEPS, JobOrder, Work
from generator.desk.publishing import PublishRun


class _Publishing(Handler):
    """What the handlers of this module share. A scope is a notice's id, or empty: all that may go."""

    def place(self) -> PublishPlace | None:
        """The place that is meant; None: the settings name none."""
        places = self.desk.local.places
        asked = self.get_argument("place", "")
        return next((place for place in places if place.name == asked), places[0] if places else None)

    def order(self, work: Work, scope: str, place: PublishPlace, **more: str) -> JobOrder:
        """What is to be done."""
        return JobOrder(work=work, site=self.desk.site, address=place.address, only=scope, **more)

    def begin(self, order: JobOrder) -> None:
        """Begin it, or say that other work is under way (423)."""
        if not self.desk.publisher.start(order):
            self.refuse(423, words.PUBLISHES)

    def home(self, scope: str) -> str:
        """The page of a scope."""
        return f"n/{scope}/publish" if scope else "publish"


class PublishPage(_Publishing):
    """Checks by itself when something changed since; then shows what would change."""

    async def get(self, scope: str = "") -> None:
        """Answer with the page; with `?parts` with what of it changes."""
        place = self.place()
        opened = await self.readable(scope, "发布") if scope else None
        if scope and opened is None:
            return
        summary = await self.apart(self.desk.overview.of, scope) if scope else None
        waits = words.waits_for(summary) if summary else ""
        run = await self.apart(self._run, scope, place) if place and not waits else None
        values: dict[str, Any] = {
            "scope": scope,
            "place": place,
            "run": run,
            "names": STEPS,
            "home": self.home(scope),
            "public_url": self._url(scope, run),
            "qr": _qr,
            "waits": waits,
        }
        if self.get_query_argument("parts", None) is not None:
            self.parts("publish.html", "publish", opened=opened, summary=summary, **values)
        elif opened:
            await self.notice_page("publish.html", opened, "发布", **values)
        else:
            self.page("publish.html", step="发布", steps=(), opened=None, summary=None, **values)

    async def post(self, scope: str = "") -> None:
        """Put live what the page showed, and nothing else; come back to the page, which tells how far it is."""
        place = self.place()
        if place is None:
            self.refuse(422, words.NO_PLACE)
        self.begin(self.order("publish", scope, place, expected=self.field("digest")))
        self.back(self.home(scope))

    def _run(self, scope: str, place: PublishPlace) -> PublishRun | None:
        """The work to show: what is under way, or what is known of this scope and still true; else a check begins."""
        publisher = self.desk.publisher
        run = publisher.run
        if run is not None and run.is_running:
            return run
        is_same = run is not None and (run.order.only, run.order.address) == (scope, place.address)
        if is_same and run is not None and run.stamp == publisher.stamp():
            return run
        publisher.start(self.order("check", scope, place))
        return publisher.run

    def _url(self, scope: str, run: PublishRun | None) -> str:
        """Where the public reads it."""
        base = self.desk.config.base_url
        row = next((row for row in run.planned.rows if row.id == scope), None) if run and run.planned else None
        return f"{base}notices/{row.id}/" if row else base


def _qr(address: str) -> Markup:
    return Markup(segno.make(address, error="m").svg_inline(scale=3, border=2, omitsize=False))  # noqa: S704 - a drawing


class PublishStop(_Publishing):
    """Ends what is under way."""

    async def post(self) -> None:
        """End it; the page says what is live."""
        await self.apart(self.desk.publisher.stop)
        self.back(self.came_from("publish"))


class CheckAgain(_Publishing):
    """Checks once more."""

    async def post(self, scope: str = "") -> None:
        """Begin a check."""
        place = self.place()
        if place is None:
            self.refuse(422, words.NO_PLACE)
        self.begin(self.order("check", scope, place))
        self.back(self.home(scope))


class Rollback(_Publishing):
    """Returns to an earlier release: first shows what that changes, then does it."""

    async def post(self) -> None:
        """`sure`: do it; else look."""
        place = self.place()
        if place is None:
            self.refuse(422, words.NO_PLACE)
        work: Work = "roll-back" if self.get_body_argument("sure", "") else "look-back"
        self.begin(self.order(work, self.field("scope", ""), place, wanted=self.field("wanted")))
        self.back(self.home(self.field("scope", "")))
