"""The one-time answer form: one question, answered by a body that never signs in. No page here knows who looks."""

from __future__ import annotations

from starlette.responses import Response

from monitor import clock
from monitor.config import load_settings
from monitor.desk import access
from monitor.desk.answering import MOST_FILES, MOST_TEXT
from monitor.errors import RefusedError
from monitor.labels import wording
from monitor.model.access import AnswerForm
from monitor.web.route import PUBLIC, get, post
from monitor.web.visit import Visit

_GONE = 410


def page(v: Visit) -> Response:
    """The question and the form, or why the link is over and whom to ask."""
    _nobody(v)
    try:
        asked = access.answer_form(v.home, v.db, v.part("secret"), v.now)
    except RefusedError as error:
        return _over(v, error)
    return _quiet(
        v.page(
            "answer.html", asked=asked, secret=v.part("secret"), most_files=MOST_FILES, most_text=MOST_TEXT,
            late=asked.due < clock.local(v.now).date(),
        )
    )  # fmt: skip


def answer(v: Visit) -> Response:
    """Takes the answer in; the page that says so is there this once, to be printed."""
    _nobody(v)
    secret, files = v.part("secret"), v.form.uploads("files")
    try:
        asked = access.answer_form(v.home, v.db, secret, v.now)
    except RefusedError as error:
        return _over(v, error)
    said = {name: v.form.text(name) for name in ("name", "title", "phone", "text")}
    access.answer(v.home, v.db, secret, **said, files=[one.path for one in files], now=v.now)
    return _receipt(v, asked, said, [(one.name, one.size) for one in files])


def _receipt(v: Visit, asked: AnswerForm, said: dict[str, str], files: list[tuple[str, int]]) -> Response:
    return _quiet(v.page("answer-done.html", asked=asked, said=said, files=files))


def _over(v: Visit, error: RefusedError) -> Response:
    v.status, v.wrong = _GONE, ""
    office = load_settings(v.home.rules).office
    return _quiet(v.page("answer-over.html", message=wording(error), office=office))


def _nobody(v: Visit) -> None:
    """The form is the same for everybody: who happens to be signed in sees no menu, and answers in nobody's name."""
    v.seated = None
    v.said = {}


def _quiet(answer: Response) -> Response:
    """No search engine keeps the address."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


PAGES = (
    get("/tra-loi/{secret}", page, PUBLIC),
    post("/tra-loi/{secret}", answer, PUBLIC, shown=page, uploads=True),
)
