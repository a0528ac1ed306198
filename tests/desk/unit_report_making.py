"""Bodies on three levels, their people, and reports handed in, for the tests of what units report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.clock import VN
from monitor.config import Home
from monitor.desk import unit_owed, unit_reports
from monitor.desk.sitting import Sitting
from monitor.model.event import Happening
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.model.report import Span
from monitor.model.unit_report import UnitReport
from monitor.store import events, people
from monitor.store.db import Database, opened

R, K = OfficeRole, UnitKind
LEADER = Person(id="u1", name="Trưởng", roles=(R.LEADER,))
PRESS = Person(id="u2", name="Báo", roles=(R.PRESS,))
CLERK = Person(id="u3", name="Văn", roles=(R.CLERK,))
WARD = Person(id="u4", name="Phường", roles=(R.UNIT,), unit="phuong")
SHOP = Person(id="u5", name="Cơ sở", roles=(R.UNIT,), unit="coso")
OTHER = Person(id="u6", name="Ngành", roles=(R.LEADER,), unit="nganh")
ADMIN = Person(id="u7", name="Máy", roles=(R.ADMIN,))
UNITS = (
    Unit(id="ld", name="LĐLĐ tỉnh Thử", kind=K.FEDERATION),
    Unit(id="phuong", name="Công đoàn phường Suối", kind=K.WARD, parent="ld", email="suoi@cd.example"),
    Unit(id="nganh", name="Công đoàn ngành Giáo dục", kind=K.SECTOR, parent="ld", email="giaoduc@cd.example"),
    Unit(id="kcn", name="Công đoàn khu công nghiệp", kind=K.ZONE),
    Unit(id="coso", name="Công đoàn cơ sở May", kind=K.GRASSROOTS, parent="phuong", email="may@cd.example"),
    Unit(id="to", name="Công đoàn bộ phận", kind=K.GRASSROOTS, parent="coso"),
)
RULES = Path(__file__).parents[2] / "rules" / "unit_report.yaml"


@contextmanager
def office(root: Path) -> Iterator[Database]:
    """A database with the bodies and their people; the office has used it since January."""
    with opened(Home(root=root).database) as db:
        with db.atomic():
            for unit in UNITS:
                people.put_unit(db, unit)
            for person in (LEADER, PRESS, CLERK, WARD, SHOP, OTHER, ADMIN):
                people.put(db, person)
            events.append(db, [Happening(action="person.add")], case="", actor="u1", now=at("2026-01-05"))
        yield db


def at(day: str, hour: int = 9) -> datetime:
    """An hour of a day."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), VN) + timedelta(hours=hour)


def sits(root: Path, db: Database, who: Person = PRESS, day: str = "2026-07-03") -> Sitting:
    """A sitting of that person on that day."""
    return Sitting(home=Home(root=root), db=db, actor=who, now=at(day))


def half(root: Path, said: str = "2026H1") -> Span:
    """A half-year."""
    return unit_owed.period_of(Home(root=root), said)


def with_grassroots(root: Path) -> None:
    """The office lets grassroots bodies report, too."""
    (root / "rules").mkdir(exist_ok=True)
    text = RULES.read_text(encoding="utf-8").replace("kinds: [sector, ward, zone]", "kinds: [sector, ward, grassroots]")
    (root / "rules" / "unit_report.yaml").write_text(text, encoding="utf-8")


def handed_in(sitting: Sitting, unit: str, values: Mapping[str, int], said: str = "2026H1") -> UnitReport:
    """A report saved and handed in."""
    span = unit_owed.period_of(sitting.home, said)
    have = unit_reports.form(sitting, unit, span)
    made = unit_reports.save(sitting, unit, span, values, {}, seen=have.revision)
    return unit_reports.submit(sitting, made.id)
