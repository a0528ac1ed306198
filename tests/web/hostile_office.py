"""An office whose press and people write what does harm where it is taken for markup or a formula; and its twin.

Every place where words are stored gets ``say(thing)``. The twin is filled by the very same acts with plain words, so
that whatever the pages of the one have and those of the other have not can only have come out of the data.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from article_making import brought
from desk_office import Desk

from monitor import clock
from monitor.crawl import urls
from monitor.desk import (
    access,
    asking,
    cards,
    editions,
    handed,
    handing_over,
    intake,
    moving,
    papers,
    people,
    proof,
    recording,
    saved,
    triage,
    verifying,
)  # fmt: skip
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.model.article import Entry, Extracted, Snapshot
from monitor.model.card import OutletCard
from monitor.model.casework import ClaimVerdict, Ground, Part
from monitor.model.evidence import EvidenceKind
from monitor.model.filing import Arrival, Writing
from monitor.model.paper import PaperKind
from monitor.model.people import OfficeRole, Unit, UnitKind
from monitor.model.request import AddresseeKind, DemandKind
from monitor.model.source import Medium
from monitor.model.tag import TagInput
from monitor.store import articles
from monitor.store import evidence as stored
from monitor.store.articles import Reading
from monitor.store.db import opened

STARTS = ("=", "+", "-", "@", "\t=", "\r=")
FORMULAS = ('=HYPERLINK("http://evil.example","x")', "@SUM(1+1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1+1", "\r=2+2")
MARKUP = (
    "\"'><script>window.__pwned=1;alert(1)</script>",
    '<img src=x onerror="window.__pwned=2;alert(2)">',
    '"><svg onload=window.__pwned=3>',
    "</textarea></title></select></style><iframe src=javascript:alert(4)>",
    "<x-bad a=1><b onclick=alert(6)>đậm</b>",
    '{{7*191}}${7*191}{% set x=1 %}<a href="javascript:alert(5)" style="position:fixed">bấm</a>',
    "' onmouseover='window.__pwned=6' x='\u202egnảđ\u202c\u200b\x00\x07\x1b",
)
"""What a page would run or show as its own markup; 7*191 is 1337."""
PNG_HTML = b"\x89PNG\r\n\x1a\n<html><script>alert(document.domain)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
HTML = b"<!doctype html><script>alert(document.domain)</script>"
BIG = 1_000_000
FILES = (("../../x.html", HTML), ("anh.svg", SVG), ("trang.htm", HTML + b"<p>2"), ("da-dang.png", PNG_HTML))
LINK = "http://bao1.example/xau-1.html"


@dataclass(kw_only=True)
class Words:
    """Harmful words, or for the twin plain ones; another payload each time, each fit for its field's length."""

    hostile: bool
    _turn: count[int] = field(default_factory=count)

    def say(self, thing: str, most: int = 0) -> str:
        """Words for this field."""
        turn = next(self._turn)
        if not self.hostile:
            return thing
        return (FORMULAS[turn % len(FORMULAS)] + MARKUP[turn % len(MARKUP)] + " " + thing)[: most or None]


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What stands in the office: ids that its addresses take."""

    case: str
    article: str
    page: str
    typed: str
    social: str
    handed: tuple[str, ...]
    edition: str
    answer: str
    request: str
    papers: tuple[str, ...]
    documents: tuple[str, ...]
    evidence: tuple[str, ...]
    arrival: str

    def plain(self, address: str) -> str:
        """The address with what differs between the twins named."""
        for name, value in self._named():
            address = address.replace(value, name)
        return address

    def real(self, address: str) -> str:
        """The other way round."""
        for name, value in self._named():
            address = address.replace(name, value)
        return address

    def _named(self) -> tuple[tuple[str, str], ...]:
        return (
            ("TYPED", self.typed),
            ("SOCIAL", self.social),
            ("PAGE", self.page),
            ("SECRET", self.answer.rpartition("/")[2]),
        )


def fill(desk: Desk, folder: Path, *, hostile: bool) -> Filled:
    """Words of everybody everywhere: the press, who hands in, who works on the case, who keeps the program."""
    words = Words(hostile=hostile)
    _people(desk, words)
    article, page = _press(desk, words)
    typed, social = _typed(desk, words, folder)
    case, answer = _case(desk, words, article, typed, folder)
    request, out, arrival = _letters(desk, words, case)
    edition = _edition(desk, words, article)
    with desk.sitting("xau") as s:
        held = s.case(case)
        files = tuple(one.id for one in stored.of_case(s.db, case))
        sent = tuple(one.id for one in stored.of_article(s.db, social))
    _hand_over(desk, words)
    return Filled(
        case=case, article=article, page=page, typed=typed, social=social, handed=sent, edition=edition,
        answer=answer, request=request, papers=out, documents=tuple(one.file for one in held.papers),
        evidence=files, arrival=arrival,
    )  # fmt: skip


def _people(desk: Desk, words: Words) -> None:
    with desk.sitting("dau") as s:
        now, say = s.now, words.say
        unit = Unit(
            id="xau", name=say("Công đoàn ngành Xấu"), kind=UnitKind.ZONE, parent="ld", symbol="CĐX",
            aliases=(say("Tên khác"),), superior=say("CẤP TRÊN"), heading=say("TÊN CƠ QUAN"), place=say("Nơi"),
            formula=say("TM. BAN"), phone=say("0200"),
        )  # fmt: skip
        people.new_unit(s.db, s.actor, unit, now=now)
        people.add_person(s.db, s.actor, say("Vũ Văn Xấu"), tuple(OfficeRole), login="xau", now=now)
        people.add_person(s.db, s.actor, say("Mai Thị Đơn"), (OfficeRole.UNIT,), unit="xau", login="xaud", now=now)
        today = clock.local(now).date()
        people.add_stand_in(s.db, s.actor, "thu", "xau", first=today, last=today, now=now)


def _press(desk: Desk, words: Words) -> tuple[str, str]:
    """A page that was read twice, in a story with another's reprint; its id and the hash of its first page."""
    say = words.say
    union = "Liên đoàn Lao động tỉnh Lào Cai cử cán bộ xuống nhà máy, công nhân đình công.\nCông ty nợ lương ba tháng."
    title = say("Công nhân đình công vì nợ lương, công đoàn vào cuộc")
    text = say(union) + "\n" + say("Người lao động chờ lương.") + "\n" + ("x" * BIG if words.hostile else "xxx")
    page = (b"<title>x</title>" + HTML + b'<a href="javascript:alert(1)">a</a><svg onload=alert(1)></svg>'
            b'<p style="position:fixed" onclick="alert(1)">Ch\xe1\xbb\xaf</p><form action=//evil.example><input></form>'
            b'<meta http-equiv=refresh content="0;url=//evil.example"><base href=//evil.example><style>*{}</style>'
            if words.hostile else b"<p>Ch\xe1\xbb\xaf</p>")  # fmt: skip
    sha = hashlib.sha256(page).hexdigest()
    for hours, said in ((6, text), (2, text.replace("ba tháng", "bốn tháng"))):
        at = clock.now() - timedelta(hours=hours)
        tagging = reading.read_item(
            TagInput(title=title, summary=say("tóm tắt"), body=said[:5000]), desk.home.rules, None
        )
        body = page if hours == 6 else page + b" "
        digest = hashlib.sha256(body).hexdigest()
        entry = Entry(url=LINK, title=title, summary=say("công đoàn"), published=at, authors=(say("Người viết"),))
        extracted = Extracted(url=LINK, title=title, lead=say("Lời dẫn"), text=said, authors=(say("Người viết"),))
        kept = Snapshot(
            url=LINK, fetched=at, sha256=digest, headers=(("Content-Type", "text/html; charset=utf-8"),), body=body
        )
        with opened(desk.home.database) as db:
            with db.atomic():
                articles.announce(
                    db, [entry], source="bao1/1", outlet_of=lambda _: "bao1", key_of=urls.key,
                    tagged=lambda _, made=tagging: made, now=at,
                )  # fmt: skip
            ident = articles.article_id(urls.key(LINK))
            articles.read(
                db, ident,
                Reading(extracted=extracted, tagging=tagging, fetched=at, page_hash=digest, snapshot=kept),
            )  # fmt: skip
            place_due(db)
    brought(desk, "http://bao9.example/lai.html", say("Công nhân đình công vì nợ lương, công đoàn vào cuộc"), text)
    return ident, sha


