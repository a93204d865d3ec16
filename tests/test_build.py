"""content → output/: whole, repeatable, and no file stops the others."""

from __future__ import annotations

import datetime as dt
import json
import os
import posixpath
import re
import subprocess
import sys
import time
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from generator.base.diagnostics import ContentError, DiscloseError
from generator.build.driver import build
from generator.cli import main
from generator.commands.new import new_site
from generator.editorial.checks import check
from generator.model.notice import Unit
from generator.render.content_page import read_content_page
from tests.samples import make_site, notice, put_notice, variety
from tests.site.test_article import squeezed, verbatim

ROOT = Path(__file__).parent.parent


def built_twice(folder):
    """A site of two notices, built before and after an edit: what the two outputs share rests."""
    make_site(folder, [notice(1), notice(2, unit="yi-ju")])
    for title in ("题目甲", "题目乙"):
        put_notice(folder, notice(1, title=title))
        build(folder, folder / "output")
    return folder


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def inodes(folder):
    return {p.relative_to(folder).as_posix(): p.stat().st_ino for p in folder.rglob("*") if p.is_file()}


def pages(output):
    return {path: data.decode() for path, data in tree(output).items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def output(built):
    return built[1]


@pytest.fixture(scope="module")
def html(output):
    return {path: BeautifulSoup(text, "html.parser") for path, text in pages(output).items()}


# -------------------------------------------------------------------------------------------------- what is there

CONTRACT = """index.html notices/index.html notices/mou-ju-20240801-1/index.html notices/mou-ju-20240801-1/notice.json
notices/mou-ju-20240801-1/notice.txt units/index.html units/mou-ju/index.html issues/index.html issues/party/index.html
contacts/index.html deadlines/index.html progress/index.html search/index.html data/index.html feed.xml sitemap.xml
robots.txt opensearch.xml 404.html manifest.json assets/site.css assets/site.js assets/favicon.svg
data/schema/notice-v1.json data/issues.csv data/issues.json data/issues.ndjson data/disclosure.xlsx
data/disclosure.sqlite data/catalog.jsonld
units/mou-ju/contact.vcf deadlines/deadlines.ics regions/110105/index.html sitemap/index.html pages/about/index.html"""


@pytest.mark.parametrize("path", CONTRACT.split())
def test_every_address_of_the_contract_is_there(output, path):
    assert (output / path).is_file()


def test_the_words_of_every_notice_are_on_its_page_and_in_its_text(output):
    for item in variety():
        folder = output / "notices" / item.id
        page = (folder / "index.html").read_text(encoding="utf-8")
        assert verbatim(page) == squeezed(item.text)
        assert (folder / "notice.txt").read_text(encoding="utf-8") == item.text + "\n"
        assert json.loads((folder / "notice.json").read_text(encoding="utf-8"))["text"] == item.text


def test_the_manifest_names_every_file(output):
    listed = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["files"]
    found = {path: data for path, data in tree(output).items() if path != "manifest.json"}
    assert {path: sha256(data).hexdigest() for path, data in found.items()} == {
        path: entry["sha256"] for path, entry in listed.items()
    }


def links(soup):
    for tag, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action")):
        for element in soup.find_all(tag):
            if element.has_attr(name):
                yield tag, element[name]


def dead_links(output):
    """Every link of every page that leads nowhere, or elsewhere than it should."""
    soups = {path: BeautifulSoup(text, "html.parser") for path, text in pages(output).items()}
    ids = {path: {element["id"] for element in soup.select("[id]")} for path, soup in soups.items()}
    files = set(tree(output))
    for path, soup in soups.items():
        for tag, href in links(soup):
            parts = urlsplit(href)
            if tag == "img" and href.startswith("data:image/png;base64,"):
                continue  # a picture that is in the page
            if parts.scheme:
                if tag != "a" or parts.scheme not in ("https", "tel", "mailto"):
                    yield path, href
                continue
            # the page of a wrong address is shown at any address, so its links begin at the root
            start = posixpath.dirname(path) if path != "404.html" else ""
            target = unquote(parts.path).removeprefix("/gk/" if path == "404.html" else "").lstrip("/")
            whole = posixpath.normpath(posixpath.join(start, target)) if target else path
            is_page = tag == "a" and whole.endswith(".html")
            if whole not in files or (parts.fragment and is_page and parts.fragment not in ids[whole]):
                yield path, href


@pytest.mark.parametrize("path", ["notices/year/2023/index.html", "units/wu-di-ju/index.html"])
def test_a_row_without_issues_says_so_instead_of_an_empty_bar(html, path):
    (row,) = html[path].select(".notice-row")
    assert "通报没有逐项列出问题" in row.get_text()
    assert not row.select(".bar")


def test_every_link_of_every_page_leads_to_something(output):
    assert list(dead_links(output)) == []


def test_the_link_checker_sees_dead_links(output, tmp_path):
    for path in ("index.html", "assets/site.css"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((output / path).read_bytes())
    (tmp_path / "a.html").write_text(
        '<a href="index.html">1</a><a href="index.html#no">2</a><a href="b.html">3</a><a href="http://a.cn">4</a>'
        '<script src="https://a.cn/x.js"></script><a href="#x" id="x">5</a>',
        encoding="utf-8",
    )
    found = {href for path, href in dead_links(tmp_path) if path == "a.html"}
    assert found == {"index.html#no", "b.html", "http://a.cn", "https://a.cn/x.js"}


def test_every_page_is_reachable_from_the_home_page(html):
    seen, pending = set(), ["index.html"]
    while pending:
        path = pending.pop()
        if path in seen:
            continue
        seen.add(path)
        for tag, href in links(html[path]):
            target = urlsplit(href)
            if tag == "a" and not target.scheme and target.path.endswith(".html"):
                pending.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), target.path)))
    assert seen == set(html) - {"404.html"}


