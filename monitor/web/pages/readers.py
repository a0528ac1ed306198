"""Người nhận: who gets the digest by which way and what of it; and a mail to try whether anything leaves."""

from __future__ import annotations

from starlette.responses import Response

from monitor.config.deliver import ATTACHED
from monitor.desk import readers as desk
from monitor.errors import UsageError
from monitor.jobs.reading import book
from monitor.labels import label, of
from monitor.model.delivery import Channel, MessageState, Profile
from monitor.model.edition import Series
from monitor.web.route import SOURCES, get, post
from monitor.web.visit import Visit

_LIST = "/quan-tri/nguoi-nhan"
_FORMS = {"docx": "Word", "md": "Markdown", "html": "HTML", "pdf": "PDF", "json": "JSON"}
_COLUMNS = (
    "name", "channel", "addresses", "enabled", "series", "topics", "places", "units", "hour", "internal_ok", "outside",
    "attach",
)  # fmt: skip


def listed(v: Visit) -> Response:
    """All readers, what is set of the ways out, and the mail to try; or the readers as an Excel file."""
    found = desk.listed(v.at)
    topics = book(v.home.rules).topics
    if v.wants_sheet:
        heads = [label("shown", f"reader_{one}") for one in _COLUMNS]
        rows = ([_said(getattr(one, key)) for key in _COLUMNS] for one in found.settings.profiles)
        return v.sheet("nguoi-nhan", label("shown", "readers"), heads, rows)
    return v.page(
        "readers.html", found=found, readers=found.settings.profiles, key_of=desk.key_of, topics=topics, base=_LIST,
        smtp=found.settings.smtp, forms=_FORMS,
    )  # fmt: skip


def _said(value: object) -> object:
    if isinstance(value, tuple):
        return "; ".join(str(_said(one)) for one in value)
    if isinstance(value, bool):
        return label("web_readers", "yes" if value else "no")
    if isinstance(value, Channel | Series):
        return of(value)
    return f"{value:%H:%M}" if hasattr(value, "hour") else value


def new(v: Visit) -> Response:
    """The form of a further reader."""
    return _form(v, None)


def one(v: Visit) -> Response:
    """The form of one reader."""
    return _form(v, desk.listed(v.at).of(v.part("id")))


def _form(v: Visit, who: Profile | None) -> Response:
    found = desk.listed(v.at)
    return v.page(
        "reader.html", who=who or Profile(name="", channel=Channel.MAIL), known=who is not None,
        action=f"{_LIST}/{desk.key_of(who)}" if who else f"{_LIST}/them", base=_LIST, seen=found.seen,
        topics=[(key, f"{key} {said}") for key, said in book(v.home.rules).topics.items()],
        ways=[(one.value, of(one)) for one in Channel], series=[(one.value, of(one)) for one in Series],
        attached=[(form, _FORMS.get(form, form.upper())) for form in ATTACHED], channels=desk.channels(found.settings),
    )  # fmt: skip


def _typed(v: Visit) -> Profile:
    return Profile(
        name=v.form.need("name", label("shown", "reader_name")),
        channel=v.form.needed("channel", Channel, label("shown", "reader_channel")),
        addresses=_lines(v, "addresses"),
        enabled=v.form.has("enabled"),
        series=_series(v),
        topics=v.form.many("topics"),
        places=_lines(v, "places"),
        units=_lines(v, "units"),
        hour=desk.hour(v.form.text("hour")),
        internal_ok=v.form.has("internal_ok"),
        outside=v.form.has("outside"),
        attach=v.form.many("attach"),
    )


def _series(v: Visit) -> tuple[Series, ...]:
    said = v.form.many("series")
    if not said or not set(said) <= {one.value for one in Series}:
        raise UsageError("field_missing", what=label("shown", "reader_series"))
    return tuple(Series(one) for one in said)


def _lines(v: Visit, name: str) -> tuple[str, ...]:
    """One a line, or with commas and semicolons between: so addresses are copied from a mail."""
    said = v.form.text(name).replace(";", "\n").replace(",", "\n")
    return tuple(dict.fromkeys(line.strip() for line in said.splitlines() if line.strip()))


def add(v: Visit) -> Response:
    """A further reader."""
    made = desk.add(v.at, _typed(v), seen=v.form.text("_seen") or None)
    return v.back(_LIST, label("web_readers", "added", name=made.name))


def change(v: Visit) -> Response:
    """What is said of a reader, replaced."""
    made = desk.change(v.at, v.part("id"), _typed(v), seen=v.form.text("_seen") or None)
    return v.back(_LIST, label("web_readers", "kept", name=made.name))


def pause(v: Visit) -> Response:
    """Nothing is sent to him for the time being, or again."""
    stop = v.form.text("stop") == "1"
    made = desk.pause(v.at, v.part("id"), stop=stop, seen=v.form.text("_seen") or None)
    return v.back(_LIST, label("web_readers", "paused" if stop else "resumed", name=made.name))


def remove(v: Visit) -> Response:
    """A reader taken out."""
    gone = desk.remove(v.at, v.part("id"), seen=v.form.text("_seen") or None)
    return v.back(_LIST, label("web_readers", "removed", name=gone.name))


def try_mail(v: Visit) -> Response:
    """A mail to one address; whether it left is told at once."""
    done = desk.try_mail(v.at, v.form.need("address", label("readers", "address")))
    if done.state is MessageState.SENT:
        said = label("web_readers", "try_sent", address=done.address)
    elif done.error:
        said = label("web_readers", "try_failed", address=done.address, why=done.error)
    else:
        said = label("web_readers", "try_waits", address=done.address)
    return v.back(_LIST, said, failed=done.state is not MessageState.SENT and bool(done.error))


PAGES = (
    get(_LIST, listed, SOURCES),
    get(_LIST + "/them", new, SOURCES),
    post(_LIST + "/them", add, SOURCES, shown=new),
    post(_LIST + "/thu", try_mail, SOURCES, shown=listed),
    get(_LIST + "/{id}", one, SOURCES),
    post(_LIST + "/{id}", change, SOURCES, shown=one),
    post(_LIST + "/{id}/tam-ngung", pause, SOURCES, shown=listed),
    post(_LIST + "/{id}/bo", remove, SOURCES, shown=one),
)
