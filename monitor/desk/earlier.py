"""Earlier cases around a story: of the same union body, the same company, or the same outlet.

Bodies are those its prints name (as tagged, or by the name or another name of a body of ours), companies those whose
names stand in its text, outlets those that printed it. Only cases the person may see are looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from monitor.desk import outlets
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.article import Article
from monitor.model.case import Closing
from monitor.model.finding import EarlierCase
from monitor.model.people import FEDERATION, Unit
from monitor.store import articles, finding
from monitor.store import inbox as store
from monitor.store import people as bodies
from monitor.text import clean, fold

_PRINTS = 20
_COMPANIES = 6
_WHOLE = {"central", "province"}
"""Kinds of bodies that nearly every item names: they join nothing."""

_FORMS = r"(?:cổ phần|CP|trách nhiệm hữu hạn|TNHH|MTV|một thành viên|hai thành viên|liên doanh|tư nhân|hợp danh)"
_TRADE = (
    r"(?:may(?: mặc)?|giày|da giày|dệt(?: may)?|điện tử|xây dựng|thương mại|dịch vụ|sản xuất|đầu tư|phát triển|"
    r"chế biến|thực phẩm|thủy sản|gỗ|bao bì|cơ khí|vận tải|xuất nhập khẩu|và|quốc tế)"
)
_NAME = r"[A-ZĐÀ-ỸƠƯ][\w&.’'-]*"
_COMPANY = re.compile(
    rf"(?:Công ty|Cty|Tập đoàn|Tổng công ty|Nhà máy)(?:\s+{_FORMS})*(?:\s+(?i:{_TRADE}))*\s+"
    rf"(?P<name>{_NAME}(?:\s+(?:{_NAME}|\d+)){{0,5}})"
)
_KIND = re.compile(rf"^(?:(?:{_FORMS}|{_TRADE})\s+)+", re.I)
_LAST = re.compile(r"(?:\s+(?:Việt Nam|VN|Vietnam))?[\s.,’'-]*$")


def earlier(sitting: Sitting, subject: str, *, limit: int = 8) -> tuple[EarlierCase, ...]:
    """Earlier cases that the person may see, the latest first; those of a body or a company before those of an outlet.

    ``subject`` is a story or an item that belongs to none; cases that hold a print of it are no earlier ones. Empty
    where there is no such story.
    """
    prints = store.prints_of(sitting.db, [subject]).get(subject, [])
    found = articles.by_ids(sitting.db, [ident for ident, _ in prints[:_PRINTS]])
    if not found:
        return ()
    near: dict[str, list[str]] = {}
    _same_bodies(sitting, found, near)
    _same_companies(sitting, found, near)
    close = set(near)
    names = outlets.names(sitting)
    for case, printed in finding.cases_of_outlets(sitting.db, sorted({outlet for _, outlet in prints})).items():
        near.setdefault(case, []).extend(label("finding", "same_outlet", name=names.get(o, o)) for o in printed)
    own = finding.cases_holding(sitting.db, [ident for ident, _ in prints])
    ordered = sorted(finding.heads(sitting.db, idents=set(near) - own), key=lambda head: head.id not in close)
    seen = (head for head in ordered if head.closing is not Closing.MISTAKEN and sitting.sees(head.guard))
    return tuple(
        EarlierCase(
            id=head.id, title=head.title, status=head.status, verdict=head.verdict, opened=head.opened,
            why=tuple(dict.fromkeys(near[head.id])),
        )
        for head in islice(seen, limit)
    )  # fmt: skip


def _same_bodies(sitting: Sitting, found: list[Article], near: dict[str, list[str]]) -> None:
    named = {
        name for name, kind, _ in finding.organisations_of(sitting.db, [a.id for a in found]) if kind not in _WHOLE
    }
    for case, same in finding.cases_naming(sitting.db, sorted(named)).items():
        near.setdefault(case, []).extend(label("finding", "same_body", name=name) for name in same)
    ours = {unit.id: unit.name for unit in _named_units(sitting, found, named)}
    for case, same in finding.cases_of_units(sitting.db, sorted(ours)).items():
        near.setdefault(case, []).extend(label("finding", "same_body", name=ours[ident]) for ident in same)


def _named_units(sitting: Sitting, found: list[Article], named: Iterable[str]) -> list[Unit]:
    text = " ".join(fold(clean(f"{a.title} {a.lead} {a.text}")) for a in found[:3])
    text = f" {text} {' '.join(fold(name) for name in named)} "
    return [
        unit
        for unit in bodies.units(sitting.db)
        if unit.id != FEDERATION
        and any(f" {fold(name)}" in text for name in (unit.name, *unit.aliases) if len(name) > 5)
    ]


def _same_companies(sitting: Sitting, found: list[Article], near: dict[str, list[str]]) -> None:
    told: dict[str, str] = {}
    for article in found[:3]:
        for key, name in companies(f"{article.title}\n{article.lead}\n{article.text}").items():
            told.setdefault(key, name)
    for key, name in list(told.items())[:_COMPANIES]:
        for case, text in finding.held_texts_with(sitting.db, key):
            if key in companies(text):
                near.setdefault(case, []).append(label("finding", "same_company", name=name))


def companies(text: str) -> dict[str, str]:
    """The companies a text names: their own name folded ("may sao mai" is "sao mai"), to the name as written."""
    found: dict[str, str] = {}
    for match in _COMPANY.finditer(text):
        own = _LAST.sub("", _KIND.sub("", match["name"]))
        key = " ".join(re.findall(r"\w+", fold(own)))
        if len(key) > 2:
            found.setdefault(key, clean(match[0]).rstrip(".,"))
    return found
