"""设置: what is saved changes only the lines of the keys that changed."""

from __future__ import annotations

import html
import re

import pytest

from generator.content.config import load_config
from generator.desk import local
from generator.desk.settings_form import rows
from tests.desk.tools import ask, post, running
from tests.samples import make_site

SITE = """# 网站设置：注释要留着
name: 测试公开   # 名称
base_url: https://www.mouxian.gov.cn/gk/

# 主办单位
owner: 〔主办单位名称〕
id_code: "1234"
page_size: 50
"""


@pytest.fixture
def site(tmp_path):
    found = make_site(tmp_path / "site", [])
    (found / "site.yml").write_text(SITE, encoding="utf-8")
    return found


def form(desk):
    """The fields of the form as a browser sends them untouched."""
    text = ask(desk, path="settings").text
    fields = {}
    for tag in re.findall(r"<input [^>]*>", text):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("type") != "checkbox" or " checked" in tag:
            fields[found["name"]] = html.unescape(found.get("value", ""))
    return fields


def test_what_was_not_touched_stays_to_the_byte(desk, site):
    assert post(desk, "settings", form(desk)).status == 303
    assert (site / "site.yml").read_text("utf-8") == SITE


CHANGES = {
    "owner": ("某县委巡察办", "owner: 某县委巡察办"),
    "page_size": ("20", "page_size: 20"),
    "review_steps": ("初审、终审", "review_steps:\n- 初审\n- 终审"),
    "phone": ("0596-1234567", "phone: 0596-1234567"),
    "id_code": ("1234567890", "id_code: '1234567890'"),
    "traditional": ("1", "traditional: true"),
    "tagline": ("a: b # c", "tagline: 'a: b # c'"),
}


@pytest.mark.parametrize("key", CHANGES)
def test_a_key_that_changes_changes_its_line_alone(desk, site, key):
    value, line = CHANGES[key]
    assert post(desk, "settings", form(desk) | {key: value}).status == 303
    text = (site / "site.yml").read_text("utf-8")
    assert line in text
    others = [row for row in SITE.split("\n") if not row.startswith(f"{key}:")]
    assert [row for row in text.split("\n") if row in others] == others
    kept = getattr(load_config(site), key)
    assert kept in (value, True) or list(map(str, kept if isinstance(kept, tuple) else [kept])) == value.split("、")


WRONG = {
    "no address": {"base_url": "not one"},
    "no name": {"name": ""},
    "no number": {"page_size": "many"},
    "no rows": {"page_size": "0"},
    "no step": {"review_steps": "、"},
    "the same step twice": {"review_steps": "初审、初审"},
    "a line more": {"owner": "甲\nbase_url: https://evil.example/"},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_told_and_not_saved(desk, site, name):
    answer = post(desk, "settings", form(desk) | WRONG[name])
    if name == "a line more":
        assert load_config(site).base_url == "https://www.mouxian.gov.cn/gk/"
        return
    assert answer.status == 422
    assert "没有保存" in answer.text
    assert (site / "site.yml").read_text("utf-8") == SITE
    (value,) = WRONG[name].values()
    assert f'value="{html.escape(value)}"' in answer.text


def test_placeholders_and_what_cannot_be_right_are_marked(desk):
    text = ask(desk, path="settings").text
    assert text.count('aria-invalid="true"') == text.count('class="err"') > 5
    assert "不像是这一项该写的" in text


def test_what_was_changed_elsewhere_is_not_written_over(desk, site):
    fields = form(desk)
    (site / "site.yml").write_text(SITE.replace("50", "60"), encoding="utf-8")
    assert post(desk, "settings", fields | {"owner": "甲"}).status == 422
    assert "60" in (site / "site.yml").read_text("utf-8")
    assert post(desk, "settings", {name: value for name, value in fields.items() if name != "version"}).status == 428


def test_a_broken_file_is_told(desk, site):
    (site / "site.yml").write_text("name: [", encoding="utf-8")
    answer = ask(desk, path="settings")
    assert answer.status == 200
    assert 'role="alert"' in answer.text


def test_every_key_of_the_form_is_one_of_the_configuration(site):
    config = load_config(site)
    for row in rows():
        assert getattr(config, row.key) is not None


def test_my_name_is_kept_on_this_machine_alone(desk, site):
    assert post(desk, "settings/me", {"who": "  陈 某 ", "large": "1"}).status == 303
    kept = local.load(site)
    assert (kept.who, kept.single_keys, kept.large) == ("陈 某", False, True)
    assert kept.key == desk.local.key
    assert "data-no-single" in ask(desk).text
    assert "陈" not in (site / "site.yml").read_text("utf-8")


def test_places_are_added_ordered_and_forgotten(desk, site, tmp_path):
    for name in ("内网", "外网"):
        assert post(desk, "settings/places", {"name": name, "address": str(tmp_path / name)}).status == 303
    assert "能连上" in ask(desk, path="settings/places").text
    post(desk, "settings/places", {"first": "外网"})
    assert [place.name for place in local.load(site).places] == ["外网", "内网"]
    post(desk, "settings/places", {"forget": "外网"})
    assert [place.name for place in desk.local.places] == ["内网"]
    assert post(desk, "settings/places", {"name": "x", "address": ""}).status == 422
    assert post(desk, "settings/places", {"name": "x", "address": str(site / "output")}).status == 422
    assert post(desk, "settings/places", {"name": "x", "address": str(site / "content")}).status == 422


def test_hostile_values_are_words(site):
    with running(site) as desk:
        bad = '"><script>alert(1)</script>'
        post(desk, "settings", form(desk) | {"owner": bad})
        post(desk, "settings/me", {"who": bad})
        post(desk, "settings/places", {"name": bad, "address": f"/tmp/{bad}"})
        for path in ("settings", "settings/me", "settings/places", ""):
            assert "<script>alert" not in ask(desk, path=path).text
