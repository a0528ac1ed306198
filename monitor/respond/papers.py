"""A paper's content and the template of its kind -> the bytes of a ``.docx``.

    PaperContent ──tidied──▶ docxtpl (sandboxed, everything escaped) ──▶ layout.yaml applied ──▶ bytes, same for same

Reads the template and nothing else. The wording stands in ``reports/papers/<kind>.docx``, which staff may edit in
Word; what comes from pages is only ever printed, never run.
"""

from __future__ import annotations

import dataclasses
import io
import re
import traceback
import zipfile
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import unescape

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from monitor.errors import ConfigError
from monitor.model.layout import Layout
from monitor.model.paper import PaperContent
from monitor.respond import paper_text as text
from monitor.respond.layout import apply, heading_lines

FOLDER = "papers"
# A paper's bytes depend on its content alone: no clock in the archive, none in the properties.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - Word's property is naive UTC
_NEAR = re.compile(r"\{[{%#].*?[}%#]\}", re.S)

T = TypeVar("T")


def render_paper(templates: tuple[Path, ...], layout: Layout, content: PaperContent) -> bytes:
    """The paper as a Word file, from the first of ``templates`` that has ``papers/<kind>.docx``.

    Equal content, layout and template give equal bytes. Raises ConfigError naming the template when none is there,
    or when an edited one is no Word file, has a wrong tag, or uses a name the program does not have.
    """
    name = f"{FOLDER}/{content.kind.value}.docx"
    path = next((folder / name for folder in templates if (folder / name).is_file()), None)
    if path is None:
        raise ConfigError("template_missing", file=name)
    content = tidied(content)
    document = _filled(path, _values(layout, content))
    apply(document, layout)
    _fix_properties(document, content)
    stream = io.BytesIO()
    document.save(stream)
    return same_each_time(stream.getvalue())


def tidied(value: T) -> T:
    """The same value with every text in it cleaned: NFC, no control characters, paragraphs parted by line feeds."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else text.one_paragraph_each(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(tidied(one) for one in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        clean = {one.name: tidied(getattr(value, one.name)) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **clean)
    return value


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
        "number_line": text.number_line(layout, content),
        "date_line": text.date_line(content),
        "section": count(1).__next__,
        "letter": text.letter,
    }


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl repairs XML that an edited template left unbalanced by dropping text; here that is an error."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml, parser=etree.XMLParser(huge_tree=True))
        return super().fix_tables(xml)


def _environment() -> SandboxedEnvironment:
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=text.printed)
    filters: tuple[Callable[..., Any], ...] = (text.sentence, text.bare, text.quoted, text.upper_first, text.two)
    env.filters |= {one.__name__: one for one in filters}
    env.filters |= {"work": text.work_words}
    return env


def _filled(path: Path, values: dict[str, object]) -> Any:
    """The filled template as a python-docx document."""
    template = _Template(str(path))
    try:
        template.render(values, _environment(), autoescape=True)
    except UndefinedError as error:
        raise ConfigError("paper_template_name", file=path, detail=_quoted_name(error)) from error
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, OSError) as error:
        if isinstance(error, KeyError) and _in_template(error):
            raise ConfigError("paper_template_wrong", file=path, near=_near(error), detail=str(error)) from error
        raise ConfigError("paper_template_broken", file=path) from error
    except etree.XMLSyntaxError as error:
        raise ConfigError("paper_template_unbalanced", file=path) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        # A template is staff's own program: whatever it gets wrong is told as its mistake.
        raise ConfigError("paper_template_wrong", file=path, near=_near(error), detail=str(error)) from error
    return template.docx


def _in_template(error: Exception) -> bool:
    return any(frame.filename == "<template>" for frame in traceback.extract_tb(error.__traceback__))


def _quoted_name(error: UndefinedError) -> str:
    """The name out of Jinja's sentence ("'x' is undefined", "'… object' has no attribute 'x'")."""
    names = re.findall(r"'([^']+)'", str(error))
    return names[-1] if names else str(error)


def _near(error: Exception) -> str:
    """The tags around the mistake, as staff see them in Word; "?" where docxtpl could not tell."""
    lines = list(getattr(error, "docx_context", ()))
    found = _NEAR.findall(unescape(" ".join(lines)))
    return " ".join(found)[:200] or " ".join(" ".join(lines).split())[:200] or "?"


def _fix_properties(document: Any, content: PaperContent) -> None:
    properties = document.core_properties
    properties.title = content.subject[:255]
    properties.author = content.issuer.name[:255]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = _NO_TIME


def same_each_time(raw: bytes) -> bytes:
    """The same archive with fixed times, so that equal papers are equal files. Raises BadZipFile when it is none."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            target.writestr(fixed, source.read(entry))
    return stream.getvalue()