def _typed(desk: Desk, words: Words, folder: Path) -> tuple[str, str]:
    """What somebody handed in, of a paper nobody knows, with files of every bad kind."""
    say, made = words.say, []
    for number, (name, body) in enumerate(FILES):
        place = folder / f"{words.hostile}-{number}"
        place.mkdir()
        made.append(place / name.rpartition("/")[2])
        made[-1].write_bytes(body if words.hostile else b"%PDF-1.4 " + name.encode())
    with desk.sitting("xaud") as s:
        found = handed.Found(
            link="https://www.facebook.com/xau/posts/1", title=say("Công đoàn, bài đăng"),
            text=say("Công đoàn nợ lương"), seen_by=say("Người xem"), files=tuple(made),
        )  # fmt: skip
        social = handed.keep(s, found).article
    with desk.sitting("bao") as s:
        item = intake.NewItem(
            medium=Medium.DAILY_PRINT, at=s.now - timedelta(hours=1), title=say("Tin báo in về công đoàn"),
            outlet=say("Báo Lạ"), text=say("Công đoàn và nợ lương"), page=say("3"), issue=say("45"),
            seen_by=say("Bạn đọc"), why_note=say("Không theo dõi"),
        )  # fmt: skip
        return intake.take_in(s, item).article.id, social


