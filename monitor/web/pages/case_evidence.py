"""Evidence on a case's page: taken now, handed in, downloaded, packed; and what became of the watched pages."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from monitor.desk import case_report, casefile, papers, proof, watching
from monitor.desk.refs import held
from monitor.errors import UsageError
from monitor.model.evidence import Bailiff, EvidenceKind
from monitor.store import evidence as files
from monitor.web.pages.case_acts import act, done, said
from monitor.web.route import DESK, EDITORS, OFFICE, get

if TYPE_CHECKING:
    from starlette.responses import Response

    from monitor.web.form import Upload
    from monitor.web.visit import Visit

_ZIP, _PDF = "application/zip", "application/pdf"


def keep_files(v: Visit, note: str) -> tuple[str, ...]:
    """The files of the form as evidence of the case, within the caller's transaction; their ids."""
    return tuple(
        dict.fromkeys(
            proof.add_file(v.at, v.part("id"), one.path, kind_of(one), note=note).id for one in v.form.uploads("files")
        )
    )


def kind_of(one: Upload) -> EvidenceKind:
    """What a file is, by its first bytes."""
    if one.media_type.startswith("image/"):
        return EvidenceKind.SCAN
    return EvidenceKind.RECORDING if one.media_type.startswith(("audio/", "video/")) else EvidenceKind.DOCUMENT


def add(v: Visit) -> Response:
    """Files handed in."""
    found = v.form.uploads("files")
    if not found:
        raise UsageError("field_missing", what=said("files"))
    kind = v.form.choice("kind", EvidenceKind, said("kind"))
    article = v.form.text("article") or None
    if article and article not in v.at.case(v.part("id")).articles:
        raise UsageError("field_no_choice", what=said("items"), value=article[:40])
    with v.db.atomic():
        for one in found:
            proof.add_file(
                v.at, v.part("id"), one.path, kind or kind_of(one), note=v.form.text("note"), article=article
            )
    return done(v, "files_added", "chung-cu", count=len(found))


def take(v: Visit) -> Response:
    """The pages of the case's items as they are now: asks the network, which takes a while."""
    taken = proof.take(v.at, v.part("id"))
    return done(v, "taken", "chung-cu", count=len(taken.evidence), missing=len(taken.missing))


def bailiff(v: Visit) -> Response:
    """The vi bằng about a piece of evidence."""
    office, number = v.form.need("office", said("office")), v.form.need("number", said("number"))
    v.form.need("dated", said("dated"))
    dated = v.form.day("dated", said("dated"))
    assert dated is not None  # it was typed, and an unreadable one raises
    proof.bailiff(v.at, v.part("id"), v.part("thing"), Bailiff(office=office, number=number, dated=dated))
    return done(v, "bailiff_kept", v.part("thing"))


def download(v: Visit) -> Response:
    """A piece of evidence, to keep."""
    case = v.at.case(v.part("id"))
    held(v.at, case, [v.part("thing")])
    one = files.get(v.db, v.part("thing"))
    return v.download(b"".join(files.body(v.db, one.id)), one.name, one.media_type)


def pack(v: Visit) -> Response:
    """All evidence in one file that verifies itself; it counts as having left the office."""
    case = v.at.case(v.part("id"))
    with TemporaryDirectory(prefix="monitor-") as folder:
        target = Path(folder) / "goi.zip"
        proof.pack(v.at, case.id, target)
        return v.download(target.read_bytes(), f"{case.id}-chung-cu.zip", _ZIP)


def file_(v: Visit) -> Response:
    """The case's file (hồ sơ)."""
    case = v.at.case(v.part("id"))
    with TemporaryDirectory(prefix="monitor-") as folder:
        target, _ = casefile.make(v.at, case.id, Path(folder) / "ho-so.zip")
        return v.download(target.read_bytes(), f"{case.id}-ho-so.zip", _ZIP)


def report(v: Visit) -> Response:
    """The case on two pages, as of now."""
    case, form = v.at.case(v.part("id")), v.form.text("dang", "docx")
    made = case_report.case_report(v.at, case.id, form)
    return v.download(made, case_report.file_name(case, form), _PDF if form == "pdf" else papers.DOCX)


def decide(v: Visit) -> Response:
    """A person says whether a change that the watch found is one."""
    number = v.part("thing")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise UsageError("watch_change_unknown", number=number[:20])
    accepted = v.form.has("dung")
    watching.decide(v.at, v.part("id"), int(number), accepted=accepted)
    return done(v, "change_accepted" if accepted else "change_dismissed", f"w{number}")


PAGES = (
    act("chung-cu", add, DESK, uploads=True),
    act("chung-cu/lay", take, DESK),
    get("/vu-viec/{id}/chung-cu/{thing}", download, DESK),
    act("chung-cu/{thing}/vi-bang", bailiff, DESK),
    act("goi", pack, EDITORS),
    act("ho-so", file_, EDITORS),
    act("bao-cao", report, EDITORS),
    act("thay-doi/{thing}", decide, OFFICE),
)
