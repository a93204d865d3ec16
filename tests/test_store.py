"""The store of earlier builds: an edit reads one notice, and nothing that lies in the store changes what is built."""

from __future__ import annotations

import copy
import gc
import os
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from generator.base.diagnostics import DiscloseError
from generator.base.layout import digest_of_program
from generator.base.workers import in_processes
from generator.build import load, store
from generator.build.driver import build
from generator.build.remembered import _value_of
from generator.build.store import PLACE, opened
from generator.site import stored
from generator.site.elsewhere import elsewhere_of
from generator.site.ledger import ledger_of_notice, sums_alone
from generator.site.model import SiteNotice
from tests.samples import make_site, notice, put_notice
from tests.test_build import _BUILD, tree

ROOT = Path(__file__).parents[1]


@pytest.fixture
def site(tmp_path):
    folder = make_site(tmp_path / "site", [notice(1), notice(2, unit="yi-ju"), notice(3, unit="bing-ju")])
    build(folder, folder / "output")
    return folder


def reads(monkeypatch):
    """The names of the content files that are read from now on."""
    names, read = [], load.read_one

    def told(file, path):
        names.append(Path(file).stem)
        return read(file, path)

    monkeypatch.setattr(load, "read_one", told)
    monkeypatch.setattr(load, "in_processes", lambda do, items, **_: map(do, items))
    return names


def edited(folder, title="另一个题目"):
    put_notice(folder, notice(1, title=title))
    build(folder, folder / "output")
    ours = tree(folder / "output")
    build(folder, folder / "whole", clean=True)
    return ours == tree(folder / "whole")


def test_an_edit_reads_one_notice(site, monkeypatch):
    names = reads(monkeypatch)
    put_notice(site, notice(1, title="另一个题目"))
    build(site, site / "output")
    assert names == [notice(1).id]


def test_a_notice_that_went_is_forgotten(site):
    put_notice(site, notice(1)).unlink()
    build(site, site / "output")
    with opened(site, digest_of_program()) as kept:
        assert [len(list(kept.rows(kind))) for kind in ("notice", *stored.PARTS)] == [2, 2, 2, 2, 2]


def gathered(site, kept):
    return load.gather(site, store=kept).site


def test_words_are_read_when_somebody_asks_for_them(site, monkeypatch):
    with opened(site, digest_of_program()) as kept:
        asked, value = [], kept.value
        monkeypatch.setattr(kept, "value", lambda *row: asked.append(row[0]) or value(*row))
        found, whole = gathered(site, kept), gathered(site, None)
        for item, other in zip(found.notices, whole.notices, strict=True):
            assert (item.notice.title, item.path, item.brief, item.digest, item.shown, item.figures) == (
                other.notice.title,
                other.path,
                other.brief,
                other.digest,
                other.shown,
                other.figures,
            )
            assert elsewhere_of(item) == elsewhere_of(other)
            assert sums_alone(item) == sums_alone(other)
        assert found.deadlines_of[whole.notices[0].notice.id] is not None
        assert asked == []
        item, other = found.notices[0], whole.notices[0]
        assert item.notice.text == other.notice.text
        assert item.notice.replace(review="draft") == other.notice.replace(review="draft")
        assert (copy.copy(item), pickle.loads(pickle.dumps(item))) == (other, other)
        assert (item.issues, item.followups, item.anchors) == (other.issues, other.followups, other.anchors)
        entries, others = ([*one.money, *one.people] for one in (ledger_of_notice(item), ledger_of_notice(other)))
        assert [one.shown for one in entries] == [one.shown for one in others] != []
        assert all(one.item is item for one in entries)
        assert set(asked) == set(stored.PARTS)
        assert [asked.count(part) for part in ("words", "items")] == [1, 1]
        with pytest.raises(AttributeError):
            _ = item.other
        with pytest.raises(AttributeError):
            _ = item.notice.other