def _case(desk: Desk, words: Words, article: str, typed: str, folder: Path) -> tuple[str, str]:
    """A case from its opening to the conclusion; its id and the path of a one-time answer form."""
    say = words.say
    with desk.sitting("xau") as s:
        today = clock.local(s.now).date()
        ident = triage.open_case(s, [article, typed], triage.Opening(title=say("Vụ xấu"))).id
        for unit, person in (("kcn", ""), ("", "xau"), ("xau", "")):
            part = Part.LEAD if unit == "kcn" else Part.COOPERATES
            task = verifying.Task(part=part, task=say("Xác minh"), due=today, unit=unit, person=person)
            given = verifying.assign(s, ident, task).assignments[-1].id
        link = f"/tra-loi/{access.answer_link(s, ident, given)}"
        first, second = s.case(ident).assignments[:2]
        verifying.answer(s, ident, second.id, say("Trả lời"))
        verifying.answer(s, ident, first.id, say("Trả lời qua điện thoại"), source=say("Ông Hải"))
        for verdict, ground in ((ClaimVerdict.WRONG, Ground.FALSE), (ClaimVerdict.RIGHT, None)):
            passage = verifying.Passage(
                quote=say("Đoạn báo nêu"),
                typed=True,
                article=article,
                fact=say("Sự thật"),
                source=say("Sổ"),
                harmed=say("ld"),
            )
            claim = verifying.add_claim(s, ident, passage).claims[-1].id
            verifying.judge(s, ident, claim, verdict, ground=ground, why=say("Vì"))
        moving.comment(s, ident, say("Ý kiến\nhai dòng"))
        moving.direct(s, ident, say("Chỉ đạo"))
        moving.remind(s, ident, say("Nhắc"), today)
        moving.find(s, ident, say("Kết quả xác minh"))
        for number, (name, body) in enumerate(FILES):
            path = folder / f"{words.hostile}-{number}" / ("vu-" + name.rpartition("/")[2])
            path.write_bytes(body + b"<!-- vu -->" if words.hostile else b"%PDF-1.4 vu " + name.encode())
            proof.add_file(s, ident, path, EvidenceKind.SCAN, note=say("Ghi chú"))
        moving.conclude(s, ident, say("Kết luận"))
        moving.add_remedy(s, ident, say("Biện pháp"), who=say("Ai làm"), due=today)
        saved.save(s, "hop-tin", say("Bộ lọc", 60), "tu-khoa=luong")
    return ident, link


