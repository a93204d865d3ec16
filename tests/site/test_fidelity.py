"""Words and facts of a content file are those of its source, or somebody answers for it."""

import os
import random
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.dates import PartialDate
from generator.base.files import read_text
from generator.cli import main
from generator.content import fact_fidelity
from generator.content.body_text import read_body, write_body
from generator.content.config import load_config
from generator.content.errata import SourceDifference, WordChange, as_imported, errata_of, unproved
from generator.content.notice_file import read_notice, write_notice
from generator.content.origin import origin_of
from generator.content.phrases import read_phrases
from generator.editorial.checks import check_file
from generator.model.differing import hunks
from generator.model.notice import IssueMarks, Passage
from tests import examples
from tests.samples import notice

DONGSHAN, ZHANGFAN, QUANZHOU = "dongshan-xian-*", "zhangfan-*", "quanzhou-*"
KNOWN = {"draft", "personal-address"}
"""Errors that the five notices have as they are."""
DAY = PartialDate(2025, 12, 1)


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    """A site of the five notices with their sources."""
    site = tmp_path_factory.mktemp("five")
    shutil.copytree("content", site / "content")
    shutil.copy("site.yml", site)
    return site


@pytest.fixture
def site(five, tmp_path):
    return shutil.copytree(five, tmp_path / "site")


def content(site, name=DONGSHAN):
    return next((site / "content/notices").rglob(f"{name}.md"))


def looked_at(site, path):
    phrases = read_phrases(read_text(site / "content/phrases.yml", "phrases.yml"))
    return check_file(path, site, load_config(site), phrases)[0]


def errors(site, path):
    return [one.diagnostic for one in looked_at(site, path) if one.blocks and one.diagnostic.code not in KNOWN]


def altered(site, name, old, new):
    path = content(site, name)
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_the_five_notices_are_their_sources(five):
    for path in (five / "content/notices").rglob("*.md"):
        assert errors(five, path) == []


# ---------------------------------------------------------------------------------------------------------- mutation

MUTATIONS = int(os.environ.get("MUTATIONS", "60"))
DIGITS, LETTERS, SIGNS = "0123456789", "abcdefghijklmnopqrstuvwxyz.-:#{", "的一是在不了有和人这已未｛。"


def mutated(text, rng):
    """The text with one character of its facts or words another, and what was done."""
    end = text.index("\n```json")
    at = rng.choice([place for place in range(4, end) if text[place] != "\n"])
    old = text[at]
    new = rng.choice(
        [sign for sign in (DIGITS if old in DIGITS else LETTERS if old.isascii() else SIGNS) if sign != old]
    )
    return text[:at] + new + text[at + 1 :], f"{text[max(0, at - 12) : at]}【{old}→{new}】{text[at + 1 : at + 12]}"


@pytest.mark.parametrize("seed", range(5))
def test_any_changed_character_stops_a_release(site, seed):
    """MUTATIONS=1000 makes the long run: a thousand over the five notices."""
    path = sorted((site / "content/notices").rglob("*.md"))[seed]
    text, rng = path.read_text("utf-8"), random.Random(seed)
    missed = []
    for _ in range(MUTATIONS // 5):
        other, done = mutated(text, rng)
        path.write_text(other, "utf-8")
        if not errors(site, path):
            missed.append(done)
    assert missed == []


# --------------------------------------------------------------------------------------------------------- its place


@pytest.mark.parametrize("end", ["last", "first", "middle"])
def test_words_taken_out_are_told_at_their_own_line(site, end):
    """Of each paragraph of some length, and of each run on a line of its own, a character is taken out."""
    path = content(site)
    text = path.read_text("utf-8")
    rows = text[: text.index("\n```json")].split("\n")
    body = rows.index("---", 1)
    wrong = []
    for number, row in enumerate(rows[body:], body):
        words = re.sub(r" \{#.*\}$", "", row)
        begins = re.match(r"(?:\{\.[^}]*\} |#+ |\*\*.*?\*\* )*", words).end()
        if len(words) - begins < 12 or set("*\\") & set(words[begins:]):
            continue
        at = {"last": len(words) - 1, "first": begins, "middle": (begins + len(words)) // 2}[end]
        at += row[at].isspace()
        path.write_text("\n".join([*rows[:number], row[:at] + row[at + 1 :], *text.split("\n")[number + 1 :]]), "utf-8")
        told = {
            one.line for one in errors(site, path) if one.code == "source-differs" and "the source has" in one.message
        }
        if told != {number + 1}:
            wrong.append((number + 1, told, row[:20]))
    assert wrong == []


# ------------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("12个具体问题", "21个具体问题", "the source has “”反馈的12个具体问”, the file “”反馈的21个具体问”"),
        ("成立了由党组书记", "成立了由县党组书记", "the source has “成立了由党组书记”, the file “成立了由县党组书记”"),
        ("，已全部完成整改", "，已完成整改", "the source has “问题，已全部完成整改”, the file “问题，已完成整改”"),
    ],
    ids=["turned", "added", "dropped"],
)
def test_words_are_told_with_what_stood_there(site, old, new, said):
    path = altered(site, DONGSHAN, old, new)
    [one] = errors(site, path)
    assert (one.code, one.message) == ("source-differs", said)
    assert new[:4] in path.read_text("utf-8").split("\n")[one.line - 1]


