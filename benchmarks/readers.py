"""How fast each reader is, in characters of text a second.

python -m benchmarks.readers [FILE…]     # or, without FILE, a notice of the tests, a hundred times over
"""

from __future__ import annotations

import html
import io
import sys
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from generator.readers import read_document

ROOT = Path(__file__).parent.parent
TIMES = 100
ROUNDS = 3


def main() -> None:
    """Prints a row for each file."""
    files = [(Path(name).name, Path(name).read_bytes()) for name in sys.argv[1:]] or list(_made().items())
    print(f"{'file':24}{'characters':>12}{'seconds':>10}{'characters a second':>22}")
    for name, data in files:
        seconds, characters = _best(data, name)
        print(f"{name:24}{characters:12,}{seconds:10.3f}{characters / seconds:22,.0f}")


def _best(data: bytes, name: str) -> tuple[float, int]:
    """Seconds of the fastest of some rounds, and the characters read."""
    fastest, characters = float("inf"), 0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        characters = len(read_document(data, name).text)
        fastest = min(fastest, time.perf_counter() - start)
    return fastest, characters


def _made() -> dict[str, bytes]:
    """The same words in the formats that can be made without other programs."""
    notice = (ROOT / "tests" / "fixtures" / "readers" / "notice.txt").read_text(encoding="utf-8")
    text = notice * TIMES
    lines = [line for line in text.split("\n") if line]
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)
    return {
        "utf-8.txt": text.encode(),
        "gb18030.txt": text.encode("gb18030"),
        "one-line.txt": text.replace("\n", "").encode(),
        "markdown.md": "\n\n".join(lines).encode(),
        "page.html": f"<html><head><meta charset='utf-8'></head><body>{paragraphs}</body></html>".encode(),
        "word.docx": _word(lines),
    }


def _word(lines: list[str]) -> bytes:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:pPr/><w:r><w:rPr/><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


if __name__ == "__main__":
    main()
