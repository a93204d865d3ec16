"""Inside a paragraph of Word: runs, tracked changes, fields, symbols, and marks of notes and comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from lxml import etree

from generator.readers.draft import Draft
from generator.readers.word.fields import Field, drawn
from generator.readers.word.ooxml import child, is_on, tag, value
from generator.readers.word.styles import Styles
from generator.readers.word.symbols import FONTS, symbol

_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
SKIPPED = frozenset(
    {"", "w:pPr", "w:rPr", "w:sdtPr", "w:rt", "w:tblPr", "w:sectPr", "w:trPr", "w:tcPr", "w:delText", "w:delInstrText"}
)
"""Elements that say how words look, or hold words that are not shown."""


_LARGE = 3_600_000
"""Ten centimetres, in the units of drawings: the shorter side of a picture that may be a page."""


class Inline:
    """Gathers the words of paragraphs; keeps what outlasts one: open fields, and how many notes there were."""

    def __init__(self, draft: Draft, styles: Styles) -> None:
        self._draft = draft
        self._styles = styles
        self._fields: list[Field] = []
        self._hidden = False
        self.style: str | None = None
        """Of the paragraph."""
        self.words: list[str] = []
        """Of more than one paragraph where the mark between them was deleted."""
        self.boxes: list[etree._Element] = []
        """Text boxes that hang on the paragraph."""
        self.left_out: Counter[str] = Counter()
        """What was left out or changed, by the keys of LEFT_OUT, in characters or pieces."""
        self.notes: list[tuple[str, str | None]] = []
        """Kind and id of the notes, in the order of their marks."""

    def read(self, element: etree._Element) -> None:
        """Appends the words inside an element, in order."""
        for inner in element:
            name = tag(inner)
            if name in _CHARACTERS:
                self.emit(_CHARACTERS[name])
            elif name in _HANDLERS:
                _HANDLERS[name](self, inner)
            elif name not in SKIPPED:
                self.read(inner)

    def emit(self, words: str) -> None:
        """Adds words to the paragraph, or to the field that is being read; not when they are hidden."""
        if self._hidden:
            self.left_out["hidden"] += len(words)
            return
        for one in reversed(self._fields):
            if not one.in_result:
                one.parts.append(words)
                return
            if one.is_set_aside:
                one.aside.append(words)
                return
        self.words.append(words)

    def text(self, element: etree._Element) -> None:
        """Words as they stand."""
        self.emit((element.text or "").replace("\n", " "))

    def run(self, run: etree._Element) -> None:
        """Words of one format, which may be hidden or of a symbol font."""
        properties = child(run, "w:rPr")
        hidden = is_on(child(properties, "w:vanish"))
        for style in (value(child(properties, "w:rStyle")), self.style):
            hidden = self._styles.hides(style) if hidden is None else hidden
        outer, self._hidden = self._hidden, bool(hidden)
        font = (value(child(properties, "w:rFonts"), "ascii") or "").lower()
        if font in FONTS:
            for inner in run:
                for char in (inner.text or "").strip() if tag(inner) == "w:t" else "":
                    self._sign(char, font)
        else:
            self.read(run)
        self._hidden = outer

    def _sign(self, char: str, font: str) -> None:
        """Adds a character of a symbol font."""
        shown = symbol(char, font) or char
        if shown != char:
            self._draft.edit("symbol", char, shown)
        self.emit(shown)

    def symbol(self, element: etree._Element) -> None:
        """A character given by the font that draws it."""
        try:
            char = chr(int(value(element, "char") or "", 16))
        except (ValueError, OverflowError):
            return
        self._sign(char, value(element, "font") or "")

    def deleted(self, element: etree._Element) -> None:
        """Words that a tracked change takes away."""
        self.left_out["deleted"] += sum(len(text) for text in element.itertext())

    def inserted(self, element: etree._Element) -> None:
        """Words that a tracked change adds."""
        before = len(self.words)
        self.read(element)
        if added := sum(map(len, self.words[before:])):
            self.left_out["inserted"] += added

    def comment(self, _: etree._Element) -> None:
        """A mark where a comment hangs."""
        self.left_out["comments"] += 1

    def alternatives(self, element: etree._Element) -> None:
        """Only the first of several alternatives is shown; the others say the same for older programs."""
        if len(element):
            self.read(element[0])

    def drawing(self, element: etree._Element) -> None:
        """A drawing: the text boxes in it are read; a picture large enough to be a page of text is counted."""
        self.read(element)
        size = next((one for one in element.iter() if tag(one) == ":extent"), None)
        is_large = size is not None and all(_length(size, side) > _LARGE for side in ("cx", "cy"))
        if is_large and not self._hidden and any(tag(one) == ":pic" for one in element.iter()):
            self.left_out["pictures"] += 1

    def box(self, element: etree._Element) -> None:
        """A text box; it is read after the paragraph that it hangs on."""
        self.boxes.append(element)

    def note(self, element: etree._Element) -> None:
        """A mark of a footnote or an endnote."""
        if self._hidden:
            return
        self.notes.append((tag(element)[2:].removesuffix("Reference"), value(element, "id")))
        self._draft.edit("auto-number", "", f"[{len(self.notes)}]")
        self.emit(f"[{len(self.notes)}]")

    # --------------------------------------------------------------------------------------------------------- fields

    def field_mark(self, element: etree._Element) -> None:
        """Where a field begins, shows its result, or ends."""
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].end_instruction()
        elif kind == "end" and self._fields:
            self._end_field(self._fields.pop())

    def instruction(self, element: etree._Element) -> None:
        """What a field is told to show."""
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].parts.append(element.text or "")

    def simple_field(self, element: etree._Element) -> None:
        """A field whose instruction is an attribute."""
        one = Field(parts=[value(element, "instr") or ""])
        one.end_instruction()
        self._fields.append(one)
        self.read(element)
        self._end_field(self._fields.pop())

    def _end_field(self, one: Field) -> None:
        instruction = one.instruction
        shown = drawn(instruction)
        if shown is not None:
            self._draft.edit("field-residue", instruction, shown)
            self.emit(shown)
        elif one.is_set_aside:
            self._draft.edit("contents-removed", " ".join("".join(one.aside).split()))
        elif one.name == "EQ" and not one.in_result:
            self._draft.flag("field-unread", instruction[:60], "Word 画出的域不能读成文字，请对照原件。")


def _length(element: etree._Element, side: str) -> int:
    text = element.get(side, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


_HANDLERS: dict[str, Callable[[Inline, etree._Element], None]] = {
    "w:t": Inline.text,
    "m:t": Inline.text,
    "w:r": Inline.run,
    "w:sym": Inline.symbol,
    "w:del": Inline.deleted,
    "w:moveFrom": Inline.deleted,
    "w:ins": Inline.inserted,
    "w:moveTo": Inline.inserted,
    "w:commentReference": Inline.comment,
    "mc:AlternateContent": Inline.alternatives,
    "w:drawing": Inline.drawing,
    "w:txbxContent": Inline.box,
    "w:footnoteReference": Inline.note,
    "w:endnoteReference": Inline.note,
    "w:fldChar": Inline.field_mark,
    "w:fldSimple": Inline.simple_field,
    "w:instrText": Inline.instruction,
}
