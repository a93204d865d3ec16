"""预览 has an origin of its own: the desk alone shows it, and it has no way to the desk."""

from __future__ import annotations

import html
import http.client
import urllib.parse

import pytest

from generator.desk.preview_site import preview_base, preview_key
from tests.desk.tools import Answer, ask, eventually, running
from tests.samples import make_site, notice, variety

FRAME = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate"}


def look(desk, path="index.html", key=None, **headers):
    """What the preview answers to a frame of the desk."""
    port = desk.local.port + 1
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    given = {"Host": f"localhost:{port}", **FRAME} | {name.replace("_", "-"): value for name, value in headers.items()}
    key = preview_key(desk.local) if key is None else key
    connection.request("GET", f"/{key}/{path}", headers={k: v for k, v in given.items() if v is not None})
    answer = connection.getresponse()
    found = Answer(answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return found


PAGE = f"notices/{notice(1).id}/index.html"


def test_the_desk_shows_it_in_frames_of_its_origin(desk):
    text = html.unescape(ask(desk, path=f"n/{notice(1).id}/preview").text)
    assert text.count(f'src="{preview_base(desk.local)}{PAGE}"') == 2
    assert look(desk, PAGE).status == 200
    assert "看过了，送三审" in text


def test_nobody_else_is_answered(desk):
    assert look(desk, PAGE, Host=f"127.0.0.1:{desk.local.port + 1}").status == 403
    assert look(desk, PAGE, Host="evil.example").status == 403
    assert look(desk, PAGE, Sec_Fetch_Dest="document").status == 403
    assert look(desk, PAGE, Sec_Fetch_Dest="script", Sec_Fetch_Mode="no-cors").status == 403
    assert look(desk, PAGE, Origin="http://evil.example").status == 403
    assert look(desk, PAGE, key="0" * 32).status == 404
    assert look(desk, PAGE, key=desk.local.key).status == 404
    assert look(desk, "assets/site.css", Sec_Fetch_Site="same-origin", Sec_Fetch_Dest="style").status == 200


def test_its_key_says_nothing_of_the_desk_and_its_pages_only_show_in_the_desk(desk):
    assert preview_key(desk.local) != desk.local.key
    answer = look(desk, PAGE)
    assert answer.headers["Content-Security-Policy"].endswith(f"frame-ancestors http://127.0.0.1:{desk.local.port}")
    assert "X-Frame-Options" not in answer.headers
    assert desk.local.key not in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(("asked", "found"), [("size=l", 'data-size="l"'), ("contrast=high", 'data-contrast="high"')])
def test_it_is_seen_as_others_read_it(desk, asked, found):
    assert found in look(desk, f"{PAGE}?{asked}").text.partition("<head")[0]
    assert "data-size=" not in look(desk, f"{PAGE}?size={urllib.parse.quote('x onload=')}").text.partition("<head")[0]


def test_a_change_shows_and_is_told(desk):
    assert look(desk, PAGE).status == 200
    path = desk.notices.path(notice(1).id)
    before = desk.events.last
    text = path.read_text("utf-8")
    path.write_text(text.replace("2023年只开会一次", "2023年只开会两次"), encoding="utf-8")
    eventually(lambda: "只开会两次" in look(desk, PAGE).text)
    eventually(lambda: any(event.kind == "file" for event in desk.events.since(before)))


def test_a_fault_of_a_template_is_told_above_the_page(tmp_path):
    site = make_site(tmp_path / "site", variety())
    with running(site) as desk:
        eventually(lambda: look(desk, "index.html").status == 200)
        (site / "site.yml").write_text("name: [", encoding="utf-8")
        eventually(lambda: desk.preview.problems)
        assert look(desk, PAGE).status == 200


def test_every_page_and_width_can_be_chosen(desk):
    for query in ("page=unit", "page=home&width=phone", "page=deadlines&width=wide&look=large", "page=<x>&width=<x>"):
        answer = ask(desk, path=f"n/{notice(1).id}/preview?{query}")
        assert answer.status == 200
        assert "<x>" not in answer.text
