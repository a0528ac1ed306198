"""``rules/calendar.yaml``: days off and days worked instead, year by year, with who confirmed which year.

Reading is strict: a day both off and worked, or one of another year, is an error with its line. ``with_year`` puts a
year into the file's text: it replaces that year's lines (or adds them) and leaves every other line as it is.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from datetime import date
from pathlib import Path

import yaml

from monitor.config import fields
from monitor.config.law import boolean, day, sentence
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.errors import ConfigError
from monitor.labels import os_reason
from monitor.model.calendar import NamedDay, NationalDay, Swap, WorkCalendar, WorkYear
from monitor.model.law import Certainty

FILE = "calendar.yaml"

_TOP = ("extra", "swaps", "years")
_EXTRA = ("month", "day", "name", "first", "last", "status", "note")
_SWAP = ("day_off", "day_worked", "status", "note")
_YEAR = ("year", "confirmed", "by", "at", "days_off", "days_worked")
_DAY = ("date", "name")
_LEAP_YEAR = 2000
_year = fields.whole(1900, 2199)


def load_calendar(folders: tuple[Path, ...]) -> WorkCalendar:
    """``calendar.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(found(folders), parse_calendar)


def found(folders: tuple[Path, ...]) -> Path:
    """Where the file that holds lies. Raises ConfigError when no folder has it."""
    return rule_file(folders, FILE)


def parse_calendar(text: str, file: str) -> WorkCalendar:
    """The same from the file's text."""
    top = Table(file, compose(text, file), _TOP)
    years: dict[int, WorkYear] = {}
    for table in top.tables("years", _YEAR) if "years" in top else []:
        year = _work_year(table)
        if year.year in years:
            raise table.wrong("calendar_year_twice", "year", year=year.year)
        years[year.year] = year
    return WorkCalendar(
        years=tuple(years[number] for number in sorted(years)),
        extra=tuple(_national(table) for table in (top.tables("extra", _EXTRA) if "extra" in top else [])),
        swaps=tuple(_swap(table) for table in (top.tables("swaps", _SWAP) if "swaps" in top else [])),
    )


def _national(table: Table) -> NationalDay:
    month, number = table.take("month", fields.whole(1, 12)), table.take("day", fields.whole(1, 31))
    try:
        date(_LEAP_YEAR + 1, month, number)  # each year must have it: 29 February is no such day
    except ValueError:
        raise table.wrong("config_bad_day", "day", value=f"{number}/{month}") from None
    return NationalDay(
        month=month,
        day=number,
        name=table.take("name", fields.text),
        first=table.take("first", _year),
        last=table.take_or("last", _year, None),
        status=table.take("status", fields.choice(Certainty)),
        note=table.take_or("note", sentence, ""),
    )


def _swap(table: Table) -> Swap:
    swap = Swap(
        off=table.take("day_off", day),
        worked=table.take("day_worked", day),
        status=table.take("status", fields.choice(Certainty)),
        note=table.take_or("note", sentence, ""),
    )
    if swap.worked.weekday() < 5:
        raise table.wrong("calendar_worked_weekday", "day_worked", day=f"{swap.worked:%d/%m/%Y}")
    return swap


def _work_year(table: Table) -> WorkYear:
    number = table.take("year", _year)
    off, worked = _days(table, "days_off", number), _days(table, "days_worked", number)
    for both in {one.on for one in off} & {one.on for one in worked}:
        raise table.wrong("calendar_both", "days_worked", day=f"{both:%d/%m/%Y}")
    for one in worked:
        if one.on.weekday() < 5:
            raise table.wrong("calendar_worked_weekday", "days_worked", day=f"{one.on:%d/%m/%Y}")
    confirmed = table.take_or("confirmed", boolean, False)
    if confirmed and not ("by" in table and "at" in table):
        raise table.wrong("calendar_unsigned", "confirmed")
    return WorkYear(
        year=number,
        off=off,
        worked=worked,
        confirmed=confirmed,
        by=table.take_or("by", fields.text, ""),
        at=table.take_or("at", day, None),
    )