def test_the_home_page_names_each_place_once(tmp_path):
    nowhere = Unit(id="wu-di-ju", name="无地局党委", region=None)
    make_site(tmp_path, [notice(1), replace(notice(2, unit="wu-di-ju"), unit=nowhere)])
    build(tmp_path, tmp_path / "output")
    home = BeautifulSoup((tmp_path / "output/index.html").read_text("utf-8"), "html.parser")
    found = [link["href"] for link in home.select(".places a")]
    assert found == ["regions/110000/index.html", "regions/110105/index.html", "regions/none/index.html"]


# ---------------------------------------------------------------------------------------- rules of government pages


def test_page_labels_are_there_once_and_filled(html):
    every = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType")
    column, article = ("ColumnDescription", "ColumnKeywords"), ("ArticleTitle", "PubDate", "ContentSource")
    for path, soup in html.items():
        is_article = re.fullmatch(r"notices/(?!year|page-)[^/]+/index\.html", path)
        for name in every + (article if is_article else column):
            (tag,) = soup.select(f'meta[name="{name}"]')
            assert tag["content"].strip(), (path, name)
            assert "\n" not in tag["content"], (path, name)


def test_one_date_in_label_body_list_feed_and_json_ld(output, html):
    item, path = notice(1), f"notices/{notice(1).id}/index.html"
    soup = html[path]
    assert soup.select_one('meta[name="PubDate"]')["content"] == "2024-08-01 00:00"
    assert soup.select_one(".head__line time")["datetime"] == "2024-08-01"
    assert json.loads(soup.select_one('script[type="application/ld+json"]').string)["datePublished"] == "2024-08-01"
    row = html["index.html"].select_one(f'.notice-row:has(a[href="{path}"])')
    assert "2024-08-01" in [time["datetime"] for time in row.select("time")]
    entry = BeautifulSoup((output / "feed.xml").read_bytes(), "xml").find("link", href=re.compile(item.id)).parent
    assert entry.published.text == "2024-08-01T00:00:00+08:00"


def test_frame_of_every_page(html):
    needed = (
        "主办单位",
        "联系电话",
        "通信地址",
        "网站标识码",
        "ICP",
        "公网安备",
        "党政机关网站标识",
        "找错",
        "网站地图",
    )
    for path, soup in html.items():
        footer = soup.footer.get_text()
        assert [word for word in needed if word not in footer] == [], path
        assert soup.html["lang"] == "zh-CN"
        assert len(soup.find_all("h1")) == 1, path
        if path not in ("index.html", "404.html"):
            crumbs = soup.select_one(".crumbs")
            assert crumbs.get_text().startswith("当前位置："), path
            assert not crumbs.select("li")[-1].a, path


