"""One portal over several published sites: all of it, word for word, or nothing; and what a site does that lies."""

from __future__ import annotations

import hashlib
import http.server
import json
import shutil
import threading
from functools import partial
from pathlib import Path

import pytest
from lxml import html

from generator.base.diagnostics import DiscloseError
from generator.build.driver import build
from generator.cli import main
from generator.content.gathered import notice_of_record
from generator.content.notice_file import read_notice, write_notice
from generator.content.record import record_of
from generator.model.notice import Withdrawal
from generator.release.copies import Folder, Web
from generator.release.gathering import gather_site
from tests.samples import DATE, make_site, notice, put_notice

ONE, OTHER = "https://www.one.gov.cn/gk/", "https://www.other.gov.cn/"


def site_of(folder, name, address, *notices):
    site = make_site(folder, notices)
    (site / "site.yml").write_text(f"name: {name}\nbase_url: {address}\n", "utf-8")
    return site


def origin(folder, address, *notices):
    """A built site at an address."""
    site = site_of(folder, f"{folder.name}网", address, *notices)
    build(site, site / "output")
    return site


def rebuilt(site, *notices):
    for path in (site / "content/notices").rglob("*.md"):
        path.unlink()
    for one in notices:
        put_notice(site, one)
    build(site, site / "output")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return origin(tmp_path_factory.mktemp("sites") / "one", ONE, notice(1), notice(2)) / "output"


@pytest.fixture
def published(built, tmp_path):
    """What a site published: a folder of one's own."""
    return Path(shutil.copytree(built, tmp_path / "published"))


@pytest.fixture
def portal(tmp_path):
    return site_of(tmp_path / "portal", "门户", "https://p.gov.cn/", notice(7, unit="own", name="本站某局党组"))


def held(portal):
    found = {}
    for path in sorted((portal / "content/notices").rglob("*.md")):
        one, problems = read_notice(path.read_text("utf-8"), str(path))
        assert not problems
        found[path.stem] = one
    return found


def test_a_record_gives_the_notice_back():
    one = notice(1)
    again = notice_of_record(json.dumps(record_of(one)).encode())
    assert again.body == one.body
    assert record_of(again) | {"source": 0} == record_of(one) | {"source": 0}


def test_lists_and_search_of_the_portal_span_all_sites_and_each_notice_leads_home(tmp_path, portal):
    one = origin(tmp_path / "one", ONE, notice(1))
    other = origin(tmp_path / "other", OTHER, notice(1, name="另一局党组", unit="other-ju"), notice(1))
    assert main(["--site", str(portal), "gather", str(one / "output"), str(other / "output")]) == 0
    found = held(portal)
    theirs = [one for one in found.values() if one.gathered]
    assert sorted(one.gathered.address for one in theirs) == [
        f"{ONE}notices/mou-ju-20240801-1/",
        f"{OTHER}notices/mou-ju-20240801-1/",
        f"{OTHER}notices/other-ju-20240801-1/",
    ]
    assert {one.text for one in theirs} == {notice(1).text}
    assert len(found) == 4
    units = (portal / "output/units/index.html").read_text("utf-8")
    assert "本站某局党组" in units
    assert "另一局党组" in units
    page = html.fromstring((portal / "output/notices/other-ju-20240801-1/index.html").read_bytes())
    assert page.xpath("//link[@rel='canonical']/@href") == [OTHER + "notices/other-ju-20240801-1/"]
    assert page.xpath("//a[contains(text(), 'other网')]/@href") == [OTHER + "notices/other-ju-20240801-1/"]


def test_only_what_changed_is_read_again_and_what_is_gone_goes(tmp_path, portal):
    one = origin(tmp_path / "one", ONE, notice(1), notice(2))
    assert gather_site(portal, Folder(one / "output"))[2:] == (2, 0, 0, 0)
    before = {path: path.read_bytes() for path in (portal / "content").rglob("*") if path.is_file()}
    assert gather_site(portal, Folder(one / "output"))[2:] == (0, 0, 0, 2)
    assert {path: path.read_bytes() for path in before} == before
    rebuilt(one, notice(2, title="某局党组关于整改的通报"), notice(3))
    assert gather_site(portal, Folder(one / "output"))[2:] == (1, 1, 1, 0)
    assert {key for key, found in held(portal).items() if found.gathered} == {"mou-ju-20240801-2", "mou-ju-20240801-3"}
    assert "own-20240801-7" in held(portal)


def test_what_was_withdrawn_there_is_withdrawn_here(tmp_path, portal):
    one = origin(tmp_path / "one", ONE, notice(1))
    gather_site(portal, Folder(one / "output"))
    rebuilt(one, notice(1, withdrawn=Withdrawal(date=DATE("2024-09-01"), why="重发")))
    gather_site(portal, Folder(one / "output"))
    assert main(["--site", str(portal), "build"]) == 0
    assert "整改落实情况" not in (portal / "output/notices/mou-ju-20240801-1/index.html").read_text("utf-8")


