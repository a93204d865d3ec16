"""The content file: both directions are the identity, and a mistake in it is named by its line."""

import pytest
from hypothesis import given

from generator.content.notice_file import read_notice, write_notice
from generator.model.notice import text_of
from tests.samples import notice as sample
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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("```json\n", ""),
        ("```json\n", "json\n"),
        ("```json\n", "``json\n"),
        ("```json\n", "```JSON\n"),
        ("```json\n", "\n"),
        ("```json\n{", "\n"),
        ("\n```json\n", " "),
    ],
)
@pytest.mark.parametrize("closed", [True, False])
def test_a_torn_record_of_the_import_never_becomes_words(old, new, closed):
    """An editor's slip at the end of the file would else put what import took away before the public."""
    text = write_notice(sample())
    assert text.count(old) == 1
    text = text.replace(old, new)
    found, problems = read_notice(text if closed else text.rstrip().removesuffix("```"))
    assert found is None
    assert {problem.code for problem in problems} == {"stray-record"}


def test_a_notice_may_speak_of_fences():
    words = '```json {"edits": [1]} ```'
    item = sample(passages=tuple(one._replace(words=words) for one in sample().body[:2]))
    assert read_notice(write_notice(item))[0] == item


def test_a_remark_behind_a_value_is_told_and_not_cut_in_silence():
    source = write_notice(sample()).replace("name: 某局党组\n", "name: 某局党组 #2支部\n", 1)
    notice, problems = read_notice(source, "a.md")
    assert notice is None
    assert [(one.code, one.message) for one in problems] == [
        ("yaml-comment", "“某局党组” ends before “#2支部”, which YAML takes for a remark")
    ]
