"""Where the words of a record stand in it, and that a word that grows moves its own clause."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.search.clause_places import HEAD, STEP, place_behind, places_of

SENTENCES = st.lists(st.text("甲乙。,;\0", max_size=40) | st.just("甲" * 300), max_size=6).map("".join)
LONG = st.sampled_from(["", "。" * 300, ("甲" * 50 + "。") * 90])


def placed(*records):
    """The places of each record's text, of which so many characters are its head."""
    texts = [text for text, _ in records]
    starts = np.cumsum([0, *map(len, texts)])
    heads = starts[:-1] + [head for _, head in records]
    places = places_of(np.array([ord(one) for one in "".join(texts)], np.uint16), starts, heads).tolist()
    return [places[at : at + len(text)] for at, text in zip(starts.tolist(), texts, strict=False)]


@given(
    texts=st.lists(st.builds(lambda a, b, c: a + b + c + "\0", SENTENCES, LONG, SENTENCES), max_size=4), data=st.data()
)
def test_a_place_follows_from_the_one_before_and_what_stands_there(texts, data):
    records = [(text, data.draw(st.integers(0, len(text) - 1))) for text in texts]
    for (text, head), places in zip(records, placed(*records), strict=True):
        assert places[0] == max(0, HEAD - head)
        for place, unit, behind in zip(places, text, places[1:], strict=False):
            assert unit == "\0" or behind == place_behind(place, unit)  # nobody asks for what stands on both sides
        assert places == sorted(set(places))


def test_a_word_that_grows_moves_its_own_clause():
    first, last = "甲" * 20 + ",", "乙" * 30 + "。\0"
    for more in range(STEP - len(first) % STEP):
        (places,) = placed(("题目" + first[:5] + "甲" * more + first[5:] + last, 2))
        assert places[-len(last) :] == placed(("题目" + first + last, 2))[0][-len(last) :]


def test_a_text_of_nothing_but_stops_is_not_much_longer():
    (places,) = placed(("。" * 100_000 + "\0", 0))
    assert places[-1] < HEAD + 100_000 + 4096 + STEP
