"""Four cases from the first report to the closed file, by commands alone, on an archive of invented items."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bench.hand import Hand
from bench.walkthrough_cases import walk

OUTLETS = ("bao-mot", "bao-hai", "bao-ba", "bao-bon", "bao-nam")
SOURCES = "defaults: {pace: 0}\noutlets:\n" + "".join(
    f"  - {{id: {name}, name: {name.title()}, kind: {kind}, level: provincial, "
    f"sources: [{{feed: 'http://{name}.example/rss'}}]}}\n"
    for name, kind in (*((one, "press") for one in OUTLETS), ("trang-tong-hop", "aggregator"))
)
TEXT = (
    "Công nhân một công ty ở khu công nghiệp phải tăng ca bốn ngày một tuần, nhà trọ xuống cấp. "
    "Chủ tịch công đoàn cơ sở cho biết đã hai lần kiến nghị với giám đốc. "
    "Liên đoàn Lao động tỉnh Lào Cai đang kiểm tra. "
) * 3


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    home = tmp_path_factory.mktemp("walk") / "home"
    with pytest.MonkeyPatch.context() as surroundings:
        for name in ("MONITOR_HOME", "MONITOR_NOW", "MONITOR_USER"):
            surroundings.setenv(name, "")
        # Nothing listens there: what has to be fetched is missing, and that is told.
        surroundings.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        hand = Hand(home=home)
        hand("init", str(home))
        (home / "sources.yaml").write_text(SOURCES, encoding="utf-8")
        archive = home / "kho.jsonl"
        archive.write_text("\n".join(map(json.dumps, items())), encoding="utf-8")
        hand("import", str(archive))
        rows = [json.loads(line) for line in hand("export", "articles").splitlines()]
        carriers = {row["outlet"]: row["id"] for row in rows if "tang-ca" in row["url"]}
        true = next(row["id"] for row in rows if "bua-an" in row["url"])
        scan = home / "ban-chup.png"
        scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
        walk(hand, true=true, carriers=carriers, aggregator="trang-tong-hop", scan=scan)
        yield hand  # the hand moves the clock of the whole process: it is put back when its tests are done


def items() -> list[dict[str, str]]:
    made = [
        {
            "url": f"http://{outlet}.example/tang-ca-{n}.html",
            "outlet": outlet,
            "title": "Công nhân tăng ca bốn ngày một tuần",
            "published": f"2026-11-08T0{n + 1}:00:00+07:00",
            "summary": "",
            "body": TEXT,
        }
        for n, outlet in enumerate((*OUTLETS, "trang-tong-hop"))
    ]
    meal = (
        "Bữa ăn ca của công nhân không đủ định lượng, công đoàn cơ sở chưa kiểm tra. Liên đoàn Lao động tỉnh vào cuộc."
    )
    return [*made, made[0] | {"url": "http://bao-mot.example/bua-an.html", "title": "Bữa ăn ca quá ít", "body": meal}]


def rows(walked: Hand, what: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (walked.home / f"{what}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_all_four_cases_end_with_their_verdicts(walked: Hand) -> None:
    found = rows(walked, "cases")
    assert [case["verdict"] for case in found] == ["right", "partly", "not_objective", "wrong"]
    assert {case["status"] for case in found} == {"closed"}
    assert {case["closing"] for case in found} == {"concluded"}


def test_every_outcome_of_a_request_is_in_the_figures(walked: Hand) -> None:
    second = [row for row in rows(walked, "requests") if row["case"] == "VV2026-0002"]
    assert len(second) == 7
    results = {row["outlet"]: [d["result"] for d in row["demands"]] for row in second}  # type: ignore[attr-defined]
    said = [tuple(sorted(set(one))) for one in results.values()]
    assert ("in_time",) in said
    assert ("in_time", "refused") in said
    assert ("changed_silently", "nothing") in said
    assert ("refused",) in said
    assert ("late", "nothing") in said
    assert any(row["escalates"] for row in second)
    assert {row["state"] for row in second} == {"settled"}


def test_the_body_that_never_signed_in_answered_through_an_officer(walked: Hand) -> None:
    log = "\n".join(walked.log)
    assert "Ông Hoàng Văn Tám" in log
    message = next(entry for entry in walked.log if "--way zalo" in entry)
    assert len(message.split("\n\n", 1)[1]) <= 2000


def test_refusals_say_what_is_missing(walked: Hand) -> None:
    log = "\n".join(walked.log)
    assert "chưa có kết luận xác minh" in log
    assert "còn việc chưa xong" in log
    assert "cải chính chỉ đặt ra với thông tin sai sự thật" in log


def test_the_log_is_whole_and_anchored_in_papers_and_packs(walked: Hand) -> None:
    audit = next(entry for entry in reversed(walked.log) if entry.startswith("$ monitor case audit"))
    assert "Không phát hiện sai lệch." in audit
    assert "Gói chứng cứ" in audit


def test_the_log_holds_no_name_number_or_word(walked: Hand) -> None:
    text = (walked.home / "events.jsonl").read_text(encoding="utf-8")
    for private in ("Hoàng", "Lãnh", "Báo Chí", "Trần", "điện thoại", "tăng ca", "Đối thoại", "kiểm toán", "Cam Đường"):
        assert private not in text


@pytest.mark.parametrize("case", ["VV2026-0001", "VV2026-0002", "VV2026-0003", "VV2026-0004"])
def test_each_pack_verifies_itself_and_holds_the_papers(walked: Hand, case: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(walked.home / f"{case}.zip") as pack:
        pack.extractall(tmp_path)
        names = pack.namelist()
    assert any("muc-luc" in name for name in names)
    assert any(name.endswith(".docx") and "van-ban" in name for name in names)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "kiem_tra.py"), str(tmp_path)], check=False, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stdout


def test_closing_made_the_file_of_each_case(walked: Hand) -> None:
    assert len(list((walked.home / "data" / "cases").glob("VV*.zip"))) == 4


def test_the_register_lists_every_numbered_paper_and_arrival(walked: Hand) -> None:
    sheet = load_workbook(walked.home / "so-theo-doi.xlsx").active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[1].value]
    letters = rows(walked, "letters")
    numbered = [one for one in letters if one.get("number") or one["direction"] == "in"]
    enclosed = [one for one in letters if one.get("kind") == "response_text" and not one.get("number")]
    gone = [one for one in enclosed if one["state"] in ("issued", "received")]
    assert gone
    assert len(lines) == len(numbered) + len(gone)
    assert sum(line[3] == "Không số riêng (đi kèm công văn)" for line in lines) == len(gone)
    assert "101/LĐLĐ-TG" in {line[3] for line in lines}


def test_a_corrected_item_is_marked_wherever_it_is_shown(walked: Hand) -> None:
    found = walked("search", "tăng ca bốn ngày một tuần")
    assert "Đã cải chính ngày 12/11/2026" in found
    # The digest names one print and tells of the others: the corrected one among them is marked.
    assert "đã cải chính ngày 12/11/2026" in walked("digest", "--date", "2026-11-08", "--format", "md")
    exported = [json.loads(line) for line in walked("export", "articles").splitlines()]
    marked = {one["outlet"].partition("-")[0] for one in exported if one["corrected"]}
    assert marked == {"bao", "mxh"}  # two papers, one of them late, and the post of the fourth case


def test_a_letter_that_goes_out_before_its_enclosure_is_signed_is_told(walked: Hand) -> None:
    issued = [entry for entry in walked.log if entry.startswith("$ monitor letter issue VV2026-0002")]
    assert any("bản đó chưa ký" in entry for entry in issued)
    assert any("bản đó chưa ký" not in entry for entry in issued)
