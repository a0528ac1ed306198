"""``alert``: a round now, the latest, marking them as seen."""

from __future__ import annotations

from pathlib import Path

from alert_making import alarming, bring, office
from cli_running import Run


def test_a_round_is_walked_listed_and_marked(run: Run, root: Path) -> None:
    home = office(root)
    assert "Không có cảnh báo nào." in run("alert").out
    bring(home, alarming(1), alarming(1, outlet="bao1"))
    done = run("alert", "run")
    assert done.code == 0 and "1 cảnh báo mới" in done.out and "báo đi 1 (3 thư, tin nhắn)" in done.out
    assert run("alert", "run", "--json").json == {
        "made": 0, "joined": 0, "told": [], "kept": 0, "messages": [], "waiting": 0,
    }  # fmt: skip
    (row,) = run("alert", "list", "--json").json
    assert (row["id"], row["kind"], row["state"], len(row["articles"])) == ("cb1", "attention", "told", 2)
    assert row["told"] == "2026-11-08T08:00:00+07:00" and row["seen"] is None and "đình công" in row["why"]
    assert "Sự việc cần chú ý" in run("alert").out
    assert run("alert", "seen", "cb1").out.strip() == "Đã xem: cb1."
    assert run("alert", "list", "--json").json[0]["seen"]
    run("alert", "seen", "cb7").complains("Không có cảnh báo “cb7”")


def test_a_wrong_setting_is_named_with_its_line(run: Run, root: Path) -> None:
    office(root)
    (root / "rules" / "alerts.yaml").write_text("enabled: true\nplaces: here\n", encoding="utf-8")
    run("alert", "run").complains("alerts.yaml, dòng 2", "places")
