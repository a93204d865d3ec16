"""PDF files: what is seen on their pages, all of it, nothing else. The files are written by hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from generator.readers import Document, inline_marks, read_document
from generator.readers.limits import LIMITS
from generator.readers.pdf import worker
from generator.readers.pdf.lines import DrawnRun, column_lines
from generator.readers.pdf.reader import document_of, why_recognise
from tests.readers.support import check_promises, words
from tests.readers.test_pdf import pdf

_FACE = "/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 7 0 R"
_LOOK = "/Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/StemV 58"
FONT = [
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
    f"<<{_FACE}/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>",
    f"<<{_LOOK}/Ascent 752/Descent -271>>",
]
LINES = [
    "某局党组关于县委第五轮巡察整改进展情况的通报",
    "根据统一部署，现公布如下。",
    "（一）关于台账不实的问题",
]


def shown(text: str, x: float, y: float, *, size: float = 14, before: str = "") -> str:
    """The operators that draw a text."""
    return f"{before} BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


BODY = "\n".join(shown(text, 80, 740 - 30 * row, size=14 if row else 18) for row, text in enumerate(LINES))


def page(content: str, *, more: str = "", resources: str = "", objects: tuple[str, ...] = (), box: str = "") -> bytes:
    """A page with the three lines and further content; further objects count from 8."""
    stream = f"{BODY}\n{content}"
    inside = f"/MediaBox[0 0 595 842]{box}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{resources}>>"
    return pdf(
        [
            f"<</Type/Catalog/Pages 2 0 R{more}>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            f"<</Type/Page/Parent 2 0 R{inside}>>",
            f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
            *FONT,
            *objects,
        ]
    )


@cache
def _library() -> None:
    worker.pdfium.FPDF_InitLibrary()


def read(data: bytes) -> Document:
    """What read_document makes of the file, but in this process: to begin another takes longer than all else."""
    _library()
    said = list(worker.pages_of(data, LIMITS["pages"].most, LIMITS["pdf-characters"].most))
    pages = json.loads(json.dumps(said))
    assert why_recognise(pages) is None
    document = document_of(pages)
    check_promises(document)
    return document


def codes(document: Document) -> list[str]:
    return [one.code for one in document.anomalies]


def test_the_plain_page() -> None:
    data = page(shown("整改情况：已完成。", 80, 600))
    document = read(data)
    assert words(document) == [*LINES, "整改情况：已完成。"]
    assert not document.anomalies
    assert read_document(data, "x.pdf") == document


SECRET = shown("起草人某某", 80, 600)


def in_layer(state: str) -> bytes:
    layers = f"/OCProperties<</OCGs[8 0 R]/D<</BaseState/ON/{state}[8 0 R]>>>>"
    content = f"/OC /L BDC {SECRET} EMC"
    return page(content, more=layers, resources="/Properties<</L 8 0 R>>", objects=("<</Type/OCG/Name(x)>>",))


@pytest.mark.parametrize(
    "data",
    [
        page(f"1 g {SECRET} 0 g"),
        page(f"0.98 0.99 0.97 rg {SECRET} 0 g"),
        page(f"0 g 70 590 200 30 re f {SECRET}"),
        page(f"{SECRET} 0 g 70 590 200 30 re f"),
        page(f"{SECRET} 0.5 g 70 590 200 30 re f"),
        page(f"{SECRET} 1 g 70 590 200 30 re f"),
        page(f"q 3 Tr {SECRET} Q"),
        page(f"q 7 Tr {SECRET} Q"),
        page(f"q 1 Tr 1 G {SECRET} Q"),
        page(f"q /T gs {SECRET} Q", resources="/ExtGState<</T<</ca 0>>>>"),
        page(shown("起草人某某", 80, -40)),
        page(shown("起草人某某", 900, 600)),
        page(SECRET, box="/CropBox[0 640 595 842]"),
        page(f"q 0 0 10 10 re W n {SECRET} Q"),
        in_layer("OFF"),
    ],
    ids=["white", "nearly-white", "black-on-black", "bar", "grey-bar", "white-bar", "invisible", "clip-mode",
         "white-stroke", "no-opacity", "below", "beside", "crop-box", "clipped", "layer"],
)  # fmt: skip
def test_words_that_nobody_sees_are_left_out_and_counted(data: bytes) -> None:
    document = read(data)
    assert words(document) == LINES
    assert [(one.code, one.message[-14:]) for one in document.anomalies] == [
        ("hidden-text", "有5个看不见的字，没有采用。")
    ]
    assert [(edit.kind, edit.before) for edit in document.edits] == [("hidden-removed", "")]
    assert "起草" not in repr(document)


@pytest.mark.parametrize(
    "content",
    [
        "1 0 0 rg 70 590 200 30 re f 1 g {} 0 g",
        "1 1 0 rg 70 590 200 30 re f 0 g {}",
        "0.8 g {} 0 g",
        "{} q /T gs 70 590 200 30 re f Q",
        "{} 0 g 70 560 200 20 re f",
        "{} 70 590 200 30 re S",
        "q 60 580 400 60 re W n {} Q",
        "q 2 Tr {} Q",
    ],
    ids=["white-on-red", "marked", "grey", "see-through", "beside", "frame", "inside-clip", "bold"],
)
def test_words_that_are_seen_stay(content: str) -> None:
    document = read(page(content.format(SECRET), resources="/ExtGState<</T<</ca 0.3>>>>"))
    assert words(document) == [*LINES, "起草人某某"]
    assert not document.anomalies


def test_words_in_a_layer_that_is_on_are_seen() -> None:
    assert words(read(in_layer("ON")))[-1] == "起草人某某"


def test_a_name_under_a_bar_is_counted_at_its_place() -> None:
    data = page(shown("对村会计某甲乙立案审查。", 80, 600) + " 0 g 137 595 40 20 re f")
    document = read(data)
    assert read_document(data, "x.pdf") == document
    assert words(document)[-1] == "对村会计立案审查。"
    assert [(one.code, one.line, one.message) for one in document.anomalies] == [
        ("hidden-text", 4, "此处有3个看不见的字，没有采用。")
    ]


IMAGE = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
IMAGE += "\nstream\n{}\nendstream"
PICTURE = "/XObject<</I 8 0 R>>"


@pytest.mark.parametrize(
    "content",
    [
        "q 595 0 0 842 0 0 cm /I Do Q q 3 Tr {} Q",
        "{} q 595 0 0 842 0 0 cm /I Do Q",
        "q 3 Tr {} Q q 560 0 0 800 9 9 cm /I Do Q",
    ],
    ids=["invisible-over", "under", "invisible-under"],
)
def test_the_layer_of_a_scanner_is_told(content: str) -> None:
    data = page(content.format(shown("整改情况：已完成。", 80, 600)), resources=PICTURE, objects=(IMAGE.format("x"),))
    document = read(data)
    assert words(document) == [*LINES, "整改情况：已完成。"]
    assert codes(document) == ["ocr"]


def test_a_picture_among_the_text_is_told_and_a_seal_is_not() -> None:
    table, seal = ("q {} 0 0 {} 100 300 cm /I Do Q".format(*size) for size in ((400, 150), (120, 120)))
    objects = (IMAGE.format("x"),)
    assert codes(read(page(table, resources=PICTURE, objects=objects))) == ["unread-part"]
    assert codes(read(page(seal, resources=PICTURE, objects=objects))) == []


# ------------------------------------------------------------------------------------------------ crossed out, raised


@pytest.mark.parametrize(
    "line",
    [
        "1 w 150 604 m 220 604 l S",
        "150 603.5 70 1 re f",
        "0.5 w 150 605 m 220 605 l S",
        "1 0 0 RG 2 w 150 604 m 220 604 l S",
    ],
)
def test_words_with_a_line_through_them_are_kept_and_told(line: str) -> None:
    document = read(page(shown("台账核对，已完成整改拟于3月完成。", 80, 600) + " " + line))
    assert words(document)[-1] == "台账核对，已完成整改拟于3月完成。"
    assert [span.of(document.text) for span in document.struck] == ["已完成整改"]
    assert codes(document) == ["struck-out"]


@pytest.mark.parametrize(
    "line", ["1 w 150 597 m 220 597 l S", "1 w 150 616 m 220 616 l S", "1 w 300 620 m 300 560 l S"]
)
def test_a_line_below_above_or_beside_words_is_no_line_through_them(line: str) -> None:
    assert not read(page(shown("台账核对，已完成整改拟于3月完成。", 80, 600) + " " + line)).struck


def test_digits_above_and_below_their_line_are_marked() -> None:
    runs = [DrawnRun("占地1.6×10", 0, 100, 700, 14), DrawnRun("4", 101, 105, 705, 8), DrawnRun("亩", 106, 120, 700, 14)]
    assert column_lines(runs)[0].text == f"占地1.6×10{inline_marks.raised('4')}亩"
    runs = [DrawnRun("排放CO", 0, 50, 700, 14), DrawnRun("2", 51, 55, 698, 8), DrawnRun("减少", 56, 84, 700, 14)]
    assert column_lines(runs)[0].text == f"排放CO{inline_marks.lowered('2')}减少"
    small = [DrawnRun("共", 0, 14, 700, 14), DrawnRun("12", 15, 25, 700, 9), DrawnRun("项", 26, 40, 700, 14)]
    assert column_lines(small)[0].text == "共12项"


# ----------------------------------------------------------------------------------------------- what lies over a page


def hex_of(text: str) -> str:
    return "FEFF" + text.encode("utf-16-be").hex()


def with_note(note: str, *objects: str, more: str = "", content: str = "") -> bytes:
    return page(
        content, box="/Annots[8 0 R]", more=more, objects=(f"<</Type/Annot/Rect[80 595 480 618]{note}>>", *objects)
    )


FORM = "/AcroForm<</Fields[8 0 R]>>"
DRAWN = (
    "<</Type/XObject/Subtype/Form/BBox[0 0 400 23]/Resources<</Font<</F 5 0 R>>>>/Length {}>>\nstream\n{}\nendstream"
)


def drawing(text: str) -> str:
    stream = shown(text, 2, 6)
    return DRAWN.format(len(stream), stream)


@pytest.mark.parametrize(
    "data",
    [
        with_note(f"/Subtype/FreeText/DA(/F 14 Tf)/Contents<{hex_of('追缴3.1万元。')}>"),
        with_note("/Subtype/FreeText/AP<</N 9 0 R>>/Contents<00>", drawing("追缴3.1万元。")),
        with_note(f"/Subtype/Widget/FT/Tx/T(a)/F 4/DA(/F 12 Tf)/V<{hex_of('追缴3.1万元。')}>", more=FORM),
        with_note("/Subtype/Widget/FT/Tx/T(a)/F 4/V(x)/AP<</N 9 0 R>>", drawing("追缴3.1万元。"), more=FORM),
        with_note("/Subtype/Stamp/F 4/AP<</N 9 0 R>>", drawing("追缴3.1万元。")),
    ],
    ids=["typed", "typed-drawn", "form", "form-drawn", "stamp"],
)
def test_words_that_lie_over_the_page_are_read_at_their_place(data: bytes) -> None:
    document = read(data)
    assert words(document) == [*LINES, "追缴3.1万元。"]
    assert codes(document) == ["added-text"]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (f"/Subtype/Text/Contents<{hex_of('此处待核')}>", ["comment"]),
        (f"/Subtype/FreeText/F 2/Contents<{hex_of('此处待核')}>", []),
        (f"/Subtype/Popup/Contents<{hex_of('此处待核')}>", []),
        ("/Subtype/Widget/FT/Tx/T(a)/V()", []),
    ],
    ids=["remark", "hidden", "popup", "empty-form"],
)
def test_what_nobody_sees_of_it_stays_out(note: str, told: list[str]) -> None:
    document = read(with_note(note, more=FORM))
    assert words(document) == LINES
    assert codes(document) == told
    assert "待核" not in repr(document)


def test_a_remark_that_crosses_words_out() -> None:
    quads = "/QuadPoints[150 614 220 614 150 597 220 597]"
    data = with_note(f"/Subtype/StrikeOut{quads}", content=shown("台账核对，已完成整改拟于3月完成。", 80, 600))
    document = read(data)
    assert [span.of(document.text) for span in document.struck] == ["已完成整改"]


def test_a_box_that_somebody_laid_over_a_name_covers_it() -> None:
    box = "<</Type/XObject/Subtype/Form/BBox[0 0 400 23]/Length 17>>\nstream\n0 g 0 0 400 23 re f\nendstream".replace(
        "17", "19"
    )
    document = read(with_note("/Subtype/Square/AP<</N 9 0 R>>", box, content=SECRET))
    assert words(document) == LINES
    assert codes(document) == ["hidden-text"]


@pytest.mark.parametrize("spacing", [3, 7, 9, 14, 25])
def test_words_that_are_spaced_out_are_words(spacing: int) -> None:
    line = f"{spacing} Tc {shown('二、下一步打算', 80, 600)} 0 Tc"
    assert words(read(page(line)))[-1] == "二、下一步打算"


def test_cells_at_uneven_distances_are_cells() -> None:
    runs = [DrawnRun(text, x, x + 14, 700, 14) for text, x in (("是", 0), ("否", 40), ("是", 120), ("否", 160))]
    assert column_lines(runs)[0].text == "是 否\t是 否"


# --------------------------------------------------------------------------------------------------- tables of contents


@pytest.mark.parametrize("leaders", ["………………………………", "........................", "·······················"])
def test_a_table_of_contents_is_set_aside(leaders: str) -> None:
    entries = [f"一、整改落实情况{leaders}2", f"（一）关于台账不实的问题{leaders}12", f"二、下一步打算{leaders}3"]
    rows = ["目　录", *entries, "现将整改情况公布如下。"]
    document = read(page(" ".join(shown(text, 80, 600 - 24 * row, size=10) for row, text in enumerate(rows))))
    assert [block.kind for block in document.blocks] == [*["paragraph"] * 3, *["contents"] * 4, "paragraph"]


def test_the_marks_of_the_worker_are_those_of_the_readers() -> None:
    source = Path(inline_marks.__file__).with_name("pdf") / "worker.py"
    assert '_STRUCK, _STRUCK_END, _UNSEEN = "\\ufdd0\\ufdd1\\ufdd2"' in source.read_text("utf-8")
    assert (inline_marks.STRUCK, inline_marks.STRUCK_END, inline_marks.UNSEEN) == ("\ufdd0", "\ufdd1", "\ufdd2")
