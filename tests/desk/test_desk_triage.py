"""From the press to a case and back: what is pending, what an undo takes back, who may see and hand over what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.hand import Hand

MEAL = "Bữa ăn ca của công nhân không đủ định lượng, công đoàn cơ sở chưa kiểm tra, chậm chi hỗ trợ cho công nhân."
OVER = (
    "Công nhân một công ty phải tăng ca bốn ngày một tuần, nhà trọ xuống cấp. Chủ tịch công đoàn cơ sở đã hai lần kiến "
    "nghị với giám đốc nhưng chưa có kết quả. Liên đoàn Lao động tỉnh đang kiểm tra. Đoàn kiểm tra gồm năm người, làm "
    "việc ba ngày tại nhà máy và sẽ báo cáo trước cuối tháng, theo ông Nguyễn Văn Bảy, cán bộ phụ trách chính sách."
)


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    with pytest.MonkeyPatch.context() as surroundings:
        for name in ("MONITOR_HOME", "MONITOR_NOW", "MONITOR_USER"):
            surroundings.setenv(name, "")
        surroundings.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        made = Hand(home=tmp_path / "home")
        made("init", str(made.home))
        put(made, "bao-mot", "bua-an", MEAL, title="Bữa ăn ca quá ít", hour=6)
        put(made, "bao-hai", "tang-ca", OVER, title="Tăng ca bốn ngày một tuần", hour=7)
        made("case", "list")
        for name, role in (("Trưởng", "leader"), ("Sáu", "leader"), ("Báo", "press"), ("Bảy", "press")):
            made("user", "add", name, "--role", role, "--by", "u1")
        for name in ("bacha", "kcn"):
            made(
                "unit",
                "add",
                f"Công đoàn {name}",
                "--kind",
                "ward",
                "--id",
                name,
                "--alias",
                f"CĐ {name}",
                "--by",
                "u1",
            )
        made("user", "add", "Chín", "--role", "unit", "--unit", "bacha", "--by", "u1")
        yield made


def put(hand: Hand, outlet: str, name: str, body: str, *, title: str, hour: int) -> None:
    item = {
        "url": f"http://{outlet}.example/{name}.html", "outlet": outlet, "title": title, "body": body, "summary": "",
        "published": f"2026-11-08T{hour:02d}:00:00+07:00",
    }  # fmt: skip
    file = hand.home / f"{outlet}-{name}.jsonl"
    file.write_text(json.dumps(item), encoding="utf-8")
    hand("import", str(file))


def item(hand: Hand, name: str) -> str:
    rows = [json.loads(line) for line in hand("export", "articles").splitlines()]
    return str(next(row["id"] for row in rows if name in row["url"]))


def opened(hand: Hand, *ids: str, by: str = "Báo", **said: str) -> str:
    words = [word for name, value in said.items() for word in (f"--{name}", value)]
    text = hand("case", "open", *ids, "--no-evidence", "--by", by, *words)
    return text.split("vụ việc ")[1].split()[0]


def test_a_matter_decided_on_leaves_the_queue_and_an_undo_brings_it_back(hand: Hand) -> None:
    meal = item(hand, "bua-an")
    assert "Bữa ăn ca quá ít" in hand("case", "queue", "--by", "Báo")
    hand("case", "note", meal, "--by", "Báo")
    assert "Bữa ăn ca quá ít" not in hand("case", "queue", "--by", "Báo")
    hand("case", "undo", meal, "--by", "Báo")
    assert "Bữa ăn ca quá ít" in hand("case", "queue", "--by", "Báo")
    assert "chưa có phân loại nào" in hand("case", "undo", meal, "--by", "Báo", fails=True)


def test_an_undo_is_not_undone_into_a_case_that_is_gone(hand: Hand) -> None:
    meal = item(hand, "bua-an")
    hand("case", "note", meal, "--by", "Báo")
    opened(hand, meal)
    hand("case", "undo", meal, "--by", "Báo")
    hand("case", "undo", meal, "--by", "Báo")
    assert opened(hand, meal) == "VV2026-0002"


def test_an_undo_does_not_undo_a_case_with_which_something_was_done(hand: Hand) -> None:
    meal = item(hand, "bua-an")
    case = opened(hand, meal)
    hand("case", "remind", case, "Gọi", "--due", "12/11/2026", "--by", "Báo")
    assert "đã được xử lý tiếp" in hand("case", "undo", meal, "--by", "Báo", fails=True)
    hand("case", "close", case, "--without", "mistaken", "--why", "nhầm", "--by", "Báo")
    assert "đã được xử lý tiếp" in hand("case", "undo", meal, "--by", "Báo", fails=True)


def test_undoing_a_matter_that_joined_later_only_takes_it_out(hand: Hand) -> None:
    meal, over = item(hand, "bua-an"), item(hand, "tang-ca")
    case = opened(hand, meal)
    hand("case", "add", case, over, "--by", "Báo")
    hand("case", "undo", over, "--by", "Báo")
    shown = json.loads(hand("case", "show", case, "--json", "--by", "Báo"))
    assert (shown["status"], shown["articles"]) == ("open", [meal])
    hand("case", "add", case, over, "--by", "Báo")
    hand("case", "undo", meal, "--by", "Báo")
    queue = hand("case", "queue", "--by", "Báo")
    assert "Bữa ăn ca quá ít" in queue
    assert "Tăng ca bốn ngày" in queue
    assert "Không phát hiện sai lệch" in hand("case", "audit", "--by", "Báo")


def test_an_item_stands_in_one_open_case_and_new_prints_are_offered_to_it(hand: Hand) -> None:
    over = item(hand, "tang-ca")
    case = opened(hand, over)
    assert case in hand("case", "open", over, "--no-evidence", "--by", "Báo", fails=True)
    put(hand, "bao-ba", "tang-ca-in-lai", OVER, title="(Báo Hai) - Tăng ca bốn ngày một tuần", hour=9)
    queue = hand("case", "queue", "--by", "Báo")
    assert f"in lại của vụ việc {case}" in queue
    hand("case", "add", case, item(hand, "tang-ca-in-lai"), "--by", "Báo")
    assert f"in lại của vụ việc {case}" not in hand("case", "queue", "--by", "Báo")


def test_a_restricted_case_is_hidden_and_nobody_s_refusal_names_it(hand: Hand) -> None:
    meal = item(hand, "bua-an")
    case = opened(hand, meal, by="Trưởng", only="Báo")
    assert case in hand("case", "list", "--by", "Báo")
    for words in (("case", "list"), ("case", "due"), ("export", "cases"), ("export", "events"), ("letter", "list")):
        assert case not in hand(*words, "--by", "Bảy")
    for words in (("case", "show", case), ("case", "open", meal, "--no-evidence"), ("case", "note", meal)):
        said = hand(*words, "--by", "Bảy", fails=True)
        assert case not in said or "Không có vụ việc" in said


def test_nobody_hands_over_what_is_not_his_and_a_restricted_case_stays_closed(hand: Hand) -> None:
    case = opened(hand, item(hand, "bua-an"), by="Trưởng", only="Trưởng")
    assert "Chỉ lãnh đạo" in hand("case", "hand-over", "Trưởng", "Bảy", "--by", "Báo", fails=True)
    assert case not in hand("case", "hand-over", "Trưởng", "Bảy", "--by", "Sáu")
    assert case not in hand("case", "list", "--by", "Bảy")
    assert case in hand("case", "hand-over", "Trưởng", "Bảy", "--by", "Trưởng")
    assert case in hand("case", "list", "--by", "Bảy")


@pytest.mark.parametrize("said", ["bacha", "Công đoàn bacha", "CĐ bacha"])
def test_the_accused_are_known_by_every_name(hand: Hand, said: str) -> None:
    case = opened(hand, item(hand, "bua-an"))
    hand("case", "describe", case, "--accused", said, "--by", "Báo")
    assert case not in hand("case", "list", "--by", "Chín")
    refused = hand(
        "case", "assign", case, "--unit", "CĐ bacha", "--task", "x", "--due", "12/11/2026", "--by", "Báo", fails=True
    )
    assert "tự xác minh" in refused
    assert "Không có đơn vị" in hand("case", "describe", case, "--accused", "Lạ", "--by", "Báo", fails=True)


@pytest.mark.parametrize("who", [("--unit", "bacha"), ("--person", "Chín")])
def test_who_has_an_assignment_cannot_become_the_accused(hand: Hand, who: tuple[str, str]) -> None:
    case = opened(hand, item(hand, "bua-an"))
    hand("case", "assign", case, *who, "--task", "x", "--due", "12/11/2026", "--cooperate", "--by", "Báo")
    assert "tự xác minh" in hand("case", "describe", case, "--accused", "bacha", "--by", "Báo", fails=True)


def test_a_quotation_has_to_stand_in_the_paper_with_its_accents(hand: Hand) -> None:
    case = opened(hand, item(hand, "bua-an"))
    wrong = hand("case", "claim", case, "--quote", "chăm chỉ hộ trợ chờ cống nhân", "--by", "Báo", fails=True)
    assert "không có nguyên văn" in wrong
    hand("case", "claim", case, "--quote", "Chậm  chi hỗ trợ cho công nhân", "--by", "Báo")


def test_only_ids_of_this_case_s_evidence_are_proof(hand: Hand) -> None:
    case, other = opened(hand, item(hand, "bua-an")), opened(hand, item(hand, "tang-ca"))
    (hand.home / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n0")
    hand("case", "evidence", other, "--file", str(hand.home / "a.png"), "--by", "Báo")
    hand("case", "assign", case, "--person", "Báo", "--task", "x", "--due", "12/11/2026", "--by", "Báo")
    for proof in ("b1", "0912345678", "ảnh bà Lan"):
        said = hand("case", "verify", case, "--finding", "x", "--proof", proof, "--by", "Báo", fails=True)
        assert "không phải chứng cứ" in said
    assert "Lan" not in hand("export", "events", "--by", "Báo")


def test_a_person_named_by_login_or_name_is_an_id_in_the_log(hand: Hand) -> None:
    case = opened(hand, item(hand, "bua-an"), by="Trưởng", only="Bảy")
    hand("case", "remind", case, "Gọi", "--due", "12/11/2026", "--person", "Bảy", "--by", "Trưởng")
    assert case in hand("case", "list", "--by", "Bảy")
    events = hand("export", "events", "--by", "Trưởng")
    assert "Bảy" not in events
    assert "u5" in events
