"""Việc của tôi: what waits for who is signed in."""

from __future__ import annotations

from starlette.responses import Response

from monitor import labels
from monitor.desk import mine
from monitor.desk.mine import Task, TaskKind
from monitor.desk.unit_tasks import OwnTask, UnitTasks, unit_tasks
from monitor.errors import ConfigError
from monitor.labels import label, of
from monitor.web.route import EVERYBODY, get
from monitor.web.visit import Visit

_SHOWN = 25
"""How many of a kind the page shows; the rest is one click away, and all are in the Excel file."""
_DUE = (TaskKind.OVERDUE, TaskKind.SOON)
_PAPERS = (TaskKind.SIGN, TaskKind.NUMBER, TaskKind.RECEIPT, TaskKind.RETURNED)
_COLUMNS = ("kind", "case", "title", "what", "due", "since", "who", "rests")


def tasks(v: Visit) -> Response:
    """The page, or its list as an Excel file."""
    days = v.whole("ngay", 7, most=90)
    groups = mine.mine(v.at, days=days)
    reports, broken = _reports(v)
    if v.wants_sheet:
        return v.sheet(
            "viec-cua-toi",
            label("web_tasks", "title_page"),
            [label("web_tasks", one) for one in _COLUMNS],
            [*(_report(one) for one in reports.own), *(_row(kind, t) for kind, all_ in groups for t in all_)],
        )
    notes = sorted({task.note for _, group in groups for task in group if task.note})
    only = v.query.get("nhom", "")
    cut = {kind: all_ if kind.value == only else all_[:_SHOWN] for kind, all_ in groups if only in ("", kind.value)}
    return v.page(
        "tasks.html", cut=cut, only=only, notes=notes, groups=groups, days=days, due=_DUE, path=path,
        total=sum(len(group) for _, group in groups), reports=reports, broken=broken,
    )  # fmt: skip


def _reports(v: Visit) -> tuple[UnitTasks, bool]:
    """What of the units' reports waits; or that their rules cannot be read, which is no reason to hide all else."""
    try:
        return unit_tasks(v.at), False
    except ConfigError:
        return UnitTasks(), True


def path(task: Task) -> str:
    """Where the thing is done."""
    if task.kind in _PAPERS:
        return f"/vu-viec/{task.case}/van-ban/{task.thing}"
    return f"/vu-viec/{task.case}" + (f"#{task.thing}" if task.thing else "")


def _row(kind: TaskKind, task: Task) -> tuple[object, ...]:
    dated = kind in _DUE
    rests = label("web_tasks", "law" if task.law else "office") if dated else ""
    return (
        labels.of(kind), task.case, task.title, task.what, task.at if dated else task.due, None if dated else task.at,
        task.who, rests,
    )  # fmt: skip


def _report(one: OwnTask) -> tuple[object, ...]:
    what = f"{of(one.standing)}: {one.remark}" if one.remark else of(one.standing)
    kind, rests = label("web_tasks", "unit_report"), label("web_tasks", "office")
    return kind, "", one.span.name, what, one.due, None, one.unit.name, rests


PAGES = (get("/viec", tasks, EVERYBODY),)
