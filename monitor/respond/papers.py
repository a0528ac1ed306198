"""A paper's content and the template of its kind -> the bytes of a ``.docx``.

    PaperContent ──tidied──▶ docxtpl (monitor.word) ──▶ layout.yaml applied ──▶ bytes, same for same

Reads the template and nothing else. The wording stands in ``reports/papers/<kind>.docx``, which staff may edit in
Word; what comes from pages is only ever printed, never run.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from monitor.model.layout import Layout
from monitor.model.paper import PaperContent
from monitor.respond import paper_text as words
from monitor.word import text
from monitor.word.layout import heading_lines
from monitor.word.template import Template, finished

FOLDER = "papers"


def render_paper(templates: tuple[Path, ...], layout: Layout, content: PaperContent) -> bytes:
    """The paper as a Word file, from the first of ``templates`` that has ``papers/<kind>.docx``.

    Equal content, layout and template give equal bytes. Raises ConfigError naming the template when none is there,
    or when an edited one is no Word file, has a wrong tag, or uses a name the program does not have.
    """
    template = Template(templates, f"{FOLDER}/{content.kind.value}.docx")
    content = text.tidied(content)
    document = template.filled(_values(layout, content), work=words.work_words)
    return finished(document, layout, title=content.subject, author=content.issuer.name)


def _values(layout: Layout, content: PaperContent) -> dict[str, object]:
    """What templates may name."""
    head = content.issuer.letterhead
    column = layout.header_columns[0]
    return {
        "paper": content,
        "body": content.body,
        "issuer": content.issuer,
        "superior": heading_lines(head.superior, layout, "superior", column),
        "heading": heading_lines(head.name, layout, "issuer", column),
        "summary": heading_lines(content.subject, layout, "summary", layout.page.body_width * 0.9),
        # The table of widths is a few per cent off; a line cut by the word processor looks worse than a short one.
        "about": heading_lines(f"V/v {content.subject}", layout, "letter_subject", column * 0.95).removeprefix("V/v "),
        "number_line": words.number_line(layout, content),
        "date_line": words.date_line(content),
        "section": count(1).__next__,
        "letter": text.letter,
    }
