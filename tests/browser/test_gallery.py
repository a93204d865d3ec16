"""Every component in every state on one page: valid, accessible in every mode, and none forgotten."""

from __future__ import annotations

import re
import shutil
import subprocess
from types import SimpleNamespace

import pytest

from generator.base.shipped import shipped
from generator.content.config import read_config
from generator.content.topics import TopicRules
from generator.model.notice import STATUSES
from generator.pages.article import Run
from generator.pages.by_time import Times
from generator.pages.calendars import Promise, years_of
from generator.pages.figure_tables import deadline_figures, figures_table
from generator.pages.ledger import LedgerCell, LedgerColumn, LedgerRow, LedgerTable
from generator.pages.notice_page import headline_of
from generator.pages.page import Link, Page, Pager
from generator.pages.units_and_regions import unit_row
from generator.render.renderer import Renderer
from generator.site.assemble import build_site
from generator.site.model import LoadedNotice
from tests.browser.modes import faults_of
from tests.browser.tools import tool
from tests.samples import DATE, SITE_YML, notice, variety

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HERE = shipped("templates").parent / "tests/browser/templates"


def figures(*counts):
    return dict(zip(STATUSES, counts, strict=True))


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gallery")
    items = [*variety(), notice(7, unit="late", published="2025-10-01"), notice(8, unit="late", published="2025-11-01")]
    site, _ = build_site(read_config(SITE_YML), TopicRules(()), [LoadedNotice(n.id, n, n.id) for n in items])
    due, _ = build_site(
        read_config(SITE_YML + "as_of: 2024-01-01\n"), TopicRules(()), [LoadedNotice("a", notice(1), "a")]
    )
    by_state = {d.state: d for d in (*site.deadlines, *due.deadlines)}
    all_figures = [
        figures(3, 2, 1, 4),
        figures(5, 0, 0, 0),
        figures(0, 2, 0, 1),
        figures(0, 0, 0, 3),
        figures(0, 0, 0, 0),
    ]
    value = SimpleNamespace(
        deadlines=[by_state[state] for state in ("due", "over", "answered")],
        years=years_of([Promise(d.date.last_day, d.state) for d in by_state.values()], site.as_of),
        deadline_figures=deadline_figures(by_state.values()),
        figures=all_figures,
        headlines=[headline_of(counts) for counts in all_figures],
        dates=[DATE("2025"), DATE("2025-01"), DATE("2025-01-06")],
        phones=["0596-5835406", "见官网"],
        notices=site.notices,
        units=[unit_row(unit) for unit in site.units if unit.contact],
        table=figures_table("t", "各地区", "地区", [(Link(href="index.html", text="某市"), f) for f in all_figures]),
        ledger=LedgerTable(
            id="t",
            title="各地区账本",
            head="地区",
            columns=(
                LedgerColumn(name="追回", is_summed=True),
                LedgerColumn(name="其他", is_summed=False),
            ),
            rows=(
                LedgerRow(
                    link=Link(href="index.html", text="某市"),
                    cells=(LedgerCell(text="1.2万元", href="index.html"), LedgerCell(text="—", href=None)),
                ),
            ),
            total=(LedgerCell(text="1.2万元", href=None), LedgerCell(text="—", href=None)),
        ),
        issues=site.issues,
        words=(Run(text="原文"), Run(text="45日", notes=(1, 2), ends="1、2"), Run(text="如此", id="here")),
        times=Times(
            parts=tuple(
                (Link(href=f"notices/{year}/index.html", text=f"{year}年"), 1000 + year) for year in (2025, 2024)
            ),
            newer=Link(href="notices/2025/12/index.html", text="2025年12月"),
            older=Link(href="notices/2025/10/index.html", text="2025年10月"),
        ),
        pagers=[Pager(number=n, count=9, total=99, folder="notices/") for n in (1, 5, 9)],
    )
    page = Page(path="gallery.html", template="gallery.html", name="组件", column="home", value=value)
    html = Renderer(site.config, (HERE, shipped("templates")), (), site.as_of).page(page)
    (folder / "gallery.html").write_text(html.replace('href="#y1"', 'href="#here"'), encoding="utf-8")
    shutil.copytree(shipped("templates") / "assets", folder / "assets")
    return folder / "gallery.html"


def test_no_component_is_forgotten():
    source = (HERE / "gallery.html").read_text(encoding="utf-8")
    components = (shipped("templates") / "components.html").read_text(encoding="utf-8")
    names = set(re.findall(r"{% macro (\w+)", components)) - {
        "search",
        "big_search",
        "tels",
        "contact_rows",
        "inspection",
        "figures_cells",
        "ledger_cells",
        "none_of",
        "progress",
    }
    assert names - set(re.findall(r"c\.(\w+)\(", source)) == set()


def test_the_gallery_is_valid(gallery):
    java = shutil.which("java")
    if not java:
        pytest.skip("the HTML checker needs Java: apt-get install default-jre-headless")
    jar = tool("vnu-jar/build/dist/vnu.jar")
    run = subprocess.run([java, "-jar", jar, "--errors-only", gallery], capture_output=True, text=True, check=False)
    assert run.stderr == ""


def test_the_gallery_stands_in_nobody_s_way(gallery, chromium):
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(gallery.as_uri())
    assert faults_of(page) == []
    context.close()