def _letters(desk: Desk, words: Words, case: str) -> tuple[str, tuple[str, ...], str]:
    """A request with its letter issued, the reply, and papers still drafted; all in harmful words."""
    say = words.say
    with desk.sitting("xau") as s:
        today = clock.local(s.now).date()
        cards.put(s, OutletCard(outlet="bao1", legal_name=say("Báo Một"), managing_body=say("Tỉnh ủy"),
                                authority=say("Sở"), address=say("Số 1"), editor=say("Ông Biên"), phone=say("0200"),
                                note=say("Ghi chú"), valid_from=date(2020, 1, 1)))  # fmt: skip
        asked = asking.Asking(
            outlet="bao1",
            addressee=AddresseeKind.PRESS,
            demands=(DemandKind.CORRECT, DemandKind.PUBLISH_RESPONSE, DemandKind.ANSWER),
            articles=(s.case(case).articles[0],),
        )
        request = asking.add(s, case, asked).requests[0].id
        asking.change(s, case, request, name=say("Tòa soạn Báo Một"))
        paper = (
            papers.draft(s, case, PaperKind.REQUEST_LETTER, request=request, subject=say("đề nghị cải chính"))
            .papers[-1]
            .id
        )
        writing = Writing(
            contact=say("Ban"), attachments=(say("Biên bản"),), proposals=(say("Đề nghị"),), opinion=say("Ý")
        )
        papers.redraft(s, case, paper, writing=writing)
        papers.submit(s, case, paper)
        papers.sign(s, case, paper, title=say("Phó Chủ tịch"))
        papers.number(s, case, paper, value=7, symbol="LĐLĐ-TG", dated=today)
        papers.issue(s, case, paper)
        recording.received(s, case, request, s.now, say("Giấy báo phát"))
        came = Arrival(
            id="",
            by=s.actor.id,
            at=s.now,
            arrival_number=say("31", 40),
            arrived=today,
            sender=say("Báo Một"),
            sign=say("21/CV"),
            dated=today,
            subject=say("Trả lời"),
            request=request,
        )
        arrival = papers.arrive(s, case, came).arrivals[-1].id
        for kind in (PaperKind.SUBMISSION, PaperKind.RESPONSE_TEXT):
            papers.draft(
                s, case, kind, request=request if kind is PaperKind.RESPONSE_TEXT else "", subject=say("phiếu")
            )
            papers.redraft(s, case, s.case(case).papers[-1].id, writing=writing)
        return request, tuple(one.id for one in s.case(case).papers), arrival


def _edition(desk: Desk, words: Words, article: str) -> str:
    say = words.say
    with desk.sitting("xau") as s:
        made = editions.draft(s, "weekly")
        for item in made.items[:3]:
            editions.comment(s, made.id, item.article, say("Lời bình"))
        editions.opening(s, made.id, say("Lời mở đầu"))
        editions.approve(s, made.id)
        editions.direct(s, made.id, made.items[-1].article, say("Chỉ đạo từ điểm tin"))
        editions.read(s, made.id)
    return made.id


def _hand_over(desk: Desk, words: Words) -> None:
    with desk.sitting("dau") as s:
        handing_over.do(s, desk.person("xau").id, desk.person("bao2").id)
