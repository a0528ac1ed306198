"""Four cases from the first report to the closed file, act by act.

1  the press is right: checked by a body that never signs in, put right, the outlet told
2  five claims, three right and two wrong; five addressees and an aggregator: one corrects, one publishes the response
   with its own view, one edits silently, one refuses in writing, one stays silent and is taken to the authority
3  a radio programme and a printed page, entered by hand with a recording and a scan
4  a false post on a social network
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.hand import Hand


def people(hand: Hand) -> None:
    """An office of three, and a body that will never sign in."""
    hand("user", "add", "Nguyễn Báo Chí", "--role", "press", "--role", "admin", "--login", "baochi", "--by", "u1")
    hand("user", "add", "Lê Thị Lãnh Đạo", "--role", "leader", "--title", "Phó Chủ tịch", "--by", "u1")
    hand("user", "add", "Trần Văn Thư", "--role", "clerk", "--by", "u1")
    hand("unit", "add", "Công đoàn các khu công nghiệp tỉnh", "--kind", "zone", "--id", "cd-kcn", "--by", "u1")
    hand("user", "disable", "u1", "--by", "baochi")
    os.environ["MONITOR_USER"] = "baochi"


def cards(hand: Hand, outlets: list[str], since: str = "01/01/2026") -> None:
    """A card for each outlet written to, as it has been since that day."""
    for n, outlet in enumerate(outlets):
        hand(
            "outlet", "card", outlet, "--legal-name", f"Báo Số {n + 1}", "--managing-body", "Tỉnh ủy",
            "--authority", "Sở Văn hóa, Thể thao và Du lịch", "--address", f"{n + 1} đường Trần Phú, phường Lào Cai",
            "--product", "Báo điện tử|online", "--from", since,
        )  # fmt: skip


def first(hand: Hand, story: str) -> str:
    """The press is right."""
    case = hand.case(story, unit="cd-kcn")
    hand("case", "direct", case, "Kiểm tra ngay, báo cáo trước thứ Năm.", "--by", "Lê Thị Lãnh Đạo")
    asked = hand.made(
        "case", "assign", case, "--unit", "cd-kcn", "--task", "Kiểm tra việc báo nêu\nNêu biện pháp khắc phục",
        "--due", "12/11/2026", "--directed-by", "Lê Thị Lãnh Đạo", "--way", "zalo",
    )  # fmt: skip
    hand.letter(case, "assignment", 101, "--assignment", asked)
    claim = hand.made("case", "claim", case, "--typed", "--quote", "Bữa ăn ca không đủ định lượng", "--harmed", "NLĐ")
    hand("case", "request", case, "--all", fails=True)  # no verdict yet
    hand.at("2026-11-11")
    hand(
        "case", "answer", case, asked, "--text", "Đúng như báo nêu; công ty đã nhận lỗi.",
        "--from", "Ông Hoàng Văn Tám",
        "--way", "phone", "--at", "2026-11-11 07:30",
    )  # fmt: skip
    hand("case", "verify", case, "--finding", "Đã kiểm tra bếp ăn cùng Ban quản lý.", "--claim", claim)
    hand("case", "verify", case, "--claim", claim, "--verdict", "right")
    hand.letter(case, "verification_report", 102)
    hand("case", "conclude", case, "--text", "Báo nêu đúng.", "--by", "Lê Thị Lãnh Đạo")
    remedy = hand.made(
        "case", "remedy", case, "--measure", "Công ty tăng định lượng bữa ăn ca", "--who", "Công đoàn các KCN",
        "--due", "20/11/2026", "--claim", claim,
    )  # fmt: skip
    hand("case", "close", case, fails=True)  # the remedy is open
    hand.at("2026-11-19")
    hand("case", "remedy", case, remedy, "--done", "18/11/2026", "--result", "Đã tăng từ ngày 17/11")
    hand.letter(case, "remedy_notice", 103)
    hand("case", "close", case, "--why", "Đã khắc phục xong", "--retention", "10 năm")
    return case


CLAIMS = (
    ("right", "Công nhân phải tăng ca bốn ngày một tuần"),
    ("right", "Nhà trọ gần khu công nghiệp xuống cấp"),
    ("right", "Công ty chậm trả phụ cấp tháng 9"),
    ("wrong", "Công đoàn cơ sở không hề lên tiếng"),
    ("wrong", "Quỹ công đoàn bị sử dụng sai mục đích"),
)


def second(hand: Hand, carriers: dict[str, str], aggregator: str, scan: Path) -> str:
    """Five claims, five addressees, and an aggregator. ``carriers``: article by outlet."""
    hand.at("2026-11-10")
    case = hand.case(*carriers.values())
    asked = hand.made(
        "case", "assign", case, "--person", "baochi", "--task", "Xác minh năm nội dung", "--due", "13/11/2026"
    )
    ids = []
    for verdict, quote in CLAIMS:
        ids.append(hand.made("case", "claim", case, "--typed", "--quote", quote, "--harmed", "LĐLĐ tỉnh Lào Cai"))
        extra = (
            ("--ground", "false", "--fact", "Công đoàn đã hai lần đối thoại, quỹ được kiểm toán", "--source",
             "Biên bản đối thoại; báo cáo kiểm toán 2025")
            if verdict == "wrong" else ()
        )  # fmt: skip
        hand("case", "verify", case, "--claim", ids[-1], "--verdict", verdict, *extra)
    hand("case", "answer", case, asked, "--text", "Ba nội dung đúng, hai nội dung sai")
    hand("case", "conclude", case, "--text", "Đúng một phần", "--by", "Lê Thị Lãnh Đạo")
    hand(
        "case", "remedy", case, "--measure", "Đối thoại về tăng ca", "--who", "LĐLĐ tỉnh", "--due", "30/11/2026",
        "--claim", ids[0], "--claim", ids[2],
    )  # fmt: skip
    hand("case", "request", case)
    for outlet in carriers:
        hand("case", "request", case, "--outlet", outlet)
    requests = asked_of(hand, case)
    for n, (outlet, request) in enumerate(sorted(requests.items())):
        ref = hand.letter(case, "request_letter", 110 + n, "--request", request, "--contact", "Ban Tuyên giáo")
        if outlet != aggregator:
            hand.letter(case, "response_text", 0, "--request", request)
        hand("letter", "receive", ref, "--at", hand.clock, "--proof", "Giấy báo phát", "--by", "Trần Văn Thư")
    press = [request for outlet, request in sorted(requests.items()) if outlet != aggregator]
    outcomes(hand, case, press, requests[aggregator], scan)
    hand("case", "remedy", case, "m" + last(hand, case, "remedies"), "--done", "27/11/2026", "--result", "Đã đối thoại")
    hand("case", "close", case, "--why", "Đã có kết quả của mọi đề nghị")
    return case


def asked_of(hand: Hand, case: str) -> dict[str, str]:
    """The requests of a case by outlet."""
    rows = [json.loads(line) for line in hand("export", "requests").splitlines()]
    return {row["outlet"]: row["id"] for row in rows if row["case"] == case and row["outlet"]}


def last(hand: Hand, case: str, what: str) -> str:
    """The number of the last thing of a kind."""
    return str(json.loads(hand("case", "show", case, "--json"))[what][-1]["id"][1:])


def outcomes(hand: Hand, case: str, press: list[str], aggregator: str, scan: Path) -> None:
    """One of each outcome, each with the page as it was seen."""
    corrects, answers, edits, refuses, silent = press
    seen = re.findall(r"^(b\d+) ", hand("case", "evidence", case, "--file", str(scan), "--note", "Trang đã in"), re.M)[
        -1
    ]
    every = ("take_down", "correct", "apologise", "publish_response", "answer", "notify")

    def result(request: str, demands: tuple[str, ...], *words: str) -> None:
        hand("case", "record", case, request, *(w for d in demands for w in ("--demand", d)), *words)

    hand.at("2026-11-12")
    hand("case", "record", case, corrects, "--self-found", "2026-11-12 08:00", "--proof", seen)
    result(corrects, every, "--result", "in_time", "--on", "12/11/2026", "--proof", seen)
    result(aggregator, ("take_down", "rerun", "notify"), "--on", "12/11/2026", "--proof", seen)
    hand("case", "record", case, answers, "--round", "11/11/2026", "12/11/2026")
    result(answers, ("publish_response",), "--on", "11/11/2026", "--proof", seen)
    reply = arrive(hand, case, answers, "21/CV-BC", "31", "--answers")
    left = ("take_down", "correct", "apologise", "notify")
    result(answers, left, "--result", "refused", "--note", "Tòa soạn giữ quan điểm", "--reply", reply)
    result(edits, ("take_down", "correct", "apologise", "publish_response"), "--result", "changed_silently",
           "--on", "11/11/2026", "--proof", seen)  # fmt: skip
    refusal = arrive(hand, case, refuses, "77/BTS", "32")
    result(refuses, every, "--result", "refused", "--note", "Cho rằng bài viết đúng", "--reply", refusal)
    hand.at("2026-11-24")
    hand("case", "due")
    hand.letter(case, "reminder", 130, "--request", silent)
    hand("case", "escalate", case, silent)
    petition = json.loads(hand("case", "show", case, "--json"))["requests"][-1]
    hand.letter(case, "petition", 131, "--request", petition)
    hand.at("2026-12-09")
    conclusion = arrive(hand, case, petition, "55/KL-SVHTTDL", "40")
    result(petition, ("conclude",), "--on", "09/12/2026", "--reply", conclusion)
    hand("case", "record", case, silent, "--conclusion", "2026-12-05 09:00", "--proof", conclusion)
    done = ("take_down", "correct", "apologise", "publish_response", "notify")
    result(silent, done, "--result", "late", "--on", "07/12/2026", "--proof", seen, "--note", "Sau hai ngày")
    result(silent, ("answer",), "--result", "nothing")
    result(edits, ("answer", "notify"), "--result", "nothing", "--note", "Không trả lời")


def arrive(hand: Hand, case: str, request: str, sign: str, number: str, *words: str) -> str:
    """A letter that arrived; returns its id."""
    today = "/".join(reversed(hand.day.split("-")))
    return hand.made(
        "letter", "arrive", case, "--from", "Tòa soạn", "--sign", sign, "--date", today, "--arrival-number", number,
        "--arrived", today, "--subject", "Trả lời văn bản của LĐLĐ tỉnh", "--request", request, *words,
    )  # fmt: skip


def third(hand: Hand, scan: Path, outlet: str) -> str:
    """A radio programme and a printed page; what was said is not objective."""
    hand.at("2026-11-13")
    aired = entered(
        hand, "broadcast", "--outlet", "dai-tinh", "--medium", "radio", "--programme", "Thời sự trưa",
        "--at", "2026-11-12 11:30", "--title", "Công nhân thiếu nơi gửi trẻ", "--text", "Công đoàn đứng ngoài cuộc.",
        "--file", str(scan), "--seen-by", "Chị Lý, phường Cam Đường",
    )  # fmt: skip
    paper = entered(
        hand, "print", "--outlet", outlet, "--page", "3", "--issue", "1234", "--date", "2026-11-12",
        "--title", "Thiếu nhà trẻ ở khu công nghiệp", "--text", "Bài trên trang 3.", "--file", str(scan),
    )  # fmt: skip
    case = hand.case(aired, paper)
    hand("case", "assign", case, "--person", "baochi", "--task", "Xác minh", "--due", "17/11/2026")
    claim = hand.made(
        "case", "claim", case, "--article", aired, "--typed", "--quote", "Công đoàn đứng ngoài cuộc.",
        "--fact", "LĐLĐ tỉnh đã kiến nghị bố trí đất xây nhà trẻ", "--source", "Văn bản 45/LĐLĐ-CSPL",
        "--harmed", "LĐLĐ tỉnh Lào Cai",
    )  # fmt: skip
    hand("case", "verify", case, "--claim", claim, "--verdict", "not_objective", "--ground", "not_objective")
    hand("case", "conclude", case, "--by", "Lê Thị Lãnh Đạo")
    # A ground that is no falsehood carries a response and no correction.
    hand("case", "request", case, "--outlet", outlet, "--demand", "correct", fails=True)
    hand("case", "request", case, "--outlet", outlet, "--demand", "publish_response")
    request = asked_of(hand, case)[outlet]
    ref = hand.letter(case, "request_letter", 140, "--request", request)
    hand.letter(case, "response_text", 0, "--request", request)
    hand("letter", "receive", ref, "--at", hand.clock, "--proof", "Ký nhận sổ", "--by", "Trần Văn Thư")
    hand("letter", "draft", case, "minutes", "--present", "Ông A; Phó Tổng biên tập; Báo", "--agreed", "Đăng phản hồi")
    hand.at("2026-11-16")
    hand("case", "record", case, request, "--demand", "publish_response", "--on", "14/11/2026")
    hand("case", "close", case)
    return case


def entered(hand: Hand, kind: str, *words: str) -> str:
    """An item entered by hand; returns its id."""
    found = re.search(r"\b[a-z][0-9a-f]{12,}\b", hand("intake", kind, *words))
    assert found
    return found[0]


def fourth(hand: Hand) -> str:
    """A false post; its writer takes it down."""
    hand.at("2026-11-17")
    post = entered(
        hand, "social", "--link", "https://mang-xa-hoi.example/nhom/1/bai/2", "--account", "Nhóm Công nhân Lào Cai",
        "--at", "2026-11-16 21:15", "--title", "Tin đồn không trả thưởng Tết", "--text", "Công đoàn đồng ý cắt thưởng.",
    )  # fmt: skip
    case = hand.case(post)
    hand("case", "assign", case, "--person", "baochi", "--task", "Xác minh", "--due", "20/11/2026")
    claim = hand.made(
        "case", "claim", case, "--typed", "--quote", "Công đoàn đồng ý cắt thưởng.",
        "--fact", "Chưa có việc cắt thưởng",
        "--source", "Thông báo 12/TB-CĐCS", "--harmed", "LĐLĐ tỉnh Lào Cai",
    )  # fmt: skip
    hand("case", "verify", case, "--claim", claim, "--verdict", "wrong", "--ground", "false")
    hand("case", "conclude", case, "--by", "Lê Thị Lãnh Đạo")
    hand("case", "request", case, "--all")
    rows = [json.loads(line) for line in hand("export", "requests").splitlines()]
    request = next(row["id"] for row in rows if row["case"] == case)
    hand.letter(case, "request_letter", 150, "--request", request)
    hand.at("2026-11-18")
    demands = [d["kind"] for row in rows if row["case"] == case for d in row["demands"]]
    hand("case", "record", case, request, *(w for d in demands for w in ("--demand", d)), "--on", "18/11/2026")
    hand("case", "close", case)
    return case


def walk(hand: Hand, *, true: str, carriers: dict[str, str], aggregator: str, scan: Path) -> None:
    """All four cases in a folder that already holds stories, so that a test can walk them on an archive of its own.

    ``true`` is a story, ``carriers`` an article by outlet (five of the press and the aggregator), ``scan`` a picture.
    """
    home = hand.home
    hand("case", "list")
    people(hand)
    cards(hand, [outlet for outlet in carriers if outlet != aggregator] + [aggregator])
    hand("calendar", "confirm", "2026", "--by", "Lê Thị Lãnh Đạo")
    made = [first(hand, true), second(hand, carriers, aggregator, scan)]
    made += [third(hand, scan, next(o for o in carriers if o != aggregator)), fourth(hand)]
    hand.at("2026-12-10")
    for what in ("cases", "requests", "events", "letters"):
        hand("export", what, "-o", str(home / f"{what}.jsonl"))
    hand("letter", "register", "-o", str(home / "so-theo-doi.xlsx"))
    for case in made:
        hand("case", "evidence", case, "-o", str(home / f"{case}.zip"))
    hand("case", "audit")
    hand("case", "due")
