"""Reviewed notices go live, the others wait: nobody's draft or fault keeps a colleague's notice back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from generator.content.journal import JOURNAL, keep
from generator.content.notice_file import write_notice
from generator.model.decisions import Acceptance, Mask, Withdrawal
from generator.model.notice import Passage
from tests.release.support import DATE, Place, clean, copied, disclose, ready_site
from tests.samples import put_notice

FIRST, SECOND = "mou-ju-20240801-1", "mou-ju-20220506-2"


def draft(number, **more):
    return replace(clean(number, **more), review="draft", reviews=())


def publish(site, place, *words, code=0):
    done = disclose("--site", site, "publish", *place.words, *words)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def sign(site, name):
    for step, who in (("初审", "甲"), ("复审", "乙"), ("终审", "丙")):
        done = disclose("--site", site, "review", name, "--step", step, "--name", who)
        assert done.returncode == 0, done.stderr


def table(done):
    """State → ids."""
    found = {}
    for line in done.stdout.splitlines():
        state, _, rest = line.partition(" ")
        if state in ("new", "corrected", "withdrawn", "removed", "waits"):
            found.setdefault(state, set()).add(rest.split("  ")[-1].partition(":")[0])
    return found


def words(place, id_):
    data = place.live.get(f"notices/{id_}/notice.json")
    return json.loads(data)["text"] if data else None


@pytest.fixture
def place(tmp_path):
    """A folder: what goes is the same for every kind of target."""
    return Place(tmp_path / "www", str(tmp_path / "www"))


@pytest.fixture(scope="session")
def published_once(tmp_path_factory):
    """A folder with a site and what was published of it."""
    folder = tmp_path_factory.mktemp("published")
    publish(ready_site(folder / "site"), Place(folder / "www", str(folder / "www")))
    return folder


@pytest.fixture
def published(published_once, tmp_path):
    copied(published_once / "www", tmp_path / "www")
    return copied(published_once / "site", tmp_path / "site")


def test_a_draft_waits_and_the_others_go(site, place):
    put_notice(site, draft(3, published="2025-01-01"))
    done = publish(site, place)
    assert table(done) == {"new": {FIRST, SECOND}, "waits": {"mou-ju-20250101-3"}}
    assert "the notice is a draft: its review is not finished, it waits for 初审、复审、终审" in done.stdout
    assert words(place, "mou-ju-20250101-3") is None
    assert b"20250101-3" not in b"".join(place.live.values())
    sign(site, "mou-ju-20250101-3")
    assert table(publish(site, place)) == {"new": {"mou-ju-20250101-3"}}


def changed(kind):
    """The first notice with a change that may not go."""
    item = clean(1)
    if kind == "an error that nobody accepted":
        body = (*item.body[:8], Passage(words="身份证号11010519491231002X。", role="finding"), *item.body[8:])
        return clean(1, passages=body)
    return draft(1, words=("已修订", "已改动")) if kind == "a draft" else replace(item, title="改过的标题")


@pytest.mark.parametrize("kind", ["a draft", "changed after it was signed", "an error that nobody accepted"])
def test_a_changed_notice_stays_as_it_was_approved_until_its_change_is(published, place, kind):
    put_notice(published, changed(kind))
    put_notice(published, clean(2, published="2022-05-06", words=("已修订", "已修改")))
    before = words(place, FIRST)
    done = publish(published, place)
    assert table(done) == {"corrected": {SECOND}, "waits": {FIRST}}
    assert words(place, FIRST) == before
    assert "已修改" in words(place, SECOND)
    assert disclose("--site", published, "verify").returncode == 0


def test_an_approved_version_goes_though_it_was_never_public(site, place):
    put_notice(site, draft(3, published="2025-01-01"))
    sign(site, "mou-ju-20250101-3")
    put_notice(site, draft(3, published="2025-01-01", words=("已修订", "已改动")))
    assert table(publish(site, place)) == {"new": {FIRST, SECOND, "mou-ju-20250101-3"}, "waits": {"mou-ju-20250101-3"}}
    assert "已修订" in words(place, "mou-ju-20250101-3")


def test_only_what_is_named_changes(published, place):
    put_notice(published, clean(1, words=("已修订", "已改动")))
    put_notice(published, clean(2, published="2022-05-06", words=("已修订", "已修改")))
    put_notice(published, clean(3, published="2025-01-01"))
    done = publish(published, place, "--only", SECOND)
    assert table(done) == {"corrected": {SECOND}, "waits": {FIRST, "mou-ju-20250101-3"}}
    assert "not named with --only" in done.stdout
    assert "已修订" in words(place, FIRST)
    assert table(publish(published, place)) == {"corrected": {FIRST}, "new": {"mou-ju-20250101-3"}}


def test_a_named_notice_that_must_wait_stops_the_publish(published, place):
    put_notice(published, draft(1, words=("已修订", "已改动")))
    before = place.live
    done = publish(published, place, "--only", FIRST, code=1)
    assert "Nothing was published" in done.stderr
    assert place.live == before


def test_a_withdrawal_does_not_wait(published, place):
    item = replace(clean(1), withdrawn=Withdrawal(date=DATE, why="误发"))
    put_notice(published, replace(item, review="draft", reviews=()))
    assert table(publish(published, place)) == {"withdrawn": {FIRST}}
    assert FIRST not in place.live["data/notices.json"].decode()


def test_what_is_public_never_vanishes_for_want_of_an_approved_version(published, place):
    for path in (published / JOURNAL / FIRST).iterdir():
        path.unlink()
    put_notice(published, draft(1, words=("已修订", "已改动")))
    done = publish(published, place, code=1)
    assert "error[not-kept]: it is public, was changed since" in done.stderr
    assert "已修订" in words(place, FIRST)


def test_a_version_of_the_journal_that_was_altered_is_not_taken(published, place):
    (path,) = (published / JOURNAL / FIRST).iterdir()
    path.write_text(path.read_text("utf-8").replace("已修订", "未修订"), encoding="utf-8")
    put_notice(published, draft(1, words=("已修订", "已改动")))
    assert "not-kept" in publish(published, place, code=1).stderr


def test_a_site_where_nothing_is_approved_is_not_published(site, place):
    put_notice(site, draft(1))
    put_notice(site, draft(2, published="2022-05-06"))
    assert "no notice is approved" in publish(site, place, code=1).stderr
    assert not (place.folder / "current").exists()


def test_open_warnings_are_told_before_they_go(site, place):
    done = publish(site, place, "--dry-run")
    told = [line for line in done.stderr.splitlines() if ": warning[" in line]
    assert told
    assert f"open warnings that go with it: {len(told)};" in done.stderr
    publish(site, place)
    assert ": warning[" not in publish(site, place).stderr


# ------------------------------------------------------------------------- masks that nobody has signed

PHONE = "13800138000"
HIDES = (Mask(kind="mobile", why="个人信息"),)


def with_phone(number, **more):
    """A notice that prints a mobile number."""
    at = next(n for n, one in enumerate(clean(1).body) if one.role == "finding")
    body = (*clean(1).body[: at + 1], Passage(words=f"打了{PHONE}电话。", role="finding"), *clean(1).body[at + 1 :])
    accepted = (Acceptance(code="personal-mobile", who="某甲", when=DATE, why="已核对"),)
    return clean(number, passages=body, accepted=accepted, **more)


def unsigned(item):
    """The notice with a mask that nobody has signed."""
    return replace(item, masks=HIDES, review="draft", reviews=())


def holding(place):
    """The files of the live release, by path, in which the number stands."""
    return {path for path, data in place.live.items() if PHONE.encode() in data}


def publishing(site, place, *words, code=0):
    done = publish(site, place, *words, code=code)
    return table(done), done.stderr


@pytest.fixture(scope="session")
def shown_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown")
    put_notice(ready_site(folder / "site"), with_phone(1))
    place = Place(folder / "www", str(folder / "www"))
    publish(folder / "site", place)
    assert holding(place)
    return folder


@pytest.fixture
def shown(shown_once, tmp_path):
    """A site whose first notice shows a number to the public."""
    copied(shown_once / "www", tmp_path / "www")
    return copied(shown_once / "site", tmp_path / "site")


def test_an_unsigned_mask_of_a_public_notice_holds_back_that_notice_alone(shown, place):
    put_notice(shown, unsigned(with_phone(1)))
    put_notice(shown, clean(2, published="2022-05-06", words=("已修订", "已修改")))
    put_notice(shown, clean(3, published="2025-01-01"))
    before = words(place, FIRST)
    rows, told = publishing(shown, place)
    assert rows == {"corrected": {SECOND}, "new": {"mou-ju-20250101-3"}, "waits": {FIRST}}
    assert words(place, FIRST) == before
    assert "warning[mask-waits]: the public still reads what a mask of this notice hides (mobile phone number)" in told
    assert f"disclose review {FIRST}" in told
    assert PHONE not in told


def test_a_mask_hides_at_once_when_it_is_signed(shown, place):
    put_notice(shown, unsigned(with_phone(1)))
    publish(shown, place)
    sign(shown, FIRST)
    rows, told = publishing(shown, place)
    assert rows == {"corrected": {FIRST}}
    assert holding(place) == set()
    assert "mask-waits" not in told


def test_what_an_unsigned_mask_hides_is_not_made_public(site, place):
    put_notice(site, draft(1))
    publish(site, place)
    put_notice(site, with_phone(3, published="2025-01-01"))
    sign_again = with_phone(3, published="2025-01-01")
    keep(site, write_notice(sign_again), sign_again)  # approved, and never published
    put_notice(site, unsigned(sign_again))
    rows, _ = publishing(site, place)
    assert rows == {"waits": {FIRST, "mou-ju-20250101-3"}}
    assert holding(place) == set()


def test_a_draft_with_a_mask_stops_no_public_notice_and_lets_no_other_show_it_anew(shown, place):
    put_notice(shown, unsigned(with_phone(2, published="2022-05-06")))  # a colleague's draft masks it
    put_notice(shown, with_phone(3, published="2025-01-01"))  # another notice would print it anew
    rows, told = publishing(shown, place)
    assert rows == {"waits": {SECOND, "mou-ju-20250101-3"}}
    assert "mask-waits" in told
    assert not any("20250101-3" in path for path in holding(place))


def test_a_page_that_shows_what_an_unsigned_mask_hides_is_the_sites_own_fault(published, place):
    site = published
    put_notice(site, unsigned(with_phone(1)))
    (site / "content/pages").mkdir(exist_ok=True)
    (site / "content/pages/about.md").write_text(f"# 关于\n\n电话{PHONE}\n", encoding="utf-8")
    done = publish(site, place, code=1)
    assert "error[masked-value]" in done.stderr
    assert "pages" in done.stderr or "about" in done.stderr


def test_a_signed_mask_leaks_nowhere(shown, place):
    """Where one notice hides a number, and another shows it that masks it not: nothing goes."""
    put_notice(shown, replace(with_phone(3, published="2025-01-01"), masks=HIDES, reviews=()))
    sign(shown, "mou-ju-20250101-3")
    done = publish(shown, place, code=1)
    assert "error[masked-value]" in done.stderr
    put_notice(shown, unsigned(with_phone(1)))
    rows, told = publishing(shown, place)
    assert rows == {"new": {"mou-ju-20250101-3"}, "waits": {FIRST}}
    assert "mask-waits" in told
    assert PHONE not in words(place, "mou-ju-20250101-3")
