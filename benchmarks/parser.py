"""How fast the parser is, and that its cost grows with the length of the text for any text.

    python benchmarks/parser.py            characters a second on the notices of content/sources
    python benchmarks/parser.py --shapes   doubling table of hostile shapes

Times are CPU seconds of this process, the best of some runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from generator.model.notice import Source
from generator.parser import parse
from generator.readers import read_document
from generator.readers.document import Document
from generator.readers.text.plain import READER

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Source(file="x.txt", format="txt", sha256="0" * 64)

SHAPES: dict[str, Callable[[int], str]] = {
    "one line of sentences": lambda n: "整改情况良好，措施有力。" * (n // 12),
    "one line without a stop": lambda n: "整" * n,
    "opening brackets": lambda n: "（" * n,
    "opening quotation marks": lambda n: "“" * n,
    "headings": lambda n: "\n".join(f"（{i % 9 + 1}）关于某项工作不到位的问题。" for i in range(n // 18)),
    "nested numbers": lambda n: "\n".join(
        ("一、", "（一）", "1.", "（1）", "①")[i % 5] + "题目不够" for i in range(n // 8)
    ),
    "empty paragraphs": lambda n: "\n" * n,
    "blanks": lambda n: " \u3000" * (n // 2),
    "blanks inside": lambda n: "整改" + " " * n + "情况",
    "digits": lambda n: "1" * n,
    "dates": lambda n: "20231120日至" * (n // 10),
    "labels": lambda n: "整改情况：" * (n // 5),
    "lead-ins of its own": lambda n: "\n".join(
        f"{i % 9 + 1}.学习不深入\n{chr(0x4E00 + i // 2)}改情况：甲。" for i in range(n // 18)
    ),
    "rows of a table": lambda n: "| 序号 | 反馈问题 | 整改情况 |\n" + "| 1 | 学习不深入 | 已完成 |\n" * (n // 18),
    "tabs": lambda n: "序号\t" * (n // 3),
    "contacts": lambda n: "联系电话：0596-5835406；" * (n // 18),
}


def cpu(document: Document, runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        parse(document, SOURCE)
        best = min(best, time.process_time() - start)
    return best


def speed() -> None:
    print("| notice | characters | ms | characters a second |\n|---|---|---|---|")
    size, spent = 0, 0.0
    for path in sorted((ROOT / "content" / "sources").rglob("*.txt")):
        document = read_document(path.read_bytes(), path.name)
        parse(document, SOURCE)
        seconds = cpu(document, 20)
        size, spent = size + len(document.text), spent + seconds
        print(
            f"| {path.stem[:3]} | {len(document.text)} | {seconds * 1000:.1f} | {len(document.text) / seconds:,.0f} |"
        )
    print(f"| all | {size} | {spent * 1000:.1f} | {size / spent:,.0f} |")


def shapes() -> None:
    sizes = [125_000, 250_000, 500_000, 1_000_000]
    print("| shape |" + "".join(f" {n:,} |" for n in sizes) + " last doubling |\n|---|" + "---|" * (len(sizes) + 1))
    for name, make in SHAPES.items():
        times = [cpu(READER.read(make(n).encode()), 2) for n in sizes]
        print(f"| {name} |" + "".join(f" {t:.2f} s |" for t in times) + f" × {times[-1] / max(times[-2], 1e-6):.1f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shapes", action="store_true")
    shapes() if parser.parse_args().shapes else speed()
