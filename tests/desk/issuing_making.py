"""An office with a half-year of cases of every kind, for the tests of the report as a paper and of its issuing."""

from __future__ import annotations

import io
import zipfile
from html import unescape
from pathlib import Path

from half_year_making import Hand, moment
from test_desk_reporting import LATER, year

from monitor.desk.sitting import Sitting
from monitor.model.people import OfficeRole, Person
from monitor.store import people

CLERK = Person(id="u8", name="Văn thư", roles=(OfficeRole.CLERK,))
KEEPER = Person(id="u9", name="Quản trị", roles=(OfficeRole.ADMIN,))
RULES = "half_years: calendar\nrelevances: [union, labour]\nmost_bodies: 20\n"
HIDDEN = "Vụ ngày 10/06/2026"
"""The title of the restricted case."""


def filled(hand: Hand) -> dict[str, str]:
    """The cases by letter; F is restricted."""
    with hand.db.atomic():
        for one in (CLERK, KEEPER):
            people.put(hand.db, one)
    return year(hand)


def rules(root: Path, paper: str) -> None:
    """The office's ``report.yaml`` with these lines under ``paper``."""
    (root / "rules").mkdir(exist_ok=True)
    (root / "rules" / "report.yaml").write_text(f"{RULES}paper:\n{paper}", encoding="utf-8")


def here(hand: Hand, who: Person | None = None, day: str = "") -> Sitting:
    """A sitting after the half-year."""
    at = moment(day) if day else LATER
    return hand.at(at, who) if who else hand.at(at)


def plain(form: str, body: bytes) -> str:
    """All that a form says, unpacked where it is packed."""
    if form not in ("docx", "xlsx"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as pack:
        parts = (pack.read(name).decode("utf-8", "replace") for name in pack.namelist() if name.endswith("xml"))
        return unescape("".join(parts))
