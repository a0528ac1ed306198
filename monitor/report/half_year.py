"""The report's figures laid into tables and sections: what was counted in three periods, side by side.

tally of the period, of the one before, of cùng kỳ ──▶ Figure ──▶ Table ──▶ Section I–X
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.labels import label, of
from monitor.model.case import CaseVerdict, Closing
from monitor.model.edition import Series
from monitor.model.paper import PaperKind
from monitor.model.report import Figure, Lateness, OutletGroup, Section, Table
from monitor.model.tag import Tone
from monitor.report.half_year_items import NONE, REST
from monitor.report.half_year_told import Reported

_PRESS = ("items", "topic", "tone", "unit")


def part_of(key: str) -> str:
    """Of which part of the data a figure is: "press", "editions" or "cases"."""
    part = key.partition(".")[0]
    return "press" if part in _PRESS else "editions" if part == "editions" else "cases"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a period counts by key, and of what there was no data yet: "press", "editions", "cases"."""

    counts: Mapping[str, int]
    missing: frozenset[str] = frozenset()
    hidden: Mapping[str, int]

    def of(self, key: str) -> int | None:
        """The count, None where nothing was recorded then."""
        return None if part_of(key) in self.missing else self.counts.get(key, 0)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The period's tally beside that of the one before and of cùng kỳ."""

    now: Tally
    previous: Tally
    last_year: Tally

    def figure(
        self, key: str, said: str = "", *, total: str = "", cells: tuple[Figure, ...] = (), note: str = ""
    ) -> Figure:
        """A figure; with ``total`` its share of that one, where there is any."""
        count = self.now.counts.get(key, 0)
        whole = self.now.counts.get(total, 0)
        return Figure(
            key=key, label=said or _named(key), count=count, previous=self.previous.of(key),
            last_year=self.last_year.of(key), share=round(100 * count / whole, 2) if whole else None, cells=cells,
            hidden=self.now.hidden.get(key, 0), note=note,
        )  # fmt: skip

    def table(self, ident: str, keys: Iterable[str], total: str = "", *, sums: bool = True) -> Table:
        """A table of these keys under the wording of its id; it says that rows overlap where they do."""
        return Table(
            id=ident, title=label("half_year", f"table_{ident}"), note=_note(ident),
            rows=tuple(self.figure(key) for key in keys), total=self.figure(total) if total else None,
            sums=bool(total) and sums,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names for people: topics by id, bodies by key ("unit.ld"), bodies by id for who was late."""

    topics: Mapping[str, str]
    bodies: Mapping[str, str]
    units: Mapping[str, str]


def sections(
    found: Beside, months: tuple[str, ...], names: Names, reported: Reported | None = None
) -> tuple[Section, ...]:
    """The sections I–X with their tables; ``reported`` are the figures that are told, not counted."""
    told = reported or Reported()
    filled = {
        "I": (_papers(found),),
        "II": (_items(found, months), _own(found), _topics(found, names), _tones(found), _bodies(found, names),
               found.table("editions", [f"editions.{one.value}" for one in Series], "editions.total")),
        "III": _cases(found),
        "IV": (
            found.table("remedy_in", ("remedy.carried_in", "remedy.added"), "remedy.total"),
            found.table("remedy_out", [f"remedy.{key}" for key in ("in_time", "late", "dropped", "open")],
                        "remedy.total"),
            found.table("remedy_overdue", ("remedy.overdue",)),
        ),
        "V": (
            found.table("request_in", ("request.carried_in", "request.sent"), "request.total"),
            found.table("request_out", ("request.settled", "request.open"), "request.total"),
            found.table("request_results", [f"request.{key}" for key in _RESULTS], "request.total", sums=False),
            found.table("corrections_other", ("correction.other",)),
        ),
        "VI": (_official(found, told),),
        "VII": _programme(told),
        "VIII": (_late(found, names),),
    }  # fmt: skip
    return tuple(
        Section(
            number=number, title=label("half_year", f"section_{number.lower()}"), tables=filled.get(number, ()),
            note="" if filled.get(number) else _empty(number),
        )
        for number in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    )  # fmt: skip


def _empty(number: str) -> str:
    return label("half_year", "empty_programme" if number == "VII" else "empty_text")


_RESULTS = (
    "corrected_in_time", "corrected_late", "corrected_badly", "apologised", "response", "answered", "taken_down",
    "rerun", "authority", "refused", "silent", "nothing", "passed_on",
)  # fmt: skip


def _items(found: Beside, months: tuple[str, ...]) -> Table:
    def cells(key: str) -> tuple[Figure, ...]:
        return tuple(
            found.figure(f"{key}.{m}", label("half_year", "in_month", month=m[5:], year=m[:4])) for m in months
        )

    rows = tuple(
        found.figure(f"items.{one.value}", of(one), total="items.total", cells=cells(f"items.{one.value}"))
        for one in OutletGroup
        if one is not OutletGroup.UNKNOWN or found.now.counts.get("items.unknown")
    )
    total = found.figure("items.total", cells=cells("items.month"))
    return Table(id="items", title=label("half_year", "table_items"), note=_note("items"), rows=rows, total=total,
                 sums=True)  # fmt: skip


def _own(found: Beside) -> Table:
    return found.table("own", ("items.own",))


def _topics(found: Beside, names: Names) -> Table:
    none = f"topic.{NONE}"
    used = {key for key in found.now.counts if key.startswith("topic.") and key not in ("topic.total", none)}
    ordered = sorted({*used, *(f"topic.{ident}" for ident in names.topics)})
    rows = [found.figure(key, names.topics.get(key[6:], key[6:]), total="topic.total") for key in ordered]
    rows.append(found.figure(none, total="topic.total"))
    return Table(id="topics", title=label("half_year", "table_topics"), note=_note("topics"), rows=tuple(rows),
                 total=found.figure("topic.total"), sums=True)  # fmt: skip


def _tones(found: Beside) -> Table:
    keys = [(f"tone.{one.value}", of(one)) for one in Tone]
    if found.now.counts.get(f"tone.{NONE}"):
        keys.append((f"tone.{NONE}", ""))
    rows = tuple(found.figure(key, said, total="tone.total") for key, said in keys)
    return Table(id="tones", title=label("half_year", "table_tones"), note=_note("tones"), rows=rows,
                 total=found.figure("tone.total"), sums=True)  # fmt: skip


def _bodies(found: Beside, names: Names) -> Table:
    rows = tuple(found.figure(key, name) for key, name in names.bodies.items())
    if found.now.counts.get(f"unit.{REST}"):
        rows = (*rows, found.figure(f"unit.{REST}"))
    return Table(id="bodies", title=label("half_year", "table_bodies"), note=_note("bodies"), rows=rows,
                 total=found.figure("unit.total"))  # fmt: skip


def _cases(found: Beside) -> tuple[Table, ...]:
    verdicts = [one.value for one in CaseVerdict]
    ends = [*verdicts, *(one.value for one in Closing if one is not Closing.CONCLUDED), "carried_over"]
    came = ("balance.carried_in", "balance.opened", "balance.reopened")
    return (
        found.table("balance_in", came, "balance.total"),
        found.table("balance_out", [f"balance.{one}" for one in ends], "balance.total"),
        found.table("carried_over", ("balance.carried_over.verdict", "balance.carried_over.unchecked"),
                    "balance.carried_over"),
        found.table("verdicts", [f"verdict.{one}" for one in (*verdicts, "open", "none")], "verdict.total"),
    )  # fmt: skip


def _papers(found: Beside) -> Table:
    """The papers that went out, by kind; a kind of which there was none in any of the three periods has no row."""
    tallies = (found.now, found.previous, found.last_year)
    keys = [f"papers.{kind.value}" for kind in PaperKind]
    return found.table("papers", [key for key in keys if any(one.of(key) for one in tallies)], "papers.total")


def _official(found: Beside, told: Reported) -> Table:
    """The six figures of the official form; the first five are what was reported."""
    rows = [
        told.official(f"official.{key}", label("half_year", f"official_{key}"))
        for key in ("1", "2", "3", "3_of", "4", "4_of", "5", "5_of")
    ]
    rows += [found.figure("official.6"), found.figure("official.6_of")]
    return Table(id="official", title=label("half_year", "table_official"), note=_note("official"), rows=tuple(rows))


def _programme(told: Reported) -> tuple[Table, ...]:
    rows = told.programme()
    title, note = label("half_year", "table_programme"), _note("programme")
    return (Table(id="programme", title=title, note=note, rows=rows),) if rows else ()


def _late(found: Beside, names: Names) -> Table:
    order = {one.value: n for n, one in enumerate(Lateness)}
    keys = [key for key in found.now.counts if key.startswith("late.") and key != "late.total"]

    def place(key: str) -> tuple[str, int]:
        unit, _, kind = key[5:].rpartition(".")
        return names.units.get(unit, ""), order[kind]

    rows = []
    for key in sorted(keys, key=place):
        unit, _, kind = key[5:].rpartition(".")
        name = names.units.get(unit) or label("half_year", "late_others")
        rows.append(found.figure(key, f"{name}: {of(Lateness(kind))}"))
    return Table(id="late", title=label("half_year", "table_late"), note=_note("late"), rows=tuple(rows),
                 total=found.figure("late.total"), sums=True)  # fmt: skip


def _named(key: str) -> str:
    """The wording of a key that has one of its own, or that of the enum it counts by."""
    part, _, rest = key.partition(".")
    if part == "papers" and rest in {one.value for one in PaperKind}:
        return of(PaperKind(rest))
    if part == "editions" and rest in {one.value for one in Series}:
        return of(Series(rest))
    if part in ("balance", "verdict") and rest in {one.value for one in CaseVerdict}:
        return of(CaseVerdict(rest))
    if part == "balance" and rest in {one.value for one in Closing}:
        return of(Closing(rest))
    return label("half_year", key.replace(".", "_").replace(NONE, "none"))


def _note(ident: str) -> str:
    return label("half_year", f"note_{ident}") if ident in _NOTED else ""


_NOTED = (
    "papers", "programme", "items", "topics", "tones", "bodies", "balance_in", "balance_out", "verdicts", "remedy_out",
    "request_results",
    "corrections_other", "official", "late",
)  # fmt: skip
