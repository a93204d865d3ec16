"""三审 in a real browser."""

from __future__ import annotations

import pytest

from tests.desk.test_board import WORDS, upload

pytestmark = pytest.mark.browser


@pytest.fixture
def at(desk):
    upload(desk, ("水务局.txt", WORDS.encode()))
    return f"n/{desk.intake.results[0].id}/review"


@pytest.mark.parametrize("who", ["seat", "plain"])
def test_three_steps_are_signed_with_a_button_and_a_confirmation_each(who, at, request):
    seat = request.getfixturevalue(who)
    page = seat.open(at)
    for step, name in zip(("初审", "复审", "终审"), ("陈某", "周某", "郑某"), strict=True):
        page.locator("summary", has_text=step).click()
        page.get_by_label(f"谁签{step}").fill(name)
        if who == "seat" and step == "复审":
            assert seat.check() == []
        page.get_by_role("button", name=f"签{step}").click()
        page.locator(".sign .is-ok", has_text=name).wait_for()
    assert page.get_by_text("三审已签齐").is_visible()
    if who == "seat":
        assert seat.check() == []


def test_every_state_is_accessible_and_fits(seat, desk, at, site):
    page = seat.open(at)
    page.locator("summary", has_text="初审").click()
    page.get_by_role("button", name="签初审").click()
    path = desk.notices.path(at.split("/")[1])
    text = path.read_text("utf-8")
    path.write_text(text.replace("0596-1234567", "0596-7654321"), encoding="utf-8")
    page = seat.open(at)
    assert page.get_by_text("签名作废").first.is_visible()
    assert seat.check() == []
    path.write_text("---\n[", encoding="utf-8")
    seat.open(at)
    assert seat.check() == []


def test_the_slip_prints_on_one_page(seat, at, tmp_path):
    page = seat.open(at.replace("review", "slip"))
    assert seat.faults == []
    assert page.evaluate("window.__reports") == []
    pypdfium2 = pytest.importorskip("pypdfium2")
    page.pdf(path=tmp_path / "slip.pdf", format="A4")
    assert len(pypdfium2.PdfDocument(tmp_path / "slip.pdf")) == 1
