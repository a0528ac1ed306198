"""CSS selectors as people write them in ``sites.yaml``, turned into XPath for lxml.

The part of CSS that names elements on a page: ``tag``, ``*``, ``.class``, ``#id``, ``[attr]``,
``[attr=value]`` with ``~= ^= $= *=``, a space for "inside", ``>`` for "directly inside", commas between
alternatives. What it does *not* do: pseudo-classes, siblings; those make rules that break silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

_NAME = r"-?[_a-zA-Z][\w-]*"
_PART = re.compile(
    rf"(?P<tag>\*|{_NAME})|\.(?P<class>{_NAME})|#(?P<id>{_NAME})"
    rf"|\[\s*(?P<attr>[\w:-]+)\s*(?:(?P<op>[~^$*]?=)\s*(?:\"(?P<dq>[^\"]*)\"|'(?P<sq>[^']*)'|(?P<bare>[\w-]+))\s*)?\]"
)
_BETWEEN = re.compile(r"\s*>\s*|\s+")


@dataclass(frozen=True)
class Selector:
    """A compiled selector; ``css`` is what was written."""

    css: str
    xpath: str

    @cached_property
    def _find(self) -> etree.XPath:
        return etree.XPath(self.xpath)

    def __reduce__(self) -> tuple[type[Selector], tuple[str, str]]:
        # Rules travel to worker processes; a compiled XPath cannot.
        return (Selector, (self.css, self.xpath))

    def __call__(self, root: etree._Element) -> list[etree._Element]:
        """The elements it names, in the page's order."""
        return [found for found in self._find(root) if isinstance(found.tag, str)]


def compile_css(css: str) -> Selector:
    """The selector of ``css``; ValueError says what cannot be read."""
    paths = [_path(part.strip()) for part in css.split(",")]
    return Selector(css, " | ".join(paths))


def _path(css: str) -> str:
    if not css:
        raise ValueError("empty")
    at, path = 0, "descendant-or-self::"
    while True:
        step, at = _step(css, at)
        path += step
        if at == len(css):
            return path
        between = _BETWEEN.match(css, at)
        if not between or between.end() == len(css):
            raise ValueError(css[at:])
        path += "/" if ">" in between[0] else "//"
        at = between.end()


def _step(css: str, at: int) -> tuple[str, int]:
    tag, tests, start = "*", "", at
    while found := _PART.match(css, at):
        if found["tag"]:
            if at != start:
                break
            tag = found["tag"].lower()
        else:
            tests += _test(found)
        at = found.end()
    if at == start:
        raise ValueError(css[at:])
    return tag + tests, at


def _test(part: re.Match[str]) -> str:
    if part["class"]:
        return _word("class", part["class"])
    if part["id"]:
        return f"[@id={_quote(part['id'])}]"
    name, operator = part["attr"].lower(), part["op"]
    if not operator:
        return f"[@{name}]"
    value = next(text for text in (part["dq"], part["sq"], part["bare"]) if text is not None)
    quoted = _quote(value)
    if operator == "~=":
        return _word(name, value)
    if operator == "^=":
        return f"[starts-with(@{name}, {quoted})]"
    if operator == "$=":
        return f"[substring(@{name}, string-length(@{name}) - {len(value) - 1}) = {quoted}]"
    if operator == "*=":
        return f"[contains(@{name}, {quoted})]"
    return f"[@{name}={quoted}]"


def _word(name: str, value: str) -> str:
    return f"[contains(concat(' ', normalize-space(@{name}), ' '), {_quote(f' {value} ')})]"


def _quote(value: str) -> str:
    if '"' in value and "'" in value:
        raise ValueError(value)
    return f"'{value}'" if '"' in value else f'"{value}"'
