"""Values to HTML: Jinja templates with autoescape on and no undefined name forgiven."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import orjson
from markupsafe import Markup, escape

from generator.base.diagnostics import ContentError, Diagnostic
from generator.content.config import Config
from generator.model.checkable import facts_in
from generator.model.money_rules import MONEY_NAMES
from generator.model.notice import Role
from generator.model.personal_rules import KIND_NAMES as MASK_NAMES
from generator.model.phones import dialled
from generator.model.vocabulary import EDIT_NAMES, STATUS_CLASSES, STATUS_NAMES
from generator.pages.charts import bar_of
from generator.pages.ledger import yuan
from generator.pages.long_texts import clipped, eased
from generator.pages.overview import ContentPage
from generator.pages.page import NAVIGATION, Link, Page
from generator.pages.titles import lines_of, short
from generator.render.templating import Environment
from generator.render.traditional import FOLDER, LANGUAGE, has_edition, to_traditional
from generator.site.changes import KIND_NAMES
from generator.site.model import IssueRow

ROW_NAMES: Mapping[Role, str] = {
    "prose": "说明",
    "finding": "问题表现",
    "response": "整改情况",
    "status": "状态依据",
    "deadline": "整改时限",
    "responsible": "责任单位",
    "reason": "未完成原因",
    "next": "下一步措施",
    "accountability": "问责情况",
    "contact": "联系方式",
    "signature": "落款",
    "date": "日期",
    "annex": "附件",
    "addressee": "主送",
    "title": "标题",
}
"""What the site calls a row of an issue when the notice prints no role label."""

STATE_ICONS: Mapping[str, str] = {"over": "over", "due": "due", "answered": "copy", "done": "done"}
"""The icon of a promise, and the class that colours it; what is answered has no colour of its own."""

TYPE_NAMES = {"text": "文字", "date": "日期", "integer": "整数", "number": "数", "list": "列表"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The same page in the other script."""

    lang: str
    text: str
    href: str
    """Relative to the root of the edition that links to it."""


class Renderer:
    """Renders the pages of one site."""

    def __init__(
        self,
        config: Config,
        folders: Sequence[Path],
        contents: Sequence[ContentPage],
        as_of: dt.date | None,
        *,
        records: Sequence[Link] = (),
        preview: bool = False,
    ) -> None:
        self._env = _environment(tuple(folders), _stamp(folders))
        columns = config.columns
        self._names = {name: getattr(columns, name) for name in type(columns).__slots__}
        self._common = {
            "as_of": as_of,
            "config": config,
            "column_names": self._names,
            "contents": tuple(Link(href=content.path, text=content.title) for content in contents),
            "issue_rows": _IssueRows(self._env),
            "preview": preview,
            "records": tuple(records),
            "navigation": NAVIGATION,
        }
        self._traditional = config.traditional

    def page(self, page: Page, root: str | None = None, json_ld: Mapping[str, Any] | None = None) -> str:
        """The HTML of a page. Raises ContentError for a fault in a template.

        `root` is what leads to the site's root. The page of a wrong address is shown at any address: it needs the
        root's path.
        """
        other = Edition(lang=LANGUAGE, text="繁體", href=FOLDER + page.path)
        twin = other if self._traditional and has_edition(page.path) else None
        html = self._render(page, page.root if root is None else root, lang="zh-CN", edition=twin, json_ld=json_ld)
        return eased(_with_its_symbols(html), is_whole=page.is_whole)

    def traditional(self, page: Page) -> str:
        """The HTML of the page's 繁體 twin."""
        edition = Edition(lang="zh-CN", text="简体", href="../" + page.path)
        html = self._render(page, page.root, lang=LANGUAGE, edition=edition, json_ld=None)
        return eased(to_traditional(_with_its_symbols(html), page.path), is_whole=page.is_whole)

    def _render(self, page: Page, root: str, **more: object) -> str:
        try:
            return self._env.get_template(page.template).render(
                self._common,
                page=page,
                v=page.value,
                root=root,
                column_name=self._names[page.column],
                **more,
            )
        except Exception as error:  # a template is an editor's code: whatever it raises is theirs to fix
            raise ContentError([_template_problem(error, page.template)]) from error


_ROWS = 100_000
"""Rows that are kept, of half a kB each: pages that show the same issues follow each other (pages/issues.py)."""


class _IssueRows:
    """Rows of issues as lists show them: that of an issue is in four lists at least, and is made once or twice.

    Once with its status and once without, for the list of that status. A page's way to the root is put in last. What
    stands for it holds a `<`, which no text of a row does.
    """

    _ROOT = Markup("<root>")

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._made: dict[tuple[int, bool], tuple[IssueRow, str]] = {}

    def __call__(self, root: str, rows: Iterable[IssueRow], is_mixed: bool) -> Markup:
        """Their HTML; rows of a list that `is_mixed` have their status each."""
        made = "".join([self._row(row, is_mixed=is_mixed) for row in rows])
        return Markup(made.replace(self._ROOT, escape(root)))  # noqa: S704 - all escaped

    def _row(self, row: IssueRow, *, is_mixed: bool) -> str:
        kept = self._made.get((id(row), is_mixed))  # the row is kept with its HTML, so that no other gets its id
        if kept is None:
            if len(self._made) > _ROWS:
                self._made.clear()
            macros: Any = self._env.get_template("components.html").module
            html = macros.row_of_notice(self._ROOT, row.item, row.issue, row.due, is_mixed)
            kept = self._made[id(row), is_mixed] = (row, str(html))
        return kept[1]


