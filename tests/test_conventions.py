"""The conventions of government sites: a built site keeps them, and each one broken on purpose is heard of."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil

import pytest

from generator.base.diagnostics import Severity
from generator.build.driver import build
from generator.cli import main
from generator.content.config import load_config
from generator.sitelint.output_check import check_output
from generator.sitelint.rules import FILE_RULES, PAGE_RULES, TREE_RULES
from tests.samples import make_site, notice

FILLED = """\
owner: 某区巡察机构
operator: 某区信息中心
phone: 010-12345678
address: 某路1号
postcode: "100020"
domain: www.example.gov.cn
id_code: "1101050001"
icp: 京ICP备00000000号
police: 京公网安备00000000000000号
conac: 0123456789ABCDEF0123456789ABCDEF
"""
PLACEHOLDERS = {"g-meta-01", "g-meta-02", "g-frame-04"}
NOTICE = "notices/mou-ju-20240801-1/index.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site without a placeholder, built into output/."""
    return built_site(tmp_path_factory.mktemp("site"), FILLED)


@pytest.fixture(scope="module")
def both_editions(tmp_path_factory):
    """The same with its 繁體 edition: twice as many pages to look at."""
    return built_site(tmp_path_factory.mktemp("both"), FILLED + "traditional: true\n")


def built_site(folder, settings):
    make_site(folder, [notice(1)], settings)
    report = build(folder, folder / "output")
    assert not report.failed, report.diagnostics
    return folder


def found(site, output=None):
    return check_output(output or site / "output", load_config(site))


def test_a_built_site_keeps_them_all(site, both_editions):
    assert found(site) == []
    assert found(both_editions) == []


def test_a_site_of_every_kind_lacks_only_what_stands_for_something_else(built):
    folder, output = built
    assert {fault.code for fault in check_output(output, load_config(folder))} == PLACEHOLDERS


def test_what_every_page_has_is_said_once(built):
    folder, output = built
    faults = [fault for fault in check_output(output, load_config(folder)) if fault.code == "g-meta-02"]
    assert len(faults) == 1
    assert re.search(r"\(here and in \d+ other files\)$", faults[0].message)


