"""Nothing is cited that is not here: parts of the documents, rule ids, files, and the names in the glossary."""

import importlib
import operator
import re
from pathlib import Path

from tests.every import every

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FORMATS = set(re.findall(r"^## \((\w)\)", (DOCS / "formats.md").read_text("utf-8"), re.MULTILINE))
GOV_SITE = (DOCS / "gov-site.md").read_text("utf-8")
SECTIONS = set(re.findall(r"^###? (\d+(?:\.\d+)?)", GOV_SITE, re.MULTILINE))
RULES = set(re.findall(r"G-[A-Z0-9]+-\d\d", GOV_SITE))

CITING = sorted(
    path
    for folder in ("generator", "templates", "tests", "scripts", "benchmarks", "docs", "content/pages")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".md", ".html", ".css", ".js"}
    and "node_modules" not in path.parts
    and path.name not in {"formats.md", "gov-site.md", "test_references.py"}
)
READ = {path: path.read_text("utf-8") for path in CITING}


def cited(pattern: str) -> list[tuple[str, str]]:
    """What matches, with the file that cites it."""
    return [
        (found, path.relative_to(ROOT).as_posix())
        for path, text in READ.items()
        for match in re.findall(pattern, text)
        for found in re.findall(r"[\w.-]+", match)
    ]


def test_parts_of_formats_are_there():
    letters = cited(r"\bFORMATS ((?:\w\b(?:, )?)+)")
    assert len(letters) > 40
    assert [one for one in letters if one[0] not in FORMATS] == []


def test_sections_of_gov_site_are_there():
    sections = cited(r"\bGOV-SITE (\d+(?:\.\d+)?)")
    assert len(sections) > 5
    assert [one for one in sections if one[0] not in SECTIONS] == []


def test_rules_are_there():
    rules = cited(r"\bG-[A-Z]+-\d\d\b")
    assert len(rules) > 10
    assert [one for one in rules if one[0] not in RULES] == []


def test_no_document_is_cited_that_is_not_here():
    assert cited(r"\b(?:DESIGN|STYLE|DESK|ANCHORS)(?:\.md\b| §? ?\d)") == []
    documents = cited(r"\bdocs/([\w.-]+\.md)")
    assert len(documents) > 5
    assert [one for one in documents if not (DOCS / one[0]).exists()] == []


@every(re.findall(r"\| `([\w.:]+)` \|$", (DOCS / "glossary.md").read_text("utf-8"), re.MULTILINE))
def test_a_word_of_the_glossary_is_in_the_code(place):
    module, _, name = place.partition(":")
    loaded = importlib.import_module(f"generator.{module}")
    assert not name or hasattr(loaded, name)


def test_the_glossary_has_rows():
    assert (DOCS / "glossary.md").read_text("utf-8").count("\n| ") > 30


STEPS = re.findall(r"\| ([\w/]+)\.py \| `([\w.]+)` \|$", (DOCS / "architecture.md").read_text("utf-8"), re.MULTILINE)


def test_the_path_of_a_notice_has_its_steps():
    assert len(STEPS) >= 20


@every(STEPS)
def test_a_step_of_a_notice_s_path_is_in_the_code(file, function):
    module = importlib.import_module("generator." + file.removesuffix("/__init__").replace("/", "."))
    assert operator.attrgetter(function)(module)
