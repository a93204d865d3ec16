"""The content file: both directions are the identity, and a mistake in it is named by its line."""

from hypothesis import given

from generator.content import read_notice, write_notice
from generator.model import text_of
from tests.strategies import notices


@given(notices())
def test_reading_what_was_written_gives_the_same_notice_back(notice):
    source = write_notice(notice)
    read, problems = read_notice(source)
    assert problems == []
    assert read == notice


@given(notices())
def test_writing_what_was_read_gives_the_same_file_back(notice):
    source = write_notice(notice)
    read, _ = read_notice(source)
    assert write_notice(read) == source


@given(notices())
def test_the_words_of_the_body_are_the_text(notice):
    assert notice.text == text_of(notice.body)
    for passage in notice.body:
        assert passage.text in notice.text