def test_a_text_that_is_another_is_told_briefly(site):
    path = content(site)
    head, _, tail = path.read_text("utf-8").partition("\n# ")
    words = tail.partition("\n```json")[0]
    for old, new in zip("的一是在整改中了和不县委组会", "地二事再正该种料合木先尾祖回", strict=True):
        words = words.replace(old, new)
    path.write_text(f"{head}\n# {words}\n```json" + tail.partition("\n```json")[2], "utf-8")
    found = [one for one in errors(site, path) if one.code == "source-differs"]
    assert len(found) <= 40
    assert any("more differences" in one.message for one in found)


def test_who_corrects_takes_it_out_of_the_way(site, capsys):
    path = altered(site, DONGSHAN, "成立了由党组书记", "成立了由党组副书记")
    altered(site, DONGSHAN, "\n  start: 2025-01-06", "\n  start: 2024-01-06")
    assert {one.code for one in errors(site, path)} == {"source-differs"}
    arguments = ["--site", str(site), "correct", path.stem, "--who", "陈某", "--why", "对照原件"]
    assert main([*arguments, "--dry-run"]) == 0
    assert "2 " not in path.read_text("utf-8")[:4]
    assert len(errors(site, path)) == 2
    assert main(arguments) == 0
    assert "1 errata, 1 facts recorded" in capsys.readouterr().out
    assert errors(site, path) == []
    notice, _ = read_notice(path.read_text("utf-8"))
    assert [(one.before, one.after, one.who) for one in notice.errata] == [("党组书记", "党组副书记", "陈某")]
    altered(site, DONGSHAN, "2024-01-06", "2023-01-06")
    assert [one.code for one in errors(site, path)] == ["source-differs"]


@given(st.text("甲乙丙丁戊\n ", max_size=40), st.text("甲乙丙丁戊", max_size=40))
@settings(max_examples=examples(200), deadline=None)
def test_errata_lead_back_to_the_source(text, source):
    bare = [at for at, char in enumerate(text) if not char.isspace()]
    found = "".join(text[at] for at in bare)
    partings = []
    for start, end, other, other_end in hunks(source, found):
        first = bare[other] if other < len(bare) else len(text)
        last = bare[other_end - 1] + 1 if other_end > other else first
        partings.append(SourceDifference(first, last, source[start:end]))
    errata = errata_of(text, partings, who="某甲", when=DAY, why="误识")
    changes = [WordChange(one.before, one.after) for one in errata]
    if found:
        assert unproved(text, changes) == []
        assert "".join(as_imported(text, changes)[0].split()) == source


@given(st.text("ab", max_size=60), st.text("abc", max_size=60))
@settings(max_examples=examples(300), deadline=None)
def test_differences_make_the_one_of_the_other(a, b):
    parts, done = [], 0
    for start, end, other, other_end in hunks(a, b):
        parts += [a[done:start], b[other:other_end]]
        done = end
    assert "".join([*parts, a[done:]]) == b


def test_differences_of_long_texts_take_linear_time():
    rng = random.Random(1)
    text = "".join(rng.choice("甲乙丙丁戊己庚辛") for _ in range(200_000))
    other = text[:50_000] + "子" + text[50_001:150_000] + text[150_002:]
    assert len(hunks(text, other)) == 2
    assert len(hunks("一" * 100_000, "二" * 90_000)) == 1


