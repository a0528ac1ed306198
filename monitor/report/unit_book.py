"""A unit's report as a workbook: handed out, filled in by a clerk, read back whole or refused with every mistake.

rules, figures ──as_book──▶ .xlsx ──mail, a clerk, mail──▶ read_book ──▶ BookRead
"""

from monitor.report.unit_book_in import BookRead, read_book, without_notes
from monitor.report.unit_book_layout import FORM, TOTAL
from monitor.report.unit_book_out import as_book

__all__ = ["FORM", "TOTAL", "BookRead", "as_book", "read_book", "without_notes"]
