"""The journal: done or not, never half; undo to the bytes of the import; the conflict rule."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import os
import random
import shutil
import signal
import time
import uuid
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.base.diagnostics import ContentError, DiscloseError
from generator.content.config import load_config
from generator.content.journal import reviewed_versions
from generator.content.notice_file import read_notice
from generator.desk import acts, doing
from generator.desk.doing import Asked, Conflict, Paper
from generator.desk.journal import hash_of
from generator.desk.places import RefusedAct, place, whole
from generator.desk.rows import row_of
from generator.desk.writing import writing
from generator.editorial.checks import check
from tests.desk.strategies import FIVE, NOTICES, any_acts, errata
from tests.samples import make_site
from tests.samples import notice as sample

AT = dt.datetime(2025, 11, 28, 16, 29, 3, tzinfo=dt.timezone(dt.timedelta(hours=8)))


class Desk:
    """A site with one notice, and what an editor does to it."""

    def __init__(self, folder: Path, source: Path | None = None):
        self.site = make_site(folder, [] if source else [sample()])
        if source:
            self.path = folder / "content/notices" / source.name
            self.path.write_bytes(source.read_bytes())
        else:
            [self.path] = (folder / "content/notices").rglob("*.md")
        self.paper = Paper(self.site, self.path)
        self.config = load_config(self.site)

    @property
    def bytes(self):
        return self.path.read_bytes()

    @property
    def notice(self):
        return read_notice(self.bytes.decode())[0]

    def asked(self, *, version=None, act_id=None, who="陈某"):
        return Asked(
            id=act_id or uuid.uuid4().hex, version=version or hash_of(self.bytes), who=who, at=AT, config=self.config
        )

    def do(self, act, **more):
        return self.paper.do(act, self.asked(**more))

    def undo(self):
        undo, _ = self.paper.state().stacks()
        return self.paper.undo(undo[-1].n, self.asked())

    def redo(self):
        _, redo = self.paper.state().stacks()
        return self.paper.redo(redo[-1].n, self.asked())

    def at(self, words):
        start = self.notice.text.index(words)
        return place(self.notice, start, start + len(words))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_undo_gives_the_same_bytes_and_replaying_gives_the_file(tmp_path_factory, data):
    desk = Desk(tmp_path_factory.mktemp("site"), data.draw(st.sampled_from(NOTICES)))
    first = desk.bytes
    seen = [first]
    for _ in range(data.draw(st.integers(1, 5))):
        act = data.draw(st.one_of(any_acts(desk.notice), errata(desk.notice)))
        try:
            desk.do(act)
        except (RefusedAct, DiscloseError):
            assert desk.bytes == seen[-1]
            continue
        seen.append(desk.bytes)
    assert [one.after for one in desk.paper.state().entries][-len(seen) :] == [hash_of(one) for one in seen] or len(
        seen
    ) == 1
    for before in reversed(seen[:-1]):
        desk.undo()
        assert desk.bytes == before
    assert desk.bytes == first
    for after in seen[1:]:
        desk.redo()
        assert desk.bytes == after


def test_an_act_that_is_sent_twice_is_done_once_and_answered_alike(desk):
    act = acts.MarkRole(desk.at("一是补开会议，二是建立台账。"), "finding")
    asked = desk.asked()
    first = desk.paper.do(act, asked)
    after = desk.bytes
    again = desk.paper.do(act, asked)
    assert (again.entry, again.is_repeated) == (first.entry, True)
    assert desk.bytes == after
    assert [one.kind for one in desk.paper.state().entries] == ["Import", "MarkRole"]


def test_undo_and_redo_survive_a_restart_and_a_new_act_ends_redo(desk):
    first = desk.bytes
    desk.do(acts.SetStatus("i1", "ongoing"))
    desk.do(acts.SetStatus("i2", "unstated"))
    after = desk.bytes
    desk.paper = Paper(desk.site, desk.path)
    desk.undo()
    desk.undo()
    assert desk.bytes == first
    desk.redo()
    desk.redo()
    assert desk.bytes == after
    desk.undo()
    desk.do(acts.SetStatus("i3", "unstated"))
    assert desk.paper.state().stacks()[1] == []
    desk.undo()
    desk.undo()
    assert desk.bytes == first


def test_a_hand_edit_is_an_act_of_its_own_and_the_chain_has_no_gap(desk):
    desk.do(acts.SetStatus("i1", "ongoing"))
    edited = desk.bytes.replace("county: 朝阳区".encode(), "county: 海淀区".encode())
    assert edited != desk.bytes
    desk.path.write_bytes(edited)
    desk.do(acts.SetStatus("i2", "unstated"))
    entries = desk.paper.state().entries
    assert [one.kind for one in entries] == ["Import", "SetStatus", "Outside", "SetStatus"]
    assert all(a.after == b.before for a, b in pairwise(entries))
    assert "海淀区" in desk.bytes.decode()
    desk.undo()
    assert desk.bytes == edited


# ------------------------------------------------------------------------------------------------------ conflict rule


def test_an_act_for_an_older_version_is_joined_on_when_it_concerns_other_things(desk):
    old = hash_of(desk.bytes)
    desk.paper.journal.keep(desk.bytes)
    act = acts.SetStatus("i3", "done", desk.at("长期坚持。"))
    desk.path.write_bytes(desk.bytes.replace("一是补开会议".encode(), "一是补开了会议".encode()))
    done = desk.do(act, version=old)
    assert done.entry.joined
    assert [one.status for one in desk.notice.issues] == ["done", "ongoing", "done"]
    assert "一是补开了会议" in desk.notice.text


@pytest.mark.parametrize(
    ("old", "new"),
    [("status=long-term", "status=ongoing"), ("服务群众不到位", "服务群众不够到位"), ("长期坚持。", "长期坚持！")],
)
def test_an_act_on_what_was_changed_is_held_and_nothing_is_done(desk, old, new):
    version = hash_of(desk.bytes)
    desk.paper.journal.keep(desk.bytes)
    act = acts.SetStatus("i3", "done", desk.at("长期坚持。"))
    edited = desk.bytes.replace(old.encode(), new.encode())
    desk.path.write_bytes(edited)
    with pytest.raises(Conflict) as conflict:
        desk.do(act, version=version, act_id="x")
    assert desk.bytes == edited
    assert [one.act for one in desk.paper.state().held] == [row_of(act)]
    assert conflict.value.rows
    if new == "status=ongoing":  # seen and sent again with the new version, and the same id
        desk.do(act, version=conflict.value.version, act_id="x")
        assert desk.notice.issues[2].status == "done"


def test_a_version_that_nobody_kept_is_a_conflict(desk):
    with pytest.raises(Conflict):
        desk.do(acts.SetStatus("i1", "ongoing"), version="0" * 64)


def test_a_broken_file_is_told_and_left_alone(desk):
    desk.path.write_bytes(desk.bytes.replace(b"review: draft", b"review: ["))
    broken = desk.bytes
    with pytest.raises(ContentError):
        desk.do(acts.SetStatus("i1", "ongoing"))
    assert desk.bytes == broken


def test_what_broke_the_file_can_be_taken_back(desk):
    desk.do(acts.SetStatus("i1", "ongoing"))
    good = desk.bytes
    desk.path.write_bytes(good.replace(b"review: draft", b"review: ["))
    with pytest.raises(ContentError):
        desk.do(acts.SetStatus("i2", "unstated"))
    desk.undo()
    assert desk.bytes == good


def test_a_file_that_is_gone_is_told(desk):
    version = hash_of(desk.bytes)
    desk.path.unlink()
    with pytest.raises(RefusedAct) as refused:
        desk.paper.do(acts.SetStatus("i1", "ongoing"), desk.asked(version=version))
    assert refused.value.code == "gone"


# ------------------------------------------------------------------------------------------------------ after a crash


def test_an_intention_without_an_end_is_settled_by_the_file(desk):
    before = desk.bytes
    done = desk.do(acts.SetStatus("i1", "ongoing"))
    after = desk.bytes
    lines = journal(desk).read_bytes().split(b"\n")
    for content, kinds in ((after, ["Import", "SetStatus"]), (before, ["Import"])):
        journal(desk).write_bytes(b"\n".join(lines[:-2]) + b"\n")  # the last line, which says that it was done
        desk.path.write_bytes(content)
        state = desk.paper.journal.settle(hash_of(content))
        assert [one.kind for one in state.entries] == kinds
        assert state.open is None
        assert bool(state.answered(done.entry.id)) == (content == after)


def test_a_torn_line_says_nothing_and_harms_nothing(desk):
    desk.do(acts.SetStatus("i1", "ongoing"))
    torn = b'{"n": 9, "id": "x", "at": "2025", "who": "", "act": {}, "before"'
    for size in (1, 20, 150):
        journal(desk).write_bytes(journal(desk).read_bytes() + torn[:size])
        desk.do(acts.SetTopics("i2", (f"财务{size}",)))
        assert json.loads(journal(desk).read_bytes().rstrip().split(b"\n")[-1]).keys() == {"done"}
    assert [one.kind for one in desk.paper.state().entries][-3:] == ["SetTopics"] * 3


def journal(desk):
    return desk.site / "journal" / f"{desk.path.stem}.jsonl"


KILLS = int(os.environ.get("KILLS", "40"))
"""The desk's promise was tried with 200."""


