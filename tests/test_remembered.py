"""What is remembered from one run to the next, and what a damaged memory costs: nothing but time."""

import json
import os
import tempfile
from pathlib import Path

import pytest

from generator.base import cache as module
from generator.base.cache import keep, kept, remembered
from generator.render.templating import Environment
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
    assert json.loads(kept(place)) == {"a": "aa", "b": "bb", "c": "cc"}


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"a": 3}', b"\xff\xfe", b"[" * 100_000])
@pytest.mark.parametrize("write", [Path.write_bytes, keep])
def test_what_cannot_be_read_is_worked_out_anew(place, damage, write):
    write(place, damage)
    assert remembered("kind", ["a"], doubled([])) == {"a": "aa"}
    assert json.loads(kept(place)) == {"a": "aa"}


def test_what_is_not_as_it_was_written_is_worked_out_anew(place):
    remembered("kind", ["a"], doubled([]))
    place.write_bytes(place.read_bytes().replace(b"aa", b"ab"))
    assert remembered("kind", ["a"], doubled([])) == {"a": "aa"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes have names")
def test_nobody_waits_for_a_pipe(place):
    os.mkfifo(place)
    assert remembered("kind", ["a"], doubled([])) == {"a": "aa"}


def test_a_compiled_template_that_was_touched_is_compiled_again(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "page.html").write_text("mailto:{{ 1 }}", "utf-8")

    def shown():
        return Environment([tmp_path]).get_template("page.html").render()

    assert shown() == "mailto:1"
    (place,) = tmp_path.rglob("*.cache")
    place.write_bytes(place.read_bytes().replace(b"mailto:", b"maalto:"))
    assert shown() == "mailto:1"
    place.write_bytes(b"")
    assert shown() == "mailto:1"


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
