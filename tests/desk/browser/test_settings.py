"""设置 and 发布 in a real browser: every state accessible, the road to the live site by clicks."""

from __future__ import annotations

import pytest

from generator.desk.local import PublishPlace
from tests.desk.tools import eventually, publishable_site, running
from tests.samples import notice

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["settings", "settings/me", "settings/places"])
def test_settings_are_accessible_and_fit(seat, path):
    seat.open(path)
    assert seat.check() == []


@pytest.fixture
def site(tmp_path):
    return publishable_site(tmp_path / "site")


@pytest.fixture
def desk(site, tmp_path):
    with running(site, who="陈某", places=(PublishPlace("外网", str(tmp_path / "live")),)) as found:
        yield found


@pytest.mark.parametrize("who", ["seat", "plain"])
def test_from_the_board_to_the_live_site(request, tmp_path, who):
    seat, script = request.getfixturevalue(who), who == "seat"
    page = seat.open()
    eventually(lambda: page.reload() and page.get_by_role("link", name="去发布").count())
    page.get_by_role("link", name="去发布").click()
    go = page.locator("summary", has_text="发布这 1 份")
    go.wait_for(timeout=200_000)
    if script:
        assert seat.check() == []
    go.click()
    page.get_by_role("button", name="确认发布").click()
    if script:
        assert [one for one in seat.check() if "refresh" not in one] == []
    page.get_by_text("已上线").first.wait_for(timeout=200_000)
    if script:
        assert seat.check() == []
    assert (tmp_path / "live/current/notices" / notice(1).id / "index.html").is_file()
