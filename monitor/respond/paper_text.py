"""What a paper says in words of its own: its day, its number, the work it is about."""

from __future__ import annotations

from datetime import date

from monitor.labels import label
from monitor.model.layout import Layout
from monitor.model.paper import DisputedWork, PaperContent
from monitor.model.paper_bodies import ResponseBody
from monitor.model.source import Medium
from monitor.word.text import quoted

_BLANK = " " * 6


def day_words(day: date) -> str:
    """ "ngày 05 tháng 01 năm 2026": days below 10 and the months 1 and 2 have a leading 0 (NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return label("paper", "day", day=f"{day.day:02d}", month=month, year=day.year)


def work_words(work: DisputedWork) -> str:
    """The work with all that the law wants named: title, column or programme, product, issue, day and hour."""
    spoken = work.medium in (Medium.RADIO, Medium.TV)
    named = label("paper", "programme" if spoken else "column", name=work.column) if work.column else ""
    if work.title:
        parts = [f"{work.form} {quoted(work.title)}", named]
    else:
        # "chương trình, chương trình Thời sự" would say it twice.
        parts = [named] if named.startswith(work.form) else [work.form, named]
    same = not work.product or work.product.casefold() == work.outlet.casefold()
    place = work.outlet if same else label("paper", "product", product=work.product, outlet=work.outlet)
    if place:
        parts.append(label("paper", "issue", place=place, issue=work.issue) if work.issue else place)
    parts.append(work.published)
    return ", ".join(part for part in parts if part)


def number_line(layout: Layout, content: PaperContent) -> str:
    """ "Số: 07/LĐLĐ-TG"; a draft leaves room for the number."""
    symbol = content.symbol or layout.symbol(content.kind, content.issuer.letterhead.symbol)
    number = _BLANK if content.number is None else f" {content.number:02d}"
    if isinstance(content.body, ResponseBody):
        letter = content.body.letter or label("paper", "letter", number=number, symbol=symbol)
        return label("paper", "attached", letter=letter)
    return label("paper", "number", number=number, symbol=symbol)


def date_line(content: PaperContent) -> str:
    """ "Lào Cai, ngày 07 tháng 11 năm 2026"; a draft leaves room for day and month."""
    place = content.issuer.letterhead.place
    if content.date is None:
        return label("paper", "dated", place=place, day=label("paper", "no_day", blank=_BLANK, year=content.year))
    return label("paper", "dated", place=place, day=day_words(content.date))
