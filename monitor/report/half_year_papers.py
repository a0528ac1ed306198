"""The papers of ours that went out in a period, by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from monitor.clock import local
from monitor.labels import of
from monitor.model.case import Case
from monitor.model.people import FEDERATION
from monitor.model.report import ListRow
from monitor.report.half_year_cases import Lists


def papers(cases: Iterable[Case], start: datetime, end: datetime) -> Lists:
    """The federation's own papers by the moment they were issued; a unit's letter is the unit's, a copy no paper."""
    lists: Lists = defaultdict(list)
    for case in cases:
        for paper in case.papers:
            if paper.copy or paper.issuer != FEDERATION or not (paper.issued and start <= paper.issued < end):
                continue
            row = ListRow(
                id=f"{case.id}/{paper.id}", day=paper.dated or local(paper.issued).date(),
                text=" – ".join(filter(None, (of(paper.kind), paper.sign if paper.number else "", paper.subject))),
                link=f"/vu-viec/{case.id}/van-ban/{paper.id}", case=case.id,
            )  # fmt: skip
            lists[f"papers.{paper.kind.value}"].append(row)
            lists["papers.total"].append(row)
    return lists
