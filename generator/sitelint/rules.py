"""The rules, one row each. A code is a convention's number in small letters; docs/diagnostics.md lists them."""

from __future__ import annotations

from generator.base.diagnostics import Severity
from generator.sitelint import frame, links, page_labels, reading, security
from generator.sitelint.built import FileRule, PageRule, TreeRule

_BASE = "Fix templates/base.html"
_FILL_IN = "Write the real value into site.yml; of one's own template: fix templates/base.html."
_REBUILD = "Build the site again: disclose build --clean."

PAGE_RULES = (
    PageRule(code="g-meta-01", hint=_FILL_IN, find=page_labels.label_set),
    PageRule(
        code="g-meta-02", hint="Write id_code in site.yml; ask whoever registered the site.", find=page_labels.id_code
    ),
    PageRule(code="g-meta-03", hint=f"{_BASE}: ASCII hyphens, 24 hours.", find=page_labels.pub_date_form),
    PageRule(code="g-meta-04", hint="Show one date everywhere: that of the notice.", find=page_labels.pub_date_shown),
    PageRule(code="g-frame-02", hint=f"{_BASE}: 当前位置：首页 > … > 正文.", find=frame.breadcrumb),
    PageRule(code="g-frame-03", hint="Fix templates/notice.html.", find=frame.source_line),
    PageRule(code="g-frame-04", hint=_FILL_IN, find=frame.footer),
    PageRule(
        code="g-frame-05",
        hint="Add （外部链接） to the words of the link.",
        find=security.marked_links,
        severity=Severity.WARNING,
    ),
    PageRule(code="g-frame-06", hint="Link to the file itself, without a question mark.", find=frame.queries),
    PageRule(code="g-ind-05", hint="Leave out the list, or say in words that there is none.", find=reading.empty_lists),
    PageRule(
        code="g-ind-06",
        hint="Write the address of a page, or make it a button.",
        find=links.empty_links,
        conversions=True,
    ),
    PageRule(code="g-a11y-03", hint=f"{_BASE}.", find=reading.large_type),
    PageRule(code="g-a11y-06", hint="Show it in the page itself.", find=reading.popups),
    PageRule(code="g-a11y-07", hint=f"{_BASE}: the link 跳到正文 comes first.", find=reading.skip_link),
    PageRule(code="g-a11y-08", hint=f"{_BASE}.", find=reading.language),
    PageRule(code="g-a11y-08", hint=f"{_BASE}.", find=reading.title),
    PageRule(code="g-a11y-08", hint="Use one h1, and no level without the one above it.", find=reading.headings),
    PageRule(code="g-a11y-08", hint=f"{_BASE}.", find=reading.landmarks),
    PageRule(code="g-a11y-08", hint="Use th with scope=col or scope=row.", find=reading.tables),
    PageRule(code="g-a11y-08", hint='Describe it; write alt="" for mere decoration.', find=reading.pictures),
    PageRule(
        code="g-a11y-10",
        hint="Give what needs a script the class js-only, and let everything else be seen.",
        find=reading.without_script,
    ),
    PageRule(code="g-sec-01", hint="Keep a copy in templates/assets.", find=security.requests, conversions=True),
    PageRule(
        code="g-sec-02", hint="Write {{ root }} and the path of the file.", find=links.relative_links, conversions=True
    ),
    PageRule(code="g-sec-02", hint="Use a classic script with defer.", find=links.modules, conversions=True),
    PageRule(code="g-sec-03", hint="Move it to a file in templates/assets.", find=security.inline, conversions=True),
    PageRule(code="g-sec-03", hint=f"{_BASE}.", find=security.policy, conversions=True),
    PageRule(code="g-sec-06", hint='Add rel="noopener".', find=security.outside_links, conversions=True),
    PageRule(
        code="g-sec-06",
        hint="Find out whose text it came from; templates must escape it.",
        find=security.foreign_markup,
        conversions=True,
    ),
)
"""About a page."""

FILE_RULES = (
    FileRule(
        code="g-ind-03",
        hint="Set page_size lower in site.yml; a long notice may stay as it is.",
        find=reading.weight,
        severity=Severity.WARNING,
    ),
    FileRule(code="g-ind-05", hint="Leave the list out until it has an item.", find=reading.empty_pages),
    FileRule(
        code="g-ind-05",
        hint="Inspections count empty columns; leave it out of templates/base.html, or import what fills it.",
        find=reading.empty_columns,
        severity=Severity.WARNING,
    ),
    FileRule(code="g-ind-06", hint=_REBUILD, find=links.addresses_in_files),
    FileRule(code="g-a11y-06", hint="Show it in the page itself.", find=reading.script_popups),
    FileRule(code="g-sec-01", hint="Keep a copy in templates/assets.", find=security.style_requests),
    FileRule(
        code="g-sec-02",
        hint="Browsers refuse it on pages opened from disk: load data by a script element.",
        find=links.server_scripts,
    ),
    FileRule(code="g-sec-06", hint="Save the template as UTF-8 without BOM.", find=security.encoding),
    FileRule(code="g-sec-07", hint="Find out where it comes from, and take it out there.", find=security.traces),
)
"""About the bytes of a file."""

TREE_RULES = (
    TreeRule(code="g-meta-04", hint="Show one date everywhere: that of the notice.", find=page_labels.dates_in_lists),
    TreeRule(code="g-meta-04", hint=_REBUILD, find=page_labels.dates_in_data),
    TreeRule(code="g-frame-06", hint="Give the file a name of a–z, 0–9, hyphen and full stop.", find=frame.addresses),
    TreeRule(code="g-ind-02", hint=_REBUILD, find=security.tampering),
    TreeRule(code="g-ind-06", hint="Fix the link, or put the file or the anchor there.", find=links.dead_links),
    TreeRule(
        code="g-sec-07", hint="Take it out of templates/assets or out of the output.", find=security.unpublishable
    ),
)
"""About the whole output."""
