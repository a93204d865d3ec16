"""Templates compiled our way give what Jinja's own compiler gives."""

from __future__ import annotations

import tempfile
from types import SimpleNamespace

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.render.templating import Environment

SOURCE = """{% macro tag(name, big=false) %}<{{ name }}{% if big %} class="big"{% endif %}>{% endmacro -%}
{{ v.text }}|{{ v.markup }}|{{ v.number }}|{{ v.rows["k"] }}|{{ tag(v.text, big=true) }}|
{{ v.text if v.number else "" }}
{%- for row in v.many %}{{ loop.index }}{{ row | upper }}{% endfor %}
{% autoescape false %}{{ v.text }}{% endautoescape %}
"""


@given(st.text(), st.integers(), st.lists(st.text(), max_size=3))
def test_a_page_is_what_jinja_makes_of_it(text, number, many):
    value = SimpleNamespace(text=text, markup=Markup("<b>&amp;</b>"), number=number, rows={"k": text}, many=many)
    plain = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
                               trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    assert Environment([]).from_string(SOURCE).render(v=value) == plain.from_string(SOURCE).render(v=value)


@pytest.mark.parametrize("source", ["{{ missing }}", "{{ v.missing }}", "{{ v['missing'] }}", "{{ missing.of }}"])
def test_a_name_that_is_not_there_is_an_error(source):
    with pytest.raises((jinja2.UndefinedError, AttributeError, TypeError, KeyError)):
        Environment([]).from_string(source).render(v=SimpleNamespace())


@pytest.mark.parametrize("rest", [b"", b"x", None], ids=["empty", "no bytecode", "cut"])
def test_a_broken_file_of_compiled_templates_is_made_anew(tmp_path, monkeypatch, rest):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "a.html").write_text("{{ 1 + v }}")
    assert Environment([tmp_path]).get_template("a.html").render(v=1) == "2"
    (kept,) = (path for path in (tmp_path / "cache").rglob("*.cache"))
    kept.write_bytes(kept.read_bytes()[:30] if rest is None else rest)
    assert Environment([tmp_path]).get_template("a.html").render(v=1) == "2"
    assert len(kept.read_bytes()) > 30
