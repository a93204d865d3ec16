"""What is remembered from one run to the next, and what a damaged memory costs: nothing but time."""

import json

import pytest

from generator.base import cache as module
from generator.base.cache import remembered
from generator.site.pinyin import initial, readings, sort_keys


@pytest.fixture
def place(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "_place", lambda kind: tmp_path / f"{kind}.json")
    return tmp_path / "kind.json"


def doubled(asked):
    def work_out(items):
        asked.append(list(items))
        return (item * 2 for item in items)

    return work_out


def test_only_what_is_not_known_is_worked_out(place):
    asked = []
    assert remembered("kind", ["a", "b", "a"], doubled(asked)) == {"a": "aa", "b": "bb"}
    assert remembered("kind", ["b", "c"], doubled(asked)) == {"b": "bb", "c": "cc"}
    assert asked == [["a", "b"], ["c"]]
    assert json.loads(place.read_text()) == {"a": "aa", "b": "bb", "c": "cc"}


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"a": 3}', b"\xff\xfe", b"[" * 100_000])
def test_what_cannot_be_read_is_worked_out_anew(place, damage):
    place.write_bytes(damage)
    assert remembered("kind", ["a"], doubled([])) == {"a": "aa"}
    assert json.loads(place.read_text()) == {"a": "aa"}


def test_a_folder_that_cannot_be_had_costs_only_time(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    for place in (None, tmp_path / "file" / "kind.json"):
        monkeypatch.setattr(module, "_place", lambda _, place=place: place)
        assert remembered("kind", ["a"], doubled([])) == {"a": "aa"}


def test_pinyin_is_the_same_when_it_is_remembered(place):
    names = ["中共张范局党组", "重庆市水利局", "Ａ局"]
    first = sort_keys(names)
    assert first == sort_keys(names)
    assert first[names[1]] == ("chong qing shi shui li ju", names[1])
    assert [initial(first[name]) for name in names] == ["Z", "C", "#"]
    assert readings("重a") == readings("重a") == {"重": ["zhong", "chong", "tong"], "a": []}
