"""What a form sent, read strictly: dates as people type them, one of a list, files by their real type.

A field that cannot be read raises UsageError naming the field in the reader's words; the page is shown again with
everything that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from starlette.datastructures import UploadFile

from monitor import clock, dates
from monitor.errors import UsageError
from monitor.evidence.files import media_type, safe_name
from monitor.text import nfc

Member = TypeVar("Member", bound=StrEnum)
_LONGEST = 100_000
_PIECE = 1 << 20
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file handed in: ``path`` lies in a folder that is gone after the request."""

    path: Path
    name: str
    size: int
    media_type: str


@dataclass(kw_only=True)
class Form:
    """The fields of one form, text in NFC; ``ident`` says which form of its page it was."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[UploadFile]] = field(default_factory=dict)
    _folder: TemporaryDirectory[str] | None = None

    @property
    def ident(self) -> str:
        """Which form of its page."""
        return self.text("_form")

    def has(self, name: str) -> bool:
        """Whether the field came with something in it; a box that was ticked."""
        return bool(self.text(name))

    def text(self, name: str, default: str = "") -> str:
        """The field as typed, without blanks around it."""
        found = self.fields.get(name)
        said = nfc(found[0]).replace("\r\n", "\n").strip() if found else default
        if len(said) > _LONGEST:
            raise UsageError("field_too_long", name=name, most=_LONGEST)
        return said

    def need(self, name: str, what: str) -> str:
        """The field, which must not be empty; ``what`` names it to the person."""
        said = self.text(name)
        if not said:
            raise UsageError("field_missing", what=what)
        return said

    def many(self, name: str) -> tuple[str, ...]:
        """All values of the field: ticked boxes, a list."""
        return tuple(said for one in self.fields.get(name, ()) if (said := nfc(one).strip()))

    def whole(self, name: str, what: str) -> int | None:
        """A whole number, None where the field is empty."""
        said = self.text(name)
        if not said:
            return None
        if _GROUPED.fullmatch(said):
            said = said.replace(".", "")  # 1.234 is how every page shows it, and no whole number has three decimals
        if not said.isascii() or not said.isdigit() or len(said) > 12:
            raise UsageError("field_no_number", what=what, value=said)
        return int(said)

    def day(self, name: str, what: str) -> date | None:
        """A day, typed 05/11/2026 or picked; None where the field is empty."""
        found = self.moment(name, what)
        return clock.local(found).date() if found else None

    def moment(self, name: str, what: str) -> datetime | None:
        """A day with or without the hour (its own field ``NAME_hour`` or in one), aware; None where it is empty."""
        said = f"{self.text(name)} {self.text(name + '_hour')}".replace("T", " ").strip()
        if not said:
            return None
        # Without the hour of today: that rule is for the press, whose 8/11 may be the 11th of August.
        found = dates.parse(said)
        if found is None:
            raise UsageError("field_no_date", what=what, value=said)
        return found

    def needed_moment(self, name: str, what: str) -> datetime:
        """Like ``moment``, where one must be given."""
        found = self.moment(name, what)
        if found is None:
            raise UsageError("field_missing", what=what)
        return found

    def choice(self, name: str, kind: type[Member], what: str) -> Member | None:
        """One of an enum's members; None where nothing was chosen."""
        said = self.text(name)
        if not said:
            return None
        try:
            return kind(said)
        except ValueError:
            raise UsageError("field_no_choice", what=what, value=said) from None

    def needed(self, name: str, kind: type[Member], what: str) -> Member:
        """Like ``choice``, where one must be chosen."""
        found = self.choice(name, kind, what)
        if found is None:
            raise UsageError("field_missing", what=what)
        return found

    def uploads(self, name: str) -> tuple[Upload, ...]:
        """The files of the field, each kept under a name every system takes; empty ones are left out."""
        return tuple(made for number, sent in enumerate(self.files.get(name, ())) if (made := self._kept(sent, number)))

    def upload(self, name: str) -> Upload | None:
        """The field's file, if one was chosen."""
        found = self.uploads(name)
        return found[0] if found else None

    def _kept(self, sent: UploadFile, number: int) -> Upload | None:
        if not sent.filename or not sent.size:
            return None
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="monitor-")
        place = Path(self._folder.name) / str(number)
        place.mkdir(exist_ok=True)
        path = place / safe_name(nfc(sent.filename))
        sent.file.seek(0)
        head = b""
        with path.open("wb") as stream:
            while piece := sent.file.read(_PIECE):
                head = head or piece[:4096]
                stream.write(piece)
        return Upload(path=path, name=path.name, size=path.stat().st_size, media_type=media_type(path.name, head))

    def close(self) -> None:
        """Throws away the files that came."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