@functools.lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...], _: tuple[tuple[str, int], ...]) -> Environment:
    env = Environment(folders)
    env.policies.update({"json.dumps_function": _json, "json.dumps_kwargs": {}})
    env.filters.update(
        basename=lambda name: name.rpartition("/")[2],
        bar_of=bar_of,
        checkable=checkable,
        chinese=chinese,
        clipped=clipped,
        dialled=dialled,
        filesize=filesize,
        jiucuo=_jiucuo,
        lines_of=lines_of,
        numbered=numbered,
        yuan=yuan,
        mail_address=mail_address,
        safe_html=Markup,
        short=short,
        thousands=thousands,
    )
    env.globals.update(
        CHANGE_NAMES=KIND_NAMES,
        EDIT_NAMES=EDIT_NAMES,
        MASK_NAMES=MASK_NAMES,
        MONEY_NAMES=MONEY_NAMES,
        ROW_NAMES=ROW_NAMES,
        STATE_ICONS=STATE_ICONS,
        STATUS_CLASSES=STATUS_CLASSES,
        STATUS_NAMES=STATUS_NAMES,
        TYPE_NAMES=TYPE_NAMES,
    )
    _make_once(env)
    return env


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


_SYMBOL = re.compile(r'^<(symbol|pattern) id="([a-z-]+)".*</\1>\n', re.MULTILINE)
_SHOWN = re.compile("#([a-z-]+)")
_SPRITE_END = "</defs></svg>\n"
_DRAWN_LATER = {"i-over": "i-due"}
"""Symbols that a script may put in place of another one: what was due has passed."""


def _with_its_symbols(html: str) -> str:
    """The page with those symbols of the sprite alone that something on it may show.

    That is known of the program's sprite. Of one that a site wrote otherwise what cannot be told stays: a symbol that
    has no line for itself, or all where no `defs` end. No words of a notice are looked through for symbols: they hold
    no `<`.
    """
    sprite, end, rest = html.partition(_SPRITE_END)
    if not end:
        return html
    shown = set(_SHOWN.findall(rest))

    def kept(found: re.Match[str]) -> str:
        name = found[2]
        return found[0] if name in shown or _DRAWN_LATER.get(name) in shown else ""

    return _SYMBOL.sub(kept, sprite) + end + rest


_MARKS = "marks.html"
_ICONS = ("done", "ongoing", "long", "unstated", "over", "due", "search", "link", "print", "down", "copy")


def _make_once(env: Environment) -> None:
    """Set down the icons, chips and status marks: a long page would make them a thousand times."""
    try:
        marks: Any = env.get_template(_MARKS).module
        env.globals["ICONS"] = {name: marks.icon(name) for name in _ICONS}
        env.globals["CHIPS"] = {status: marks.chip(status) for status in STATUS_NAMES}
        env.globals["STATS"] = {status: marks.stat(status) for status in STATUS_NAMES}
    except Exception as error:  # as for a page
        raise ContentError([_template_problem(error, _MARKS)]) from error


def _stamp(folders: Sequence[Path]) -> tuple[tuple[str, int], ...]:
    """Changes when a template does: an environment keeps what it compiled, and what the marks made."""
    return tuple((str(path), path.stat().st_mtime_ns) for folder in folders for path in sorted(folder.glob("*.html")))


def checkable(text: str) -> Markup:
    """Words in which what can be checked (可核实要素) is marked; the words themselves are not changed."""
    parts: list[Markup] = []
    end = 0
    for fact in facts_in(text):
        parts += (escape(text[end : fact.start]), Markup("<b>"), escape(text[fact.start : fact.end]), Markup("</b>"))
        end = fact.end
    return Markup("").join((*parts, escape(text[end:])))


def chinese(day: dt.date) -> str:
    """2025年11月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(words: str) -> str:
    r"""Words of a source, what has no shape in them by its number; other words are as they are.

    >>> numbered("整\x01\u200b改")
    '整U+0001 U+200B改'
    """
    return _SHAPELESS.sub(lambda found: " ".join(f"U+{ord(char):04X}" for char in found[0]), words)


_SHAPELESS = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]+"
)


def thousands(number: int) -> str:
    """1,693."""
    return f"{number:,}"


def filesize(size: int) -> str:
    """A number of bytes in kB or MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


_ID_CODE = re.compile(r"bm\d{8}|\d{10}", re.ASCII)


@jinja2.pass_context
def _jiucuo(context: jinja2.runtime.Context, page: Page) -> str:
    """The address of 政府网站找错 for a page; without a real SiteIDCode its entry page."""
    config: Config = context["config"]
    base = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html"
    if not _ID_CODE.fullmatch(config.id_code):
        return base
    return f"{base}?site_code={config.id_code}&url={quote(config.base_url + page.path, safe='')}"


def _template_problem(error: Exception, template: str) -> Diagnostic:
    name, line = template, 0
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line = error.name or template, error.lineno
    else:
        trace = error.__traceback__
        while trace:
            file = trace.tb_frame.f_code.co_filename
            if file.endswith(".html"):
                name, line = file.rpartition("/")[2], trace.tb_lineno
            trace = trace.tb_next
    return Diagnostic(
        code="template",
        file=f"templates/{name}",
        line=line,
        message=f"{type(error).__name__}: {error}",
        hint="The names that a template may use are in the docstrings of generator/pages.",
    )


def mail_address(text: str) -> str:
    """A mail address as it follows mailto: (RFC 6068): what would be another field of the mail is encoded."""
    return quote(text.strip(), safe="@+")
