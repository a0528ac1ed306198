"""The digest in the forms people and programs ask for; the layout is the templates' in ``reports/``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.errors import UsageError
from monitor.model.digest import Digest
from monitor.render import render
from monitor.report.data import as_json
from monitor.report.view import view
from monitor.report.words import markdown

FORMS = ("html", "md", "json")


def render_digest(digest: Digest, form: str, *, folders: tuple[Path, ...], topics: Mapping[str, str]) -> str:
    """The digest as "html" (one file, no script, nothing loaded from outside), "md" or "json".

    ``folders`` are looked through for ``digest.html`` and ``digest.md``, the office's own first; ``topics``
    maps T01 … to names. Raises UsageError for another form, ConfigError for a template that is missing or broken.
    """
    if form == "json":
        return as_json(digest, topics)
    if form == "html":
        return render(folders, "digest.html", digest=view(digest, topics, str))
    if form == "md":
        return render(folders, "digest.md", digest=view(digest, topics, markdown))
    raise UsageError("digest_form", form=form, forms=", ".join(FORMS))
