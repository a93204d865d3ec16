"""`disclose review`: signatures are written into the file that the editor wrote, and into no other line of it."""

from __future__ import annotations

import pytest

from generator.base.dates import PartialDate
from generator.base.structure import replace_keys
from generator.cli import main
from generator.content.journal import note_import
from generator.content.notice_file import read_notice
from generator.content.review import faults, fingerprint
from generator.model.decisions import Mask, Review
from tests.samples import make_site, notice, put_notice

STEPS = ("初审", "复审", "终审")


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path, [notice(1)])


NAMES = {"初审": "某甲", "复审": "某乙", "终审": "某丙"}


def sign(site, step, *more, name=None):
    return main(["review", notice(1).id, "--site", str(site), "--step", step, "--name", name or NAMES[step], *more])


def change(site, old="长期坚持。", new="长期坚持下去。"):
    path = next(site.rglob("content/notices/*/*.md"))
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def item(site):
    return read_notice(next(site.rglob("content/notices/*/*.md")).read_text("utf-8"))[0]


def test_a_notice_is_reviewed_when_every_step_is_signed(site, capsys):
    for step in STEPS:
        assert item(site).review == "draft"
        assert sign(site, step, "--date", "2025-12-01") == 0
    assert [(one.step, one.name, one.date.iso) for one in item(site).reviews] == [
        (step, NAMES[step], "2025-12-01") for step in STEPS
    ]
    assert (item(site).review, list(faults(item(site), STEPS))) == ("reviewed", [])
    assert capsys.readouterr().out.splitlines()[1].endswith("复审 signed by 某乙 on 2025-12-01; waits for 终审")


def test_signing_again_after_a_change_leaves_the_other_steps_void(site):
    for step in STEPS:
        sign(site, step)
    change(site)
    sign(site, "初审")
    assert (item(site).review, [one.step for one in item(site).reviews]) == ("draft", ["初审"])


def test_every_other_line_stays_as_it_was(site):
    path = put_notice(site, notice(1))
    before = path.read_text("utf-8").replace("published:", "# 日期见落款\npublished:  ")
    path.write_text(before, encoding="utf-8")
    sign(site, "初审")
    sign(site, "复审")
    after = path.read_text("utf-8")
    start, stop = after.index("reviews:"), after.index("\n---\n") + 1
    assert after[:start] + after[stop:] == before


@pytest.mark.parametrize(
    ("before", "step", "more", "said"),
    [
        ((), "复审", (), "复审 comes after 初审, which nobody has signed for these words"),
        (("初审",), "终审", (), "终审 comes after 复审"),
        (("初审", "复审"), "终审", ("--name", "某甲"), "某甲 has signed 初审: each step is signed by another person"),
        (("初审",), "初审", ("--name", "某丁"), "初审 was signed by 某甲 on "),
        ((), "初审", ("--date", "2999-01-01"), "--date 2999-01-01 is after today"),
        ((), "初审", ("--date", "2025-11-30"), "--date 2025-11-30 is before the notice was imported, 2025-12-01"),
        (("初审",), "复审", ("--date", "2025-12-02"), "--date 2025-12-02 is before 初审 was signed, "),
    ],
    ids=[
        "order",
        "a step left out",
        "one person",
        "in silence",
        "to come",
        "before the import",
        "before the other step",
    ],
)
def test_a_signature_that_proves_nothing_is_refused(site, capsys, before, step, more, said):
    note_import(site, notice(1).id, PartialDate.parse("2025-12-01"))
    for done in before:
        assert sign(site, done) == 0
    held = item(site)
    assert sign(site, step, *more) == 1
    assert said in capsys.readouterr().err
    assert item(site) == held


def test_another_person_signs_a_step_again_when_asked_to(site):
    sign(site, "初审")
    assert sign(site, "初审", "--again", name="某丁") == 0
    assert [one.name for one in item(site).reviews] == ["某丁"]


def test_a_unit_may_decide_that_one_person_signs_all(site):
    with (site / "site.yml").open("a") as file:
        file.write("distinct_reviewers: false\n")
    assert [sign(site, step, name="某甲") for step in STEPS] == [0, 0, 0]


def test_signatures_of_one_person_and_dates_out_of_order_are_told(site, capsys):
    words = fingerprint(notice(1))
    signed = [("初审", "某甲", "2025-12-03"), ("复审", "某甲", "2025-12-02"), ("终审", "某丙", "2025-12-04")]
    reviews = tuple(
        Review(step=step, name=name, date=PartialDate.parse(day), words=words) for step, name, day in signed
    )
    put_notice(site, notice(1, review="reviewed", reviews=reviews))
    main(["check", "--site", str(site), notice(1).id])
    told = capsys.readouterr().out
    assert "warning[review-doubtful]: 某甲 signed 初审、复审: each step is for another person" in told
    assert "warning[review-doubtful]: 复审 was signed on 2025-12-02, before 初审 on 2025-12-03" in told


