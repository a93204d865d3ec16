"""预览: the notice as the public will see it, on a phone and on a wide screen."""

from __future__ import annotations

from urllib.parse import urlencode

from generator.content.masks import address_of, masked
from generator.desk import words
from generator.desk.handler import Handler
from generator.desk.preview_site import preview_base
from generator.model.notice import Notice

WIDTHS = (("both", "手机＋电脑"), ("phone", "只看手机"), ("wide", "只看电脑"))
LOOKS = (("", "标准"), ("large", "大字版"), ("contrast", "高对比"))
_QUERY = {"large": {"size": "l"}, "contrast": {"contrast": "high"}}


def pages_of(notice: Notice) -> dict[str, tuple[str, str]]:
    """Key of each page on which the notice shows: its name and its path."""
    unit = masked(notice).unit.id
    return {
        "notice": ("这份通报", f"notices/{address_of(notice)}/index.html"),
        **({"unit": ("单位页", f"units/{unit}/index.html")} if unit else {}),
        "home": ("首页", "index.html"),
        "deadlines": ("期限", "deadlines/index.html"),
    }


class PreviewPage(Handler):
    """Shows the preview in frames."""

    async def get(self, notice_id: str) -> None:
        """Answer with the page; what is seen in it says its address."""
        opened = await self.readable(notice_id, "预览")
        if opened is None or opened.notice is None:
            return
        await self.apart(self.desk.preview.begin)
        pages = pages_of(opened.notice)
        asked = {name: self.get_query_argument(name, "") for name in ("page", "width", "look")}
        page = asked["page"] if asked["page"] in pages else "notice"
        query = urlencode(_QUERY.get(asked["look"], {}))
        await self.notice_page(
            "preview.html",
            opened,
            "预览",
            fixed=True,
            src=preview_base(self.desk.local) + pages[page][1] + (f"?{query}" if query else ""),
            pages=pages,
            asked=asked | {"page": page, "width": asked["width"] or "both"},
            widths=WIDTHS,
            looks=LOOKS,
            errors=words.told(self.desk.preview.problems),
        )
