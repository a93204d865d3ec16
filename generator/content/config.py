"""site.yml as a frozen Config; everything that is wrong with it is said at once."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml

from generator.base.diagnostics import ContentError, Diagnostic, UsageError
from generator.base.files import read_text
from generator.base.layout import SITE_FILE
from generator.base.structure import Decoder, is_wrong
from generator.model.decisions import Acceptance
from generator.model.notice import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Names of the columns (栏目), as the navigation shows them."""

    home: str = "首页"
    notices: str = "通报"
    issues: str = "问题"
    units: str = "单位"
    regions: str = "地区"
    deadlines: str = "期限"
    progress: str = "进度"
    contacts: str = "联系方式"
    search: str = "搜索"
    ledger: str = "账本"
    changes: str = "变化"
    compare: str = "对照"
    data: str = "开放数据"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A site: who answers for it, where it is, what it shows. Values in 〔〕 are placeholders."""

    name: str
    """SiteName: the standard name of the site."""
    base_url: str
    """Where the site stands, with scheme, ending in `/`: feeds, sitemap and page labels need whole addresses."""
    tagline: str = "问题、措施、进展、期限、电话，逐项公开"
    description: str = "巡察整改进展情况通报的集中公开"
    keywords: tuple[str, ...] = ("巡察整改", "通报", "问题清单", "整改期限", "监督电话")
    owner: str = "〔主办单位名称〕"
    """主办单位."""
    operator: str = "〔承办单位名称〕"
    """承办单位."""
    phone: str = "〔区号-号码〕"
    address: str = "〔地址〕"
    postcode: str = "〔邮编〕"
    domain: str = "〔域名〕"
    """SiteDomain, without scheme."""
    id_code: str = "〔网站标识码〕"
    """SiteIDCode: bm and 8 digits, or 10 digits."""
    samples: tuple[str, ...] = ()
    """What people search: words to try on the home page; without any they are taken from the notices."""
    icp: str = "〔ICP备案号〕"
    police: str = "〔公网安备号〕"
    conac: str = "〔党政机关网站标识编号〕"
    column_type: str = "信息公开目录"
    """ColumnType of the list pages."""
    columns: Columns = Columns()
    as_of: PartialDate | None = None
    """The day against which deadlines are judged; None: the date of the newest notice."""
    traditional: bool = False
    """Whether a 繁體 edition is built under zh-hant/."""
    publish_sources: bool = False
    """Whether the source files are published; Word files leak names, comments and tracked changes."""
    index_accountability: bool = False
    """Whether the search finds the passages that name people held to account."""
    page_size: int = 50
    """Rows of a list page."""
    review_steps: tuple[str, ...] = ("初审", "复审", "终审")
    """三审三校: the steps that a notice's review needs before it may be published."""
    distinct_reviewers: bool = True
    """Whether each step must be signed by another person."""
    publish_reviewers: bool = False
    """Whether a notice's page names who reviewed it."""
    show_old_wording: bool = True
    """Whether a corrected notice shows the wording that was replaced."""
    accepted: tuple[Acceptance, ...] = ()
    """Findings about the built site that somebody answers for."""
    lang: Literal["zh", "en"] | None = None
    """The language of messages on the command line; None: as the locale says."""
    editor: str = ""
    """Who edits: the author of what commands commit to version control; empty: whom Git knows."""
    keep_releases: int = 10
    """How many releases a publish leaves at its destination, to roll back to."""

    @property
    def authority(self) -> str:
        """The host of `base_url`, for the ids of feeds."""
        return _host(self.base_url)

    @property
    def as_of_day(self) -> dt.date | None:
        """`as_of` as a day."""
        return self.as_of.last_day if self.as_of else None


@functools.cache
def _host(url: str) -> str:
    return urlsplit(url).hostname or "localhost"


def load_config(site: Path) -> Config:
    """The configuration of the site folder. Raises UsageError without site.yml, ContentError for faults in it."""
    path = site / SITE_FILE
    if not path.exists():
        raise UsageError(f"{path}: there is no site here; name its folder with --site, or make one: disclose new DIR")
    return read_config(read_text(path, SITE_FILE))


def read_config(text: str, file: str = SITE_FILE) -> Config:
    """The configuration in `text`. Raises ContentError with every problem."""
    decoder = Decoder(file)
    root = decoder.compose(text)
    values = decoder.fields(root, Config)
    _check(decoder, root, values)
    if decoder.problems:
        raise ContentError(decoder.problems)
    return Config(**values)


