"""A build that makes only what changed is byte for byte one that makes everything, whatever was edited in between."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import os
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.base.dates import PartialDate
from generator.base.layout import files_read
from generator.base.manifest import MANIFEST
from generator.base.shipped import shipped
from generator.build import state
from generator.build.driver import build
from generator.build.targets import shared
from generator.content.config import read_config
from generator.content.topics import TopicRules
from generator.model.decisions import Correction, Mask, Withdrawal
from generator.model.notice import Contact
from generator.site.assemble import Known, build_site
from generator.site.model import LoadedNotice
from tests.samples import SITE_YML, make_site, notice, put_notice
from tests.test_build import inodes, tree

_EXAMPLES = int(os.environ.get("INCREMENTAL_EXAMPLES", "8"))

DAY = PartialDate.parse("2026-01-05")
DECIDED = (
    {},
    {"withdrawn": Withdrawal(date=DAY, why="重复发布")},
    {"corrections": (Correction(date=DAY, what="题目", why="笔误"),)},
    {"masks": (Mask(kind="other", why="与公开无关", value="办公室"),)},
)

notices = st.builds(
    lambda number, unit, published, title, contact, decided: notice(
        number, unit=unit, name=f"{unit}党组", published=published, title=title, **contact, **decided
    ),
    st.integers(1, 3),
    st.sampled_from(["jia-ju", "yi-ju"]),
    st.sampled_from(["2022-05-06", "2024-08-01", "2026-01-02"]),
    st.sampled_from(["关于整改的通报", "另一个题目"]),
    st.sampled_from([{}, {"contact": Contact()}, {"contact": Contact(phones=("12345678",))}]),
    st.sampled_from(DECIDED),
)
"""Notices of which many share an id, a unit or a day."""

SETTINGS = (
    "",
    "as_of: 2024-09-30\n",
    "page_size: 2\n",
    "index_accountability: true\n",
    "publish_sources: true\n",
    "description: 另一句话\n",
)
TOPICS = "topics:\n- {{id: money, name: 钱款, about: 与钱有关。, words: [{word}]}}\n"


def files(folder, pattern):
    return sorted(path for path in (folder / "content/notices").rglob(pattern))


def one_of(found, number):
    return found[number % len(found)] if found else None


def put(path: Path, text: str):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def rename(folder, number):
    if path := one_of(files(folder, "*.md"), number):
        path.rename(path.with_name(f"{path.stem}-{number}.md"))


def delete(folder, number):
    if path := one_of(files(folder, "*.md"), number):
        path.unlink()


def spoil(folder, number):
    if path := one_of(files(folder, "*.md"), number):
        path.rename(path.with_suffix(".kept"))
        put(path, "---\nid: [\n---\n")


def fix(folder, number):
    if path := one_of(files(folder, "*.kept"), number):
        path.rename(path.with_suffix(".md"))


def template(folder, number):
    name = ("home.html", "unit.html", "notice.html", "issues.html")[number % 4]
    put(folder / "templates" / name, (shipped("templates") / name).read_text("utf-8") + f"<!-- {number} -->\n")


def asset(folder, number):
    put(folder / "templates/assets/site.css", f"/* {number} */\n")


def own_templates_gone(folder, number):
    for path in (folder / "templates").rglob("*.*"):
        path.unlink()


def mark(folder, number):
    if path := one_of(files(folder, "*.md"), number):
        text = path.read_text("utf-8")
        found = one_of(list(re.finditer(r"status=[\w-]+|deadline=[\d-]+|\bof=\w+", text)), number // 3)
        if found:
            key, _, value = found[0].partition("=")
            others = {"status": ("done", "ongoing", "long-term", "unstated"), "deadline": ("2024-02", "2027-01-31")}
            new = one_of([one for one in others.get(key, ("i1", "i3")) if one != value], number)
            path.write_text(f"{text[: found.start()]}{key}={new}{text[found.end() :]}", encoding="utf-8")


def touch_output(folder, number):
    found = sorted(path for path in (folder / "output").rglob("*.*") if path.is_file())
    if path := one_of([path for path in found if path.name != MANIFEST], number):  # without it no build wrote it
        if number % 2:
            path.unlink()
        else:
            path.write_bytes(b"x" * path.stat().st_size)


def touch_what_rests(folder, number):
    found = sorted(path for path in (folder / ".cache/outputs").rglob("*.*") if path.is_file())
    if path := one_of(found, number):
        if number % 3 == 0:
            path.write_bytes(b"x" * path.stat().st_size)  # the file of the output, too: it is one and the same
        else:
            path.unlink()
        if number % 3 == 1:
            path.write_bytes(b"x")


def touch_store(folder, number):
    store = folder / ".cache/build.sqlite"
    if store.exists():
        data = bytearray(store.read_bytes())
        if number % 3 == 0:
            store.unlink()
        elif number % 3 == 1:
            store.write_bytes(data[: len(data) * number // 100])
        else:
            data[len(data) * number // 100] ^= 1
            store.write_bytes(data)


def settings_of(folder, number):
    make_site(folder, [], SETTINGS[number % len(SETTINGS)])


def topics(folder, number):
    put(folder / "content/topics.yml", TOPICS.format(word=("采购", "三会一课")[number % 2]))


def content_page(folder, number):
    put(folder / "content/pages/about.md", f"# 关于{number % 2}\n\n第 {number} 版\n")


def source(folder, number):
    put(folder / "content/sources/a.txt", f"原文 {number}")


EDITS = (
    rename, delete, spoil, fix, mark, mark, mark, template, asset, own_templates_gone, touch_output,
    touch_what_rests, touch_store, settings_of, topics, content_page,
    source,
)  # fmt: skip
edits = st.one_of(
    st.builds(lambda item: lambda folder: put_notice(folder, item), notices),
    st.builds(lambda edit, number: lambda folder: edit(folder, number), st.sampled_from(EDITS), st.integers(0, 99)),
)


@pytest.mark.slow
@given(st.lists(edits, min_size=1, max_size=6), st.booleans())
@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_after_any_edits_the_output_is_that_of_a_build_from_nothing(tmp_path_factory, some, every_time):
    folder = make_site(tmp_path_factory.mktemp("site"), [notice(1, unit="jia-ju"), notice(2, unit="yi-ju")])
    build(folder, folder / "output")
    for edit in some:
        edit(folder)
        if every_time:
            build(folder, folder / "output")
    report = build(folder, folder / "output")
    whole = build(folder, folder / "whole", clean=True)
    kept = {f"notices/{path.stem}/" for path in files(folder, "*.md")} if report.failed else set()
    ours, theirs = tree(folder / "output"), tree(folder / "whole")
    # what was published of a notice that cannot be read stays, and a build from nothing has nothing to keep
    if kept:
        for name in (
            *filter(lambda name: name not in theirs and name.startswith(tuple(kept)), list(ours)),
            "manifest.json",
        ):
            del ours[name]
        del theirs["manifest.json"]
    assert ours == theirs
    assert report.diagnostics == whole.diagnostics


def found_in(files):
    """Each notice as the file of that number gives it; some have no address."""
    return [
        LoadedNotice(
            f"{number}.md", replace(item, unit=replace(item.unit, id="局")) if number == 0 else item, text_of(item)
        )
        for number, item in files.items()
    ]


def text_of(item):
    return hashlib.sha256(repr(item).encode()).hexdigest()


@given(st.lists(st.dictionaries(st.integers(0, 4), notices, max_size=5), min_size=2, max_size=5))
def test_a_site_that_is_seen_again_and_again_is_the_one_that_is_seen_once(versions):
    config, rules, known = read_config(SITE_YML), TopicRules(()), Known()
    for files in versions:
        found = found_in(files)
        (again, problems), (once, expected) = build_site(config, rules, found, known), build_site(config, rules, found)
        assert problems == expected
        for field in dataclasses.fields(once):
            assert getattr(again, field.name) == getattr(once, field.name)


def test_what_did_not_change_is_not_worked_out_again():
    config, rules, known = read_config(SITE_YML), TopicRules(()), Known()
    first, second = ([notice(1, unit="a"), notice(2, unit="b", title=title)] for title in ("题目甲", "题目乙"))
    sites = [build_site(config, rules, found_in(dict(enumerate(some, 1))), known)[0] for some in (first, second)]
    before, after = ({unit.unit.id: unit for unit in site.units} for site in sites)
    assert before["a"] is after["a"]
    assert before["a"].notices[0] is after["a"].notices[0]
    assert before["b"].notices[0].notice.title != after["b"].notices[0].notice.title


def test_only_what_an_edit_touches_is_made_anew(tmp_path):
    items = [notice(n, unit=unit, published="2024-08-01") for n, unit in enumerate(("a", "b", "c", "d"), 1)]
    folder = make_site(tmp_path, items)
    whole = build(folder, folder / "output")
    before = inodes(folder / "output")
    put_notice(folder, replace(items[0], title="另一个题目"))
    report = build(folder, folder / "output")
    after = inodes(folder / "output")
    assert report.changed < report.made < whole.made
    for item in items[1:]:
        own = [name for name in before if name.startswith((f"notices/{item.id}/", f"units/{item.unit.id}/"))]
        assert own
        assert [name for name in own if before[name] != after[name]] == []


def test_where_no_file_can_have_two_names_an_edit_gives_a_build_from_nothing(tmp_path, monkeypatch):
    def link(source, *_, **__):
        raise PermissionError(errno.EPERM, "Operation not permitted", str(source))

    folder = make_site(tmp_path / "site", [notice(1), notice(2, unit="yi-ju")])
    monkeypatch.setattr(os, "link", link)
    build(folder, folder / "output", jobs=1)
    first = tree(folder / "output")
    for item in (notice(1), notice(1, title="另一个题目")):
        put_notice(folder, item)
        build(folder, folder / "output", jobs=1)
        assert (tree(folder / "output") == first) is (item == notice(1))
    build(folder, tmp_path / "whole", jobs=1)
    assert tree(folder / "output") == tree(tmp_path / "whole")


def test_lists_are_planned_only_when_one_of_them_must_be_made(tmp_path, monkeypatch):
    items = [notice(n, unit=unit, published="2024-08-01") for n, unit in enumerate(("a", "b"), 1)]
    folder, planned = make_site(tmp_path, items), tmp_path / "planned"
    build(folder, folder / "output")

    def told(*arguments):
        planned.touch()  # by whatever process
        return lists(*arguments)

    lists = shared.lists
    monkeypatch.setattr(shared, "lists", told)
    put_notice(folder, replace(items[0], body=tuple(_reworded(items[0].body))))
    report = build(folder, folder / "output")
    assert (planned.exists(), report.changed > 0) == (False, True)
    put_notice(folder, items[0])
    (folder / "output/issues/index.html").write_bytes(b"touched")
    build(folder, folder / "output")
    assert planned.exists()
    assert tree(folder / "output") == tree_of_a_clean_build(folder)


def test_a_list_of_the_index_that_was_touched_is_made_anew(tmp_path):
    items = [notice(n, unit=f"u{n}", name=f"第{n}局党组") for n in range(1, 13)]
    folder = make_site(tmp_path, items)
    build(folder, folder / "output")
    before = tree(folder / "output")
    put_notice(folder, replace(items[0], body=tuple(_reworded(items[0].body))))
    build(folder, folder / "output")
    after = tree(folder / "output")
    assert after == tree_of_a_clean_build(folder)
    one = next(name for name in after if name.startswith("search/p/") and before.get(name) == after[name])
    (folder / "output" / one).write_bytes(b"touched")
    put_notice(folder, items[0])
    build(folder, folder / "output")
    assert tree(folder / "output") == before


def _reworded(body):
    return (one._replace(words=one.words.replace("已修订办法", "已修改办法")) for one in body)


def test_what_the_last_build_noted_may_be_lost_or_damaged(tmp_path):
    folder = make_site(tmp_path, [notice(1)])
    build(folder, folder / "output")
    note = folder / ".output.build.json"
    good = note.read_bytes()
    for data in (b"", b"[]", b"{}", b"\xff", good[:-20], good.replace(b'"version":7', b'"version":0')):
        note.write_bytes(data)
        assert state.load(folder / "output") is None
        assert build(folder, folder / "output").made > 0
        assert build(folder, folder / "output").made == 0
    for column, other in (
        (b'"paths"', b'"xaths"'),
        (b'"sizes":[', b'"sizes":{'),
        (b'"fingerprints"', b'"xingerprints"'),
        (b'"made_from":[', b'"made_from":{'),
        (b'"names":["', b'"names":["x'),
    ):
        note.write_bytes(good.replace(column, other))
        put_notice(folder, notice(1, title=other.decode()))
        assert build(folder, folder / "output").made > 0
        assert tree(folder / "output") == tree_of_a_clean_build(folder)
        good = note.read_bytes()
    note.unlink()
    assert build(folder, folder / "output").made > 0


def tree_of_a_clean_build(folder):
    build(folder, folder / "whole", clean=True)
    return tree(folder / "whole")


def test_a_file_whose_name_is_no_text_is_read_for_changes_too(tmp_path):
    folder = make_site(tmp_path, [notice(1)])
    name = os.fsdecode("整改.txt".encode("gb18030"))  # as archives of old Windows have it
    place = folder / "content/sources" / name
    place.parent.mkdir()
    place.touch()
    assert build(folder, folder / "output").made > 0
    time.sleep(0.1)
    assert build(folder, folder / "output").made == 0
    os.utime(place, (1, 1))
    assert not state.same(state.load(folder / "output").stamps, state.stamps_of(files_read(folder)))


def test_a_note_of_another_output_is_not_believed(tmp_path):
    folder = make_site(tmp_path, [notice(1)])
    build(folder, folder / "output")
    put_notice(folder, notice(2))
    note = (folder / ".output.build.json").read_bytes()
    build(folder, folder / "output")
    (folder / ".output.build.json").write_bytes(note)
    assert state.load(folder / "output") is None


def test_a_change_in_the_same_moment_is_seen(tmp_path):
    folder = make_site(tmp_path, [notice(1, title="题目甲")])
    for title in ("题目乙", "题目丙", "题目丁"):
        put_notice(folder, notice(1, title=title))
        build(folder, folder / "output")
        page = folder / "output/notices" / notice(1).id / "index.html"
        assert title in page.read_text(encoding="utf-8")


def test_nothing_is_made_when_nothing_changed_and_the_faults_are_said_again(tmp_path):
    folder = make_site(tmp_path, [notice(1)])
    put(folder / "content/notices/x.md", "---\nid: [\n---\n")
    first = build(folder, folder / "output")
    os.utime(folder / "content/notices/x.md", (1, 1))
    second, third = build(folder, folder / "output"), build(folder, folder / "output")
    assert first.failed
    assert first.diagnostics == second.diagnostics == third.diagnostics
    assert (third.made, third.changed, third.files, third.notices) == (0, 0, second.files, 1)
