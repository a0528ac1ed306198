"""The readers of what leaves the office, kept at the desk: added, changed, stopped, taken out; and a mail to try.

    what was typed ──▶ checked as the file's own ──▶ still the file he saw? ──▶ rules/deliver.yaml, comments kept

Secrets are in variables and files of the machine, never in that file, and never shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import time
from pathlib import Path

from monitor.config import edit_deliver
from monitor.config.calendar import save_calendar
from monitor.config.deliver import FILE, load_deliver, password_of
from monitor.config.edit import write_whole
from monitor.config.fields import Wrong, clock
from monitor.config.settings import load_settings
from monitor.config.tree import read_text, rule_file
from monitor.desk import shown
from monitor.desk.hashing import digest
from monitor.desk.sitting import Sitting
from monitor.errors import BusyError, ConfigError, RefusedError, UsageError
from monitor.jobs.deliver import deliver
from monitor.labels import label
from monitor.model.action import elsewhere
from monitor.model.delivery import Channel, DeliverSettings, Message, MessageKind, Profile, mail_address
from monitor.model.event import Happening
from monitor.model.people import FEDERATION, OfficeRole, Person
from monitor.store import outbox

_TYPED = (
    "config_empty_text", "config_too_long", "config_unknown_province", "config_bad_id", "deliver_bad_address",
    "deliver_unknown_channel", "deliver_bad_topic", "deliver_internal_chat", "config_not_choice",
)  # fmt: skip
"""What can be wrong with what somebody typed; anything else is wrong with the file."""


@dataclass(frozen=True, kw_only=True)
class Readers:
    """The file as it stands: ``seen`` marks it for a form, ``password`` tells what is known of the mail server's:
    "" where none is asked for or it is found, else why not."""

    settings: DeliverSettings
    path: Path
    seen: str
    password: str = ""

    def of(self, key: str) -> Profile:
        """The reader under this key. Raises UsageError where there is none (any more)."""
        found = next((one for one in self.settings.profiles if key_of(one) == key), None)
        if found is None:
            raise UsageError("reader_unknown")
        return found


def may(who: Person) -> bool:
    """Whether he keeps the readers: a press officer of the federation, or who keeps the program."""
    return not who.disabled and who.has(OfficeRole.ADMIN, OfficeRole.PRESS) and not elsewhere(who, FEDERATION)


def entitled(sitting: Sitting) -> None:
    """Raises RefusedError for who does not keep the readers."""
    if not may(sitting.actor):
        raise RefusedError("readers_role")


def key_of(profile: Profile) -> str:
    """A reader in an address of the desk: his name may be long and is nobody's business there."""
    return digest(profile.name)[:12]


def listed(sitting: Sitting) -> Readers:
    """See ``Readers``. Raises RefusedError, and ConfigError for a file that is not in order."""
    entitled(sitting)
    path = rule_file(sitting.home.rules, FILE)
    settings = load_deliver(sitting.home.rules)
    why = ""
    try:
        password_of(settings.smtp, sitting.home.root)
    except ConfigError as error:
        why = label("readers", error.key)
    return Readers(settings=settings, path=path, seen=shown.mark(read_text(path)), password=why)


def hour(said: str) -> time | None:
    """A time of day as it was typed; None for nothing. Raises RefusedError."""
    if not said.strip():
        return None
    try:
        return clock(said)
    except Wrong:
        what = label("shown", "reader_hour")
        raise RefusedError("reader_field", what=what, detail=label("readers", "bad_hour")) from None


def add(sitting: Sitting, made: Profile, *, seen: str | None = None) -> Profile:
    """A further reader. Raises RefusedError naming the field, ConflictError where the file is no longer ``seen``."""
    return _write(sitting, "readers.add", None, made, seen)


def change(sitting: Sitting, key: str, made: Profile, *, seen: str | None = None) -> Profile:
    """What is said of a reader, replaced. Raises as ``add``."""
    return _write(sitting, "readers.change", listed(sitting).of(key), made, seen)