def test_of_many_notices_the_words_and_issues_of_a_few_are_held(monkeypatch):
    monkeypatch.setattr(stored, "_HELD", 2)
    read = []
    reader = stored.reader_that_holds(lambda part, file: read.append(part + file) or file)
    for part in ("words", "items"):
        assert [reader(part, name) for name in "abbabc"] == list("abbabc")
        assert read == [part + name for name in "abc"]
        assert reader(part, "a") == "a"
        assert read == [part + name for name in "abca"]
        read.clear()
    assert [reader("faces", name) for name in "abcabc"] == list("abcabc")
    assert read == ["facesa", "facesb", "facesc"]
    read.clear()
    assert [reader("ledger", name) for name in "aa"] == list("aa")  # who asks keeps what is made of it
    assert read == ["ledgera", "ledgera"]


@pytest.mark.parametrize("is_written", [True, False])
def test_no_words_are_held_of_notices_that_were_just_read(tmp_path, is_written, monkeypatch):
    folder = make_site(tmp_path, [notice(1), notice(2, unit="yi-ju")])
    path = put_notice(folder, notice(3))
    path.write_text(path.read_text("utf-8").replace("status=done", "status=dun"), "utf-8")
    with opened(folder, digest_of_program()) as kept:
        if not is_written:
            monkeypatch.setattr(kept, "add", lambda *_: False)
        before = [one for one in gc.get_objects() if type(one) is SiteNotice]  # of other tests
        gc.disable()  # as good as in a build: whatever holds itself stays
        found = gathered(folder, kept)
        here = [one for one in gc.get_objects() if type(one) is SiteNotice]
        gc.enable()
        held = sorted(one.notice.id for one in here if not any(one is other for other in before))
        assert held == sorted(item.notice.id for item in found.notices if type(item) is SiteNotice)
        whole = gathered(folder, None)
        lazy = {item.notice.id for item in found.notices if isinstance(item, stored.StoredItem)}
        assert lazy == ({notice(1).id, notice(2, unit="yi-ju").id} if is_written else set())
        assert [copy.copy(item) for item in found.notices] == list(whole.notices)
        assert len(list(kept.rows("items"))) == 2


def test_a_file_that_was_changed_while_the_site_is_built_ends_the_build(site):
    with opened(site, digest_of_program()) as kept:
        found = gathered(site, kept)
        put_notice(site, notice(1, title="另一个题目"))
        without_words(site / PLACE)
        item = next(item for item in found.notices if item.notice.id == notice(1).id)
        with pytest.raises(DiscloseError, match="changed while"):
            _ = item.notice.body


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
def test_every_process_reads_words_by_itself(site):
    with opened(site, digest_of_program()) as kept:
        found = gathered(site, kept)
        _ = found.notices[0].issues
        texts = list(in_processes(lambda item: item.notice.text, found.notices, jobs=2, lost=lambda _: ""))
    assert texts == [item.notice.text for item in gathered(site, None).notices]


def test_a_notice_with_a_fault_is_read_each_time(site, monkeypatch):
    path = put_notice(site, notice(1))
    path.write_text(path.read_text("utf-8").replace("status=done", "status=dun"), "utf-8")
    first = build(site, site / "output")
    names = reads(monkeypatch)
    put_notice(site, notice(2, unit="yi-ju", title="另一个题目"))
    second = build(site, site / "output")
    assert first.diagnostics == second.diagnostics != ()
    assert sorted(names) == [notice(1).id, notice(2, unit="yi-ju").id]


@pytest.mark.parametrize("file", ["site.yml", "content/topics.yml"])
def test_other_settings_or_topics_read_all(site, file, monkeypatch):
    names = reads(monkeypatch)
    (site / "content/topics.yml").write_text("topics:\n- {id: a, name: 甲, about: 甲。, words: [采购]}\n", "utf-8")
    if file == "site.yml":
        (site / "content/topics.yml").unlink()
        (site / file).write_text((site / file).read_text("utf-8") + "publish_sources: true\n", "utf-8")
    build(site, site / "output")
    assert len(names) == 3


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def noise(path):
    path.write_bytes(b"no database " * 1000)


def empty(path):
    path.write_bytes(b"")


def gone(path):
    path.unlink()