def test_what_is_shown_there_again_is_shown_here_again(tmp_path, portal):
    one = origin(tmp_path / "one", ONE, notice(1, withdrawn=Withdrawal(date=DATE("2024-09-01"), why="重发")))
    gather_site(portal, Folder(one / "output"))
    assert held(portal)["mou-ju-20240801-1"].withdrawn
    rebuilt(one, notice(1))
    gather_site(portal, Folder(one / "output"))
    assert held(portal)["mou-ju-20240801-1"].withdrawn is None


@pytest.mark.parametrize("theirs", [None, Withdrawal(date=DATE("2024-10-01"), why="重发")])
def test_what_the_portal_took_down_stays_down(tmp_path, portal, theirs):
    one = origin(tmp_path / "one", ONE, notice(1))
    gather_site(portal, Folder(one / "output"))
    ours = Withdrawal(date=DATE("2024-09-01"), why="投诉")
    found = held(portal)["mou-ju-20240801-1"]
    (portal / "content/notices/2024/mou-ju-20240801-1.md").write_text(
        write_notice(found.replace(withdrawn=ours)), "utf-8"
    )
    for title in ("某局党组关于整改的通报", "某局党组关于巡察整改的通报"):
        rebuilt(one, notice(1, title=title, withdrawn=theirs))
        gather_site(portal, Folder(one / "output"))
        assert held(portal)["mou-ju-20240801-1"].withdrawn == ours
        assert held(portal)["mou-ju-20240801-1"].title == title


def test_no_site_chooses_the_id_under_which_another_s_notice_is_kept(tmp_path, portal):
    place = f"{OTHER}notices/own-20240801-7/"
    taken = f"own-20240801-7-{hashlib.sha256(place.encode()).hexdigest()[:6]}"
    put_notice(portal, notice(8).replace(id=taken))
    own = held(portal)
    other = origin(tmp_path / "other", OTHER, notice(7, unit="own", name="另一局党组"))
    assert gather_site(portal, Folder(other / "output"))[2:] == (1, 0, 0, 0)
    assert held(portal).items() > own.items()
    assert gather_site(portal, Folder(other / "output"))[2:] == (0, 0, 0, 1)


def test_a_record_is_taken_at_the_address_of_its_notice_alone(published, portal):
    data = json.dumps(json.loads((published / RECORD).read_bytes()) | {"id": "mou-ju-20240801-2"}).encode()
    changed(published, RECORD, data, is_listed=True)
    with pytest.raises(DiscloseError, match="the record is that of mou-ju-20240801-2"):
        gather_site(portal, Folder(published))
    assert len(held(portal)) == 1


def test_what_anybody_on_the_way_can_alter_is_taken_with_its_key_alone(published, portal):
    copy = Web("http://www.one.gov.cn/gk/", is_anywhere=True)
    copy.read = Folder(published).read
    with pytest.raises(DiscloseError, match="--key"):
        gather_site(portal, copy)
    assert len(held(portal)) == 1
    assert Web("http://127.0.0.1:8080/", is_anywhere=True).is_safe


def changed(output, path, data, *, is_listed):
    """A file of a published site with other bytes; the manifest knows of them or not."""
    manifest = (output / "manifest.json").read_text("utf-8")
    old = hashlib.sha256((output / path).read_bytes()).hexdigest()
    (output / path).write_bytes(data)
    if is_listed:
        (output / "manifest.json").write_text(manifest.replace(old, hashlib.sha256(data).hexdigest()), "utf-8")


RECORD = "notices/mou-ju-20240801-1/notice.json"


def lies():
    record = record_of(notice(1))
    issue = record["issues"][0]
    yield "a word", record | {"text": record["text"].replace("党建", "基建")}
    yield "an answer", record | {"issues": [issue | {"response": "已全部完成。"}, *record["issues"][1:]]}
    yield "a passage too long", record | {"passages": [["prose", 0, 10**9]]}
    yield "a place outside", record | {"id": "../../../etc/passwd"}
    yield "no passages", {key: value for key, value in record.items() if key != "passages"}
    yield "no record", {"a": 1}
    yield "a wrong type", record | {"unit": ["某局"]}
    yield "an unknown role", record | {"passages": [["script", *row[1:]] for row in record["passages"]]}
    yield "a title elsewhere", record | {"spans": {"issues.i1.title": [0, 3]}}


@pytest.mark.parametrize(("what", "record"), list(lies()))
def test_a_site_whose_record_is_none_is_refused_whole(published, portal, what, record):
    changed(published, RECORD, json.dumps(record).encode(), is_listed=True)
    before = held(portal)
    with pytest.raises(DiscloseError, match=RECORD):
        gather_site(portal, Folder(published))
    assert held(portal) == before, what


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"\xff", b'{"files": {"../x": {}}}', b"null"])
def test_a_site_whose_manifest_is_none_is_refused(published, portal, data):
    (published / "manifest.json").write_bytes(data)
    with pytest.raises(DiscloseError):
        gather_site(portal, Folder(published))


