"""The pages' templates: everything is escaped, an unknown name is an error rather than a gap."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor import labels
from monitor.text import quoted
from monitor.web import words


@cache
def environment() -> Environment:
    """The one environment of all pages."""
    env = Environment(
        loader=PackageLoader("monitor.web", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters |= {
        "when": words.when, "day": words.day, "typed": words.typed, "num": words.number, "size": words.size,
        "left": words.left, "device": words.device, "outside": words.outside, "said": said, "quoted": quoted,
        "zip": lambda one, two: zip(one, two, strict=True),
    }  # fmt: skip
    env.globals |= {"static": static, "label": labels.label}
    return env


def said(member: StrEnum | None) -> str:
    """An enum's member in the reader's words, nothing for nothing."""
    return labels.of(member) if member is not None else ""


def render(template: str, /, **values: object) -> str:
    """The template, filled."""
    from monitor.web.routing import menu  # noqa: PLC0415 - the table of pages imports the pages, and these us

    return environment().get_template(template).render(nav=menu, **values)


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the file, so that a browser may keep it for ever."""
    raw = resources.files("monitor.web").joinpath("static", name).read_bytes()
    return f"/tinh/{name}?v={sha256(raw).hexdigest()[:12]}"
