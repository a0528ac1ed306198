"""A digest as a file in each of its forms: page, Word, PDF, Markdown, JSON.

Digest ──▶ html, md, json (render_digest) │ docx (digest_docx) ──▶ pdf (LibreOffice, else a browser prints the page)
"""

from __future__ import annotations

from monitor.config import Home
from monitor.config.layout import load_layout
from monitor.desk import pdf, pdf_browser
from monitor.errors import UsageError
from monitor.jobs.reading import book
from monitor.model.digest import Digest
from monitor.report import FORMS as TEXTS
from monitor.report import render_digest
from monitor.report.digest_docx import digest_docx

MEDIA = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "json": "application/json",
}
FORMS = tuple(MEDIA)


def made(home: Home, digest: Digest, form: str, timeout: float = pdf.TIMEOUT) -> bytes:
    """The digest in one of ``FORMS``; text in UTF-8. A PDF may take ``timeout`` seconds.

    Raises UsageError for another form, ConfigError for a template that does not work, MonitorError where no PDF can be
    made (``pdf_no_program``, ``pdf_too_slow``, ``pdf_failed``, ``pdf_browser_failed``).
    """
    if form not in FORMS:
        raise UsageError("digest_form", form=form, forms=", ".join(FORMS))
    topics = book(home.rules).topics

    def page(text_form: str = "html") -> str:
        return render_digest(digest, text_form, folders=home.reports, topics=topics)

    def word() -> bytes:
        return digest_docx(digest, templates=home.reports, layout=load_layout(home.rules), topics=topics)

    if form in TEXTS:
        return page(form).encode()
    return word() if form == "docx" else pdf_browser.to_pdf(word, page, timeout)
