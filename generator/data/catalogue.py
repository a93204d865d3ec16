"""What tells other machines of the site: site map, robots, OpenSearch, JSON-LD, DCAT catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from generator.base.staging import Written
from generator.content.config import Config
from generator.data.books import FOLDER, books_of
from generator.data.formats import to_json
from generator.data.tables import TABLES
from generator.model.notice import PartialDate
from generator.model.vocabulary import STATUS_NAMES
from generator.site.model import Site, SiteNotice

_MAX_URLS = 50_000  # of one site map (sitemaps.org)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page in the site map."""

    path: str
    changed: PartialDate | None
    """The date of what it shows, not of the build."""


def sitemaps(config: Config, addresses: Sequence[Address]) -> dict[str, bytes]:
    """The site map by path: one file, or an index and as many as are needed."""
    parts = [addresses[at : at + _MAX_URLS] for at in range(0, len(addresses), _MAX_URLS)] or [()]
    if len(parts) == 1:
        return {"sitemap.xml": _sitemap(config, parts[0])}
    named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, 1)}
    index = "".join(f"<sitemap><loc>{config.base_url}{name}</loc></sitemap>\n" for name in named)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    )
    return {
        "sitemap.xml": f"{head}{index}</sitemapindex>\n".encode(),
        **{name: _sitemap(config, part) for name, part in named.items()},
    }


def _sitemap(config: Config, addresses: Iterable[Address]) -> bytes:
    rows = "".join(
        f"<url><loc>{config.base_url}{address.path}</loc>"
        + (f"<lastmod>{address.changed.iso}</lastmod>" if address.changed else "")
        + "</url>\n"
        for address in addresses
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()


def robots(config: Config) -> bytes:
    """robots.txt: everything may be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {config.base_url}sitemap.xml\n".encode()


def opensearch(config: Config) -> bytes:
    """The description by which a browser offers the site's search."""
    template = escape(f"{config.base_url}search/index.html?q={{searchTerms}}")
    name = config.name[:16]  # the format's limit
    rows = (
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(name)}</ShortName>",
        f"<Description>{escape(config.description)}</Description>",
        f'<Url type="text/html" template="{template}"/>',
        "<Language>zh-CN</Language><InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>\n",
    )
    return "\n".join(rows).encode()


def notice_json_ld(config: Config, item: SiteNotice) -> dict[str, Any]:
    """schema.org's Report of a notice, its issues as parts."""
    notice, url = item.notice, config.base_url + item.path + "index.html"
    contact = notice.contact
    publisher: dict[str, Any] = {"@type": "GovernmentOrganization", "name": notice.unit.name}
    if contact:
        point = {
            "@type": "ContactPoint",
            "contactType": "监督电话",
            "telephone": list(contact.phones) or None,
            "email": list(contact.emails) or None,
        }
        publisher["contactPoint"] = {key: value for key, value in point.items() if value}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": url,
        "headline": notice.title,
        "url": url,
        "inLanguage": "zh-CN",
        "datePublished": notice.published.iso if notice.published else None,
        "dateModified": max(one.date for one in notice.corrections).iso if notice.corrections else None,
        "correction": [
            {"@type": "CorrectionComment", "datePublished": one.date.iso, "text": f"{one.what}　原因：{one.why}"}
            for one in notice.corrections
        ],
        "publisher": publisher,
        "identifier": notice.id,
        "hasPart": [
            {
                "@type": "CreativeWork",
                "position": issue.number,
                "name": issue.issue.title,
                "url": f"#{issue.anchor}",
                "creativeWorkStatus": STATUS_NAMES[issue.issue.status],
            }
            for issue in item.issues
        ],
    }
    return {key: value for key, value in found.items() if value}


def site_json_ld(config: Config) -> dict[str, Any]:
    """schema.org's WebSite with its search."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": config.name,
        "url": config.base_url + "index.html",
        "inLanguage": "zh-CN",
        "potentialAction": {
            "@type": "SearchAction",
            "target": config.base_url + "search/index.html?q={search_term_string}",
            "query-input": "required name=search_term_string",
        },
    }


MEDIA_TYPES: Mapping[str, tuple[str, str]] = {
    "json": ("application/json", "JSON"),
    "ndjson": ("application/x-ndjson", "NDJSON"),
    "csv": ("text/csv", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "sqlite": ("application/vnd.sqlite3", "SQLite"),
}


def data_catalogue(site: Site, files: Sequence[Written]) -> bytes:
    """The DCAT catalogue of the files under data/: a dataset each table, and each book."""
    config = site.config
    base = config.base_url
    datasets = [
        *(_dataset(site, table.name, (table.title, table.about), files, f"{FOLDER}{table.name}.") for table in TABLES),
        *(
            _dataset(site, one.name, (f"{one.title}的数据", "这一年的全部表格。"), files, one.folder)
            if one.name
            else _dataset(site, "disclosure", ("全部数据", "全部表格合为一个文件。"), files, f"{one.folder}disclosure.")
            for one in books_of(site)
        ),
    ]
    return to_json(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "spdx": "http://spdx.org/rdf/terms#",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
            },
            "@id": base + "data/catalog.jsonld",
            "@type": "dcat:Catalog",
            "dct:title": {"@value": f"{config.name}开放数据", "@language": "zh-CN"},
            "dct:publisher": {"@type": "foaf:Organization", "foaf:name": config.owner},
            "dct:language": "zh-CN",
            "foaf:homepage": {"@id": base + "index.html"},
            "dcat:dataset": datasets,
        }
    )


def _dataset(site: Site, name: str, words: tuple[str, str], files: Sequence[Written], where: str) -> dict[str, Any]:
    """Of the files whose paths begin so."""
    base = site.config.base_url
    mine = [file for file in files if file.path.startswith(where)]
    found: dict[str, Any] = {
        "@id": f"{base}data/index.html#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": {"@value": words[0], "@language": "zh-CN"},
        "dct:description": {"@value": words[1], "@language": "zh-CN"},
        "dcat:landingPage": {"@id": f"{base}data/index.html#{name}"},
        "dcat:distribution": [_distribution(base, file) for file in mine],
    }
    if site.as_of:
        found["dct:modified"] = {"@value": site.as_of.isoformat(), "@type": "xsd:date"}
    return found


def _distribution(base: str, file: Written) -> dict[str, Any]:
    media, name = MEDIA_TYPES[file.path.rpartition(".")[2]]
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:downloadURL": {"@id": base + file.path},
        "dcat:mediaType": media,
        "dcat:byteSize": file.size,
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": file.sha256,
        },
    }
