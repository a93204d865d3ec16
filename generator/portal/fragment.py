"""The notice as HTML that a platform's editor takes: no class, no script, no stylesheet, a few plain styles.

Editors of content platforms (TRS, 开普, UEditor and their kin) throw away classes, `style` elements and what they do
not know, and keep block elements, `strong`, plain tables with attributes, and simple styles. This uses nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.model.notice import Notice
from generator.model.vocabulary import STATUS_NAMES
from generator.portal.lines import SheetLine, SheetRun, lines_of

_BODY = "margin:0 0 0.5em;line-height:1.8;"
_STYLES = {
    "title": "margin:0 0 1em;line-height:1.4;text-align:center;",
    "addressee": _BODY,
    "heading": "margin:1em 0 0.5em;line-height:1.6;",
    "text": f"{_BODY}text-indent:2em;",
    "annex": f"{_BODY}text-indent:2em;",
    "signature": f"{_BODY}text-align:right;",
    "date": f"{_BODY}text-align:right;",
}
"""By the place of a paragraph."""
_CELL = "border:1px solid #999999;padding:6px;"


def fragment_of(notice: Notice, *, has_title: bool = True) -> str:
    """The words of the notice, whole; without the title for a platform that prints what its title field holds."""
    lines = (line for line in lines_of(notice) if has_title or line.place != "title")
    return "".join(f"{_element(line)}\n" for line in lines)


def _element(line: SheetLine) -> str:
    name = _name(line)
    id_ = f' id="{escape(line.anchor)}"' if line.anchor else ""
    words = "".join(_words(run, is_plain=name != "p") for run in line.runs)
    return f'<{name}{id_} style="{_STYLES[line.place]}">{words}</{name}>'


def _name(line: SheetLine) -> str:
    """The title is `h1`, headings follow; a heading that answers run on from is a paragraph."""
    if line.place == "title":
        return "h1"
    return f"h{line.level + 1}" if line.level and line.is_whole_heading else "p"


def _words(run: SheetRun, *, is_plain: bool) -> str:
    words = escape(run.text, quote=False)
    return words if is_plain or not (run.is_heading or run.is_label) else f"<strong>{words}</strong>"


def table_of(notice: Notice) -> str:
    """逐项对账 as a plain table: each issue with its status and its deadline; empty where there are no issues.

    It is ours, not the notice's: an editor may put it below the words, or leave it out.
    """
    if not notice.issues:
        return ""
    rows = "".join(f"{row}\n" for row in _rows(notice))
    return (
        '<table border="1" cellpadding="6" cellspacing="0" width="100%" style="border-collapse:collapse;">\n'
        f"{rows}</table>\n"
    )


def _rows(notice: Notice) -> Iterator[str]:
    yield _row("th", ("序号", "问题", "整改状态", "整改时限"))
    for number, issue in enumerate(notice.issues, 1):
        deadline = issue.deadline.iso if issue.deadline else "未载明"
        yield _row("td", (str(number), f"{issue.label}{issue.title}", STATUS_NAMES[issue.status], deadline))


def _row(cell: str, words: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f'<{cell} style="{_CELL}">{escape(one, quote=False)}</{cell}>' for one in words) + "</tr>"
