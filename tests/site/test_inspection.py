"""Where in its content file a check says that something stands."""

from __future__ import annotations

from generator.content.notice_file import editable, write_notice
from generator.content.phrases import Phrases
from generator.editorial.inspection import inspect
from generator.model.notice import Passage
from tests.samples import notice
from tests.test_fuzz import CONFIG

MOBILE = "13805961234"


def notice_of(*passages):
    return notice(passages=passages, inferred=())


def told(notice):
    """Line, column and the words of the file there, of each mobile number that is found in the words."""
    lines = editable(write_notice(notice)).split("\n")
    found = [
        one for one in inspect(notice, lines, "a.md", CONFIG, Phrases()) if one.code == "personal-mobile" and one.span
    ]
    return [(lines[one.line - 1], one.column, one.span.of(notice.text)) for one in found]


def test_each_of_the_same_words_is_told_at_its_own_place():
    texts = (f"甲的电话{MOBILE}，乙的电话{MOBILE}。", "无。", f"丙的电话{MOBILE}。")
    rows = told(notice_of(*(Passage(words=text) for text in texts)))
    assert [(line[:1], column) for line, column, _ in rows] == [("甲", 5), ("甲", 21), ("丙", 5)]
    assert all(line[column - 1 :].startswith(words) for line, column, words in rows)


def test_words_that_a_mark_cuts_have_a_line_alone():
    assert told(notice_of(Passage(words=f"{MOBILE[4:]}是电话。", label=MOBILE[:4]))) == [
        (f"**{MOBILE[:4]}** {MOBILE[4:]}是电话。", 0, MOBILE)
    ]
