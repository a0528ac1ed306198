"""An issued report by mail: one message to each address of ``rules/report.yaml``, with its frozen files.

What was issued is the circulated form, so nothing of a restricted case can go along.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from html import escape

from monitor.config import load_settings
from monitor.config.deliver import load_deliver
from monitor.config.report import load_report_paper
from monitor.desk import report_rights
from monitor.desk.edition_sending import Queued
from monitor.desk.report_head import within
from monitor.desk.report_issuing import get
from monitor.desk.report_paper import named
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, StoreError
from monitor.labels import label
from monitor.model.delivery import Attachment, Channel, Message, MessageKind
from monitor.model.event import Happening
from monitor.model.report_paper import IssuedReport, ReportAct
from monitor.store import outbox
from monitor.store import reports as store
from monitor.text import clean, fold

_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def send(sitting: Sitting, ident: str) -> list[Queued]:
    """Queues an issued report for every address, and says of each what became of it; who has it gets no second one.

    Raises RefusedError for who may not send and where no address or no mail server is set, UsageError for no report,
    StoreError for damaged files, ConfigError.
    """
    report_rights.entitled(sitting, ReportAct.SEND)
    found = get(sitting, ident)
    addresses = load_report_paper(sitting.home.rules).mail
    settings = load_deliver(sitting.home.rules)
    if not addresses:
        raise RefusedError("report_no_mail")
    if not settings.smtp.host:
        raise RefusedError("report_no_server")
    domain = settings.smtp.sender.rpartition("@")[2] or "localhost"
    with sitting.db.atomic():
        message, files = _message(sitting, found)
        done = []
        for address in addresses:
            ident_ = outbox.put(sitting.db, replace(message, reader=address, address=address), files, domain=domain)
            done.append(Queued(reader=address, address=address, id=ident_))
        refs = tuple(one.id for one in done)
        sitting.note(Happening(action="report.send", thing=found.id, refs=refs))
    return done


def _message(sitting: Sitting, found: IssuedReport) -> tuple[Message, dict[str, bytes]]:
    files: dict[str, bytes] = {}
    attached = []
    for form, media in _MEDIA.items():
        body = store.file(sitting.db, found, form)
        if body is None:
            continue
        mark = hashlib.sha256(body).hexdigest()
        files[mark] = body
        attached.append(Attachment(name=f"{file_name(found)}.{form}", media_type=media, sha256=mark))
    if not attached:
        raise StoreError("report_damaged", report=found.number, form="docx")
    subject = label("report_mail", "subject", sign=found.number, period=within(found.span))
    office = load_settings(sitting.home.rules).office.name
    text = label("report_mail", "text", office=office, report=named(found), period=within(found.span))
    if found.adjusts:
        text += "\n\n" + label("report_mail", "adjusts", adjusts=found.adjusts)
    message = Message(
        kind=MessageKind.REPORT, about=found.id, reader="", channel=Channel.MAIL, address="", subject=clean(subject),
        text=text + "\n", html=_page(text), attachments=tuple(attached), made=sitting.now, due=sitting.now,
        urgent=True,  # a person sends it, now
    )  # fmt: skip
    return message, files


def file_name(found: IssuedReport) -> str:
    """ "bao-cao-45-bc-ldld-2026h1" for a file's name."""
    bare = fold(f"bao cao {found.number} {found.span.key}")
    return "-".join("".join(c if c.isalnum() else " " for c in bare).split())


def _page(text: str) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n\n"))
    return f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"></head><body>{lines}</body></html>'