def pause(sitting: Sitting, key: str, *, stop: bool, seen: str | None = None) -> Profile:
    """Nothing is sent to him for the time being, or again."""
    before = listed(sitting).of(key)
    return _write(sitting, "readers.change", before, replace(before, enabled=not stop), seen)


def remove(sitting: Sitting, key: str, *, seen: str | None = None) -> Profile:
    """A reader taken out of the file. What waits for him in the outbox is not touched."""
    entitled(sitting)
    with sitting.db.atomic():
        now = listed(sitting)
        before = now.of(key)
        shown.still(seen, label("shown", "readers"), [read_text(now.path)], ())
        _save(sitting, now.path, edit_deliver.without(read_text(now.path), str(now.path), before.name))
        sitting.note(Happening(action="readers.remove"))
    return before


def _write(sitting: Sitting, action: str, before: Profile | None, typed: Profile, seen: str | None) -> Profile:
    entitled(sitting)
    with sitting.db.atomic():  # whoever changes the file at the same time waits here: it has no lock of its own
        now = listed(sitting)
        text, file = read_text(now.path), str(now.path)
        made = _checked(now.settings, before, typed)
        names = [one.name for one in fields(Profile)]
        keys = [key for key in names if before is None or getattr(before, key) != getattr(made, key)]
        if before and not keys:
            return before
        stored = [(label("shown", f"reader_{key}"), getattr(before, key), getattr(made, key)) for key in keys if before]
        shown.still(seen, label("shown", "readers"), [text], stored)
        changed = (
            edit_deliver.with_changed(text, file, before.name, made) if before
            else edit_deliver.with_added(text, file, made)
        )  # fmt: skip
        _save(sitting, now.path, changed)
        # The log holds which fields, never names and addresses.
        sitting.note(Happening(action=action, refs=tuple(keys) if before else ()))
    return made


def _checked(settings: DeliverSettings, before: Profile | None, typed: Profile) -> Profile:
    """What was typed as the file would hold it. Raises RefusedError naming the field."""
    try:
        made = edit_deliver.as_read(typed, settings.channels)
    except ConfigError as error:
        name = str(error.facts.get("name", ""))
        if error.key not in _TYPED:
            raise
        detail = label("reader_field", error.key, **error.facts)
        raise RefusedError("reader_field", what=label("shown", f"reader_{name}"), detail=detail) from error
    others = [one.name for one in settings.profiles if before is None or one.name != before.name]
    if made.name in others:
        raise RefusedError("reader_doubled", value=made.name)
    return made


def _save(sitting: Sitting, path: Path, text: str) -> None:
    """Into the working folder: the shipped file is only the start of the office's own."""
    own = sitting.home.root / "rules" / FILE
    if path == own:
        write_whole(path.resolve(), text)
    else:
        save_calendar(own, text)


def try_mail(sitting: Sitting, address: str) -> Message:
    """A mail to one address, handed over at once; the message as it is then, waiting where another process sends.

    Raises RefusedError where the address is none, or no mail server is set.
    """
    entitled(sitting)
    wanted, settings = address.strip(), load_deliver(sitting.home.rules)
    if not mail_address(wanted):
        raise RefusedError("reader_field", what=label("readers", "address"), detail=label("readers", "bad_address"))
    if not settings.smtp.host:
        raise RefusedError("readers_no_server")
    office = load_settings(sitting.home.rules).office
    made = Message(
        kind=MessageKind.TEST, reader=wanted, channel=Channel.MAIL, address=wanted, urgent=True, made=sitting.now,
        due=sitting.now, subject=label("readers", "try_subject", office=office.short),
        text=label("readers", "try_text", office=office.name, person=sitting.actor.name) + "\n",
    )  # fmt: skip
    with sitting.db.atomic():
        ident = outbox.put(sitting.db, made, domain=settings.smtp.sender.rpartition("@")[2] or "localhost")
        sitting.note(Happening(action="outbox.test", thing=ident))
    with suppress(BusyError):  # then it waits for the process that sends
        deliver(sitting.home, only=[ident])
    return outbox.get(sitting.db, ident)


def channels(settings: DeliverSettings) -> Sequence[str]:
    """The ids of the chat channels that a reader can have."""
    return [one.id for one in settings.channels]
