"""A digest as a mail: a page of one column with its styles in place, and the same as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.model.digest import Digest
from monitor.render import render
from monitor.report.view import view


def render_mail(
    digest: Digest, *, folders: tuple[Path, ...], topics: Mapping[str, str], note: str = ""
) -> tuple[str, str]:
    """The mail's page and its text, by ``mail/digest.html`` and ``mail/digest.txt`` of ``folders``.

    ``note`` says by what a reader's mail was chosen. Raises ConfigError for a template that is missing or broken.
    """
    told = view(digest, topics, str)
    html = render(folders, "mail/digest.html", digest=told, note=note)
    return html, render(folders, "mail/digest.txt", digest=told, note=note)
