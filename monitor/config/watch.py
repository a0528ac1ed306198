"""``rules/watch.yaml``: when pages are looked at again, and by which words a page is understood."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.watch import CorrectionPart
from monitor.model.watching import NoticeWords, OutletNotices, PageWords, Rhythm, WatchSettings
from monitor.text import clean, one_tone_spelling

FILE = "watch.yaml"
_RHYTHM = (
    "case_minutes", "story_minutes", "confirm_minutes", "confirm_looks", "retry_minutes", "near_due_hours",
    "near_due_minutes", "days_after_case", "story_days", "stories", "notice_minutes", "notices_per_round",
    "notice_days",
)  # fmt: skip
_PAGE = tuple(PageWords.__dataclass_fields__)
_NOTICE = tuple(NoticeWords.__dataclass_fields__)
_STORIES = ("attention", "neg", "all")
_YEAR = 366 * 24 * 60


def load_watch(folders: tuple[Path, ...]) -> WatchSettings:
    """``watch.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _watch)


def _watch(text: str, file: str) -> WatchSettings:
    top = Table(file, compose(text, file), ("rhythm", "page", "notice", "outlets"))
    return WatchSettings(
        rhythm=_rhythm(_part(top, "rhythm", _RHYTHM)),
        page=_page(_part(top, "page", _PAGE)),
        notice=_notice(_part(top, "notice", _NOTICE)),
        outlets=_outlets(top),
    )


def _part(top: Table, key: str, allowed: tuple[str, ...]) -> Table:
    found = top.table(key, allowed)
    if found is None:
        raise top.wrong("config_missing_key", key)
    return found


def _rhythm(table: Table) -> Rhythm:
    minutes = fields.whole(1, _YEAR)

    def span(key: str) -> timedelta:
        return timedelta(minutes=table.take(key, minutes))

    def steps(key: str) -> tuple[timedelta, ...]:
        found = tuple(timedelta(minutes=one) for one in table.values(key, minutes))
        if not found:
            raise table.wrong("config_missing_key", key)
        if list(found) != sorted(found):
            raise table.wrong("config_not_widening", key)
        return found

    return Rhythm(
        case_steps=steps("case_minutes"),
        story_steps=steps("story_minutes"),
        confirm_after=span("confirm_minutes"),
        confirm_looks=table.take("confirm_looks", fields.whole(2, 10)),
        retry_after=span("retry_minutes"),
        near_due=timedelta(hours=table.take("near_due_hours", fields.whole(0, 24 * 60))),
        near_due_every=span("near_due_minutes"),
        days_after_case=table.take("days_after_case", fields.whole(0, 3660)),
        story_days=table.take("story_days", fields.whole(0, 3660)),
        stories=frozenset(table.values("stories", _story_kind)),
        notices_per_round=table.take("notices_per_round", fields.whole(0, 100)),
        notice_every=span("notice_minutes"),
        notice_days=table.take("notice_days", fields.whole(0, 3660)),
    )


def _story_kind(value: object) -> str:
    wanted = fields.text(value)
    if wanted not in _STORIES:
        raise fields.Wrong("config_not_choice", value=wanted, allowed=", ".join(_STORIES))
    return wanted


def _phrase(value: object) -> str:
    """Words to look for: as texts are made before they are compared."""
    return one_tone_spelling(fields.text(value)).casefold()


def _words(table: Table, key: str) -> tuple[str, ...]:
    found = table.values(key, _phrase)
    if not found:
        raise table.wrong("config_missing_key", key)
    return tuple(dict.fromkeys(found))


def _page(table: Table) -> PageWords:
    return PageWords(
        gone=_words(table, "gone"),
        busy=_words(table, "busy"),
        walled=_words(table, "walled"),
        line_starts=_words(table, "line_starts"),
        line_holds=_words(table, "line_holds"),
        selling=_words(table, "selling"),
    )


def _notice(table: Table) -> NoticeWords:
    return NoticeWords(
        legal_title=clean(table.take("legal_title", fields.text)),
        # The longest first: "đính chính thông tin" is not "đính chính" with something behind it.
        headings=tuple(sorted(_words(table, "headings"), key=len, reverse=True)),
        not_headings=_words(table, "not_headings"),
        speakers=_words(table, "speakers"),
        acts=_words(table, "acts"),
        asked_by_others=_words(table, "asked_by_others"),
        false_marks=_words(table, "false_marks"),
        right_marks=_words(table, "right_marks"),
        apology_marks=_words(table, "apology_marks"),
        column_marks=_words(table, "column_marks"),
        wanted=tuple(dict.fromkeys(table.values("wanted", fields.choice(CorrectionPart)))),
    )


def _outlets(top: Table) -> tuple[OutletNotices, ...]:
    found: dict[str, OutletNotices] = {}
    for table in top.tables("outlets", ("outlet", "url")):
        outlet = table.take("outlet", fields.slug)
        url = table.take("url", fields.url)
        if outlet in found:
            raise table.wrong("config_doubled_id", "outlet", value=outlet, first=top.line_of("outlets"))
        found[outlet] = OutletNotices(outlet=outlet, url=url)
    return tuple(found.values())