def _check(decoder: Decoder, root: yaml.Node | None, values: dict[str, object]) -> None:
    for name, value in values.items():
        if any(_CONTROL.search(text) for text in _texts(value)):
            decoder.problem(
                root, "value", f"{name}: holds a control character, which no page can show", "Type it again."
            )
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    nodes = {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}
    known_bad = bool(decoder.problems and not values)
    for name in ("name", "base_url"):
        if not values.get(name) and not (name in nodes and name not in values) and not known_bad:
            decoder.problem(nodes.get(name, root), "missing-key", f"“{name}” is missing", _HINTS[name])
    url = values.get("base_url")
    if isinstance(url, str) and not url.isascii() and not is_wrong(url):
        decoder.problem(
            nodes["base_url"],
            "bad-url",
            f"base_url: “{url}” has characters that an address cannot have",
            "Write Chinese letters of a host as punycode (xn--…), those of a folder percent-encoded (%E5%B7%A1).",
        )
    elif isinstance(url, str) and url and not is_wrong(url) and not _is_base(url):
        decoder.problem(nodes["base_url"], "bad-url", f"base_url: “{url}” is not a whole address", _HINTS["base_url"])
    as_of = values.get("as_of")
    if isinstance(as_of, PartialDate) and not as_of.day:
        decoder.problem(nodes["as_of"], "bad-date", f"as_of: “{as_of.iso}” is not a day", "Write it as 2025-11-28.")
    size = values.get("page_size", 1)
    if isinstance(size, int) and size < 1:
        decoder.problem(nodes["page_size"], "value", "page_size: a page needs one row at least", "Write 50.")
    steps = values.get("review_steps", ("x",))
    if isinstance(steps, tuple) and (not all(map(str.strip, steps)) or len(set(steps)) < max(1, len(steps))):
        decoder.problem(
            nodes["review_steps"],
            "value",
            "review_steps: name each step, once",
            "Write [审核] for one step, or [初审, 复审, 终审].",
        )
    keep = values.get("keep_releases", 1)
    if isinstance(keep, int) and keep < 1:
        decoder.problem(nodes["keep_releases"], "value", "keep_releases: one release is live", "Write 10.")


_HINTS = {
    "name": "Write the name of the site, as in “name: 巡察整改情况公开”.",
    "base_url": "Write where the site will stand, ending in a slash, as in “base_url: https://www.example.gov.cn/”.",
}


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value if isinstance(value, tuple) else ():
        yield from _texts(one)


def _is_base(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path.endswith("/")
    return whole and not parts.query and not parts.fragment and url.isascii() and not any(map(str.isspace, url))


_FORMS = (
    # key, how its value is written, an example
    ("id_code", re.compile(r"bm\d{8}|\d{10}", re.ASCII), "bm12345678, 1234567890"),
    ("postcode", re.compile(r"[0-9]{6}"), "100010"),
    ("phone", re.compile(r"(?=(?:\D*+\d){5})[\d\s（）()+\-—－转/、]++"), "010-12345678"),
    ("domain", re.compile(r"(?:[a-z0-9\u4e00-\u9fff-]+\.)+[a-z\u4e00-\u9fff]{2,}"), "www.example.gov.cn"),
    ("icp", re.compile(r"\D{1,2}ICP备\s?\d{5,}号(?:-\d+)?"), "京ICP备12345678号"),
    ("police", re.compile(r"\D{1,2}公网安备\s?\d{8,}号?"), "京公网安备11010502000001号"),
    ("conac", re.compile(r"[A-Za-z0-9-]{6,}"), "CA123456789012345678901"),
)


def faulty_values(config: Config, text: str) -> list[Diagnostic]:
    """Values of the configuration read from `text` that cannot be what the key asks for: 无, a digit too few."""
    lines = _lines_of(text)
    return [
        Diagnostic(
            code="site-value",
            file=SITE_FILE,
            line=lines.get(name, 0),
            message=f"{name}: “{value}” is not what belongs here",
            hint=f"It looks like {example}; ask whoever registered the site. Never invent one.",
        )
        for name, form, example in _FORMS
        if "〔" not in (value := getattr(config, name)) and not form.fullmatch(value.strip())
    ]


def _lines_of(text: str) -> dict[str, int]:
    """Key → its line."""
    return {line.partition(":")[0]: number for number, line in enumerate(text.split("\n"), 1)}


def missing_values(config: Config, text: str) -> list[Diagnostic]:
    """The placeholders that are still in the configuration read from `text`: a release refuses them."""
    lines = _lines_of(text)
    found = [(name, getattr(config, name)) for name in Config.__slots__ if isinstance(getattr(config, name), str)]
    return [
        Diagnostic(
            code="placeholder",
            file=SITE_FILE,
            line=lines.get(name, 0),
            message=f"{name}: “{value}” is a placeholder",
            hint=f"Write the real value; ask whoever registered the site. Never invent one: {name}.",
        )
        for name, value in found
        if "〔" in value or (name == "base_url" and "example" in value)
    ]
