"""The check on a case's page: who is asked, what they answered, the claims, what was found, verdicts, remedies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from monitor.desk import answering, messages, moving, verifying, watching
from monitor.desk.verifying import Passage, Task
from monitor.model.access import LinkKind
from monitor.model.case import Capacity, ClaimVerdict, Ground, Part, Way
from monitor.model.parts import find as part_of
from monitor.web.pages import cases
from monitor.web.pages.case_acts import act, done, said
from monitor.web.pages.case_choices import unit_said
from monitor.web.pages.case_evidence import keep_files
from monitor.web.route import DESK

if TYPE_CHECKING:
    from starlette.responses import Response

    from monitor.web.visit import Visit


def _day(v: Visit, name: str, key: str) -> date:
    v.form.need(name, said(key))
    found = v.form.day(name, said(key))
    assert found is not None  # it was typed, and an unreadable one raises
    return found


def assign(v: Visit) -> Response:
    """Asks a body or a person."""
    task = Task(
        part=v.form.needed("part", Part, said("part")), task=v.form.text("task"), due=_day(v, "due", "answer_due"),
        unit=unit_said(v.form.text("unit")), person=v.form.text("person"), directed_by=v.form.text("directed_by"),
        way=v.form.choice("way", Way, said("way")) or Way.LETTER,
    )  # fmt: skip
    with v.db.atomic():
        made = verifying.assign(v.at, v.part("id"), task)
        watching.refresh(v.at, made)
    return done(v, "assigned", made.assignments[-1].id)


def answer(v: Visit) -> Response:
    """What the assignee answered, or an officer recorded for it, with its files."""
    with v.db.atomic():
        kept = keep_files(v, said("answer_note"))
        verifying.answer(
            v.at, v.part("id"), v.part("thing"), v.form.text("text"), at=v.form.moment("at", said("answer_at")),
            way=v.form.choice("way", Way, said("way")) or Way.PROGRAM, source=v.form.text("source"),
            evidence=(*v.form.many("proof"), *kept),
        )  # fmt: skip
    return done(v, "answered", v.part("thing"))


def unassign(v: Visit) -> Response:
    """Takes an assignment back."""
    moving.unassign(v.at, v.part("id"), v.part("thing"), v.form.text("why"))
    return done(v, "unassigned", "giao")


def answer_link(v: Visit) -> Response:
    """A one-time link to the answer form, shown this once."""
    secret = answering.answer_link(v.at, v.part("id"), v.part("thing"))
    link = str(v.request.base_url).rstrip("/") + LinkKind.ANSWER.path(secret)
    case = v.at.case(v.part("id"))
    asked = part_of(case.assignments, v.part("thing"), case=case.id)
    told = messages.assignment(v.at, case, asked, link=link)
    return cases.shown(v, link=link, link_for=asked.id, link_message=told)


def add_claim(v: Visit) -> Response:
    """A disputed passage."""
    passage = Passage(
        quote=v.form.text("quote"), article=v.form.text("article"), typed=v.form.has("typed"), fact=v.form.text("fact"),
        source=v.form.text("source"), harmed=v.form.text("harmed"),
        capacity=v.form.choice("capacity", Capacity, said("capacity")) or Capacity.OWN,
    )  # fmt: skip
    made = verifying.add_claim(v.at, v.part("id"), passage)
    return done(v, "claim_added", made.claims[-1].id)


def change_claim(v: Visit) -> Response:
    """What is known of a claim. A fact that was not touched is not said again: that would make the verdict void."""
    case = v.at.case(v.part("id"))
    claim = next((one for one in case.claims if one.id == v.part("thing")), None)

    def changed(name: str) -> str | None:
        before = getattr(claim, name, "")
        return v.form.text(name) if name in v.form.fields and v.form.text(name) != before else None

    moving.change_claim(
        v.at, case.id, v.part("thing"), fact=changed("fact"), source=changed("source"), harmed=changed("harmed"),
        capacity=v.form.choice("capacity", Capacity, said("capacity")), authority=changed("authority") or None,
    )  # fmt: skip
    return done(v, "claim_changed", v.part("thing"))


def drop_claim(v: Visit) -> Response:
    """A claim that is none."""
    moving.drop_claim(v.at, v.part("id"), v.part("thing"), v.form.text("why"))
    return done(v, "claim_dropped", "noi-dung")


def judge(v: Visit) -> Response:
    """The verdict on a claim."""
    verifying.judge(
        v.at, v.part("id"), v.part("thing"), v.form.needed("verdict", ClaimVerdict, said("verdict")),
        ground=v.form.choice("ground", Ground, said("ground")), why=v.form.text("why"), fact=v.form.text("fact"),
        source=v.form.text("source"),
    )  # fmt: skip
    return done(v, "judged", v.part("thing"))


def find(v: Visit) -> Response:
    """What the check brought to light, with its files."""
    with v.db.atomic():
        kept = keep_files(v, said("finding_note"))
        moving.find(v.at, v.part("id"), v.form.text("text"), v.form.many("claims"), (*v.form.many("proof"), *kept))
    return done(v, "found", "ket-qua")


def conclude(v: Visit) -> Response:
    """The verification ends."""
    with v.db.atomic():
        made = moving.conclude(v.at, v.part("id"), v.form.text("text"))
        watching.refresh(v.at, made)
    return done(v, "concluded")


def reverify(v: Visit) -> Response:
    """Back to checking."""
    moving.reverify(v.at, v.part("id"), v.form.text("why"))
    return done(v, "reverified")


def add_remedy(v: Visit) -> Response:
    """A measure."""
    due = _day(v, "due", "due")
    with v.db.atomic():
        made = moving.add_remedy(
            v.at, v.part("id"), v.form.text("measure"), who=v.form.text("who"), due=due, claims=v.form.many("claims")
        )
        watching.refresh(v.at, made)
    return done(v, "remedy_added", made.remedies[-1].id)


def finish_remedy(v: Visit) -> Response:
    """A measure was carried out; what proves it may come along."""
    day = _day(v, "done", "done")
    with v.db.atomic():
        kept = keep_files(v, said("remedy_note"))
        made = moving.finish_remedy(
            v.at, v.part("id"), v.part("thing"), done=day, result=v.form.text("result"),
            proof=(*v.form.many("proof"), *kept),
        )  # fmt: skip
        watching.refresh(v.at, made)
    return done(v, "remedy_done", v.part("thing"))


def drop_remedy(v: Visit) -> Response:
    """A measure is not carried out."""
    moving.drop_remedy(v.at, v.part("id"), v.part("thing"), v.form.text("why"))
    return done(v, "remedy_dropped", v.part("thing"))


PAGES = (
    act("giao", assign, DESK),
    act("viec/{thing}/tra-loi", answer, DESK, uploads=True),
    act("viec/{thing}/thu-hoi", unassign, DESK),
    act("viec/{thing}/lien-ket", answer_link, DESK),
    act("noi-dung", add_claim, DESK),
    act("noi-dung/{thing}", change_claim, DESK),
    act("noi-dung/{thing}/bo", drop_claim, DESK),
    act("noi-dung/{thing}/ket-luan", judge, DESK),
    act("xac-minh", find, DESK, uploads=True),
    act("ket-luan", conclude, DESK),
    act("xac-minh-lai", reverify, DESK),
    act("khac-phuc", add_remedy, DESK),
    act("khac-phuc/{thing}/xong", finish_remedy, DESK, uploads=True),
    act("khac-phuc/{thing}/bo", drop_remedy, DESK),
)
