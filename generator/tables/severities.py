"""How much each anomaly weighs before a release; what is not named is a warning (GOV-SITE 3, 7)."""

from __future__ import annotations

from generator.diagnostics import Severity

SEVERITIES: dict[str, Severity] = {
    "personal-id": Severity.ERROR,
    "personal-mobile": Severity.ERROR,
    "personal-card": Severity.ERROR,
    "no-unit": Severity.ERROR,
    "no-contact": Severity.NOTE,
    "no-signature": Severity.NOTE,
    "no-date": Severity.WARNING,
    "number-style": Severity.NOTE,
}

HINTS: dict[str, str] = {
    "personal-id": "Mask it in the source and import again, or ask who approved the text.",
    "personal-mobile": "Mask it in the source and import again, or ask who approved the text.",
    "personal-card": "Mask it in the source and import again, or ask who approved the text.",
    "personal-address": "Look whether it is somebody's home; an office may stay.",
    "date-ambiguous": "Look at the original and write the date into the front matter.",
    "date-damaged": "Compare the inferred date with the original; the printed words stay as they are.",
    "stated-differs": "Compare with the original: count the headings marked .issue, or correct a heading's level.",
    "region-ambiguous": "Write unit.region into the front matter.",
    "no-region": "Write unit.region into the front matter.",
    "no-unit": "Write unit.name and unit.id into the front matter.",
    "no-response": "Mark the answer's paragraph with {.response}, or take .issue off the heading.",
}
