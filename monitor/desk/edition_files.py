"""An edition as a file in each form, for the one who asks."""

from __future__ import annotations

from monitor.desk import digest_files, editions
from monitor.desk import edition_content as contents
from monitor.desk import edition_rights as rights
from monitor.desk.sitting import Sitting
from monitor.model.edition import EditionState
from monitor.report import FORMS as TEXTS
from monitor.report import build_edition


def of_edition(sitting: Sitting, ident: str, form: str) -> bytes:
    """The edition in one of ``digest_files.FORMS``: a draft as it is stored now, an approved one as it was frozen.

    Who may not see one of its items has it without that. Raises as ``editions.rendered`` and ``digest_files.made`` do.
    """
    if form in TEXTS:
        return editions.rendered(sitting, ident, form).encode()
    found = rights.stored(sitting, ident)
    if found.state is EditionState.DRAFT:
        return digest_files.made(sitting.home, editions.preview(sitting, ident), form)
    content = contents.intact(sitting, found).content
    return digest_files.made(sitting.home, build_edition(content, without=rights.hidden_in(sitting, found)), form)
