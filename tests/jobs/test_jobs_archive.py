"""Archives in and out: bad lines cost nothing, running again stores nothing twice, everything comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from press_server import NOW, Press, outlet, write_home

from monitor import clock
from monitor.config import Home
from monitor.jobs.collect import collect
from monitor.jobs.exporting import export_articles
from monitor.jobs.importing import import_archive
from monitor.jobs.searching import search, split
from monitor.store import articles
from monitor.store.db import opened

NO_FIELDS: dict[str, str | None] = {}


@pytest.fixture
def home(root: Path) -> Home:
    return write_home(root, outlet("tin24", "{feed: http://tin24.test/rss/home.rss}"))


def row(n: int, **what: Any) -> dict[str, Any]:
    return {
        "url": f"http://tin24.test/bai-{n}.html",
        "outlet": "Báo cũ",
        "title": f"Công đoàn cơ sở số {n} họp với công nhân",
        "published": "2026-11-08T07:30:00+07:00",
        "summary": "Tóm tắt.",
        "body": "Đoạn một.\nĐoạn hai.",
    } | what


def lines(*rows: object) -> list[str]:
    return [json.dumps(one, ensure_ascii=False) + "\n" for one in rows]


def exported(home: Home, since: str | None = None, until: str | None = None) -> list[dict[str, Any]]:
    start = clock.day_bounds(date.fromisoformat(since))[0] if since else None
    end = clock.day_bounds(date.fromisoformat(until))[1] if until else None
    return list(export_articles(home, start, end))


def test_what_goes_in_comes_out_tagged(home: Home) -> None:
    report = import_archive(home, lines(row(1), row(2, title="Chợ hoa họp sớm", body="Hoa.", summary="")))
    assert (report.stored, report.known, report.bad) == (2, 0, ())
    first, second = exported(home)
    assert first["url"] == "http://tin24.test/bai-1.html"
    assert first["outlet"] == "Báo cũ"
    assert first["published"] == "2026-11-08T07:30:00+07:00"
    assert (first["completeness"], first["fetched"]) == ("imported", None)
    assert (first["relevance"], second["relevance"]) == ("union", "none")
    with opened(home.database) as db:
        kept = {a.title: a for a in articles.between(db)}
    assert kept["Công đoàn cơ sở số 1 họp với công nhân"].text == "Đoạn một.\nĐoạn hai."


def test_importing_again_stores_nothing_twice(home: Home) -> None:
    archive = lines(*(row(n) for n in range(450)))
    assert import_archive(home, archive).stored == 450
    again = import_archive(home, archive)
    assert (again.stored, again.known) == (0, 450)
    assert len(exported(home)) == 450


def test_an_import_that_broke_off_goes_on_where_it_was(home: Home) -> None:
    archive = lines(*(row(n) for n in range(500)))

    def breaks_off() -> Iterator[str]:
        yield from archive[:430]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_archive(home, breaks_off())
    kept = len(exported(home))
    assert 200 <= kept < 430
    report = import_archive(home, archive)
    assert (report.stored, report.known) == (500 - kept, kept)
    assert len(exported(home)) == 500


def test_two_lines_of_one_article_are_one(home: Home) -> None:
    report = import_archive(
        home, lines(row(1), row(1, url="https://www.tin24.test/bai-1.html?utm_source=x"), row(1, title="Tít khác"))
    )
    assert (report.stored, report.known) == (1, 2)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "not json",
        "[1, 2]",
        '"text"',
        "null",
        "[" * 100_000,
        '{"n": ' + "1" * 5000 + "}",
        '{"title": 5}',
        '{"title": "x", "url": ["y"]}',
        '{"title": "x", "url": "ftp://a.test/b"}',
        '{"title": "x", "url": "javascript:alert(1)"}',
        '{"title": "x", "url": "http://"}',
        '{"title": "x", "url": "http://[::1"}',
        '{"title": "x", "url": "http://a.test:99999/"}',
        '{"title": "", "body": " "}',
        "{}",
        '{"title": "x", "published": "hôm qua"}',
        '{"title": "x", "published": 1793000000}',
        '{"title": "x", "body": {"p": 1}}',
    ],
)
def test_a_bad_line_is_told_by_its_number_and_costs_the_others_nothing(home: Home, line: str) -> None:
    report = import_archive(home, [*lines(row(1)), "\n", line + "\n", *lines(row(2))])
    assert report.stored == 2
    ((number, problem),) = report.bad
    assert number == 3
    assert len(problem) > 10


def test_half_a_character_and_invisible_ones_are_survived(home: Home) -> None:
    odd = '{"title": "Công đo\\ud800àn \\u202e\\u0000họp", "url": "http://a.test/\\ud800/9.html", "body": "\\udfff"}'
    report = import_archive(home, ["\ufeff" + lines(row(1))[0], odd])
    assert report.stored + len(report.bad) == 2
    assert report.stored >= 1
    json.dumps(exported(home), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-11-08T05:20:00+07:00", "2026-11-08T05:20:00+07:00"),
        ("2026-11-07T22:20:00Z", "2026-11-08T05:20:00+07:00"),
        ("Sun, 08 Nov 2026 05:20:00 +07", "2026-11-08T05:20:00+07:00"),
        ("Sun, 08 Nov 26 05:20:00 +0700", "2026-11-08T05:20:00+07:00"),
        ("11/8/2026 5:20:00\u202fAM", "2026-11-08T05:20:00+07:00"),
        ("08/11/2026 05:20", "2026-11-08T05:20:00+07:00"),
        ("2026-11-08 05:20", "2026-11-08T05:20:00+07:00"),
        ("2026-11-08", "2026-11-08T00:00:00+07:00"),
        ("", None),
        (None, None),
    ],
)
def test_times_are_read_in_every_dialect_and_leave_as_iso(home: Home, said: str | None, meant: str | None) -> None:
    import_archive(home, lines(row(1, published=said)))
    assert exported(home)[0]["published"] == meant


def test_items_without_an_address_are_kept_by_their_words(home: Home) -> None:
    radio = [row(n, url=None, outlet="Đài tỉnh") for n in (1, 2)]
    nameless = {"title": "Bản tin phát thanh sáng"}
    assert import_archive(home, lines(*radio, nameless)).stored == 3
    assert import_archive(home, lines(*radio, nameless)).known == 3
    assert [found["url"] for found in exported(home)] == [None] * 3
    assert len({found["id"] for found in exported(home)}) == 3
    # The same words on another day are another item.
    assert import_archive(home, lines(row(1, url=None, outlet="Đài tỉnh", published="2026-11-09"))).stored == 1


def test_a_round_does_not_announce_again_what_was_imported(root: Path) -> None:
    with Press() as press:
        item = press.grow(2)[0]
        home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
        import_archive(home, lines(row(1, url=press.url(item))))
        report = collect(home)
        assert report.sources[0].new == 1
        assert len(exported(home)) == 2


def test_an_archive_goes_in_while_a_round_is_under_way(root: Path) -> None:
    with Press(feed_size=40) as press:
        press.grow(40)
        home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
        archive = lines(*(row(n) for n in range(1000, 1400)))
        reports = []

        def during(progress: object) -> None:
            if not reports:
                reports.append(import_archive(home, archive))

        assert collect(home, progress=during).pages == 40
    assert reports[0].stored == 400
    assert len(exported(home)) == 440


def test_everything_comes_out_the_irrelevant_too_and_only_once(root: Path) -> None:
    with Press() as press:
        press.grow(3, ours=False)
        press.grow(3)
        home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
        collect(home)
        rows = exported(home)
        assert {found["url"] for found in rows} == {press.url(item) for item in press.items}
    assert len(rows) == 6
    assert {found["relevance"] for found in rows} == {"none", "union"}
    assert list(rows[0]) == [
        *("id", "url", "outlet", "title", "published", "fetched", "completeness", "relevance", "topics", "places"),
        *("tone", "attention", "story", "corrected"),
    ]
    for found in rows:
        for name in ("published", "fetched"):
            assert found[name].endswith("+07:00")
            assert datetime.fromisoformat(found[name])
        assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_days_bound_what_comes_out_by_the_office_s_clock(home: Home) -> None:
    for n, at in enumerate(
        (
            "2026-11-07T23:59:59+07:00",
            "2026-11-08T00:00:00+07:00",
            "2026-11-08T23:59:59+07:00",
            "2026-11-09T00:00:00+07:00",
        )
    ):
        import_archive(home, lines(row(n, published=at)))
    numbers = lambda **span: [int(found["url"][-6]) for found in exported(home, **span)]  # noqa: E731
    assert numbers() == [0, 1, 2, 3]
    assert numbers(since="2026-11-08") == [1, 2, 3]
    assert numbers(until="2026-11-08") == [0, 1, 2]
    assert numbers(since="2026-11-08", until="2026-11-08") == [1, 2]


def test_undated_items_are_bounded_by_when_they_were_found(home: Home, surroundings: pytest.MonkeyPatch) -> None:
    import_archive(home, lines(row(1, published=None)))
    surroundings.setenv("MONITOR_NOW", (NOW + timedelta(days=2)).isoformat())
    import_archive(home, lines(row(2, published=None)))
    today = clock.local(NOW).date().isoformat()
    assert [found["url"][-6] for found in exported(home, since=today, until=today)] == ["1"]


# A typed query.


@pytest.mark.parametrize(
    ("typed", "words", "fields"),
    [
        ("nợ lương", "nợ lương", {}),
        ('nợ lương nơi:"Lào Cai"', "nợ lương", {"place": "Lào Cai"}),
        ("báo:tin24 chủ-đề:T06 từ:2026-11-01 đến:2026-11-08", "", {
            "outlet": "tin24", "topic": "T06", "since": "2026-11-01", "until": "2026-11-08",
        }),
        ("bao:tin24 noi:X tu:1 den:2 x", "x", {"outlet": "tin24", "place": "X", "since": "1", "until": "2"}),
        ("BÁO:tin24", "", {"outlet": "tin24"}),
        ("https://a.test/b", "https://a.test/b", {}),
        ("lúc 14:30", "lúc 14:30", {}),
        ("a:b", "a:b", {}),
        ('nơi:""', "", {"place": ""}),
    ],
)  # fmt: skip
def test_fields_may_be_typed_among_the_words(typed: str, words: str, fields: dict[str, str]) -> None:
    assert split(typed) == (words, fields)


def test_a_search_answers_with_articles_and_names_of_outlets(home: Home) -> None:
    import_archive(home, lines(row(1), row(2, outlet="tin24")))
    found = search(home, "cong doan", fields=NO_FIELDS, limit=5)
    assert {hit.outlet_name for hit in found} == {"Báo cũ", "tin24"}
    assert len(search(home, 'báo:"Báo cũ" công đoàn', fields=NO_FIELDS, limit=5)) == 1
    assert len(search(home, "công đoàn", fields={"outlet": "Báo cũ"}, limit=5)) == 1
    assert search(home, "công đoàn", fields={"since": "2026-11-09"}, limit=5) == []
    assert len(search(home, "công đoàn", fields={"until": "08/11/2026"}, limit=5)) == 2


def test_an_option_wins_over_what_was_typed(home: Home) -> None:
    import_archive(home, lines(row(1)))
    assert search(home, "công đoàn báo:khac", fields={"outlet": "Báo cũ"}, limit=5)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"since": "hôm qua"}, "bad_date"),
        ({"until": "2026-02-30"}, "bad_date"),
        ({"until": "9999-12-31"}, "bad_date"),
        ({"topic": "T99"}, "unknown_topic"),
        ({"place": "Atlantis"}, "unknown_place"),
    ],
)
def test_a_field_that_cannot_be_is_told(home: Home, fields: dict[str, str | None], key: str) -> None:
    from monitor.errors import UsageError
    from monitor.labels import wording

    with pytest.raises(UsageError) as caught:
        search(home, "x", fields=fields, limit=5)
    assert caught.value.key == key
    assert next(iter(fields.values())) in wording(caught.value)


def test_a_place_by_its_old_name_or_its_present_one_with_accents_or_without(home: Home) -> None:
    import_archive(
        home, lines(row(1, title="Công đoàn tỉnh Yên Bái họp", body="Tại thành phố Yên Bái.", published="2024-03-01"))
    )
    for name in ("Yên Bái", "yen bai", "Lào Cai", "lao cai", "LÀO CAI"):
        assert len(search(home, "", fields={"place": name}, limit=5)) == 1, name
    assert search(home, "", fields={"place": "Hà Nội"}, limit=5) == []
