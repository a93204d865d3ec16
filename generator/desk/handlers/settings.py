"""设置: the site, where it is published to, who sits here."""

from __future__ import annotations

from dataclasses import replace

from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import read_text, write_text
from generator.base.layout import OUTPUT, SITE_FILE
from generator.content.config import read_config
from generator.desk import words
from generator.desk.handler import Handler
from generator.desk.local import Local, PublishPlace, save
from generator.desk.notices import version_of
from generator.desk.public import look
from generator.desk.settings_form import changed, fields_of, rows
from generator.release.publish import check_apart


class SiteSettings(Handler):
    """site.yml as a form."""

    def get(self) -> None:
        """Answer with the form; with a file that cannot be read, what is wrong with it."""
        self._answer([])

    def _answer(self, wrong: list[str], given: dict[str, str] | None = None) -> None:
        text = read_text(self.desk.site / SITE_FILE, SITE_FILE)
        try:
            config = read_config(text, SITE_FILE)
            form = fields_of(config, text)
        except ContentError as error:
            form, wrong = [], [words.of_fault(one) for one in error.diagnostics]
        if given is not None:
            form = [(name, [replace(one, value=given.get(one.row.key, "")) for one in some]) for name, some in form]
        version = version_of(text.encode())
        self.page("settings_site.html", form=form, wrong=wrong, version=version, here="设置", tab="site")

    async def post(self) -> None:
        """Save what changed; what cannot be is told above the form, which keeps what was written."""
        given = {row.key: self.get_body_argument(row.key, "", strip=True) for row in rows()}
        version = self.version()
        wrong = await self.apart(self._save, given, version)
        if wrong:
            self.set_status(422)
            self._answer(wrong, given)
        else:
            self.desk.record("site: settings")
            self.back("settings?saved=1")

    def _save(self, given: dict[str, str], version: str) -> list[str]:
        path = self.desk.site / SITE_FILE
        with self.desk.writing():
            text = read_text(path, SITE_FILE)
            if version_of(text.encode()) != version:
                return [words.SETTINGS_CHANGED]
            try:
                new = changed(text, read_config(text, SITE_FILE), given)
            except ContentError as error:
                return [words.of_fault(one) for one in error.diagnostics]
            except ValueError:
                return [words.NO_NUMBER]
            if new != text:
                write_text(path, new)
        self.desk.name = self.desk.config.name
        return []


class _LocalSettings(Handler):
    """What this machine keeps."""

    async def keep(self, local: Local) -> None:
        """Keep it, and go on with it."""
        await self.apart(save, self.desk.site, local)
        self.desk.local = local


class MySettings(_LocalSettings):
    """我和这台电脑."""

    def get(self) -> None:
        """Answer with the form."""
        self.page("settings_me.html", here="设置", tab="me")

    async def post(self) -> None:
        """Keep name, keys, size."""
        who = " ".join(self.field("who", "").split())[:40]
        is_single, is_large = bool(self.field("single_keys", "")), bool(self.field("large", ""))
        await self.keep(replace(self.desk.local, who=who, single_keys=is_single, large=is_large))
        self.back("settings/me?saved=1")


class PlaceSettings(_LocalSettings):
    """发布到哪里."""

    async def get(self) -> None:
        """Answer with the places, and whether each can be reached."""
        seen = [(place, await self.apart(look, place.address)) for place in self.desk.local.places]
        self.page("settings_places.html", here="设置", tab="places", seen=seen)

    async def post(self) -> None:
        """Add a place, make one the first, or forget one."""
        places = self.desk.local.places
        if gone := self.field("forget", ""):
            places = tuple(place for place in places if place.name != gone)
        elif first := self.field("first", ""):
            places = tuple(sorted(places, key=lambda place: place.name != first))
        else:
            name, address = self.field("name").strip()[:40], self.field("address").strip()
            if not name or not address:
                self.refuse(422, words.NO_ADDRESS)
            try:
                await self.apart(check_apart, address, self.desk.site / OUTPUT)
            except DiscloseError as error:
                self.refuse(422, words.of_error(error))
            places = (*(place for place in places if place.name != name), PublishPlace(name, address))
        await self.keep(replace(self.desk.local, places=places))
        await self.apart(self.desk.look_live)
        self.back("settings/places?saved=1")