# ------------------------------------------------------------------------------------------------------------- facts


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (DONGSHAN, "start: 2025-01-06", "start: 2024-01-06", "source-differs"),
        (DONGSHAN, "- 0596-5835406", "- 0596-5835407", "source-differs"),
        (DONGSHAN, "published: 2025-11-28", "published: 2025-11-18", "source-differs"),
        (DONGSHAN, "  issues: 12", "  issues: 21", "source-differs"),
        (DONGSHAN, "  round: null", "  round: 第九轮", "fact-contradicts"),
        (DONGSHAN, "  postcode: null", "  postcode: '363400'", "fact-contradicts"),
        (DONGSHAN, "  measures: null", "  measures: 88", "fact-contradicts"),
        (DONGSHAN, "  county: 东山县", "  county: 东出县", "source-differs"),
        (DONGSHAN, "  format: txt", "  format: docx", "source-differs"),
        (DONGSHAN, "  file: 000", "  file: 001", "source-changed"),
        (DONGSHAN, "{#i1 .issue", "{#i99 .issue", "source-differs"),
        (DONGSHAN, "\nid: dongshan", "\nid: dongsan", "bad-id"),
        (ZHANGFAN, "- inspection.start\n", "", "source-differs"),
        (ZHANGFAN, "{#i21 .issue status=ongoing", "{#i21 .issue status=done", "status-better"),
    ],
)  # fmt: skip
def test_a_fact_that_is_not_the_sources_stops_a_release(site, name, old, new, code):
    path = content(site, name)
    if old.startswith("{#i21"):
        old = next(line for line in path.read_text("utf-8").split("\n") if "status=ongoing" in line)
        new = old.replace("status=ongoing", "status=done")
    altered(site, name, old, new)
    assert code in {one.code for one in errors(site, path)}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  feedback: 2025-08-28", "  feedback: null", "fact-missing"),
        ("\ncontact:\n  phones:\n  - 0596-5835406\n", "\ncontact:\n  phones: []\n", "fact-missing"),
    ],
)
def test_what_says_less_is_told_and_may_go(site, old, new, code):
    path = altered(site, DONGSHAN, old, new)
    assert errors(site, path) == []
    assert code in {one.diagnostic.code for one in looked_at(site, path)}


def test_a_deadline_is_judged_by_the_words_of_its_own_issue(site):
    line = next(one for one in content(site, DONGSHAN).read_text("utf-8").split("\n") if "{#i2 .issue" in one)
    path = altered(site, DONGSHAN, line, line.replace("status=done", "status=done deadline=2025-11-28"))
    told = {(one.diagnostic.code, one.diagnostic.message) for one in looked_at(site, path)}
    place = "“（2）针对“一岗双责”履行缺位的问题。” · rectification deadline"
    said = f"{place}: “2025-11-28” stands in the notice, but not in the words of this item"
    assert ("fact-unproved", said) in told


@pytest.mark.parametrize(
    ("path", "value", "text", "expected"),
    [
        ("stated.issues", 2, "完善制度2项。共反馈3个问题。", False),
        ("stated.issues", 2, "巡察反馈问题2个，均已整改。", True),
        ("stated.issues", 12, "共指出4个方面十二个问题", True),
        ("stated.done", 3, "召开会议3次；问题已完成整改1个", False),
        ("stated.done", 3, "已完成整改3个", True),
        ("stated.done", 2, "整改情况。\n2.关于巡查不到位的问题。", False),
        ("stated.issues", 2, "（二）关于学习不深入的问题。", False),
        ("stated.done", 2, "2.已完成整改2个。", True),
        ("stated.systems", 5, "集中学习5次。修订制度若干", False),
        ("contact.phones", 3, "", True),
    ],
)
def test_a_total_stands_in_a_sentence_about_what_it_counts(path, value, text, expected):
    assert fact_fidelity.is_counted(path, value, text) is expected


def test_a_status_that_says_less_may_be_set_by_hand(site):
    path = altered(site, DONGSHAN, "status=done", "status=ongoing")
    assert errors(site, path) == []


def test_a_fact_follows_words_that_were_corrected(site):
    """The unit has another telephone: the words are corrected, and the fact with them."""
    path = altered(site, DONGSHAN, "- 0596-5835406", "- 0596-5835999")
    altered(site, DONGSHAN, "5835406", "5835999")
    assert len(errors(site, path)) == 2
    altered(
        site,
        DONGSHAN,
        "\nsource:\n",
        """
corrections:
- {date: 2025-12-20, what: 电话, why: 号码变更, before: 0596-5835406, after: 0596-5835999, who: 李某}
source:
""",
    )
    assert errors(site, path) == []


def test_another_reading_of_today_is_no_alteration(site, monkeypatch):
    """A newer program may read a source otherwise: what was signed stays, and is told."""
    path = content(site)
    item, _ = read_notice(path.read_text("utf-8"))
    origin = origin_of(site, item)
    today = origin.notice.replace(contact=replace(item.contact, phones=("0596-1111111",)))
    monkeypatch.setattr("generator.editorial.against_source.origin_of", lambda *_: origin._replace(notice=today))
    assert errors(site, path) == []
    assert "fact-reread" in {one.diagnostic.code for one in looked_at(site, path)}
    altered(site, DONGSHAN, "- 0596-5835406", "- 0596-583540")
    assert [one.code for one in errors(site, path)] == ["source-differs"]


