"""The digest (điểm tin): rows and a period -> Digest -> HTML, Markdown, JSON. Pure: no clock, network or store.

articles -> build_digest (reprints, sections, summaries, counts) -> Digest -> render_digest -> text
"""

from monitor.report.digest import build_digest
from monitor.report.edition import build_edition
from monitor.report.output import FORMS, render_digest
from monitor.report.summary import summarise

__all__ = ["FORMS", "build_digest", "build_edition", "render_digest", "summarise"]
