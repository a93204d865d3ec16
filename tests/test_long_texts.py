"""Long texts on finished pages: nothing is lost in parts, and a list says what it leaves out."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from generator.pages.long_texts import LISTED, clipped, eased

_PART = 4000
_CHARS = st.text(st.sampled_from("题b<>&\"' ;a\u0301\u200d👩\ufe0f。"), min_size=1, max_size=30)


class _Texts(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.texts = []
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.texts.append(data)


def page(text):
    words, data = escape(text), "x" * 9000
    return f'<title>{words}</title><script>"{data}"</script><p title="{words}">{words}</p><p>短</p>'


@given(_CHARS, st.integers(1, 20_000))
def test_in_parts_a_text_is_the_same(unit, size):
    text = (unit * size)[:size]
    html = page(text)
    found = eased(html, is_whole=True)
    assert found.replace("<span>", "").replace("</span>", "") == html
    parts = _Texts(found[found.index("<p") :]).texts
    assert "".join(parts) == text + "短"
    assert all(len(part) <= _PART for part in parts)


@given(_CHARS, st.integers(1, 20_000))
def test_a_list_shows_how_a_text_begins(unit, size):
    text = (unit * size)[:size]
    found = eased(page(text), is_whole=False)
    assert found.startswith(page(text)[: found.index("<p")])
    assert "".join(_Texts(found[found.index("<p") :]).texts) == clipped(text) + "短"


def test_a_mark_stays_with_its_character():
    text = "题e\u0301" * 4000
    parts = _Texts(eased(page(text), is_whole=True)).texts
    assert len(parts) > 4
    assert not any(part.startswith("\u0301") for part in parts)


def test_what_is_short_is_left_alone():
    html = page("题" * LISTED)
    assert eased(html, is_whole=True) == eased(html, is_whole=False) == html
    assert clipped("题" * LISTED) == "题" * LISTED
