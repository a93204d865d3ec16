"""A page that was changed by any acts is the page that is opened anew: that is why an answer may be a part of it."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.content.notice_file import read_notice
from generator.desk import acts
from generator.desk.places import whole
from generator.desk.rows import row_of
from tests.desk.browser.test_proofing import VERSION, Desk
from tests.desk.strategies import any_acts, errata
from tests.desk.tools import CENTRE, post, running, site_of
from tests.samples import make_site, notice

pytestmark = pytest.mark.browser

SEEN = """(() => {
  const roots = ['case', 'undobar', 'account', 'ruler', 'tally', 'statuses', 'docin', 'railhead', 'railin', 'railfoot'];
  const passing = ['is-on', 'is-cur'];
  const own = ['data-nonce', 'data-at', 'data-early', 'style', 'hidden', 'tabindex', 'open', 'aria-expanded'];
  const value = a => a.name === 'class' ? a.value.split(' ').filter(c => !passing.includes(c)).join(' ') : a.value;
  const isOwn = (e, a) => own.includes(a.name) || e.matches('.win') || a.name === 'class' && !value(a);
  const tree = e => {
    if (e.nodeType === 3) return e.data.trim() ? e.data : '';
    if (e.nodeType !== 1 || ['ctl', 'rolemenu'].includes(e.id)) return '';
    if (e.matches('input[name=version],input[name=id]')) return '';
    const said = [...e.attributes].filter(a => !isOwn(e, a)).map(a => `${a.name}=${value(a)}`).sort();
    const inside = e.matches('[data-same] b') ? [] : [...e.childNodes].map(tree);
    return `<${e.localName} ${said.join(' ')}>\\n${inside.filter(Boolean).join('\\n')}`;
  };
  return roots.map(id => tree(document.getElementById(id))).join('\\n');
})()"""
"""What a page shows, but for what its script does to it: what is chosen, hidden, unfolded, and which form was sent."""
IDLE = "!document.querySelector('[data-early]') && !busy"
IS_WHOLE = "document.querySelectorAll('article.doubt[data-d]').length === document.querySelectorAll('.queue li').length"


class Tabs:
    """A tab in which things are done, and one that is opened anew after each."""

    def __init__(self, desk):
        self.desk = desk
        self.imported, _ = read_notice(desk.bytes.decode())
        self.page, self.other = (self.opened(desk.open(watched=False)) for _ in range(2))

    def opened(self, page):
        page.wait_for_function(f"() => {IDLE} && {IS_WHOLE}")
        page.evaluate("asked = true")  # signatures may go
        return page

    @property
    def version(self):
        return hashlib.sha256(self.desk.bytes).hexdigest()

    def compare(self, about):
        self.page.wait_for_function(f"() => {IDLE}")  # the answer is there, so the file is written
        self.page.wait_for_function(f"v => {IDLE} && {VERSION} === v", arg=self.version)
        self.other.goto(self.desk.address + "proof")
        fresh, seen = self.opened(self.other).evaluate(SEEN).split("\n"), self.page.evaluate(SEEN).split("\n")
        assert [(at, *rows) for at, rows in enumerate(zip(seen, fresh, strict=False)) if len(set(rows)) > 1] == [], (
            about
        )
        assert len(seen) == len(fresh), about

    def act(self, act):
        self.page.evaluate("row => act('Row', { row })", json.dumps(row_of(act), ensure_ascii=False))

    def turn(self, how):
        self.page.evaluate("how => turn(how)", how)

    def beside(self, act, is_heard):
        """Another tab does it, whose work this one hears of at once, or only by its own next act."""
        fields = {"act": "Row", "row": json.dumps(row_of(act), ensure_ascii=False), "version": self.version}
        if not is_heard:
            self.page.evaluate("busy++")  # what it is told meanwhile is put off
        post(self.desk.desk, f"n/{self.desk.path.stem}/do", fields, script=True)
        if not is_heard:
            self.page.evaluate("busy--")
            self.page.evaluate("look()")


def site_with(folder, which):
    """A site with a notice, and its content file."""
    if which == CENTRE:
        return site_of(folder)
    make_site(folder, [notice()])
    [path] = (folder / "content/notices").rglob("*.md")
    return path


@pytest.fixture(params=[CENTRE, "sample"])
def tabs(request, tmp_path, chromium):
    path = site_with(tmp_path / "site", request.param)
    with running(tmp_path / "site", who="陈某") as found:
        one = Desk(found, path, chromium)
        one.address = one.address.replace(CENTRE, one.path.stem)
        yield Tabs(one)
        one.close()


def steps_for(one):
    """What is done next to a notice."""
    act = st.one_of(any_acts(one), any_acts(one), errata(one))
    return st.one_of(
        st.tuples(st.just("act"), act),
        st.tuples(st.just("act"), act),
        st.tuples(st.just("beside"), act, st.booleans()),
        st.tuples(st.just("turn"), st.sampled_from(["undo", "undo", "redo"])),
    )


@settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_after_any_acts_the_page_is_the_one_that_is_opened_anew(tabs, data):
    for how, *what in data.draw(st.lists(steps_for(tabs.imported), min_size=4, max_size=4)):
        getattr(tabs, how)(*what)
        tabs.compare((how, what))


def test_cut_joined_settled_restored_and_taken_back(tabs):
    """Each changes the order or the number of what is listed."""
    one, _ = read_notice(tabs.desk.bytes.decode())
    first = tabs.version
    at = next(n for n, p in enumerate(one.body) if p.role == "response" and len(p.text) > 12)
    place = whole(one, at)
    half = type(place)(place.start + 8, place.end, place.words[8:])
    issue = one.issues[1]
    codes = tabs.page.evaluate(
        "[...document.querySelectorAll('#qopen li')].map(e => byId(`d${e.dataset.d}`).dataset.kind)"
    )
    kept = acts.Accept(codes[0], None, "原件如此") if codes else acts.SetTopics(issue.id, ("财务",))
    for act in (acts.Split(half), acts.MarkIssue(half, 0), acts.MergeIssue(issue.id), kept, acts.Restore(first)):
        tabs.act(act)
        tabs.compare(act)
    for how in ("undo", "undo", "undo", "redo", "undo", "undo"):
        tabs.turn(how)
        tabs.compare(how)
    tabs.act(acts.Batch((acts.Errata(place, "改过的字。", "录入有误"), acts.SetStatus(issue.id, "unstated"))))
    tabs.compare("an erratum")
