"""``rules/directive.yaml``: recipients of papers and names of bodies by date, read strictly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.directive import (
    Authority,
    Body,
    CopyRule,
    DatedName,
    Directive,
    IssuerDefaults,
    IssuerKind,
    NameStatus,
)
from monitor.model.paper import PaperKind
from monitor.model.source import Level

FILE = "directive.yaml"
_TOP = ("basis", "issuer", "bodies", "copies", "authorities")
_COPY = ("body", "text", "note", "papers", "issuer", "levels", "from", "until")


def load_directive(folders: tuple[Path, ...]) -> Directive:
    """``directive.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _directive)


def _directive(text: str, file: str) -> Directive:
    top = Table(file, compose(text, file), _TOP)
    issuer = _must(top, "issuer", ("federation", "unit"))
    bodies = _bodies(top)
    known = frozenset(body.id for body in bodies)
    return Directive(
        basis=top.take("basis", fields.text),
        federation=_issuer(issuer, "federation"),
        unit=_issuer(issuer, "unit"),
        bodies=bodies,
        copies=tuple(_copy(table, known) for table in top.tables("copies", _COPY)),
        authorities=tuple(
            _authority(table, known) for table in top.tables("authorities", ("levels", "body", "basis", "from"))
        ),
    )


def _must(table: Table, key: str, allowed: tuple[str, ...]) -> Table:
    found = table.table(key, allowed)
    if found is None:
        raise table.wrong("config_missing_key", key)
    return found


def _issuer(table: Table, key: str) -> IssuerDefaults:
    inner = _must(table, key, ("superior", "symbol", "authority", "archive"))
    return IssuerDefaults(
        superior=inner.take_or("superior", fields.text_or_empty, ""),
        symbol=inner.take("symbol", fields.text),
        authority=inner.take("authority", fields.text),
        archive=inner.take("archive", fields.text),
    )


def _bodies(top: Table) -> tuple[Body, ...]:
    bodies: list[Body] = []
    lines: dict[str, int] = {}
    for table in top.tables("bodies", ("id", "names")):
        ident = table.take("id", fields.slug)
        if ident in lines:
            raise table.wrong("config_doubled_id", "id", value=ident, first=lines[ident])
        lines[ident] = table.line_of("id")
        bodies.append(Body(id=ident, names=_names(table)))
    return tuple(bodies)


def _names(table: Table) -> tuple[DatedName, ...]:
    names: list[DatedName] = []
    for inner in table.tables("names", ("from", "name", "status", "note")):
        name = DatedName(
            name=inner.take("name", fields.text),
            since=inner.take("from", _day),
            status=inner.take("status", fields.choice(NameStatus)),
            note=inner.take_or("note", fields.text, ""),
        )
        if names and name.since <= names[-1].since:
            raise inner.wrong("directive_order", "from", value=name.since, before=names[-1].since)
        names.append(name)
    if not names:
        raise table.wrong("config_missing_key", "names")
    return tuple(names)


def _copy(table: Table, known: frozenset[str]) -> CopyRule:
    body = _known(table, known) if "body" in table else ""
    if ("text" in table) == bool(body):
        raise table.wrong("directive_body_or_text", "text" if body else "body")
    papers = table.values("papers", fields.choice(PaperKind))
    if not papers:
        raise table.wrong("config_missing_key", "papers")
    return CopyRule(
        body=body,
        text=table.take_or("text", fields.text, ""),
        note=table.take_or("note", fields.text, ""),
        papers=papers,
        issuer=table.take_or("issuer", fields.choice(IssuerKind), IssuerKind.ANY),
        levels=table.values("levels", fields.choice(Level)),
        since=table.take_or("from", _day, None),
        until=table.take_or("until", _day, None),
    )


def _authority(table: Table, known: frozenset[str]) -> Authority:
    levels = table.values("levels", fields.choice(Level))
    if not levels:
        raise table.wrong("config_missing_key", "levels")
    return Authority(
        levels=levels,
        body=_known(table, known),
        basis=table.take("basis", fields.text),
        since=table.take("from", _day),
    )


def _known(table: Table, known: frozenset[str]) -> str:
    ident = table.take("body", fields.slug)
    if ident not in known:
        raise table.wrong("config_not_choice", "body", value=ident, allowed=", ".join(sorted(known)))
    return ident


def _day(value: object) -> date:
    """A day as 2026-11-05; YAML takes an unquoted one for a timestamp and hands over its node."""
    typed = value.value if isinstance(value, yaml.ScalarNode) else value
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        raise fields.Wrong("config_bad_day", value=typed) from None
