"""An outlet's products in one cell of a table, and back exactly.

    cell    = product { ";" product }
    product = name "|" medium [ "|" issue days ] [ "|" "id=" id ]      \\ before | ; \\ in a name
    issues  = clause { "," clause }
    clause  = "thứ Hai" | "Chủ nhật" | "thứ Hai-thứ Bảy" | "hằng ngày"
            | "ngày" N {, N} | "tháng" N {, N} | "N ngày một số từ" DATE
            | "ra" DATE {, DATE} | "trừ" DATE {, DATE} | "kỳ N ngày" | "không định kỳ"

"Báo Tỉnh A|daily_print|thứ Hai-thứ Bảy; Tạp chí B|magazine|ngày 1, 15". The id is written only where it is not the
one made of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from monitor.desk.sheets import day_of, day_said
from monitor.errors import InputError
from monitor.labels import label, of
from monitor.model.calendar import IssueDays
from monitor.model.card import Product
from monitor.model.source import Medium
from monitor.text import clean, fold

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SPOKEN = (
    {fold(name): at for at, name in enumerate(_WEEKDAYS)}
    | {f"thu {at + 2}": at for at in range(6)}
    | {f"t{at + 2}": at for at in range(6)}
    | {"cn": 6}
)
_EVERY = re.compile(r"(\d{1,4}) ngay mot so tu (\S+)")
_PERIOD = re.compile(r"ky (\d{1,4}) ngay")
_HEAD = re.compile(r"(ngay|thang|ra|tru)\s+(\S.*)")
_SPLIT = re.compile(r"\s*,\s*|\s+(?=tháng\s)", re.I)
_MOST = 50


def medium_of(said: str) -> Medium:
    """A medium by its word or its Vietnamese name. Raises InputError for another."""
    wanted = fold(clean(said))
    for medium in Medium:
        if wanted in (medium.value, fold(of(medium))):
            return medium
    raise InputError("medium_unknown", value=said[:60], known=", ".join(f"{m.value} ({of(m)})" for m in Medium))


def parse(cell: str) -> tuple[Product, ...]:
    """The products of a cell. Raises InputError for what is none."""
    made: list[Product] = []
    for part in _parts(cell, ";"):
        if not part.strip():
            continue
        if len(made) == _MOST:
            raise InputError("products_many", most=_MOST)
        made.append(_product(part))
    return tidied(made)


def said(products: Iterable[Product]) -> str:
    """The cell that ``parse`` reads as exactly these products."""
    taken: set[str] = set()
    cells = []
    for product in products:
        parts = [_escaped(product.name), product.medium.value]
        if product.issues is not None:
            parts.append(issues_said(product.issues))
        if product.id != _fresh(product.name, taken):
            parts.append(f"id={_escaped(product.id)}")
        taken.add(product.id)
        cells.append("|".join(parts))
    return "; ".join(cells)


def tidied(products: Iterable[Product]) -> tuple[Product, ...]:
    """Names on one line, ids filled. Raises InputError where two have one id or one has no name."""
    made: list[Product] = []
    for product in products:
        name, taken = clean(product.name), {p.id for p in made}
        ident = clean(product.id) or _fresh(name, taken)
        if not name:
            raise InputError("product_unclear", value=product.id[:80])
        if ident in taken:
            raise InputError("product_twice", name=name)
        made.append(replace(product, id=ident, name=name))
    return tuple(made)


def _product(text: str) -> Product:
    name, *more = (clean(_plain(part)) for part in _parts(text, "|"))
    ident = more.pop().removeprefix("id=") if more and more[-1].startswith("id=") else ""
    if not name or not 1 <= len(more) <= 2:
        raise InputError("product_unclear", value=clean(text)[:80])
    issues = issues_of(more[1]) if len(more) == 2 else None
    return Product(id=ident, name=name, medium=medium_of(more[0]), issues=issues)


def _parts(text: str, mark: str) -> Iterator[str]:
    """Parts between marks that have no backslash before them; backslashes stay."""
    return (found[1] for found in re.finditer(rf"(?:^|{re.escape(mark)})((?:[^{re.escape(mark)}\\]|\\.|\\$)*)", text))


def _escaped(text: str) -> str:
    return re.sub(r"([\\|;])", r"\\\1", text)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _fresh(name: str, taken: set[str]) -> str:
    base = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:40].strip("-") or "an-pham"
    return next(i for n in range(1, len(taken) + 2) if (i := base if n == 1 else f"{base}-{n}") not in taken)


def issues_of(text: str) -> IssueDays | None:
    """Issue days as written; None for nothing. Raises InputError for what is not understood or out of range."""
    if not clean(text):
        return None
    if fold(clean(text)) == fold(label("cards", "no_issues")):
        return IssueDays()
    found: dict[str, list[int]] = {"weekday": [], "ngay": [], "thang": [], "period": [], "every": []}
    days: dict[str, list[date]] = {"ra": [], "tru": [], "anchor": []}
    clause = ""
    for token in _SPLIT.split(clean(text)):
        clause = _clause(token, clause, found, days)
    if len(found["every"]) > 1 or len(found["period"]) > 1:
        raise InputError("issues_unclear", value=clean(text)[:80])
    return IssueDays(
        weekdays=tuple(found["weekday"]),
        days=tuple(found["ngay"]),
        months=tuple(found["thang"]),
        every=found["every"][0] if found["every"] else None,
        anchor=days["anchor"][0] if days["anchor"] else None,
        dates=tuple(days["ra"]),
        skip=tuple(days["tru"]),
        period=found["period"][0] if found["period"] else None,
    )


def _clause(token: str, clause: str, found: dict[str, list[int]], days: dict[str, list[date]]) -> str:
    """Takes one token in; returns the clause that a bare number or date after it goes on with."""
    low = fold(token)
    weekdays = _weekdays(low)
    if weekdays:
        found["weekday"] += weekdays
        return ""
    if every := _EVERY.fullmatch(low):
        found["every"].append(int(every[1]))
        days["anchor"] += [on for on in [day_of(every[2])] if on]
        return ""
    if period := _PERIOD.fullmatch(low):
        found["period"].append(int(period[1]))
        return ""
    if head := _HEAD.fullmatch(low):
        clause, low = head[1], head[2]
    if clause in ("ra", "tru"):
        days[clause] += [on for on in [day_of(low)] if on]
    elif clause and re.fullmatch(r"\d{1,2}", low, re.A):
        found[clause].append(int(low))
    else:
        raise InputError("issues_unclear", value=token[:80])
    return clause


def _weekdays(low: str) -> list[int]:
    if low in ("hang ngay", "moi ngay"):
        return list(range(7))
    first, dash, last = (part.strip() for part in low.replace("–", "-").replace(" den ", "-").partition("-"))
    if first not in _SPOKEN or (dash and last not in _SPOKEN):
        return []
    return list(range(_SPOKEN[first], _SPOKEN[last] + 1)) if dash else [_SPOKEN[first]]


def issues_said(issues: IssueDays) -> str:
    """Issue days in the words that ``issues_of`` reads."""
    clauses = list(_runs(issues.weekdays))
    if issues.days:
        clauses.append("ngày " + ", ".join(map(str, issues.days)))
    if issues.months:
        clauses.append("tháng " + ", ".join(map(str, issues.months)))
    if issues.every is not None:
        clauses.append(f"{issues.every} ngày một số từ {day_said(issues.anchor)}")
    for word, on in (("ra", issues.dates), ("trừ", issues.skip)):
        if on:
            clauses.append(f"{word} " + ", ".join(map(day_said, on)))
    if issues.period is not None:
        clauses.append(f"kỳ {issues.period} ngày")
    return ", ".join(clauses) or label("cards", "no_issues")


def _runs(weekdays: tuple[int, ...]) -> Iterator[str]:
    """Three and more days in a row as a range."""
    at = 0
    while at < len(weekdays):
        end = at
        while end + 1 < len(weekdays) and weekdays[end + 1] == weekdays[end] + 1:
            end += 1
        if end - at >= 2:
            yield f"{_WEEKDAYS[weekdays[at]]}-{_WEEKDAYS[weekdays[end]]}"
            at = end + 1
        else:
            yield _WEEKDAYS[weekdays[at]]
            at += 1
