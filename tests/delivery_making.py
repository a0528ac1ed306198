"""Messages and settings for the tests of delivery."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from press_server import NOW

from monitor.model.delivery import Channel, Message, MessageKind, Security, SmtpSettings

NAME = "Ban Thường vụ Liên đoàn Lao động tỉnh Lào Cai, nhiệm kỳ 2025–2030"
SUBJECT = "LĐLĐ tỉnh Lào Cai – Điểm tin ngày số 12/2026: công nhân đình công, người lao động đòi nợ lương"
TEXT = "Kính gửi các đồng chí.\n.Dòng bắt đầu bằng dấu chấm.\nĐoàn viên, người lao động ở Ỷ Tý, Nghĩa Đô.\n"


def message(**facts: Any) -> Message:
    base = Message(
        kind=MessageKind.EDITION, reader=NAME, channel=Channel.MAIL, address="thuongvu@laocai.test", subject=SUBJECT,
        text=TEXT, html=f"<p>{TEXT}</p>", message_id="<abc@congdoan.test>", made=NOW, due=NOW,
    )  # fmt: skip
    return replace(base, **facts)


def smtp(port: int, **facts: Any) -> SmtpSettings:
    base = SmtpSettings(
        host="127.0.0.1", port=port, security=Security.NONE, sender="diemtin@congdoan.test",
        sender_name="Ban Tuyên giáo Công đoàn", timeout=5,
    )  # fmt: skip
    return replace(base, **facts)


WITHOUT = """  - name: Tổng Liên đoàn
    addresses: [tonglien@doan.test]
    outside: true
  - name: Nhóm cơ sở
    channel: chat
    addresses: [nhom]
"""
"""Readers who have no inner items: one outside the office, one by chat."""
PROFILES = f"""
profiles:
  - name: Ban Thường vụ
    addresses: [chutich@laocai.test, phochutich@laocai.test]
    internal_ok: true
    attach: [html, md]
  - name: Ban Chính sách
    addresses: [chinhsach@laocai.test]
    topics: [T03]
{WITHOUT}"""


def deliver_yaml(root: Path, port: int, *, profiles: str = PROFILES, more: str = "") -> None:
    """The office's ``deliver.yaml`` over a server on loopback."""
    (root / "rules" / "deliver.yaml").write_text(
        f"smtp:\n  host: 127.0.0.1\n  port: {port}\n  security: none\n  sender: diemtin@congdoan.test\n"
        f"  sender_name: Ban Tuyên giáo\n  timeout: 5\n"
        f"channels:\n  - id: nhom\n    env: MONITOR_CHAT_NHOM\n{profiles}{more}",
        encoding="utf-8",
    )
