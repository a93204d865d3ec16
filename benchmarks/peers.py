"""The same notices for other site generators, with the least of layouts: page, list, taxonomy, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from generator.content.body_text import write_body
from generator.content.topics import TopicRules
from generator.model.notice import Notice

_MARKS = re.compile(r"^\{[^}]*\} | \{[^}]*\}$", re.MULTILINE)

HUGO_FILES = {
    "hugo.toml": """baseURL = "http://127.0.0.1/"
title = "公开"
languageCode = "zh-CN"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[taxonomies]
topic = "topics"
region = "regions"
unit = "units"
[outputs]
page = ["HTML", "JSON"]
section = ["HTML", "JSON"]
[pagination]
pagerSize = 50
""",
    "layouts/_default/baseof.html": """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{{ .Title }}</title></head><body>{{ block "main" . }}{{ end }}</body></html>
""",
    "layouts/_default/single.html": """{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Date.Format "2006-01-02" }}</p>
{{ .Content }}{{ end }}
""",
    "layouts/_default/single.json": """{{ dict "title" .Title "date" .Date "topics" .Params.topics
"text" .Plain | jsonify }}
""",
    "layouts/_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ol>{{ range .Paginator.Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ol>
{{ with .Paginator.Next }}<a href="{{ .URL }}">下一页</a>{{ end }}{{ end }}
""",
    "layouts/_default/list.json": """[{{ range $at, $page := .Pages }}{{ if $at }},{{ end }}
{{ dict "title" .Title "url" .RelPermalink "date" .Date | jsonify }}{{ end }}]
""",
    "layouts/_default/taxonomy.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
}

PELICAN_FILES = {
    "pelicanconf.py": """SITENAME = "公开"
SITEURL = ""
PATH = "content"
THEME = "simple"
TIMEZONE = "UTC"
DEFAULT_LANG = "zh"
DEFAULT_PAGINATION = 50
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
""",
}


def write_hugo(notices: Iterable[Notice], folder: Path, rules: TopicRules) -> None:
    """The notices as a Hugo site."""
    _put(folder, HUGO_FILES)
    for notice in notices:
        region = notice.unit.region
        front = {
            "title": notice.title,
            "date": notice.published.iso if notice.published else None,
            "units": [notice.unit.name],
            "regions": [region.name] if region else [],
            "topics": list(dict.fromkeys(found.topic.name for issue in notice.issues for found in rules.assign(issue))),
        }
        text = f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{_markdown(notice)}"
        _put(folder, {f"content/notices/{notice.id}.md": text})


def write_pelican(notices: Iterable[Notice], folder: Path) -> None:
    """The notices as a Pelican site."""
    _put(folder, PELICAN_FILES)
    for notice in notices:
        date = notice.published.iso if notice.published else "2000-01-01"
        region = notice.unit.region
        head = (
            f"Title: {notice.title}\nDate: {date}\nSlug: {notice.id}\nCategory: {region.name if region else '其他'}\n"
        )
        _put(folder, {f"content/{notice.id}.md": f"{head}\n{_markdown(notice)}"})


def _markdown(notice: Notice) -> str:
    """The words as plain Markdown: our own file without what only we read in it."""
    return _MARKS.sub("", write_body(notice.body))


def _put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