def test_signing_and_check_show_what_was_changed_since(site, capsys):
    for step in STEPS:
        sign(site, step)
    change(site)
    change(site, "postcode: '100020'", "postcode: '100021'")
    capsys.readouterr()
    main(["check", "--site", str(site), notice(1).id])
    told = capsys.readouterr().out
    assert "error[review-void]: the notice was changed after 初审、复审、终审 was signed" in told
    changes = [
        "contact postcode: “100020” → “100021”",
        "“3.服务群众不到位” · words that state the status: put in “下去”: “长期坚持下去。”",
    ]
    assert all(f"\n    {line}\n" in told for line in changes)
    assert sign(site, "初审") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith(": changed since it was signed last:")
    assert said[1:3] == [f"  {line}" for line in changes]
    assert said[3].startswith("初审 of 某甲 (")
    assert said[3].endswith(") was for other words, and is void")


@pytest.mark.parametrize("words", [("review", "slip"), ("slip",)], ids=["review slip", "slip"])
def test_a_slip_holds_what_its_signers_must_know(site, words, capsys):
    sign(site, "初审")
    assert main(["--site", str(site), *words, notice(1).id]) == 0
    page = (site / "slips" / f"{notice(1).id}.html").read_text("utf-8")
    words = fingerprint(notice(1))
    for part in ("信息公开送审单", notice(1).title, "初审", "某甲", "复审", "终审", "共3项", "010-12345678", "<svg"):
        assert part in page
    assert " ".join(words[at : at + 8] for at in range(0, 64, 8)) in page
    pdf = (site / "slips" / f"{notice(1).id}.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page/") <= 1


def test_a_slip_shows_nothing_that_is_masked(site):
    put_notice(site, notice(1, title="关于张三丰的通报", masks=(Mask(kind="person", value="张三丰", why="个人信息"),)))
    assert main(["--site", str(site), "slip", notice(1).id]) == 0
    assert "张三丰" not in (site / "slips" / f"{notice(1).id}.html").read_text("utf-8")


def test_a_page_is_a_slip_where_nothing_can_make_a_pdf(site, capsys, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert main(["--site", str(site), "slip", notice(1).id]) == 0
    shown = capsys.readouterr()
    assert "No PDF was made" in shown.err
    assert shown.out.endswith(".html: the slip; print it on A4\n")


def test_the_signed_paper_is_kept(site, tmp_path, capsys):
    scan, other = tmp_path / "扫描.pdf", tmp_path / "again.pdf"
    scan.write_bytes(b"%PDF-1.7 one")
    other.write_bytes(b"%PDF-1.7 two")
    for file in (scan, scan, other):
        assert main(["--site", str(site), "slip", notice(1).id, "--attach", str(file)]) == 0
    folder = site / "content/journal" / notice(1).id
    words = fingerprint(notice(1))[:16]
    assert {path.name for path in folder.iterdir()} == {f"signed-{words}.pdf", f"signed-{words}-2.pdf"}
    scan.write_bytes(b"MZ")
    assert main(["--site", str(site), "slip", notice(1).id, "--attach", str(scan)]) == 2
    assert "not a scan" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("---\na: 1\n---\nx", "---\na: 1\nk: 2\n---\nx"),
        ("---\nk: 1\n# of b\nb: 3\n---\nx", "---\nk: 2\n# of b\nb: 3\n---\nx"),
        ("---\nk:\n- 1\n- 2\nb: 3\n---\n---\n", "---\nk: 2\nb: 3\n---\n---\n"),
        ("\ufeff---\r\nk: [1,\r\n 2]\r\n---\r\n", "---\nk: 2\n---\n"),
    ],
    ids=["new", "comment", "list", "windows"],
)
def test_lines_of_a_key_are_replaced(text, after):
    assert replace_keys(text, {"k": "k: 2\n"}) == after


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--step", "初申", "--name", "某甲"], "--step: no step “初申”"),
        (["--step", "初审", "--name", " "], "--name: somebody must answer"),
        (["--step", "初审", "--name", "某甲", "--date", "2025-13"], "argument --date"),
    ],
)
def test_a_wrong_signature_is_refused(site, capsys, arguments, said):
    assert main(["review", notice(1).id, "--site", str(site), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert main(["review", "nobody", "--site", str(site), "--step", "初审", "--name", "某甲"]) == 2