def _days(table: Table, key: str, year: int) -> tuple[NamedDay, ...]:
    days: dict[date, NamedDay] = {}
    for one in table.tables(key, _DAY) if key in table else []:
        named = NamedDay(on=one.take("date", day), name=one.take("name", fields.text))
        if named.on.year != year:
            raise one.wrong("calendar_other_year", "date", day=f"{named.on:%d/%m/%Y}", year=year)
        if named.on in days:
            raise one.wrong("calendar_day_twice", "date", day=f"{named.on:%d/%m/%Y}")
        days[named.on] = named
    return tuple(days[on] for on in sorted(days))


def with_year(text: str, file: str, year: WorkYear) -> str:
    """The file's text with that year in it: its old lines replaced, or new ones added after the last year.

    Raises ConfigError when the text, before or after, is not in order, or its list of years is written in brackets.
    """
    parse_calendar(text, file)
    top = compose(text, file)
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    key, years = next(((key, value) for key, value in top.value if key.value == "years"), (None, None))
    if years is None or key is None:
        text = text.rstrip() + newline * 2 + "years:" + newline + _block(year, "  ", newline)
    elif not isinstance(years, yaml.SequenceNode) or not years.value:  # "years:" with nothing after it, or []
        end = text.find("\n", key.end_mark.index) + 1 or len(text)
        text = text[: key.end_mark.index] + ":" + newline + _block(year, "  ", newline) + text[end:]
    else:
        if top.flow_style or years.flow_style:
            raise ConfigError("config_flow_list", file=file, line=key.start_mark.line + 1, name="years")
        text = _put(text, years, year, newline)
    parse_calendar(text, file)
    return text


def _put(text: str, years: yaml.SequenceNode, year: WorkYear, newline: str) -> str:
    block = _block(year, " " * years.start_mark.column, newline)
    for item in years.value:
        if _number(item) == year.year:
            start = text.rfind("\n", 0, item.start_mark.index) + 1
            return text[:start] + block + text[_after(text, item) :]
    end = _after(text, years.value[-1])
    return text[:end] + ("" if text[:end].endswith("\n") else newline) + block + text[end:]


def _block(year: WorkYear, indent: str, newline: str) -> str:
    return "".join(indent + line + newline for line in year_lines(year))


def _number(item: yaml.MappingNode) -> int:
    return next(int(value.value) for key, value in item.value if key.value == "year")


def _after(text: str, node: yaml.Node) -> int:
    """The start of the line after the node's last character: a block's own end mark lies behind later comments."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    at = int(node.end_mark.index)
    return at if at and text[at - 1] == "\n" else text.find("\n", at) + 1 or len(text)


def year_lines(year: WorkYear) -> list[str]:
    """The year in YAML, an item of the list ``years``, every text in JSON's quotes, which YAML reads alike."""
    lines = [f"- year: {year.year}", f"  confirmed: {'true' if year.confirmed else 'false'}"]
    if year.by:
        lines.append(f"  by: {json.dumps(year.by, ensure_ascii=False)}")
    if year.at:
        lines.append(f"  at: {year.at.isoformat()}")
    for key, days in (("days_off", year.off), ("days_worked", year.worked)):
        lines.append(f"  {key}:" if days else f"  {key}: []")
        lines += [
            f"    - {{date: {one.on.isoformat()}, name: {json.dumps(one.name, ensure_ascii=False)}}}" for one in days
        ]
    return lines


def save_calendar(path: Path, text: str) -> None:
    """Write the whole file beside its place, then move it there: a reader sees the old or the new one.

    The folder is made where it is missing. Raises ConfigError when it cannot be written; the old file then stands.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise ConfigError("config_not_writable", file=str(path), detail=os_reason(error)) from error
