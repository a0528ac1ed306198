"""What each of the nine papers says of a case; the words around it stand in ``reports/papers``."""

from __future__ import annotations

from collections.abc import Callable

from monitor.desk import bodies_in, bodies_out
from monitor.desk.draft import Draft
from monitor.model.paper import PaperBody, PaperKind

_BODIES: dict[PaperKind, Callable[[Draft], PaperBody]] = {
    PaperKind.REQUEST_LETTER: bodies_out.request,
    PaperKind.RESPONSE_TEXT: bodies_out.response,
    PaperKind.REMINDER: bodies_out.reminder,
    PaperKind.PETITION: bodies_out.petition,
    PaperKind.SUBMISSION: bodies_in.submission,
    PaperKind.ASSIGNMENT: bodies_in.assignment,
    PaperKind.VERIFICATION_REPORT: bodies_in.verification,
    PaperKind.MINUTES: bodies_in.minutes,
    PaperKind.REMEDY_NOTICE: bodies_out.remedy,
}


def body(of: Draft) -> PaperBody:
    """The body of the paper's kind. Raises RefusedError where it is about a request and none is named."""
    return _BODIES[of.paper.kind](of)
