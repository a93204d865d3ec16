"""Text boxes stand where a reader sees them: a title that hangs on the first paragraph is above it."""

from __future__ import annotations

import pytest

from generator.readers import read_document
from tests.readers.support import docx, paragraph, words

WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'


def _anchored(place: str, wrap: str = "wrapNone", inside: str = "标题") -> str:
    content = f"<w:txbxContent>{paragraph(inside)}</w:txbxContent>"
    drawing = f"<wp:anchor {WP}>{place}<wp:{wrap}/><wps:txbx>{content}</wps:txbx></wp:anchor>"
    fallback = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    choice = f'<mc:Choice Requires="wps"><w:drawing>{drawing}</w:drawing></mc:Choice>'
    return f"<w:r><mc:AlternateContent>{choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"


def _down(offset: int, base: str = "paragraph") -> str:
    return f'<wp:positionV relativeFrom="{base}"><wp:posOffset>{offset}</wp:posOffset></wp:positionV>'


def _vml(style: str) -> str:
    content = f"<w:txbxContent>{paragraph('标题')}</w:txbxContent>"
    return f'<w:r><w:pict><v:shape style="{style}"><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>'


ROWS = {
    "above its paragraph": (_anchored(_down(-900000)), "above"),
    "between lines, at the paragraph's top": (_anchored(_down(0), "wrapTopAndBottom"), "above"),
    "beside its paragraph": (_anchored(_down(0), "wrapSquare"), "below"),
    "below its paragraph": (_anchored(_down(600000), "wrapTopAndBottom"), "below"),
    "at the page's top": (_anchored(_down(900000, "page")), "above-first"),
    "in the top margin": (_anchored('<wp:positionV relativeFrom="topMargin"><wp:align>top</wp:align></wp:positionV>'),
                          "above-first"),
    "at the page's foot": (_anchored(_down(9000000, "page")), "below"),
    "aligned with the page's foot": (
        _anchored('<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'), "below"),
    "old, above": (_vml("position:absolute;margin-left:1pt;margin-top:-60.5pt;width:400pt"), "above"),
    "old, below": (_vml("position:absolute;margin-top:30pt;mso-position-vertical-relative:text"), "below"),
    "old, on the page": (_vml("position:absolute;margin-top:72pt;mso-position-vertical-relative:page"), "above-first"),
    "old, nothing said": (_vml("position:absolute"), "below"),
}  # fmt: skip


@pytest.mark.parametrize(("box", "place"), ROWS.values(), ids=ROWS)
def test_a_box_stands_where_it_is_seen(box: str, place: str) -> None:
    first = words(read_document(docx(paragraph(box, "正文一。") + paragraph("正文二。")), "x.docx"))
    assert first == (["标题", "正文一。"] if place.startswith("above") else ["正文一。", "标题"]) + ["正文二。"]
    later = words(read_document(docx(paragraph("正文一。") + paragraph(box, "正文二。")), "x.docx"))
    assert later == ["正文一。", *(["标题", "正文二。"] if place == "above" else ["正文二。", "标题"])]


def test_boxes_above_and_below_keep_their_order() -> None:
    boxes = [_anchored(_down(at), inside=inside) for at, inside in ((-9, "甲"), (600000, "丙"), (-5, "乙"))]
    document = read_document(docx(paragraph(*boxes, "正文。")), "x.docx")
    assert words(document) == ["甲", "乙", "正文。", "丙"]
