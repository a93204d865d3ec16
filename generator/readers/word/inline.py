"""Inside a paragraph of Word: runs, tracked changes, fields, symbols, and marks of notes and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from generator.readers import inline_marks
from generator.readers.draft import Draft
from generator.readers.word.fields import SET_ASIDE, Field, drawn, form_state, is_prose
from generator.readers.word.ooxml import child, is_on, tag, value
from generator.readers.word.styles import Look, Styles, look_of
from generator.readers.word.symbols import FONTS, symbol

_CHARACTERS = {"a:br": "\n", "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
SKIPPED = frozenset(
    {"", "w:pPr", "w:rPr", "w:sdtPr", "w:rt", "w:tblPr", "w:sectPr", "w:trPr", "w:tcPr", "w:delText", "w:delInstrText"}
)
"""Elements that say how words look, or hold words that are not shown."""


_POINT = 12_700
"""A point, in the units of drawings."""
_LONG, _SHORT = 6 * 28, 2 * 28
"""Points of the sides of a picture that may hold words, six by two centimetres; seals and photographs of people are
smaller."""
_SIDE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})(pt|in|cm|mm|px)?")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}


class Note(NamedTuple):
    """The mark of a footnote or an endnote."""

    kind: str
    id: str | None
    number: int
    """0: it has a sign of its own."""


class Inline:
    """Gathers the words of paragraphs; keeps what outlasts one: open fields, and how many notes there were."""

    def __init__(self, draft: Draft, styles: Styles) -> None:
        self._draft = draft
        self._styles = styles
        self._fields: list[Field] = []
        self._look = Look()
        self._is_seen = True
        self.style: str | None = None
        """Of the paragraph."""
        self.has_backdrop = False
        """Whether something coloured lies behind the paragraph."""
        self.unended: frozenset[etree._Element] = frozenset()
        """Marks that begin a field which never ends."""
        self.words: list[str] = []
        """Of more than one paragraph where the mark between them was deleted."""
        self.boxes: list[etree._Element] = []
        """Text boxes and other drawn words that hang on the paragraph."""
        self.left_out: Counter[str] = Counter()
        """What was left out or changed, by the keys of LEFT_OUT, in characters or pieces."""
        self.notes: list[Note] = []
        """In the order of their marks."""

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
        """Adds words as they look to the paragraph, or to the field that is being read."""
        if not self._is_seen:
            words = inline_marks.unseen(words)
        elif self._look.is_struck:
            words = inline_marks.struck(words)
        for one in reversed(self._fields):
            if not one.in_result:
                one.parts.append(words)
                return
            if one.is_set_aside:
                one.aside.append(words)
                return
            one.shows = one.shows or bool(words.strip())
        self.words.append(words)

    def text(self, element: etree._Element) -> None:
        """Words as they stand."""
        words = inline_marks.foreign(element.text or "").replace("\n", " ")
        if self._look.position == "superscript":
            words = inline_marks.raised(words)
        elif self._look.position == "subscript":
            words = inline_marks.lowered(words)
        self.emit(words)

    def over(self, element: etree._Element) -> None:
        """What stands above its base in a formula."""
        self._shifted(element, "superscript")

    def under(self, element: etree._Element) -> None:
        """What stands below its base in a formula."""
        self._shifted(element, "subscript")

    def _shifted(self, element: etree._Element, position: str) -> None:
        outer, self._look = self._look, Look(position=position).over(self._look)
        self.read(element)
        self._look = outer

    def denominator(self, element: etree._Element) -> None:
        """What a fraction divides by."""
        self.emit("/")
        self.read(element)

    def run(self, run: etree._Element) -> None:
        """Words of one format, which may be hidden, crossed out, or of a symbol font."""
        properties = child(run, "w:rPr")
        outer = self._look, self._is_seen
        look = look_of(properties).over(self._styles.look(value(child(properties, "w:rStyle"))))
        self._look = look.over(self._styles.look(self.style))
        self._is_seen = self._look.is_seen(has_backdrop=self.has_backdrop)
        font = (value(child(properties, "w:rFonts"), "ascii") or "").lower()
        if font in FONTS:
            for inner in run:
                for char in (inner.text or "").strip() if tag(inner) == "w:t" else "":
                    self._sign(char, font)
        else:
            self.read(run)
        self._look, self._is_seen = outer

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
        """A drawing: the text boxes in it are read; a picture large enough to hold words is counted."""
        self.read(element)
        size = next((one for one in element.iter() if tag(one) == ":extent"), None)
        if size is not None and any(tag(one) == ":pic" for one in element.iter()):
            self._picture(_length(size, "cx") / _POINT, _length(size, "cy") / _POINT)

    def old_picture(self, element: etree._Element) -> None:
        """A picture of VML, its size in the style of the shape that holds it."""
        shape = element.getparent()
        sides = _SIDE.findall(shape.get("style", "")[:500]) if shape is not None else ()
        width, height = (
            sum(float(size) * _UNITS.get(unit, 1.0) for name, size, unit in sides if name == side and _is_number(size))
            for side in ("width", "height")
        )
        self._picture(width, height)

    def _picture(self, width: float, height: float) -> None:
        if self._is_seen and max(width, height) > _LONG and min(width, height) > _SHORT:
            self.left_out["pictures"] += 1

    def chart(self, _: etree._Element) -> None:
        """A chart, whose words are drawn from a part of its own."""
        self.left_out["charts"] += 1

    def embedded(self, _: etree._Element) -> None:
        """A worksheet or another object of another program: what is shown of it is a picture."""
        self.left_out["parts"] += 1

    def control(self, element: etree._Element) -> None:
        """A control with content; one that nobody filled in shows a prompt."""
        if is_unfilled(element):
            self.left_out["prompts"] += 1
        self.read(element)

    def box(self, element: etree._Element) -> None:
        """A text box or other drawn words; they are read after the paragraph that they hang on."""
        if self._is_seen:
            self.boxes.append(element)

    def note(self, element: etree._Element) -> None:
        """A mark of a footnote or an endnote: the next number, or a sign of its own, which follows as text."""
        if not self._is_seen:
            return
        own = value(element, "customMarkFollows") in ("1", "true", "on")
        count = sum(1 for mark in self.notes if mark.number) + 1
        self.notes.append(Note(tag(element)[2:].removesuffix("Reference"), value(element, "id"), 0 if own else count))
        if not own:
            self._draft.edit("auto-number", "", f"[{count}]")
            self.emit(f"[{count}]")

    # --------------------------------------------------------------------------------------------------------- fields

    def field_mark(self, element: etree._Element) -> None:
        """Where a field begins, shows its result, or ends."""
        kind = value(element, "fldCharType")
        if element in self.unended:
            self.left_out["fields"] += 1
        elif kind == "begin":
            self._fields.append(Field(form=form_state(element)))
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

    def end_contents(self) -> None:
        """Ends, at the end of a paragraph, a table of contents that has run into the text: its end mark is lost."""
        for one in self._fields:
            if one.is_set_aside and one.name in SET_ASIDE:
                start, one.listed = one.listed, len(one.aside)
                if is_prose("".join(one.aside[start:])):
                    self.words += one.aside[start:]
                    del one.aside[start:]
                    one.is_set_aside = False
                    self._draft.edit("contents-removed", " ".join("".join(one.aside).split()))
                    self.left_out["fields"] += 1

    def _end_field(self, one: Field) -> None:
        instruction = one.instruction
        shown = drawn(instruction)
        if shown is not None:
            self._draft.edit("field-residue", instruction, shown)
            self.emit(shown)
        elif one.form is not None and not one.shows:
            self._draft.edit("form-field", "", one.form)
            self.emit(one.form)
        elif one.is_set_aside:
            self._draft.edit("contents-removed", " ".join("".join(one.aside).split()))
        elif one.name == "EQ" and not one.in_result:
            self._draft.flag("field-unread", instruction[:60], "Word 画出的域不能读成文字，请对照原件。")


def is_unfilled(control: etree._Element) -> bool:
    """Whether a control with content shows a prompt, as nobody filled it in."""
    return bool(is_on(child(control, "w:sdtPr", "w:showingPlcHdr")))


def _is_number(text: str) -> bool:
    return text.count(".") < 2 and text != "."


def _length(element: etree._Element, side: str) -> int:
    text = element.get(side, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


_HANDLERS: dict[str, Callable[[Inline, etree._Element], None]] = {
    "w:t": Inline.text,
    "m:t": Inline.text,
    "m:sup": Inline.over,
    "m:sub": Inline.under,
    "m:den": Inline.denominator,
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
    "a:p": Inline.box,
    "a:t": Inline.text,
    ":textpath": Inline.box,
    ":relIds": Inline.box,
    ":chart": Inline.chart,
    ":imagedata": Inline.old_picture,
    "w:object": Inline.embedded,
    "w:control": Inline.embedded,
    "w:subDoc": Inline.embedded,
    "w:sdt": Inline.control,
    "w:footnoteReference": Inline.note,
    "w:endnoteReference": Inline.note,
    "w:fldChar": Inline.field_mark,
    "w:fldSimple": Inline.simple_field,
    "w:instrText": Inline.instruction,
}