@pytest.mark.slow
def test_killed_at_any_moment_every_act_that_was_answered_is_there_and_none_is_half(desk):
    """A process of its own that acts without pause, and SIGKILL at a moment that chance chooses."""
    chance = random.Random(11)
    answered: set[str] = set()
    kills = unanswered = 0
    while kills < KILLS or (not unanswered and kills < 5 * KILLS):  # some are killed between the file and the answer
        kills += 1
        said = killed_while_acting(desk, chance.uniform(0, 0.2))
        data = desk.bytes
        state = desk.paper.journal.settle(hash_of(data)) if journal(desk).exists() else desk.paper.state()
        answered |= set(said)
        done = [one.id for one in state.entries]
        assert answered <= set(done)
        assert len(done) == len(set(done))
        assert state.head in ("", hash_of(data))
        assert all(a.after == b.before for a, b in pairwise(state.entries))
        assert all(desk.paper.journal.text(one.after) for one in state.entries)
        unanswered += len(set(done) - answered - {""})
        answered |= set(done)
    assert len(answered) > 1
    assert unanswered  # these are there, too
    first = desk.paper.state().entries[0].after
    while desk.paper.state().stacks()[0]:
        desk.undo()
    assert hash_of(desk.bytes) == first


def killed_while_acting(desk, seconds):
    """The ids of the acts that a process answered before it was killed."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            act_without_pause(desk, write)
        finally:
            os._exit(1)
    os.close(write)
    assert os.read(read, 1) == b"-"  # it runs
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as answers:
        return answers.read().decode().split()


def act_without_pause(desk, answers):
    statuses = itertools.cycle(["unstated", "ongoing", "long-term", "done"])
    os.write(answers, b"-")
    for status in statuses:
        with contextlib.suppress(RefusedAct), writing(desk.site):
            act_id = uuid.uuid4().hex
            desk.do(acts.SetStatus("i1", status), act_id=act_id)
            os.write(answers, act_id.encode() + b" ")


def test_a_disk_that_is_full(desk, monkeypatch):
    before = desk.bytes
    desk.do(acts.SetStatus("i1", "ongoing"))
    desk.undo()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(doing, "write_bytes", full)
        with pytest.raises(OSError):
            desk.do(acts.SetStatus("i2", "unstated"))
    assert desk.bytes == before
    state = desk.paper.journal.settle(hash_of(before))
    assert [one.kind for one in state.entries] == ["Import", "SetStatus", "Undo"]
    desk.do(acts.SetStatus("i2", "unstated"))


def test_build_and_check_know_nothing_of_the_journal(desk):
    desk.do(acts.SetStatus("i1", "ongoing"))
    said = [one.diagnostic for one in check(desk.site, day=dt.date(2025, 11, 28)).findings]
    shutil.rmtree(desk.site / "journal")
    assert [one.diagnostic for one in check(desk.site, day=dt.date(2025, 11, 28)).findings] == said
    desk.do(acts.SetStatus("i2", "unstated"))


# ---------------------------------------------------------------------------------------------------------- signatures


def sign_all(desk):
    for step, name in zip(desk.config.review_steps, "甲乙丙", strict=True):
        desk.do(acts.Sign(step, name))


def test_a_signature_that_is_taken_back_approves_nothing(desk):
    sign_all(desk)
    steps = desk.config.review_steps
    assert desk.notice.review == "reviewed"
    assert len(list(reviewed_versions(desk.site, desk.path.stem, steps))) == 1
    desk.undo()
    assert desk.notice.review == "draft"
    assert list(reviewed_versions(desk.site, desk.path.stem, steps)) == []
    desk.redo()
    assert len(list(reviewed_versions(desk.site, desk.path.stem, steps))) == 1


def test_an_anchor_that_was_published_is_not_taken_back(desk):
    desk.do(acts.MarkIssue(desk.at("一是补开会议，二是建立台账。")))
    sign_all(desk)
    desk.do(acts.SetStatus("i1", "ongoing"))
    desk.undo()
    for _ in desk.config.review_steps:  # to take the approval back is possible as long as nothing went out
        undo, _ = desk.paper.state().stacks()
        if undo[-1].kind != "Sign":
            break
        desk.undo()
    sign_all(desk)
    version = desk.paper.state().entries[0].after
    with pytest.raises(RefusedAct) as refused:
        desk.do(acts.Restore(version))
    assert refused.value.code == "anchor-published"


def test_restoring_a_version_is_an_act_like_any_other(desk):
    first = desk.bytes
    desk.do(acts.SetStatus("i1", "ongoing"))
    changed = desk.bytes
    desk.do(acts.Restore(hash_of(first)))
    assert desk.bytes == first
    desk.undo()
    assert desk.bytes == changed


def test_the_five_are_read_at_all():
    assert len(FIVE) == 5
    assert all(whole(one, 0).words for one in FIVE)
