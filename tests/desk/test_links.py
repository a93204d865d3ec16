"""Every link of every page of the desk leads to something: to a page that is there, and to the place on it."""

from __future__ import annotations

import datetime as dt
import re
import urllib.parse

import lxml.html
import pytest

from generator.base.dates import PartialDate
from generator.desk import long_notice
from generator.desk.acts import SetTopics
from generator.desk.app import ROUTES
from generator.desk.journal import hash_of
from generator.desk.local import PublishPlace
from generator.desk.rows import row_of
from generator.model.decisions import Withdrawal
from generator.model.notice import FollowupMarks, IssueMarks
from tests.desk.test_board import NEAR, WORDS, upload
from tests.desk.test_masking import item
from tests.desk.test_publish import published
from tests.desk.tools import CENTRE, approved, ask, eventually, filled_site, post, running, site_of
from tests.samples import body, notice, put_notice

REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
"""Attributes that name ids of their own page."""


def due(number):
    """A notice in which an issue and a follow-up are due in ten days."""
    day = PartialDate.of(dt.datetime.now().astimezone().date() + dt.timedelta(days=10))
    passages = list(body())
    for at, one in enumerate(passages):
        if isinstance(one.marks, IssueMarks) and one.anchor == "i2":
            passages[at] = one._replace(marks=IssueMarks(status="ongoing", deadline=day))
        if isinstance(one.marks, FollowupMarks):
            passages[at] = one._replace(marks=FollowupMarks(deadline=day))
    return notice(number, unit="qi-xian", name="期限局党组", passages=tuple(passages))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A site with a notice in every state."""
    site = filled_site(tmp_path / "site")
    approved(site, notice(1))  # becomes live
    gone = notice(2, unit="che-xia", name="撤下局党组")
    approved(site, gone)  # becomes live, then it is withdrawn
    with running(site, who="陈某", places=(PublishPlace("外网", str(tmp_path / "live")),)) as found:
        published(found, "publish")
        put_notice(site, gone.replace(withdrawn=Withdrawal(date=PartialDate.parse("2025-01-01"), why="甲")))
        approved(site, notice(3, unit="deng-fa", name="等发局党组"))  # may go
        put_notice(site, notice(4, unit="deng-shen", name="等审局党组", anomalies=(), inferred=(), evidence=()))
        put_notice(site, due(5))
        put_notice(site, item().replace(id="you-yi-dian"))
        for name, text in {
            "huai-yaml": "---\nid: [\n---\n",
            "huai-kong": "",
            "huai-gbk": "通报".encode("gb18030"),
        }.items():
            (site / f"content/notices/2024/{name}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
        acted = put_notice(site, notice(6, unit="gai-guo", name="改过局党组"))
        for topic in ("甲", "乙"):
            [(name, values)] = row_of(SetTopics("i1", (topic,))).items()
            values = {"names": topic} | values | {"names": topic}
            post(found, f"n/{acted.stem}/do", values | {"act": name, "version": hash_of(acted.read_bytes())})
        upload(found, ("水务局.txt", WORDS.encode()), ("公告.txt", NEAR.encode()), ("坏.docx", b"PK\x03\x04"))
        eventually(lambda: (seen := found.overview.look()).read == seen.files)
        yield found


@pytest.fixture
def long(tmp_path, monkeypatch):
    """A desk for which its notice is long."""
    monkeypatch.setattr(long_notice, "LONG", 5_000)
    monkeypatch.setattr(long_notice, "PART", 900)
    site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as found:
        yield found


class Walk:
    """All pages that can be reached from the board, and what of their links leads nowhere."""

    def __init__(self, desk):
        self.desk, self.pages, self.broken = desk, {}, []
        self._queue = [desk.base]
        while self._queue:
            self.page(self._queue.pop(0))

    def page(self, path):
        """The ids of a page; None: it is no page, but is there. What it refers to is walked to."""
        if path in self.pages:
            return self.pages[path]
        answer = ask(self.desk, path=path)
        self.pages[path] = None
        if answer.status not in (200, 204):
            self.broken.append((path, answer.status))
        elif answer.headers["Content-Type"].startswith("text/html"):
            tree = lxml.html.document_fromstring(answer.text)
            self.pages[path] = {one.get("id") for one in tree.iter() if isinstance(one.tag, str) and one.get("id")}
            self.look(path, tree)
        return self.pages[path]

    def look(self, path, tree):
        """Walk to all that a page refers to."""
        for one in tree.iter("{*}a", "{*}link", "{*}script", "{*}img", "{*}iframe", "{*}use", "{*}form"):
            name = "action" if one.tag == "form" else "href" if one.get("href") is not None else "src"
            to = one.get(name)
            if one.tag == "form" and one.get("method", "get").lower() != "get":
                self.form(path, to)
            elif to is not None or one.tag == "form":
                self.follow(path, to or "")
        for one in tree.iter():
            for name in REFERS if isinstance(one.tag, str) else ():
                for wanted in (one.get(name) or "").split():
                    if wanted not in self.pages[path]:
                        self.broken.append((path, f"{name}={wanted}"))

    def follow(self, path, to):
        """Walk to an address; what the preview or the public answers to is not of the desk."""
        whole, _, place = urllib.parse.urljoin(f"http://127.0.0.1{path}", to).partition("#")
        address = urllib.parse.urlsplit(whole)
        if address.netloc != "127.0.0.1":
            return
        where = address.path + (f"?{address.query}" if address.query else "")
        if where not in self.pages:
            self._queue.append(where)
        if place:
            self._places = [*getattr(self, "_places", ()), (path, where, urllib.parse.unquote(place))]

    def form(self, path, to):
        """A form that changes something leads to an address that somebody answers."""
        inside = (to or path).removeprefix(self.desk.base)
        if not any(re.fullmatch(route, inside) for route, _ in ROUTES):
            self.broken.append((path, f"form to {to}"))

    def faults(self):
        """What leads nowhere."""
        lost = {(where, place, path) for path, where, place in self._places if place not in (self.pages[where] or ())}
        return sorted({*map(str, self.broken), *(f"{path}: {where}#{place}" for where, place, path in lost)})


def test_every_link_of_every_page_leads_to_something(desk):
    walk = Walk(desk)
    pages = {re.sub(r"[?].*", "", path.removeprefix(desk.base)).rpartition("/")[2] for path in walk.pages}
    assert pages >= {
        "",
        "proof",
        "mask",
        "preview",
        "review",
        "publish",
        "history",
        "correct",
        "settings",
        "places",
        "me",
    }
    assert any("?item=" in path for path in walk.pages), "no deadline on the board"
    assert walk.faults() == []


def test_every_link_of_a_long_notice_leads_to_something(long):
    walk = Walk(long)
    assert any(f"n/{CENTRE}/proof?at=" in path for path in walk.pages)
    assert walk.faults() == []
