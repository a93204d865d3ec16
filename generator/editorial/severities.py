"""How much each anomaly weighs before a release; what is not named is a warning (GOV-SITE 3, 7)."""

from __future__ import annotations

from generator.base.diagnostics import Severity

SEVERITIES: dict[str, Severity] = {
    "personal-id": Severity.ERROR,
    "personal-mobile": Severity.ERROR,
    "personal-card": Severity.ERROR,
    "personal-address": Severity.ERROR,
    "no-unit": Severity.ERROR,
    "page-unread": Severity.ERROR,
    "struck-out": Severity.ERROR,
    "phrase": Severity.ERROR,
    "no-contact": Severity.NOTE,
    "no-signature": Severity.NOTE,
    "no-date": Severity.WARNING,
    "number-style": Severity.NOTE,
    "number-missing": Severity.NOTE,
    "answer-shared": Severity.NOTE,
    "fact-weak": Severity.NOTE,
}

_REGION = "Write it into the front matter: region: {code: '350626', province: 福建省, city: 漳州市, county: 东山县}."
_AGAIN = "Then import it again: disclose import FILE --update."
_MASK = "Mask it: write it under “masks” in the front matter; or accept the finding with who, when and why."

HINTS: dict[str, str] = {
    "personal-id": _MASK,
    "personal-mobile": _MASK,
    "personal-card": _MASK,
    "personal-address": "Look whether it is somebody's home: then mask it. An office may stay: accept the finding.",
    "personal-passport": _MASK,
    "personal-plate": _MASK,
    "personal-email": _MASK,
    "personal-account": _MASK,
    "personal-birth": _MASK,
    "personal-name": "Write the surname and 某, by a mask of the kind person; an official acting in office may stay.",
    "date-ambiguous": "Look at the original and write the date into the front matter.",
    "date-damaged": "Compare the inferred date with the original; the printed words stay as they are.",
    "stated-differs": "Compare with the original: count the headings marked .issue, or correct a heading's level.",
    "stated-impossible": "Compare with the original; if it prints so, ask the unit which number is right.",
    "stated-rival": "Read both places; if the other number is meant, write it under stated: in the front matter.",
    "region-ambiguous": _REGION,
    "no-region": _REGION,
    "phrase": "Compare with the original. Wrong there too: a correction (更正), or accept the finding with who, when, why.",
    "tracked-change": f"If it is not the final text: accept or reject the changes in the source, save it. {_AGAIN}",
    "hidden-text": f"If it belongs to the notice: show it in the source, save it. {_AGAIN}",
    "struck-out": f"Take the words that do not hold out of the source, and the line off those that do. {_AGAIN}",
    "text-twice": f"Save one copy of the text alone: the printed view, or pasted text. {_AGAIN}",
    "added-text": "Compare with the original where these words stand; a form that is filled in is best printed anew.",
    "comment": "Look whether a comment in the source still asks for something.",
    "unread-part": f"If it belongs to the notice: put its words into the source itself. {_AGAIN}",
    "field-unread": f"Write what it shows as plain text into the source. {_AGAIN}",
    "page-unread": f"Take the Word file that the PDF was made from, or a PDF with text on all its pages. {_AGAIN}",
    "undecodable": f"Take the Word file that a PDF was made from; save a text as UTF-8. {_AGAIN}",
    "ocr": "Read the whole notice against the pages.",
    "ocr-doubtful": "Compare these words with the picture of the page.",
    "status-mostly": "Decide which status the issue has, and write it at its heading: {.issue status=done} or ongoing.",
    "status-unclear": "Read the sentence, and write the status at its heading: {.issue status=ongoing}; or leave it out.",
    "blanket-unclear": "Read which issues the sentence means, and write their status at their headings: {.issue status=done}.",
    "no-date": "Write it into the front matter: published: 2025-11-28.",
    "no-unit": "Write unit.name and unit.id into the front matter.",
    "answer-apart": "Look whether a problem's title stands above it: make it a heading, ##### … {#i99 .issue}.",
    "no-response": "Mark the answer's paragraph with {.response}, or take .issue off the heading.",
}
