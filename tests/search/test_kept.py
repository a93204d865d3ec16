"""What the index keeps from build to build: whatever of it is there, the files are those of an index made anew."""

import errno
import os
import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search import chunks, kept_arrays, postings, section_lists, section_words, sections
from generator.search.index import update_index
from generator.search.kept_arrays import KeptArrays, KeptLostError
from generator.search.records import sources_from
from generator.search.script import IndexFile
from tests.search.test_index import edited, groups, prose


def swapped(run):
    return run[:50] + run[51] + run[50] + run[52:]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Sections of four groups, and short lists."""
    monkeypatch.setattr(sections, "_MOST", 4)
    monkeypatch.setattr(sections, "_MOST_BLOCKS", 1)
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=60, most=80))


@pytest.fixture
def told(monkeypatch):
    """What is done from now on: sections made, and whether changes were told section by section."""
    done = []

    def telling(module, name, what):
        own = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: done.append(name) or what(own(*given)))

    telling(section_words, "part_of", lambda found: found)
    telling(section_lists, "entries_of", lambda found: found)
    own = postings.changes_between
    monkeypatch.setattr(
        postings, "changes_between", lambda *given: (found := own(*given), done.append(found is not None))[0]
    )
    return done


class Standing:
    """An index that is updated again and again, as builds do."""

    def __init__(self, folder):
        self.folder, self.files = folder, []

    def update(self, made, program="a"):
        """Update it; the paths of the files that were made."""
        there = {one.path: one.content for one in self.files}
        known = {one.path: one.note for one in self.files}
        found = list(update_index(sources_from(made), known, KeptArrays(self.folder, program), there.get))
        new = {path for path, _, content in found if content is not None}
        self.files = [IndexFile(path, note, content or there[path]) for path, note, content in found]
        whole = list(update_index(sources_from(made), {}))
        assert self.files == whole
        return new


def test_an_edit_makes_its_section_and_the_lists_that_differ(tmp_path, told):
    index, made = Standing(tmp_path), prose(1, 40)
    index.update(made)
    before = {one.path: one.content for one in index.files}
    for change in (swapped, lambda run: run + run[-1], lambda run: run[:80] + run[81:]):
        made = edited(made, 7, 3, change)
        told.clear()
        new = index.update(made)
        assert told[: told.index(True)].count("part_of") == 4
        assert told[: told.index(True)].count("entries_of") == 1
        differ = {one.path for one in index.files if before.get(one.path) != one.content}
        assert differ <= new
        assert len(new - differ) <= 12
        before = {one.path: one.content for one in index.files}
    told.clear()
    assert index.update(made) == set()
    assert True in told[:2]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=groups(), others=groups(), most=st.sampled_from([2, 4, 1000]), data=st.data())
def test_whatever_came_and_went_the_files_are_those_of_an_index_made_anew(
    monkeypatch, tmp_path_factory, made, others, most, data
):
    monkeypatch.setattr(sections, "_LEAST", 1)
    monkeypatch.setattr(sections, "_MOST", data.draw(st.integers(1, 3)))
    monkeypatch.setattr(chunks, "_CHUNK", data.draw(st.sampled_from([1, 50, 1 << 18])))
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=4, most=most))
    index = Standing(tmp_path_factory.mktemp("kept"))
    for _ in range(4):
        at = data.draw(st.integers(0, len(made) - 1))
        made = data.draw(
            st.sampled_from(
                [
                    made,
                    others,
                    made[::-1],
                    [*made[:at], *others, *made[at:]],
                    [*made[:at], *others[:1], *made[at + 1 :]],
                ]
            )
        )
        index.update(made)


DAMAGES = {
    "nothing": lambda path: None,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-4]),
    "turned": lambda path: path.write_bytes(path.read_bytes()[::-1]),
    "other values": lambda path: path.write_bytes(path.read_bytes()[:-8] + b"otherone"),
    "gone": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_made_anew(tmp_path, told, damage):
    index, made = Standing(tmp_path), prose(1, 24)
    index.update(made)
    for path in tmp_path.iterdir():
        damage(path)
    index.update(edited(made, 7, 3, swapped))
    for path in list(tmp_path.iterdir())[::2]:
        damage(path) if path.is_file() else shutil.rmtree(path)
    index.update(made)
    assert told


def test_what_another_program_kept_is_made_anew(tmp_path, told):
    index, made = Standing(tmp_path), prose(1, 24)
    index.update(made)
    told.clear()
    index.update(made, program="b")
    assert told[: told.index(False)].count("part_of") == 24


def test_only_what_this_index_and_the_one_before_need_is_kept(tmp_path):
    index, made = Standing(tmp_path), prose(1, 24)
    counts = []
    for number in range(4):
        index.update(edited(made, 7, 3, lambda run, number=number: run[:60] + run[number] + run[60:]))
        counts.append(len(list(tmp_path.iterdir())))
    assert counts == [13, 16, 16, 16]


def test_the_index_of_another_state_is_compared_by_what_its_files_are_made_from(tmp_path, told):
    """A build that was killed has kept another state; a build of another output, too."""
    index, other, made = Standing(tmp_path), Standing(tmp_path), prose(1, 24)
    index.update(made)
    other.update(edited(made, 7, 3, swapped))
    other.update(edited(made, 9, 3, swapped))
    told.clear()
    assert len(index.update(edited(made, 7, 3, swapped))) < 100
    assert told[: told.index(False)].count("part_of") == 4


def no_folder(monkeypatch, folder):
    return folder / ("n" * 300)


def a_full_disk(monkeypatch, folder):
    monkeypatch.setattr(kept_arrays, "write_bytes", full)
    return folder


def no_temporary_files(monkeypatch, folder):
    monkeypatch.setattr(kept_arrays, "write_bytes", full)
    monkeypatch.setattr(KeptArrays, "_spool", property(full))
    return folder


def full(*_):
    raise OSError(errno.ENOSPC, "no space")


@pytest.mark.parametrize("place", [no_folder, a_full_disk, no_temporary_files])
def test_where_nothing_can_be_kept_all_is_made(monkeypatch, tmp_path, place):
    index, made = Standing(place(monkeypatch, tmp_path)), prose(1, 12)
    index.update(made)
    assert len(index.update(edited(made, 7, 3, swapped))) < 100
    assert list(tmp_path.iterdir()) == []


def test_what_goes_while_it_is_used_is_said(tmp_path):
    store = KeptArrays(tmp_path)
    kept = store.put("a", None, (np.arange(5),))
    (tmp_path / "a.kept").unlink()
    with pytest.raises(KeptLostError):
        kept.whole(0)


def test_a_stamp_is_believed_only_of_what_changed_some_time_ago(tmp_path):
    store = KeptArrays(tmp_path)
    store.put("a", None, ())
    assert store.stamps() == {}
    os.utime(tmp_path / "a.kept", ns=(10**18 + 1, 10**18 + 1))
    assert store.stamps() == {}  # the inode changed just now
