"""What people come for: fourteen questions, each walked from the home page to its answer: steps, seconds and kB."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.browser.modes import FULL


@dataclass
class Walk:
    """A walk through the site: every click, choice and text typed is a step."""

    page: Any
    site: str
    steps: int = 0
    fetched: set[str] = field(default_factory=set)

    def start(self):
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.on("request", lambda request: self.fetched.add(request.url))
        self.page.goto(self.site + "index.html")
        return self

    def kilo(self, output):
        """What was fetched, each file once, compressed; what is downloaded to keep is not counted."""
        paths = {url.removeprefix(self.site).partition("?")[0].partition("#")[0] for url in self.fetched}
        return round(sum(len(gzip.compress((output / path).read_bytes(), 6, mtime=0)) for path in paths) / 1000)

    def click(self, selector):
        self.steps += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        return self

    def ask(self, words):
        """Type a query and press Enter."""
        self.steps += 2
        self.page.fill("#q", words)
        self.page.press("#q", "Enter")
        self.page.wait_for_selector(".hit")
        return self

    def choose(self, selector, index):
        self.steps += 1
        self.page.locator(selector).first.select_option(index=index)
        return self

    def read(self, selector):
        """The answer."""
        self.page.wait_for_selector(selector)
        return self.page.locator(selector).first.inner_text()

    def copied(self):
        return self.page.evaluate("navigator.clipboard.readText()")

    def saved(self, selector):
        """A file that is downloaded: its first bytes."""
        self.steps += 1
        with self.page.expect_download() as found:
            self.page.locator(selector).first.click()
        self.fetched.discard(found.value.url)
        return found.value.path().read_bytes()[:2].decode("latin-1")


NOTICE = f".hit a[href*='{FULL.rpartition('/')[0]}'], a[href*='{FULL}']"
REGION = ".places a[href*='110105']"

JOURNEYS: dict[str, tuple[Callable[[Walk], str], str]] = {
    "我县那个局的通报（用平常叫法找）": (
        lambda w: w.ask("某局").click(".hit h3 a[href*='units/mou-ju']").read("h1"),
        "某局党组",
    ),
    "改了没有，期限是哪天": (lambda w: w.ask("采购").read(".hit .meta"), "2024-09"),
    "找谁问": (lambda w: w.ask("某局 电话").read(".hit .tel"), "010-12345678"),
    "我省哪些逾期": (lambda w: w.click(".places dt a").read("[aria-labelledby=r-d] .chip.over"), "期限已过"),
    "一个词在全部单位里": (lambda w: w.ask("会议").read("[data-count]"), "共 "),
    "以前查出过没有": (lambda w: w.ask("三会一课").click(NOTICE).read(".course"), "2022-05-06 通报"),
    "别处怎样改": (
        lambda w: w.ask("三会一课").click(NOTICE).click(".strip a[href^='same/']").read(".vs tbody"),
        "另一局",
    ),
    "各地的钱和人": (lambda w: w.click("footer a:text-is('账本')").read("#by-place + .scroll tbody"), "北京市"),
    "用表格数一个数": (lambda w: w.click("footer a:text-is('开放数据')").saved("a[href$='disclosure.xlsx']"), "PK"),
    "引用一项": (lambda w: w.ask("三会一课").click(NOTICE).click("#i1 [data-cite]").copied(), "[EB/OL]. (2024-08-01)["),
    "订阅我县的期限": (
        lambda w: w.click(REGION).click(".subs [data-copy$='.ics']").copied(),
        "/regions/110105/deadlines.ics",
    ),
    "证明没有被改过": (
        lambda w: w.ask("三会一课").click(NOTICE).click("[data-verify]").read("[data-verified]:not(:empty)"),
        "一致",
    ),
    "两个单位对照": (
        lambda w: (
            w.click("footer a:text-is('对照')").choose("[data-pairs] select", 2).read(".pair:not([hidden]) table")
        ),
        "监督电话",
    ),
    "上个月以来变了什么": (lambda w: w.click("footer a:text-is('变化')").read(".month h2"), "年"),
}
"""Question → (how to walk to the answer, what the answer holds)."""


def walk(page, site, output, question):
    """The answer, and the row of the table: question, steps, seconds, kB."""
    way = Walk(page, site)
    began = time.monotonic()
    answer = JOURNEYS[question][0](way.start())
    seconds = time.monotonic() - began
    return answer, (question, way.steps, round(seconds, 1), way.kilo(output))


TABLE = re.compile(r"^\| (.+?) \| (\d+) \| [\d.]+ \| (\d+) \|$", re.MULTILINE)
"""A row of the table in docs/site.md: question, steps, seconds, kB."""
