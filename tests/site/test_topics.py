"""Topic rules: by words, explainable, editors last."""

from __future__ import annotations

import pytest

from generator.base.diagnostics import ContentError
from generator.base.shipped import shipped
from generator.content.topics import OTHER, read_topics
from tests.samples import notice

RULES = read_topics(
    "topics:\n"
    "  - {id: party, name: 党建, about: 甲。, words: [三会一课, 组织]}\n"
    "  - {id: buying, name: 采购, about: 乙。, words: [采购, 采购程序]}\n"
)


def issue(**fields):
    return notice().issues[0]._replace(**({"finding": None, "path": (), "topics": None} | fields))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"title": "三会一课不规范"}, [("党建", "三会一课")], id="title"),
        pytest.param({"title": "采购组织不力"}, [("党建", "组织"), ("采购", "采购")], id="several, in order of rules"),
        pytest.param({"title": "不规范", "finding": "采购程序倒置"}, [("采购", "采购")], id="finding"),
        pytest.param({"title": "不规范", "path": ("（一）组织方面",)}, [("党建", "组织")], id="headings above"),
        pytest.param({"title": "三会一课", "finding": "采购"}, [("党建", "三会一课")], id="the title decides alone"),
        pytest.param({"title": "无"}, [("其他", None)], id="none"),
        pytest.param({"title": ""}, [("其他", None)], id="empty"),
        pytest.param({"title": "采购", "topics": ("party",)}, [("党建", None)], id="an editor, by id"),
        pytest.param({"title": "采购", "topics": ("党建", "其他")}, [("党建", None), ("其他", None)], id="by name"),
    ],
)
def test_assign(fields, expected):
    assert [(found.topic.name, found.word) for found in RULES.assign(issue(**fields))] == expected


def test_what_an_editor_sets_wrongly_is_named_with_the_nearest():
    assert RULES.unknown(issue(topics=("党建工作", "采购"))) == ["“党建工作”; did you mean “党建”?"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("topics:\n- {id: A b, name: 甲, about: x}\n", "content/topics.yml:2: error[bad-id]: “A b” is no id"),
        ("topics:\n- {id: a, name: 甲, about: x}\n- {id: a, name: 乙, about: x}\n", "[duplicate-topic]: the topic “a”"),
        ("topics:\n- {id: other, name: 甲, about: x}\n", "error[duplicate-topic]"),
        ("topics:\n- id: a\n  name: 甲\n  about: x\n  words: [党]\n", "content/topics.yml:5: error[short-word]: “党”"),
        ("topics:\n- {id: a, about: x}\n", "missing"),
        ("topics:\n- {id: a, name: 甲, about: x, word: [b]}\n", "did you mean “words”?"),
    ],
)  # fmt: skip
def test_faults_in_the_rules(text, said):
    with pytest.raises(ContentError) as caught:
        read_topics(text)
    assert said in str(caught.value)


def test_the_shipped_rules_are_sound_and_no_health_rules():
    rules = read_topics(shipped("content/topics.yml").read_text(encoding="utf-8"))
    assert 12 <= len(rules.topics) <= 18
    assert OTHER not in rules.topics
    assert all(topic.words and topic.about for topic in rules.topics)
