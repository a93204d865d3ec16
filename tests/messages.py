"""Every sentence that the program can say, found in its sources:
`python -m tests.messages` lists those without Chinese."""

import ast
import functools
import json
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent / "generator"
SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z“]{2,}|\}\)?[:,]? [a-z]{3,}\b(?![/.=])|\b[A-Za-z]{3,}[:,]? \{")
"""Two words beside each other, or a word beside what varies: what no name, key or address is."""
SPOKEN = {"message", "hint", "help", "description", "reason", "desc"}
"""Arguments that are messages whatever they hold."""

NOT_SPOKEN = {
    "build/preview.py": ("(function", ".preview{", ".draft{", "<!doctype"),
    "build/sharing.py": ("noindex", "<svg", "%s{"),
    "build/store.py": ("CREATE", "DELETE", "INSERT", "PRAGMA", "REPLACE", "SELECT"),
    "build/state.py": ("the note is not whole",),
    "commands/new.py": ("#", "\n"),
    "content/phrases.py": ("text: {",),
    "data/": ("",),
    "desk/events.py": ("id:",),
    "desk/handlers/board.py": ("event:",),
    "desk/handlers/review.py": ("default-src",),
    "desk/page_pieces.py": ("<br", "{html}"),
    "desk/preview_site.py": ("<html",),
    "base/guard.py": ("{in_frame}",),
    "desk/intake.py": ("; the place",),
    "desk/handler.py": ("default-src",),
    "desk/shortcut.py": ("#!", "@echo", "[Desktop"),
    "editorial/advice.py": ("",),
    "editorial/inspection.py": ("“{quote}” 疑",),
    "model/numbering.py": ("(?:",),
    "model/personal_rules.py": ("[",),
    "pages/": ("",),
    "parser/": ("",),
    "portal/fragment.py": ("border:", "<table"),
    "portal/manuscript.py": ("Heading ",),
    "readers/html/styles.py": ("display visibility",),
    "readers/html/tags.py": ("script style", "address article", "input select", "iframe object"),
    "readers/signatures.py": (),
    "readers/text/labels.py": ("",),
    "readers/text/markdown.py": ("\\",),
    "readers/text/markdown_html.py": ("u b i", "p div"),
    "readers/word/docx.py": ("Table of Contents",),
    "readers/word/office.py": ("<",),
    "release/remote.py": ("rsync flock", "cd ", "for tool", "if [", "mkdir ", "cat ", "readlink "),
    "release/shell.py": ("exec sh", "begin {", "end {", "printf"),
    "release/ssh_words.py": ("Host key", "Permission", "Could not", "timed out", "REMOTE"),
    "release/sftp_connection.py": (
        "IdentityFile",
        "Port {",
        "User {",
        "Host key",
        "Permission",
        "Could not",
        "Connection",
    ),
    "release/signature.py": ("publisher namespaces",),
    "render/content_page.py": ("noopener",),
    "render/renderer.py": ("{name}:",),
    "render/templating.py": (")",),
    "search/": ("",),
    "site/model.py": ("{",),
    "sitelint/built.py": ("list[",),
    "sitelint/output_check.py": ("other files)",),
    "sitelint/page_labels.py": ("<link",),
    "sitelint/leaks.py": ("SELECT",),
    "sitelint/reading.py": ("ancestor-or-self",),
}
"""What is no message: module, or folder → how such texts begin."""
SPOKEN_AFTER_ALL = ("parser/rules/kinds.py", "parser/kinds.py", "search/chunks.py")


@functools.cache
def messages():
    """Template → where it stands. What varies in it is written {}. To be read only."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for line, template in templates(ast.parse(path.read_text("utf-8"))):
            if not _is_other(name, template):
                found.setdefault(template, f"generator/{name}:{line}")
    return found


def _is_other(name, template):
    if name in SPOKEN_AFTER_ALL:
        return not re.match(r"[A-Za-z]", template) or template.startswith("issues.")
    starts = next((starts for module, starts in NOT_SPOKEN.items() if name.startswith(module)), ())
    return template.startswith(tuple(starts)) if starts else False


def templates(tree):
    """Line and template of each text of a module that reads as a sentence, or is given as a message."""
    inner, given = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inner.add(id(node.value))  # a docstring
        if isinstance(node, ast.JoinedStr):
            inner |= {id(part) for part in node.values}
            inner |= {
                id(part)
                for value in node.values
                if isinstance(value, ast.FormattedValue) and value.format_spec
                for part in ast.walk(value.format_spec)
            }
        if isinstance(node, ast.keyword) and node.arg in SPOKEN:
            given.add(id(node.value))
    for node in ast.walk(tree):
        text = template_of(node)
        if text is None or id(node) in inner or not re.search("[A-Za-z]{2}", unnamed(text)):
            continue
        if SENTENCE.search(text) or id(node) in given:
            yield node.lineno, text


def template_of(node):
    """A text as it is said, with {} for what varies; None: no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.strip()
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else f"{{{slot(part.value)}}}" for part in node.values)
        return "".join(parts).strip()
    return None


def slot(node):
    """A name for what varies."""
    if isinstance(node, ast.Name):
        return node.id.strip("_").lower()
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_").lower()
    if isinstance(node, ast.Call) and node.args and not isinstance(node.args[0], ast.Constant | ast.GeneratorExp):
        return slot(node.args[0])
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            return inner.id.strip("_").lower()
    return "value"


def unnamed(template):
    """The template without the names of what varies, by which a row of the table is found."""
    return re.sub(r"\{\w+\}", "{}", template)


def numbered(template):
    """The template with each name once."""
    seen = {}

    def name(found):
        seen[found[1]] = seen.get(found[1], 0) + 1
        return f"{{{found[1]}{seen[found[1]] if seen[found[1]] > 1 else ''}}}"

    return re.sub(r"\{(\w+)\}", name, template)


if __name__ == "__main__":
    from generator.base.language import read_po

    known = {unnamed(english) for english, _ in read_po((ROOT / "base/zh.po").read_text("utf-8"))}
    for template, place in messages().items():
        if unnamed(template) not in known:
            print(f'#: {place}\nmsgid {json.dumps(numbered(template), ensure_ascii=False)}\nmsgstr ""\n')
