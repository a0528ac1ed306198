"""``digest --send`` and ``outbox``: what becomes of each message is said, and the exit code says whether all went."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_running import Run
from delivery_making import deliver_yaml
from mail_server import mail_server
from press_server import NOW, outlet, write_home

from monitor.desk import editions
from monitor.desk.sitting import sitting

READERS = """profiles:
  - name: Ban Thường vụ
    addresses: [ban@laocai.test]
  - name: Cấp trên
    addresses: []
"""


@pytest.fixture
def edition(root: Path) -> str:
    home = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    with sitting(home) as s:
        return editions.approve(s, editions.draft(s).id).id


def test_the_approved_edition_goes_and_each_reader_is_told_of(run: Run, root: Path, edition: str) -> None:
    with mail_server() as box:
        deliver_yaml(root, box.port, profiles=READERS)
        done = run("digest", "--send")
        assert done.code == 0, done
        assert "Đã gửi" in done.out and "Ban Thường vụ <ban@laocai.test>" in done.out
        assert "Không gửi cho Cấp trên: chưa ghi địa chỉ" in done.out
        assert run("digest", "--date", f"{NOW:%Y-%m-%d}", "--send").code == 0
        assert run("digest", "--edition", edition, "--send").code == 0
        assert len(box.raw) == 1
        (row,) = run("outbox", "list", "--json").json
        assert (row["state"], row["address"], row["tries"]) == ("sent", "ban@laocai.test", 1)
        run("outbox", "retry", row["id"]).complains("không gửi lại được")
        run("digest", "--week", "2026-W40", "--send").complains("chưa có số nào đã duyệt")


def test_what_did_not_go_is_said_and_can_be_tried_or_let_be(run: Run, root: Path, edition: str) -> None:
    with mail_server() as box:
        deliver_yaml(root, box.port, profiles=READERS)
        box.at_rcpt = ["550 not here", "550 not here"]
        done = run("digest", "--send")
        assert done.code == 1
        assert "Không gửi được" in done.out and "550 not here" in done.out
        assert "Không gửi được" in run("outbox").out
        assert "Không gửi được" in run("outbox", "retry", "g1").out
        assert "Đã gửi" in run("outbox", "retry", "g1").out
        assert len(box.raw) == 1
    run("outbox", "drop", "g1").complains("không bỏ được")
    run("outbox", "drop", "zz").complains("không có thư zz")