def test_no_list_is_without_rows_and_no_row_without_date(html):
    for path, soup in html.items():
        for row in soup.select(".notice-row, .row:has(.row__u), .run > h3"):
            assert row.find("time"), (path, row)
        for rows in soup.select(".rows, .directory, .timeline, .legend, .topics"):
            assert rows.find("li"), path


def test_a_list_of_issues_names_each_notice_once_in_a_row_and_a_status_where_it_says_something(html):
    for path, soup in html.items():
        runs = soup.select(".run")
        names = [(run.h3.a["href"], run.h3.time["datetime"] if run.h3.time else None) for run in runs]
        assert all(one != other for one, other in pairwise(names)), path
        rows = soup.select(".run .row")
        says = [bool(row.select(":is(.done, .ongoing, .long, .unstated).chip")) for row in rows]
        assert set(says) <= {not path.startswith("issues/status/")}, path
        for run, (href, _) in zip(runs, names, strict=True):
            assert {a["href"].partition("#")[0] for a in run.select(".row > a")} == {href}, path


OWN_SPRITES = {
    "of several lines": (
        '<svg class="sprite"><defs>\n',
        '<symbol id="i-{}">\n<path d="M1 1"/>\n</symbol>\n',
        "</defs></svg>\n",
    ),
    "without defs": ('<svg class="sprite">\n', '<symbol id="i-{}"><path d="M1 1"/></symbol>\n', "</svg>\n"),
}


@pytest.mark.parametrize("written", OWN_SPRITES.values(), ids=list(OWN_SPRITES))
def test_a_sprite_of_the_site_s_own_may_be_written_otherwise(tmp_path, written):
    head, symbol, tail = written
    folder = make_site(tmp_path, [notice(1)])
    (folder / "templates").mkdir()
    text = head + "".join(map(symbol.format, ("done", "ongoing", "due", "search"))) + tail
    (folder / "templates/sprite.html").write_text(text, encoding="utf-8")
    (folder / "templates/404.html").write_text("{% include 'sprite.html' %}<use href='#i-due'/>", encoding="utf-8")
    build(folder, folder / "output")
    for path, page in pages(folder / "output").items():
        shown = {name for name in re.findall(r"#(i-[a-z]+)['\"]", page) if name in text}
        assert shown <= set(re.findall(r'<symbol id="([a-z-]+)"', page)), path
        assert page.count("<symbol") == page.count("</symbol>"), path


def test_a_page_has_the_symbols_that_it_shows_and_no_others(output):
    """And what a script puts in the place of a deadline that has passed since."""
    for path, text in pages(output).items():
        there = set(re.findall(r'<(?:symbol|pattern) id="([a-z-]+)"', text))
        shown = set(re.findall(r'<use href="#([a-z-]+)"|url\(#([a-z-]+)\)', text))
        wanted = {one or other for one, other in shown}
        assert there == wanted | ({"i-over"} if "i-due" in wanted else set()), path


def items(output, folder):
    return json.loads((output / folder / "list.json").read_bytes())["items"]


def test_every_issue_is_listed_in_its_unit_s_region_and_in_no_other(output):
    data = json.loads((output / "data/issues.json").read_bytes())
    everything = sorted(f"notices/{row['notice_id']}/index.html#{row['id']}" for row in data)
    pages = [BeautifulSoup(path.read_bytes(), "html.parser") for path in output.glob("issues/region/*/**/index.html")]
    by_region = [
        link["href"].lstrip("./") for soup in pages for link in soup.select(".run .row > a[href*='/notices/']")
    ]
    assert sorted(by_region) == everything
    listed = [item["url"].rpartition("gk/")[2] for item in items(output, "issues/region")]
    assert sorted(listed) == sorted(str(path.relative_to(output)) for path in output.glob("issues/region/*/index.html"))


