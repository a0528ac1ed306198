"""A Word template that staff may edit, filled by docxtpl: sandboxed, everything escaped, each mistake told as theirs.

    Template ──filled(names)──▶ python-docx document ──finished(layout)──▶ bytes, same for same

Reads the template and nothing else. What comes from pages is only ever printed, never run.
"""

from __future__ import annotations

import io
import re
import traceback
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from monitor.errors import ConfigError
from monitor.model.layout import Layout
from monitor.word import text
from monitor.word.layout import apply

# The bytes depend on the content alone: no clock in the archive, none in the properties.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - Word's property is naive UTC
_NEAR = re.compile(r"\{[{%#].*?[}%#]\}", re.S)
_FILTERS = (text.sentence, text.bare, text.quoted, text.upper_first, text.two)


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl repairs XML that an edited template left unbalanced by dropping text; here that is an error."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml, parser=etree.XMLParser(huge_tree=True))
        return super().fix_tables(xml)


class Template:
    """The template of that name, from the first of ``folders`` that has it. Raises ConfigError where none has."""

    def __init__(self, folders: Sequence[Path], name: str) -> None:
        found = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if found is None:
            raise ConfigError("template_missing", file=name)
        self.path = found
        self._template = _Template(str(found))

    def picture(self, png: bytes, width: float) -> Callable[[], Markup]:
        """What a template calls to print the picture, ``width`` mm wide."""
        image = InlineImage(self._template, io.BytesIO(png), width=Mm(width))
        return lambda: Markup(str(image))

    def filled(self, values: Mapping[str, object], **filters: Callable[..., Any]) -> Any:
        """The filled template as a python-docx document; ``values`` are the names it may use.

        Raises ConfigError when an edited one is no Word file, has a wrong tag, or uses a name that is not there.
        """
        path = self.path
        try:
            self._template.render(dict(values), _environment(filters), autoescape=True)
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
        return self._template.docx


def finished(document: Any, layout: Layout, *, title: str, author: str) -> bytes:
    """The document set by ``layout``, as a file with these properties and no date."""
    apply(document, layout)
    properties = document.core_properties
    properties.title, properties.author = title[:255], author[:255]
    properties.last_modified_by = properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = _NO_TIME
    stream = io.BytesIO()
    document.save(stream)
    return same_each_time(stream.getvalue())


def _environment(filters: Mapping[str, Callable[..., Any]]) -> SandboxedEnvironment:
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=text.printed)
    env.filters |= {one.__name__: one for one in _FILTERS}
    env.filters |= filters
    return env


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