BROKEN = [
    # what is broken, code, file, pattern, what takes its place
    ("label missing", "g-meta-01", NOTICE, '<meta name="ContentSource".*?>', ""),
    ("label twice", "g-meta-01", NOTICE, '(<meta name="SiteName".*?>)', r"\1\1"),
    ("label misspelt", "g-meta-01", NOTICE, 'name="Keywords"', 'name="keywords"'),
    ("label empty", "g-meta-01", "units/index.html", '(name="ColumnKeywords" content=)".*?"', r'\1""'),
    ("label with a line break", "g-meta-01", "units/index.html", '(name="ColumnDescription" content=")', "\\1\n"),
    ("invented code", "g-meta-02", NOTICE, '(name="SiteIDCode" content)="[^"]*"', r'\1="12345"'),
    ("long dashes", "g-meta-03", NOTICE, '(name="PubDate" content)="[^"]*"', r'\1="2024—08—01 00:00"'),
    (
        "date differs below the title",
        "g-meta-04",
        NOTICE,
        '发布时间：<time datetime="[^"]*"',
        '发布时间：<time datetime="2024-08-02"',
    ),
    ("date differs in JSON-LD", "g-meta-04", NOTICE, '"datePublished": ?"2024-08-01', '"datePublished": "2024-08-02'),
    ("date differs in a list", "g-meta-04", "notices/index.html", 'datetime="2024-08-01"', 'datetime="2024-08-02"'),
    ("date differs in a feed", "g-meta-04", "feed.xml", "<published>2024-08-01", "<published>2024-08-02"),
    ("date differs in JSON", "g-meta-04", "notices/list.json", '"published": ?"2024-08-01', '"published": "2024-08-02'),
    ("heavy page", "g-ind-03", "pages/help/index.html", "</article>", "<p>" + "字" * 100_000 + "</p></article>"),
    ("no breadcrumb", "g-frame-02", NOTICE, "当前位置：", "你在这里："),
    ("step without link", "g-frame-02", NOTICE, '<ol><li><a href="[^"]*">首页</a>', "<ol><li>首页"),
    (
        "last step a link",
        "g-frame-02",
        "units/index.html",
        '(<li aria-current="page">)([^<]*)',
        r'\1<a href="index.html">\2</a>',
    ),
    ("no source", "g-frame-03", NOTICE, "来源：", "转自："),
    ("no closing button", "g-frame-03", NOTICE, "<button[^>]*data-close.*?</button>", ""),
    ("no owner", "g-frame-04", "404.html", "(?s)(<footer.*?主办单位：)[^<]*", r"\1"),
    ("placeholder in the footer", "g-frame-04", "404.html", "(?s)(<footer.*?通信地址：)[^<　]*", r"\1〔地址〕"),
    ("no ICP link", "g-frame-04", "404.html", "https://beian.miit.gov.cn", "https://www.gov.cn"),
    (
        "unmarked way out",
        "g-frame-05",
        "pages/help/index.html",
        "</article>",
        '<a rel="noopener" href="https://a.cn/">a</a></article>',
    ),
    ("upper-case address", "g-frame-06", "data/Copy.csv", None, "a"),
    ("query", "g-frame-06", "pages/help/index.html", "</article>", '<a href="index.html?page=2">二</a></article>'),
    ("changed afterwards", "g-ind-02", "robots.txt", "$", "#\n"),
    ("list without entry", "g-ind-05", "pages/help/index.html", "</article>", "<ul></ul></article>"),
    ("page without item", "g-ind-05", "contacts/region/list.json", r'(?s)"items": ?\[.*\]', '"items": []'),
    ("page without entry", "g-ind-05", "issues/status/done/feed.xml", r"(?s)<entry>.*</entry>", ""),
    ("column without item", "g-ind-05", "deadlines/list.json", r'(?s)"items": ?\[.*\]', '"items": []'),
    ("dead link", "g-ind-06", "pages/help/index.html", "</article>", '<a href="../gone.html">无</a></article>'),
    (
        "dead link in 繁體",
        "g-ind-06",
        "zh-hant/pages/help/index.html",
        "</article>",
        '<a href="../gone.html">無</a></article>',
    ),
    ("other case", "g-ind-06", "pages/help/index.html", "</article>", '<a href="Index.html">无</a></article>'),
    ("above the root", "g-ind-06", "pages/help/index.html", "</article>", '<a href="../../../a.html">无</a></article>'),
    ("wrong anchor", "g-ind-06", "pages/help/index.html", "</article>", '<a href="#nowhere">无</a></article>'),
    ("wrong anchor of another page", "g-ind-06", "index.html", "</main>", f'<a href="{NOTICE}#i99">无</a></main>'),
    ("empty link", "g-ind-06", "pages/help/index.html", "</article>", '<a href="#">无</a></article>'),
    ("script as link", "g-ind-06", "pages/help/index.html", "</article>", '<a href="javascript:;">无</a></article>'),
    ("missing picture", "g-ind-06", "pages/help/index.html", "</article>", '<img src="a.png" alt="图"></article>'),
    (
        "dead address in a feed",
        "g-ind-06",
        "feed.xml",
        "notices/mou-ju-20240801-1/index.html",
        "notices/gone/index.html",
    ),
    ("dead address in the site map", "g-ind-06", "sitemap.xml", "units/index.html", "unit.html"),
    ("no large type", "g-a11y-03", "404.html", "大字版", "字"),
    ("modal", "g-a11y-06", "404.html", "</main>", "<dialog>请先阅读</dialog></main>"),
    ("window from a script", "g-a11y-06", "assets/site.js", "$", "\nwindow.open('a.html');\n"),
    ("no skip link", "g-a11y-07", "404.html", '<a class="skip".*?</a>', ""),
    ("language", "g-a11y-08", "404.html", 'lang="zh-CN"', 'lang="en"'),
    ("title", "g-a11y-08", "404.html", "<title>[^<]*", "<title>没有这个页面"),
    ("home's title", "g-a11y-08", "index.html", "<title>", "<title>欢迎访问"),
    ("two h1", "g-a11y-08", "404.html", "</main>", "<h1>又一个</h1></main>"),
    ("level skipped", "g-a11y-08", "404.html", "</main>", "<h4>小</h4></main>"),
    ("two main parts", "g-a11y-08", "404.html", "</main>", "</main><main></main>"),
    ("header cell without scope", "g-a11y-08", "pages/status/index.html", ' scope="col"', ""),
    ("picture without words", "g-a11y-08", "404.html", "</main>", '<img src="assets/favicon.svg"></main>'),
    ("button that does nothing", "g-a11y-10", "404.html", "</main>", '<button type="button">打印</button></main>'),
    ("hidden words", "g-a11y-10", NOTICE, 'class="prose verbatim"', 'class="prose verbatim" hidden'),
    ("empty without script", "g-a11y-10", "404.html", r"(?s)(<main[^>]*>).*?</main>", r"\1<h1></h1></main>"),
    ("foreign script", "g-sec-01", "404.html", "</main>", '<script src="https://hm.baidu.com/h.js"></script></main>'),
    ("foreign font", "g-sec-01", "assets/site.css", "$", "\n@import url(https://a.cn/a.css);\n"),
    ("foreign picture in 繁體", "g-sec-01", "zh-hant/index.html", "</main>", '<img alt="" src="//a.cn/a.png"></main>'),
    ("from the root", "g-sec-02", "index.html", "</main>", '<a href="/gk/units/index.html">单位</a></main>'),
    ("a folder", "g-sec-02", "index.html", "</main>", '<a href="units/">单位</a></main>'),
    ("module", "g-sec-02", "index.html", "<script src", '<script type="module" src'),
    ("fetch", "g-sec-02", "assets/site.js", "$", "\nfetch('a.json');\n"),
    ("inline script", "g-sec-03", "404.html", "</main>", "<script>var a;</script></main>"),
    ("inline style", "g-sec-03", "404.html", "<main", '<main style="color:red"'),
    ("handler", "g-sec-03", "404.html", "<main", '<main onclick="a()"'),
    ("no policy", "g-sec-03", "404.html", "<meta http-equiv.*?>", ""),
    ("lax policy", "g-sec-03", "404.html", "default-src 'self'", "default-src 'self'; script-src 'unsafe-inline'"),
    ("opener", "g-sec-06", "404.html", ' rel="noopener external"', ""),
    ("byte order mark", "g-sec-06", "404.html", "^", "\ufeff"),
    ("foreign markup", "g-sec-06", "404.html", "</main>", '<iframe src="index.html"></iframe></main>'),
    ("Word file", "g-sec-07", "data/draft.docx", None, "a"),
    ("source file", "g-sec-07", "notices/mou-ju-20240801-1/source/a.txt", None, "a"),
    ("path of a machine", "g-sec-07", NOTICE, "</main>", "<p>/home/editor/draft</p></main>"),
    ("source map", "g-sec-07", "assets/site.css", "$", "\n/*# sourceMappingURL=site.css.map */\n"),
]