def a_folder(path):
    path.unlink()
    path.mkdir()


def changing(name, *statements):
    """A damage of that name: what SQL does to the store."""

    def damage(path):
        with sqlite3.connect(path) as base:
            for statement in statements:
                base.execute(statement)
        base.close()

    damage.__name__ = name
    return damage


without_words = changing("without_words", "DELETE FROM row WHERE kind = 'words'")
CHANGES = [
    without_words,
    changing("without_issues", "DELETE FROM row WHERE kind = 'items'"),
    changing(
        "with_the_issues_of_another_notice",
        "UPDATE row SET value = (SELECT value FROM row WHERE kind = 'items' LIMIT 1) WHERE kind = 'items'",
    ),
    changing("of_another_program", "UPDATE program SET digest = 'other'", "UPDATE row SET value = 'x'"),
    changing("of_another_shape", "DROP TABLE row", "CREATE TABLE row (other)"),
    changing(
        "with_values_of_another_kind", "UPDATE row SET value = 12 WHERE rowid % 2 = 0", "UPDATE row SET hash = NULL"
    ),
    changing("with_numbers_for_values", "UPDATE row SET value = 12"),
    changing("with_other_values", "UPDATE row SET value = (SELECT value FROM row WHERE kind = 'notice' LIMIT 1)"),
    # their rows are whole, but for the hash: what they say would be believed by their names
    changing(
        "with_the_words_of_another_notice",
        "UPDATE row SET value = (SELECT value FROM row WHERE kind = 'words' LIMIT 1) WHERE kind = 'words'",
    ),
]


def with_values(path, value, kinds):
    """Rows that are whole, with a hash as the program makes it, and hold what it never wrote."""
    value = pickle.dumps(value)
    with sqlite3.connect(path) as base:
        for kind, name, made_from in base.execute("SELECT kind, name, made_from FROM row").fetchall():
            if kind in kinds or not kinds:
                row = (value, store._hash(name, made_from, value), kind, name)
                base.execute("UPDATE row SET value = ?, hash = ? WHERE kind = ? AND name = ?", row)
    base.close()


def with_words_that_cannot_be_read(path):
    with_values(path, "no notice", ["words"])


class _Evil:
    def __reduce__(self):
        return os.system, ("touch evil",)


def with_a_program_in_it(path):
    with_values(path, _Evil(), [])


DAMAGES = [cut, noise, empty, gone, a_folder, *CHANGES, with_words_that_cannot_be_read, with_a_program_in_it]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
def test_whatever_lies_there_the_output_is_that_of_a_build_from_nothing(site, damage, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    damage(site / PLACE)
    assert edited(site)
    assert not (tmp_path / "evil").exists()


def test_nothing_but_records_of_the_program_is_made_from_it():
    for value in (_Evil(), os.path.join, subprocess.Popen, Path("x"), digest_of_program):
        with pytest.raises(pickle.UnpicklingError):
            _value_of(pickle.dumps(value), {})
    assert _value_of(pickle.dumps(notice(1)), {}) == notice(1)


def test_where_another_build_holds_it_a_build_goes_on_without(site, monkeypatch):
    monkeypatch.setattr(store, "_PATIENCE", 0.1)
    other = sqlite3.connect(site / PLACE)
    other.execute("BEGIN EXCLUSIVE")
    assert edited(site)
    other.close()
    assert edited(site, "第三个题目")


def test_a_store_that_cannot_be_written_costs_nothing_but_time(site):
    (site / PLACE).unlink()
    (site / ".cache/build.sqlite-journal").mkdir()
    assert edited(site)


def test_builds_of_two_outputs_at_once(site):
    put_notice(site, notice(1, title="另一个题目"))
    outputs = [site / "output", site.parent / "elsewhere" / "output"]
    running = [subprocess.Popen([sys.executable, "-c", _BUILD, site, output], cwd=ROOT) for output in outputs]
    assert [process.wait() for process in running] == [0, 0]
    build(site, site / "whole", clean=True)
    assert tree(outputs[0]) == tree(outputs[1]) == tree(site / "whole")