def test_without_its_source_a_notice_is_doubted_and_facts_are_compared_with_the_words(site):
    path = altered(site, DONGSHAN, "- 0596-5835406", "- 0596-5835407")
    shutil.rmtree(site / "content/sources")
    assert [one.code for one in errors(site, path)] == ["fact-contradicts"]
    assert "source-unproved" in {one.diagnostic.code for one in looked_at(site, path)}


@pytest.mark.parametrize(
    ("status", "words", "told"),
    [
        ("done", "已完成整改。", []),
        ("done", "尚未开展整改。", ["better"]),
        ("done", "", ["better"]),
        ("long-term", "", ["better"]),
        ("unstated", "", []),
    ],
)
def test_without_its_source_a_status_needs_words_that_say_so(status, words, told):
    """A stranger's content file may say of any issue that it is done."""
    heading = Passage(
        words="采购不规范", label="1.", level=3, anchor="i1", marks=IssueMarks(status=status), role="heading"
    )
    said = (Passage(words=words, role="status"),) if words else ()
    item = notice(1, passages=(heading, Passage(words="修订办法。", label="整改情况：", role="response"), *said))
    faults = [one for one in fact_fidelity.fact_faults(item, None) if one.path.startswith("issues.")]
    assert [one.kind for one in faults] == told


@pytest.mark.parametrize("where", ["words", "fact", "escape"])
def test_a_character_that_nobody_sees_is_told(where, site):
    path = content(site)
    text = path.read_text("utf-8")
    if where == "words":
        at = text.rfind("整改", 0, text.find("```json"))
        text = f"{text[:at]}\u202e{text[at:]}"
    else:
        text = re.sub(
            r"\ntitle: .*", "\ntitle: \U000e0041通报" if where == "fact" else r'\ntitle: "\\u2800通报"', text, count=1
        )
    path.write_text(text, "utf-8")
    assert "unseen-character" in {one.code for one in errors(site, path)}


def test_a_source_is_read_once(site, monkeypatch):
    path = content(site)
    assert errors(site, path) == []
    monkeypatch.setattr("generator.readers.read_document", None)
    assert errors(site, path) == []
    for kept in (site / ".cache").rglob("*.json"):
        kept.write_text("{", "utf-8")
    with pytest.raises(TypeError):
        errors(site, path)


# ------------------------------------------------------------------------------------------- marks that are no words


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{.finding}", "｛.finding｝", "bad-mark"),
        ("{.finding}", "{。finding}", "bad-mark"),
        ("{.finding}", "｛.finding}", "bad-mark"),
        ("{.finding}", "{.finding｝", "bad-mark"),
        ("{.finding}", "{ .finding }", "bad-mark"),
        ("{.finding}", "｛ ．finding ｝", "bad-mark"),
        (" {#i3 .issue", " ｛#i3 .issue", "bad-mark"),
        (" {#s2}", " ｛#s2｝", "bad-mark"),
        (" {#s2}", " {＃s2}", "unknown-attribute"),
        ("{.finding}", "<!-- 待核 --> {.finding}", "comment-mark"),
        ("{.finding}", "{.finding} <!-- 待核", "comment-mark"),
        ("\n{.finding}", "\n<<<<<<< HEAD\n{.finding}", "conflict-mark"),
        ("\n{.finding}", "\n=======\n{.finding}", "conflict-mark"),
        ("\n{.finding}", "\n>>>>>>> 3f2a91c 改期限\n{.finding}", "conflict-mark"),
        ("\nunit:", "\n<<<<<<< HEAD\nunit:", "conflict-mark"),
    ],
)
def test_a_slip_of_the_hand_is_an_error_and_never_a_word(site, old, new, code):
    path = altered(site, DONGSHAN, old, new)
    line = path.read_text("utf-8")[: path.read_text("utf-8").index(new.strip())].count("\n") + 1
    found = errors(site, path)
    assert (found[0].code, found[0].line) == (code, line)
    assert found[0].hint


@pytest.mark.parametrize(
    "words", ["｛.finding｝一词", "｛#i3｝", "<!-- 原文 -->", "=======", "{。x}", "\\{.x}", "a｛b｝"]
)
def test_a_notice_may_speak_of_marks(words):
    body = (Passage(words=words),)
    assert read_body(write_body(body), "f", 1) == (body, [])


def test_the_mark_of_a_conflict_is_not_looked_for_in_words():
    item = notice(1, passages=(Passage(words="======="), Passage(words="<<<<<<< HEAD")))
    assert read_notice(write_notice(item))[1] == []


def test_a_site_kept_under_another_folder_is_compared_too(site, tmp_path):
    moved = Path(shutil.move(site, tmp_path / "moved"))
    altered(moved, DONGSHAN, "成立了由党组书记", "成立了由党组副书记")
    assert [one.code for one in errors(moved, content(moved))] == ["source-differs"]