@pytest.mark.parametrize(
    ("code", "path", "pattern", "new"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_what_is_broken_is_said(request, tmp_path, code, path, pattern, new):
    site = request.getfixturevalue("both_editions" if path.startswith("zh-hant/") else "site")
    output = tmp_path / "output"
    shutil.copytree(site / "output", output, copy_function=os.link)
    file = output / path
    old = file.read_text(encoding="utf-8") if pattern is not None else ""
    text = re.sub(pattern, new, old, count=1) if pattern is not None else new
    assert text != old
    file.unlink(missing_ok=True)  # a hard link: the site's own file must stay
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    if code != "g-ind-02":
        list_anew(output, file)
    faults = found(site, output)
    assert {fault.code for fault in faults} == {code}
    assert all(fault.hint and fault.file.startswith(str(output)) for fault in faults)
    shown = file.with_name("index.html") if code == "g-ind-05" and path.endswith("feed.xml") else file
    assert path.endswith(".json") or {fault.file for fault in faults} == {str(shown)}


def list_anew(output, file):
    """A manifest that has the file as it is now."""
    manifest = json.loads((output / "manifest.json").read_bytes())
    name = file.relative_to(output).as_posix()
    manifest["files"][name] = {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    (output / "manifest.json").unlink()  # a hard link, too
    (output / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_every_rule_has_a_row():
    assert {rule.code for rule in (*PAGE_RULES, *FILE_RULES, *TREE_RULES)} == {row[1] for row in BROKEN}


def test_a_notice_without_a_date_needs_no_label_of_it(tmp_path):
    folder = make_site(tmp_path, [notice(1, published="2024-08")], FILLED)
    build(folder, folder / "output")
    assert found(folder) == []


def test_bytes_that_are_no_page_are_no_crash(site, tmp_path):
    output = tmp_path / "output"
    shutil.copytree(site / "output", output, copy_function=os.link)
    for name, data in [
        ("a.html", b""),
        ("b.html", b"\xff\xfe<"),
        ("c.html", b'<a href="http://[">'),
        ("d.xml", b"<loc>"),
    ]:
        (output / name).write_bytes(data)
    (output / "list.json").write_text("[", encoding="utf-8")
    assert any(fault.severity is Severity.ERROR for fault in found(site, output))


def test_check_speaks_of_the_built_site(site, tmp_path, capsys):
    output = tmp_path / "output"
    shutil.copytree(site / "output", output)
    (output / "units/index.html").unlink()
    assert main(["--site", str(site), "check", "--output", str(output)]) == 1
    assert f"{output}/units/index.html: error[g-ind-02]: the build made this file" in capsys.readouterr().out
    main(["--site", str(site), "check", "--output", str(tmp_path / "nowhere")])
    assert "note[not-built]: there is no built site here, so its pages were not checked" in capsys.readouterr().out
