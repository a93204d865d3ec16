"""预览 in a real browser: the frames show the site, and neither side reaches the other."""

from __future__ import annotations

import pytest

from tests.desk.tools import eventually
from tests.samples import notice

pytestmark = pytest.mark.browser


def test_the_frames_show_the_page_and_cannot_reach_the_desk(seat, desk):
    page = seat.open(f"n/{notice(1).id}/preview")
    frames = [frame for frame in page.frames if frame.parent_frame]
    assert len(frames) == 2
    for frame in frames:
        frame.locator(".masthead, .nav").first.wait_for()
        assert frame.evaluate("getComputedStyle(document.querySelector('.nav')).borderBottomStyle") == "solid"
        assert (
            frame.evaluate("(() => { try { return top.document.title } catch (e) { return e.name } })()")
            == "SecurityError"
        )
    assert frames[0].evaluate("innerWidth") <= 390
    address = f"http://127.0.0.1:{desk.local.port}{desk.base}"
    assert "Failed" in frames[0].evaluate(f"fetch('{address}').then(() => 'read', e => String(e))")
    seat.faults = [one for one in seat.faults if "connect-src" not in one and "Content Security Policy" not in one]
    seat.faults = [one for one in seat.faults if "Refused to connect" not in one and "Failed to load" not in one]
    assert seat.faults == []


@pytest.mark.parametrize("query", ["", "?width=phone&look=large", "?page=home&width=wide&look=contrast"])
def test_every_look_is_accessible_and_fits(seat, query):
    page = seat.open(f"n/{notice(1).id}/preview{query}")
    page.frames[1].locator("body").wait_for()
    assert [fault for fault in seat.check() if "frame-tested" not in fault] == []


def test_a_frame_that_came_before_the_notices_were_read_shows_the_page_by_itself(seat, desk, monkeypatch):
    monkeypatch.setattr(desk.preview, "change", lambda _: None)  # a late word of the new site would end the wait
    preview = desk.preview.begin()
    eventually(lambda: preview._plan)
    plan, preview._plan = preview._plan, None  # as while they are read
    page = seat.open(f"n/{notice(1).id}/preview?page=home&width=wide")
    frame = page.frames[1]
    frame.get_by_text("读完自动显示").or_(frame.get_by_text("the page shows by itself")).wait_for()
    preview._plan = plan
    frame.locator(".masthead").wait_for()
    assert seat.faults == []