def test_one_that_lies_or_is_gone_stops_no_other_and_loses_nothing(tmp_path, portal, capsys):
    one, other = origin(tmp_path / "one", ONE, notice(1)), origin(tmp_path / "other", OTHER, notice(2))
    assert main(["--site", str(portal), "gather", str(one / "output")]) == 0
    before = held(portal)
    rebuilt(one, notice(1, title="某局党组关于整改的通报"))
    changed(one / "output", RECORD, b"{}", is_listed=False)
    gone = "http://127.0.0.1:9/"
    assert main(["--site", str(portal), "gather", str(one / "output"), gone, str(other / "output")]) == 1
    assert held(portal).items() > before.items()
    said = capsys.readouterr().err
    assert f"{RECORD} is not the file that its manifest lists" in said
    assert f"{gone}: does not answer" in said


def test_a_server_is_asked_as_a_folder_is(published, portal):
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(published))
    handler.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert main(["--site", str(portal), "gather", f"http://127.0.0.1:{server.server_port}/"]) == 0
        server.shutdown()
    assert "mou-ju-20240801-1" in held(portal)


@pytest.mark.parametrize("address", ["ftp://a.gov.cn/", "https://", "https://a.gov.cn/?x=1", "file:///etc/"])
def test_what_is_no_address_of_a_site_is_said_at_once(address, portal, capsys):
    assert main(["--site", str(portal), "gather", address]) == 1
    assert "write the address of the site itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "is_taken"),
    [
        (ONE, True),
        ("https://www.one.gov.cn/gk", True),
        ("https://www.evil.cn/gk/", False),
        ("https://www.one.gov.cn.evil.cn/gk/", False),
        ("https://www.one.gov.cn/other/", False),
        ("https://www.one.gov.cn@evil.cn/gk/", False),
    ],
)
def test_who_answers_elsewhere_speaks_in_nobodys_name(asked, is_taken, published, portal):
    """Without that, it would replace the notices of a site, or take all of them away, by saying that it is that one."""
    copy = Web(asked, is_anywhere=True)
    copy.read = Folder(published).read
    if is_taken:
        assert gather_site(portal, copy).added == 2
    else:
        with pytest.raises(DiscloseError, match="another site's"):
            gather_site(portal, copy)
        assert len(held(portal)) == 1


def test_no_second_one_speaks_in_the_name_of_the_first(tmp_path, published, portal, capsys):
    evil = origin(tmp_path / "evil", ONE, notice(3))
    assert main(["--site", str(portal), "gather", str(published), str(evil / "output")]) == 1
    assert len(held(portal)) == 3
    assert "another site's" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "a\nb", "某网\u202e", "\x1b[2J", "网" * 200])
def test_a_name_that_is_none_is_refused(name, published, portal):
    path = "data/catalog.jsonld"
    catalogue = json.loads((published / path).read_bytes())
    catalogue["dct:title"]["@value"] = name
    changed(published, path, json.dumps(catalogue).encode(), is_listed=True)
    with pytest.raises(DiscloseError, match="does not say whose site it is"):
        gather_site(portal, Folder(published))


def test_it_does_not_gather_itself(tmp_path, portal):
    one = origin(tmp_path / "one", "https://p.gov.cn/", notice(1))
    with pytest.raises(DiscloseError, match="the address of this site itself"):
        gather_site(portal, Folder(one / "output"))


ACCEPTED = "accepted:\n- code: gathered-differs\n  who: 甲\n  when: 2024-09-01\n  why: 无\n"
ALTERED = (("补开会议", "不开会议"), ("status=ongoing", "status=done"), ("gathered:\n", ACCEPTED + "gathered:\n"))


def test_who_alters_a_notice_of_another_site_cannot_publish_it(published, portal, capsys):
    gather_site(portal, Folder(published))
    path = portal / "content/notices/2024/mou-ju-20240801-1.md"
    assert main(["--site", str(portal), "check", str(path)]) == 0
    right = path.read_text("utf-8")
    for old, new in ALTERED:
        assert old in right
        path.write_text(right.replace(old, new), "utf-8")
        assert main(["--site", str(portal), "check", str(path)]) == 1
    path.write_text(right, "utf-8")
    assert "gathered-differs" in capsys.readouterr().out
    (portal / "content/sources/mou-ju-20240801-1/notice.json").unlink()
    assert main(["--site", str(portal), "check", str(path)]) == 1


def test_a_file_of_this_site_holds_where_it_came_from(published, portal):
    gather_site(portal, Folder(published))
    found = held(portal)["mou-ju-20240801-1"]
    assert read_notice(write_notice(found))[0] == found
    assert (found.gathered.site, found.source.format) == ("one网", "json")
