"""导入: files that are dropped on the board."""

from __future__ import annotations

from generator.desk import words
from generator.desk.handler import Handler


class Import(Handler):
    """Takes files: one a request from the script, many from the form; or one of them once more."""

    async def post(self) -> None:
        """Take them in; the page shows what came of each."""
        if self.get_body_argument("forget", None) is not None:
            self.desk.intake.forget()
        elif again := self.get_body_argument("number", ""):
            await self._again(again)
        else:
            files = self.request.files.get("file", [])
            if not files:
                self.refuse(422, words.NO_FILE)
            for file in files:
                await self.apart(self.desk.intake.take, file["filename"], file["body"])
        await self._answer()

    async def _again(self, number: str) -> None:
        is_number = number.isascii() and number.isdigit()
        done = await self.apart(self.desk.intake.again, int(number), self.field("how")) if is_number else None
        if done is None:
            self.refuse(422, words.GONE)

    async def _answer(self) -> None:
        self.desk.record(words.IMPORTED)
        if self.is_script:
            self.finish("")  # what came of it is told by events
        else:
            self.back("#files")
