"""A case that only two people may know of, full of words that stand nowhere else; and every address that might tell."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from desk_office import Desk

from monitor import clock
from monitor.desk import asking, intake, moving, papers, proof, triage, verifying
from monitor.model.casework import ClaimVerdict, Ground, Part
from monitor.model.evidence import EvidenceKind
from monitor.model.paper import PaperKind
from monitor.model.request import AddresseeKind, DemandKind
from monitor.model.source import Medium

WORD = "kỳlânxanh"
"""In everything that only the hidden case holds: no other text has it."""


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """The hidden case's id, the id of the item that stands in it alone, and all ids of its parts."""

    case: str
    item: str
    parts: tuple[str, ...]
    articles: tuple[str, ...]


def hide(desk: Desk, tmp: Path) -> Hidden:
    """Opens the case for "lanh" and "bao" alone, against the unit of "may"; something of every kind is in it."""
    scan = tmp / f"{WORD}-scan.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    with desk.sitting("bao") as s:
        due = (clock.local(s.now) + timedelta(days=1)).date()
        item = intake.NewItem(
            medium=Medium.RADIO, at=s.now - timedelta(hours=2), title=f"{WORD} bản tin", outlet="Đài Thử",
            text=f"{WORD} trong bản tin phát thanh về công đoàn", seen_by=f"{WORD} người nghe",
        )  # fmt: skip
        typed = intake.take_in(s, item)
        story = triage.pending(s)[-1]
    with desk.sitting("lanh") as s:
        what = triage.Opening(title=f"{WORD} vụ việc", units=("may",), allowed=("lanh", "bao"))
        ident = triage.open_case(s, [typed.article.id, story.subject], what).id
        moving.describe(s, ident, accused=["may"])
    with desk.sitting("bao") as s:
        task = verifying.Task(part=Part.LEAD, task=f"{WORD} việc giao", due=due, person="bao")
        given = verifying.assign(s, ident, task).assignments[-1].id
        passage = verifying.Passage(
            quote=f"{WORD} đoạn trích", typed=True, fact=f"{WORD} sự thật", source=WORD, harmed="ld"
        )
        wrong = verifying.add_claim(s, ident, passage).claims[-1].id
        verifying.judge(s, ident, wrong, ClaimVerdict.WRONG, ground=Ground.FALSE, why=WORD)
        verifying.answer(s, ident, given, f"{WORD} trả lời")
        moving.comment(s, ident, f"{WORD} trao đổi")
        moving.remind(s, ident, f"{WORD} nhắc việc", due)
        proof.add_file(s, ident, scan, EvidenceKind.SCAN, note=f"{WORD} chứng cứ")
    with desk.sitting("lanh") as s:
        moving.direct(s, ident, f"{WORD} chỉ đạo")
        moving.conclude(s, ident, f"{WORD} kết luận")
    with desk.sitting("bao") as s:
        moving.add_remedy(s, ident, f"{WORD} biện pháp", who="ld", due=due)
        asked = asking.Asking(
            outlet=typed.article.outlet, addressee=AddresseeKind.PRESS, demands=(DemandKind.PUBLISH_RESPONSE,),
            articles=(typed.article.id,),
        )  # fmt: skip
        asking.add(s, ident, asked)
        papers.draft(s, ident, PaperKind.SUBMISSION, subject=f"{WORD} phiếu trình")
        case = s.case(ident)
    found = re.findall(r"id='([^']+)'", repr(case))
    return Hidden(
        case=ident, item=typed.article.id, parts=tuple(dict.fromkeys((*found, case.story, *case.articles))),
        articles=case.articles,
    )  # fmt: skip


def half_year() -> str:
    """The one that it is now, as addresses name it."""
    today = clock.local(clock.now())
    return f"{today.year}H{1 if today.month < 7 else 2}"


def addresses(path: str, values: dict[str, tuple[str, ...]]) -> list[str]:
    """The path with every combination of what its parts may be; an unknown part gets all there is."""
    names = re.findall(r"\{(\w+)\}", path)
    every = tuple(dict.fromkeys(itertools.chain.from_iterable(values.values())))
    made = []
    for chosen in itertools.product(*(values.get(name, every) for name in names)):
        one = path
        for name, value in zip(names, chosen, strict=True):
            one = one.replace("{" + name + "}", value)
        made.append(one)
    return made


def text_of(body: bytes) -> str:
    """What a page or a file says; packed files (Excel, Word, packs) are opened."""
    if body[:2] == b"PK":
        try:
            with ZipFile(BytesIO(body)) as packed:
                return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        except BadZipFile:
            pass
    return body.decode("utf-8", "replace")
