"""What a government page must carry: names, forms and lists that the rules of generator/sitelint ask for.

Page labels (网页标签): 《政府网站发展指引》 国办发〔2017〕47号, annex 《网页设计规范》.
"""

from __future__ import annotations

from collections.abc import Mapping

EVERY_PAGE = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType")
"""网站标签 and 栏目标签 of every page."""
COLUMN_PAGE = ("ColumnDescription", "ColumnKeywords")
"""栏目标签 that only a page which is no article has."""
ARTICLE_PAGE = ("ArticleTitle", "PubDate", "ContentSource")
"""内容页标签 that an article must have."""
OPTIONAL = ("Keywords", "Author", "Description", "Image", "Url")

ID_CODE = r"bm\d{8}|\d{10}"
"""政府网站标识码: central `bm55000001`, local `6401000028`."""
PUB_DATE = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d"

FOOTER_WORDS = ("主办单位", "联系电话", "通信地址", "邮政编码", "网站标识码", "党政机关网站标识")
"""What the footer says as `label：value`."""
FOOTER_LINKS: Mapping[str, str] = {
    "ICP备案号": r"https://beian\.miit\.gov\.cn(?:/|$)",
    "公安备案号": r"https?://(?:www\.)?beian\.(?:mps\.)?gov\.cn(?:/|$)",
    "政府网站找错": r"https://zfwzgl\.www\.gov\.cn/exposure/jiucuo\.html",
    "网站地图": r"(?!https?:)(?:.*/)?sitemap/index\.html$",
}
"""What the footer links to."""

POLICY: Mapping[str, str] = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""Directives that the Content-Security-Policy of a page must have, and what each must say."""
POLICY_SOURCES = frozenset({"'self'", "'none'", "data:"})
"""What any directive may allow."""

REQUESTING_RELS = frozenset(
    {
        "stylesheet",
        "icon",
        "preload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "modulepreload",
        "manifest",
        "apple-touch-icon",
    }
)
"""`rel` of a `<link>` that makes a browser ask a server."""
FOREIGN_TAGS = ("iframe", "frame", "object", "embed", "applet", "base")
"""Elements that no template of this site needs: one that is there came out of somebody's text."""

NEEDS_SERVER: Mapping[str, str] = {
    r"\bfetch\s*\(": "fetch()",
    r"\bXMLHttpRequest\b": "XMLHttpRequest",
    r"\bimport\s*\(|^\s*import\s": "a module import",
    r"\bnew\s+(?:Shared)?Worker\s*\(": "a worker",
    r"\bsendBeacon\s*\(|\bnew\s+(?:WebSocket|EventSource)\s*\(": "a connection to a server",
}
"""What a script cannot do on a page that was opened from disk."""
POPUPS: Mapping[str, str] = {
    r"\bwindow\.open\s*\(": "window.open()",
    r"(?<![.\w])(?:alert|confirm|prompt)\s*\(": "a dialog box",
    r"\.showModal\s*\(": "a modal dialog",
}

UNPUBLISHABLE = frozenset(
    {
        ".doc",
        ".docx",
        ".docm",
        ".dot",
        ".dotx",
        ".wps",
        ".rtf",
        ".odt",
        ".md",
        ".map",
        ".yml",
        ".yaml",
        ".py",
        ".pyc",
        ".bak",
        ".orig",
        ".tmp",
        ".swp",
        ".log",
    }
)
"""Suffixes of drafts, of source files that carry names and comments, of what only builders need."""
MACHINE_PATH = rb"(?<![\w.:/-])(?:/home/|/root/|/Users/|/tmp/|/var/folders/|[A-Z]:\\{1,2}Users\\)[\w.-]+"
TEXT_SUFFIXES = frozenset(
    {".html", ".xml", ".json", ".jsonld", ".ndjson", ".js", ".css", ".svg", ".txt", ".csv", ".ics", ".vcf"}
)
