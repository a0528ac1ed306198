"""Text on its way into a paper: harmless for Word and Jinja, parted into paragraphs, ended and quoted as it should.

Whatever comes from a page is data: it is escaped where it is printed and never read as a template.
"""

from __future__ import annotations

import re
from datetime import date

from markupsafe import Markup, escape

from monitor.labels import label
from monitor.model.layout import Layout
from monitor.model.paper import DisputedWork, PaperContent
from monitor.model.paper_bodies import ResponseBody
from monitor.model.source import Medium
from monitor.text import nfc

# docxtpl's own sign for "a new paragraph like this one".
_NEW_PARAGRAPH = "\a"
_BREAKS = re.compile("[ \t]*[\r\n\u2028\u2029\v\f\x85]+[\\s]*")
_ENDS = tuple(".?!…")
_CLOSERS = "”\"'’)]»"
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_BLANK = " " * 6


def one_paragraph_each(text: str) -> str:
    """NFC without control characters, paragraphs parted by one line feed, no tabs, no doubled spaces."""
    parts = (" ".join(nfc(part).split()) for part in _BREAKS.split(text))
    return "\n".join(part for part in parts if part)


def printed(value: object) -> Markup:
    """What a template prints: escaped XML; the program's own markup passes.

    Braces become references too, because docxtpl reads "{_{" even after the template was filled.
    """
    if isinstance(value, Markup):
        return value
    text = value if isinstance(value, str) else "" if value is None else str(value)
    # A draft's blanks are runs of spaces that must stay; the rest was made tidy by ``tidied``.
    safe = str(escape(text)).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(safe.replace("\n", _NEW_PARAGRAPH))


def sentence(text: object) -> str:
    """The text with one full stop at its end."""
    plain = bare(text)
    return plain if not plain or plain.rstrip(_CLOSERS).endswith(_ENDS) else f"{plain}."


def bare(text: object) -> str:
    """The text without the stop, semicolon or comma at its end, so that a sentence can go on."""
    plain = str(text).rstrip()
    if plain.endswith("..."):
        return plain
    return plain.rstrip(".;,: ")


def quoted(text: object) -> str:
    """The text in Vietnamese quotation marks, once, without the stop at its end: the sentence around it has its own."""
    plain = str(text).strip()
    for opening, closing in (("“", "”"), ('"', '"'), ("«", "»")):
        inner = plain[1:-1]
        if len(plain) > 2 and plain[0] == opening and plain[-1] == closing and not set(inner) & {opening, closing}:
            plain = inner
            break
    return f"“{bare(plain)}”"


def upper_first(text: object) -> str:
    """The text with a capital at its beginning."""
    plain = str(text)
    return plain[:1].upper() + plain[1:]


def two(number: int) -> str:
    """1 → 01, as offices write small numbers."""
    return f"{number:02d}"


def letter(number: int) -> str:
    """1, 2, 3, 4, 5 → a, b, c, d, đ …; beyond the alphabet the number itself."""
    return _LETTERS[number - 1] if 0 < number <= len(_LETTERS) else str(number)


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
