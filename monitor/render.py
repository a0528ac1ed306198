"""Templates of ``reports/`` to text: one Jinja environment, autoescaping wherever the output is HTML."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound

from monitor.errors import ConfigError


def render(folders: tuple[Path, ...], template: str, /, **values: object) -> str:
    """The template of that name in the first of ``folders`` that has it, filled.

    ``.html`` templates escape everything; a name the template does not know is an error rather than a gap.
    Raises ConfigError with file and line when an edited template does not work.
    """
    env = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=lambda name: bool(name) and ".html" in str(name),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    try:
        return env.get_template(template).render(**values)
    except TemplateNotFound as error:
        raise ConfigError("template_missing", file=error.name or template) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        # A template is staff's own program: whatever it gets wrong is told as its mistake.
        raise ConfigError("template_wrong", file=template, line=_line(error, template), detail=str(error)) from error


def _line(error: Exception, template: str) -> int | str:
    """The template's line: a syntax error names it, another error has it in its trace."""
    named = getattr(error, "lineno", None)
    if isinstance(named, int):
        return named
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(template)]
    return frames[-1].lineno or "?" if frames else "?"