def test_the_directory_holds_every_unit_once_in_both_orders(output):
    by_letter, by_region = (items(output, folder) for folder in ("contacts", "contacts/region"))
    assert sorted(item["url"] for item in by_letter) == sorted(item["url"] for item in by_region)
    pages = [BeautifulSoup(path.read_bytes(), "html.parser") for path in output.glob("contacts/region/**/index.html")]
    names = [heading.get_text() for soup in pages for heading in soup.select(".directory h3")]
    assert sorted(names) == sorted(item["unit"] for item in by_region)


def test_a_unit_with_many_issues_has_several_pages_and_every_issue_stands_on_one(output):
    soups = [BeautifulSoup(path.read_bytes(), "html.parser") for path in output.glob("units/mou-ju/**/index.html")]
    anchors = [link["href"].rpartition("notices/")[2] for soup in soups for link in soup.select(".row--c > a")]
    assert len(soups) == 2
    assert len(anchors) == len(set(anchors)) == 6


def test_no_stranger_is_called_and_nothing_is_inline(output, html):
    for path, soup in html.items():
        assert not soup.select("[style], style, iframe, object, embed, base"), path
        assert all(script.get("type") == "application/ld+json" for script in soup.select("script:not([src])")), path
        handlers = [(tag.name, name) for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert handlers == [], path
        policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert "default-src 'self'" in policy, path
        assert "unsafe" not in policy, path
        for outside in soup.select("a[href^=http]"):
            assert "noopener" in outside.get("rel", []), path
    for name, data in tree(output / "assets").items():
        assert not re.search(rb"@import|url\((?!['\"]?(#|data:))|https?://(?!www\.w3\.org/)", data), name


def test_names_of_people_held_to_account_are_in_the_words_alone(output):
    for path, data in tree(output).items():
        if "张三丰".encode() in data:
            assert re.fullmatch(r"notices/[^/]+/(index\.html|notice\.(json|txt))", path), path


def test_addresses_are_lower_case_ascii(output):
    assert [path for path in tree(output) if not re.fullmatch(r"[a-z0-9./_-]+", path)] == []


def test_no_page_is_heavy(output):
    assert max(len(text.encode()) for text in pages(output).values()) < 300_000


# ----------------------------------------------------------------------------------------------- same in, same out


def test_two_builds_are_the_same_bytes_whatever_the_surroundings(built, tmp_path):
    folder, first = built
    other = tmp_path / "other"
    env = os.environ | {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "LC_ALL": "C", "PYTHONUTF8": "0"}
    subprocess.run([sys.executable, "-c", _BUILD, folder, other], env=env, check=True, cwd=ROOT)
    assert tree(other) == tree(first)


def test_any_number_of_processes_gives_the_same_bytes(tmp_path):
    folder = make_site(tmp_path / "site", variety())
    build(folder, tmp_path / "one", jobs=1)
    build(folder, tmp_path / "three", jobs=3)
    assert tree(tmp_path / "one") == tree(tmp_path / "three")


def test_a_second_build_changes_nothing_and_a_change_shows(tmp_path):
    folder = make_site(tmp_path / "site", variety())
    build(folder, folder / "output")
    before = inodes(folder / "output")
    assert build(folder, folder / "output").changed == 0
    assert inodes(folder / "output") == before
    put_notice(folder, notice(1, title="另一个题目"))
    assert build(folder, folder / "output").changed > 0
    assert "另一个题目" in (folder / "output/notices" / notice(1).id / "index.html").read_text(encoding="utf-8")


def test_what_is_no_longer_planned_goes(tmp_path):
    folder = make_site(tmp_path / "site", variety())
    build(folder, folder / "output")
    gone = put_notice(folder, notice(1))
    gone.unlink()
    build(folder, folder / "output")
    assert not (folder / "output/notices" / notice(1).id).exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_somebody_put_into_the_output_goes_and_what_a_link_leads_to_stays(tmp_path, jobs):
    folder, others = make_site(tmp_path / "site", [notice(1)]), tmp_path / "others"
    others.mkdir()
    (others / "kept.txt").write_text("x", encoding="utf-8")
    build(folder, folder / "output")
    (folder / "output/link").symlink_to(others)
    (folder / "output/own/deep").mkdir(parents=True)
    put_notice(folder, notice(2))
    build(folder, folder / "output", jobs=jobs)
    assert (others / "kept.txt").exists()
    assert not [name for name in ("link", "own") if os.path.lexists(folder / "output" / name)]
    assert not [path.name for path in folder.iterdir() if path.name.startswith((".output.new", ".output.old"))]


def test_a_broken_notice_stops_no_other_and_keeps_its_old_page(tmp_path):
    folder = make_site(tmp_path / "site", variety())
    output = folder / "output"
    build(folder, output)
    page = output / "notices" / notice(1).id / "index.html"
    old = page.read_bytes()
    put_notice(folder, notice(1)).write_text("---\nid: [\n---\n", encoding="utf-8")
    put_notice(folder, notice(3, unit="ling-yi-ju", published="2025-11-28", title="改过的题目"))
    report = build(folder, output)
    assert report.failed
    assert [found.code for found in report.diagnostics] == ["yaml-syntax"]
    assert page.read_bytes() == old
    assert "改过的题目" in (output / "index.html").read_text(encoding="utf-8")
    assert page.relative_to(output).as_posix() in json.loads((output / "manifest.json").read_bytes())["files"]


# ------------------------------------------------------------------------------------------------------ its faults


def test_faults_of_all_files_are_said_at_once(tmp_path):
    folder = make_site(tmp_path, [], "titel: x\n")
    (folder / "content/topics.yml").write_text("topics: 3\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        build(folder, folder / "output")
    assert [found.file for found in caught.value.diagnostics] == ["content/topics.yml", "site.yml"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("题目\n正文".encode("gb18030"), "error[encoding]: the file is not UTF-8; it looks like GB18030"),
        (b"\xff\xfe---\n\xd8", "error[encoding]: the file is not UTF-8"),
        (b"", "error[no-front-matter]"),
    ],
)
def test_a_file_that_is_no_content_file(tmp_path, data, said):
    folder = make_site(tmp_path, [notice(1)])
    (folder / "content/notices/x.md").write_bytes(data)
    report = build(folder, folder / "output")
    assert [said in str(found) for found in report.diagnostics] == [True]
    assert (report.notices, report.failed) == (1, True)


@pytest.mark.parametrize(
    ("link", "html"),
    [
        ("[国务院](https://www.gov.cn/)", '<a href="https://www.gov.cn/" rel="noopener external">国务院</a>'),
        ("[甲](https://a.cn/)", '<a href="https://a.cn/" rel="noopener external">甲<span>（外部链接）</span></a>'),
        ("[甲（外部链接）](https://a.cn/)", '<a href="https://a.cn/" rel="noopener external">甲（外部链接）</a>'),
        ("[状态](../status/index.html)", '<a href="../status/index.html">状态</a>'),
    ],
)
def test_a_link_of_a_content_page_says_when_it_leaves(link, html):
    assert read_content_page(f"# 关于\n\n{link}", "about").html == f"<p>{html}</p>"


def test_two_content_pages_at_one_address_are_an_error(tmp_path):
    folder = make_site(tmp_path, [notice(1)])
    (folder / "content/pages").mkdir()
    for name in ("10-about.md", "20-about.md"):
        (folder / "content/pages" / name).write_text("# 关于\n", encoding="utf-8")
    with pytest.raises(DiscloseError, match=r"pages/about/index.html: two things of the site have this address"):
        build(folder, folder / "output")


def test_an_empty_site_builds_and_says_so(tmp_path):
    new_site(tmp_path / "new")
    found = check(tmp_path / "new", day=dt.date(2025, 1, 1)).findings
    assert {one.diagnostic.code for one in found} == {"placeholder"}  # its README.md is no notice
    report = build(tmp_path / "new", tmp_path / "out")
    assert [str(found.severity) for found in report.diagnostics] == ["warning"]
    assert "还没有收录通报" in (tmp_path / "out/index.html").read_text(encoding="utf-8")


def test_without_a_content_folder_there_is_an_error(tmp_path, capsys):
    (tmp_path / "site.yml").write_text("name: x\nbase_url: https://a.cn/\n", encoding="utf-8")
    assert main(["--site", str(tmp_path), "build"]) == 1
    assert "error[no-content]: the folder of the notices is missing" in capsys.readouterr().err
    assert not (tmp_path / "output").exists()


def test_a_template_with_a_fault_is_named_with_its_line(tmp_path):
    folder = make_site(tmp_path, [notice(1)])
    (folder / "templates").mkdir()
    (folder / "templates/home.html").write_text("{# 1 #}\n{{ v.nothing }}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"templates/home.html:2: error\[template\].*nothing"):
        build(folder, folder / "output")


def test_a_folder_that_no_build_made_is_left_alone(tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/diary.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DiscloseError, match=r"holds files, but no manifest\.json"):
        build(folder, tmp_path / "mine")
    assert (tmp_path / "mine/diary.txt").exists()


def test_an_output_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DiscloseError, match=r"cannot be written|is a file"):
        build(folder, tmp_path / "file/output")
    with pytest.raises(DiscloseError, match="is a file"):
        build(folder, tmp_path / "file")


def test_a_build_that_fails_midway_leaves_the_old_output(tmp_path, monkeypatch):
    folder = make_site(tmp_path / "site", [notice(1)])
    output = folder / "output"
    build(folder, output)
    before = tree(output)
    put_notice(folder, notice(1, title="新题目"))
    monkeypatch.setattr("generator.build.targets.open_data.data_catalogue", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(folder, output)
    assert tree(output) == before
    assert [path.name for path in folder.iterdir() if path.name.startswith(".output")] == [".output.build.json"]


_BUILD = (
    "import sys; from pathlib import Path; from generator.build.driver import build; build(*map(Path, sys.argv[1:3]))"
)


def test_killed_at_any_moment_the_output_is_the_old_or_the_new_whole(tmp_path):
    folder = make_site(tmp_path / "site", variety())
    output = folder / "output"
    build(folder, output)
    before = tree(output)
    put_notice(folder, notice(1, title="新题目"))
    build(folder, tmp_path / "new")
    after = tree(tmp_path / "new")
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", _BUILD, folder, tmp_path / "timed"], check=True, cwd=ROOT)
    whole = time.monotonic() - started
    for part in (0.3, 0.6, 0.8, 0.9, 0.97):
        process = subprocess.Popen([sys.executable, "-c", _BUILD, folder, output], cwd=ROOT)
        time.sleep(whole * part)
        process.kill()
        process.wait()
        assert tree(output) in (before, after)
    build(folder, output)
    assert tree(output) == after
    assert [path.name for path in folder.iterdir() if path.name.startswith(".output")] == [".output.build.json"]


def test_killed_between_the_two_renames_the_next_build_finds_the_old_output(tmp_path):
    folder = make_site(tmp_path / "site", [notice(1)])
    output = folder / "output"
    build(folder, output)
    output.rename(folder / ".output.old")
    (folder / ".output.new").mkdir()
    assert build(folder, output).changed == 0


@pytest.mark.parametrize("place", ["", notice(1).id], ids=["among others", "where import puts it"])
def test_sources_are_published_only_when_asked_for(tmp_path, place):
    folder = make_site(tmp_path, [notice(1)])
    (folder / "content/sources" / place).mkdir(parents=True)
    (folder / "content/sources" / place / "a.txt").write_text("原文", encoding="utf-8")
    source = folder / "output/notices" / notice(1).id / "source" / f"{notice(1).id}.txt"
    build(folder, folder / "output")
    assert not source.exists()
    make_site(folder, [], "publish_sources: true\n")
    build(folder, folder / "output")
    assert source.read_text(encoding="utf-8") == "原文"


@pytest.mark.parametrize(("setting", "found"), [("", False), ("index_accountability: true\n", True)])
def test_people_held_to_account_are_in_the_search_only_when_asked_for(tmp_path, setting, found):
    folder = make_site(tmp_path, [notice(1)], setting)
    build(folder, folder / "output")
    files = (folder / "output/search").rglob("*.js")
    assert any("张三丰" in path.read_text(encoding="utf-8") for path in files) is found


def test_new_makes_no_site_over_files(tmp_path, capsys):
    (tmp_path / "a").write_text("x", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "b" / "c")]) == 0
    assert main(["build", "--site", str(tmp_path / "b" / "c")]) == 0
