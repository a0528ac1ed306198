"""Invented press that asks for attention, and rounds over it, for the tests of alerts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from delivery_making import WITHOUT, deliver_yaml
from press_server import NOW, outlet, write_home

from monitor.clock import iso_local
from monitor.config import Home
from monitor.jobs.importing import import_archive
from monitor.model.alert import Alert, AlertReport
from monitor.model.delivery import Message
from monitor.store import alerts as store
from monitor.store import outbox
from monitor.store.db import opened

READERS = f"""profiles:
  - name: Ban Thường vụ
    addresses: [ban@laocai.test]
    internal_ok: true
  - name: Ban Chính sách
    addresses: [chinhsach@laocai.test]
{WITHOUT}"""
_PLACES = ("Mường Khương", "Bát Xát", "Si Ma Cai", "Văn Bàn", "Bảo Yên", "Bảo Thắng", "Sa Pa", "Bắc Hà")
_FIRMS = ("May Bình Minh", "Gỗ Thanh Sơn", "Khoáng sản Nam Hà", "Giày Đông Phong", "Chè Suối Bạc", "Xi măng Đá Trắng")
_SAID = (
    "Giám đốc cho rằng đơn hàng từ châu Âu giảm mạnh nên quỹ lương bị hụt",
    "Nhiều nữ công nhân nuôi con nhỏ phải vay nóng để trả tiền trọ",
    "Tổ trưởng phân xưởng cắt kể lại các buổi họp chỉ có lời hứa suông",
    "Bảng chấm công bị thu lại trước ngày thanh toán khiến ai cũng lo lắng",
    "Kế toán trưởng xin nghỉ phép từ tuần trước và không nghe điện thoại",
    "Xe đưa đón bị cắt, người ở xa phải đi bộ gần chục cây số mỗi ca",
    "Bếp ăn giữa ca đóng cửa, nhà thầu đòi tiền thực phẩm còn thiếu",
)


def alarming(n: int, *, outlet: str = "bao0", at: datetime = NOW, **facts: str | None) -> dict[str, str | None]:
    """An item of event ``n`` that asks for attention, in our province; the same words wherever it is printed."""
    firm, place = f"{_FIRMS[n % 6]} {n}", _PLACES[n % 8]
    said = " ".join(f"{_SAID[(n + k) % 7]}, chuyện thứ {n * 7 + k} ở {place} {n}." for k in range(4))
    made: dict[str, str | None] = {
        "url": f"http://{outlet}.test/tin-{n:05d}.html",
        "outlet": outlet,
        "title": f"Công nhân {firm} đình công vì bị nợ lương, tố công đoàn cơ sở đứng ngoài cuộc",
        "published": iso_local(at - timedelta(minutes=30)),
        "summary": f"Hàng trăm công nhân {firm} tại tỉnh Lào Cai ngừng việc tập thể.",
        "body": f"Công nhân {firm} ở {place}, tỉnh Lào Cai đình công đòi nợ lương tháng {n % 12 + 1}. {said}",
    }
    return made | facts


def quiet_one(n: int, *, topic: str = "", at: datetime = NOW, outlet: str = "bao0") -> dict[str, str | None]:
    """An item that concerns us and asks for no attention."""
    firm, place = f"{_FIRMS[n % 6]} {n}", _PLACES[n % 8]
    return {
        "url": f"http://{outlet}.test/lang-{n:05d}.html",
        "outlet": outlet,
        "title": f"Công đoàn {firm} tặng quà, chăm lo đoàn viên khó khăn ở {place} {topic}".strip(),
        "published": iso_local(at - timedelta(minutes=30 + n % 5)),
        "summary": f"Liên đoàn Lao động tỉnh Lào Cai thăm hỏi đoàn viên {firm}.",
        "body": f"Tại {place} {n}, tỉnh Lào Cai, công đoàn {firm} trao {n + 20} suất quà cho đoàn viên. " * 2
        + " ".join(f"Chuyện số {n * 5 + k} ở thôn {n + k}." for k in range(5)),
    }


def bring(home: Home, *items: dict[str, str | None]) -> None:
    """Puts items into the archive, as read just now."""
    done = import_archive(home, [json.dumps(one, ensure_ascii=False) for one in items])
    assert not done.bad and done.stored == len(items), done


def alert_yaml(root: Path, **values: object) -> None:
    """The office's ``alerts.yaml``: told at once, without surges and quiet hours, unless said otherwise."""
    plain: dict[str, object] = {"settle_minutes": 0, "most_an_hour": 100, "follow_ups": False}
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in (plain | values).items())
    (root / "rules" / "alerts.yaml").write_text(lines, encoding="utf-8")


def office(root: Path, port: int = 2525, *, readers: str = READERS, **values: object) -> Home:
    """A working folder with readers and ``alerts.yaml``."""
    home = write_home(root, outlet("bao0", "{feed: http://bao0.test/rss}"))
    deliver_yaml(root, port, profiles=readers)
    alert_yaml(root, **values)
    return home


def at(monkeypatch: pytest.MonkeyPatch, minutes: float = 0, *, hour: str = "") -> datetime:
    """Sets the clock to so many minutes after NOW, or to an hour of NOW's day ("2026-11-08T23:10")."""
    moment = datetime.fromisoformat(f"{hour}:00+07:00") if hour else NOW + timedelta(minutes=minutes)
    monkeypatch.setenv("MONITOR_NOW", moment.isoformat())
    return moment


def known(home: Home) -> list[Alert]:
    """All alerts, the oldest first."""
    with opened(home.database) as db:
        return store.listed(db)[::-1]


def messages(home: Home, reader: str = "Ban Thường vụ") -> list[Message]:
    """What this reader was written, the oldest first, with the texts."""
    with opened(home.database) as db:
        return [outbox.get(db, one.id) for one in outbox.listed(db) if one.reader == reader]


def told(report: AlertReport) -> list[str]:
    """The ids that a round told of."""
    return [one.id for one in report.told]
