"""docs/site.md names every setting and every template."""

from __future__ import annotations

import re
from dataclasses import fields

from generator.base.shipped import shipped
from generator.content.config import Config


def named():
    text = (shipped("templates").parent / "docs/site.md").read_text(encoding="utf-8")
    return set(re.findall(r"`([\w.-]+)`", text)), re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def test_every_setting_is_described_and_no_other():
    assert named()[1] == [field.name for field in fields(Config)]


def test_every_template_is_described():
    assert {path.name for path in shipped("templates").glob("*.html")} - named()[0] == set()
