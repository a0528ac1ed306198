"""The archive read again by changed rules: resumable, people's word kept, changes told, stories placed anew."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from press_server import NOW, Press, outlet, write_home

from monitor.config import Home
from monitor.errors import BusyError, UsageError
from monitor.jobs import correcting, reading
from monitor.jobs.collect import collect
from monitor.jobs.correcting import correct, undo
from monitor.jobs.importing import import_archive
from monitor.jobs.retag import RetagReport, retag
from monitor.model.article import Article
from monitor.model.correction import Field
from monitor.model.tag import Relevance, Tone
from monitor.store import articles
from monitor.store import stories as stories_store
from monitor.store.db import opened

OURS = "thợ lò ca kíp hầm mỏ phụ cấp độc hại xưởng sàng tuyển nghỉ giữa ca"
OTHERS = "hoa hậu sân khấu đêm nhạc vé xem ca sĩ thảm đỏ trang phục khán giả"


@pytest.fixture
def home(tmp_path: Path, surroundings: pytest.MonkeyPatch) -> Home:
    return write_home(tmp_path, outlet("tin24", "{feed: http://tin24.test/rss/home.rss}"))


def row(n: int, title: str, body: str) -> str:
    line: dict[str, Any] = {"url": f"http://tin24.test/bai-{n}.html", "outlet": "Báo thử", "title": title}
    return json.dumps(line | {"published": "2026-11-08T07:30:00+07:00", "body": body})


def filled(home: Home, count: int) -> None:
    """Articles on a game that no rule of ours knows yet."""
    import_archive(
        home, [row(n, f"Hội thi kéo sợi lần thứ {n}", f"Xưởng kéo sợi số {n} đông vui.") for n in range(count)]
    )


def teach(home: Home, word: str = "kéo sợi", ident: str = "labour.moi") -> None:
    """A further rule of the office; the rules' folder of each home is its own, so they are compiled anew."""
    file = home.root / "rules" / "labour.yaml"
    rule = (
        f"\n  - id: {ident}\n    kind: about\n    why: Thử.\n    weight: 9\n    words: [{word}]\n"
        f'    yes: ["Hội thi {word} khai mạc."]\n'
    )
    file.write_text(file.read_text(encoding="utf-8").rstrip() + rule, encoding="utf-8")
    reading.book.cache_clear()


def all_of(home: Home) -> list[Article]:
    with opened(home.database) as db:
        return list(articles.between(db))


def relevances(home: Home) -> list[str]:
    return [a.tagging.relevance.value for a in all_of(home) if a.tagging]


def test_nothing_changes_where_the_rules_are_the_same(home: Home) -> None:
    filled(home, 3)
    report = retag(home)
    assert (report.articles, report.changed, report.fields, report.resumed) == (3, 0, {}, False)


def test_a_new_rule_reaches_the_whole_archive_and_the_report_says_what_changed(home: Home) -> None:
    filled(home, 60)
    assert set(relevances(home)) == {"none"}
    teach(home)
    seen: list[tuple[int, int]] = []
    report = retag(home, progress=lambda done, total: seen.append((done, total)))
    assert set(relevances(home)) == {"labour"}
    assert (report.articles, report.changed) == (60, 60)
    assert report.relevance == {"none→labour": 60}
    assert len(report.examples) == 50
    assert {"id", "url", "title", "field", "old", "new"} == set(report.examples[0])
    assert seen == [(40, 60), (60, 60)]
    with opened(home.database) as db:
        assert len(stories_store.story_of(db, [a.id for a in all_of(home)])) == 60


def test_a_stopped_run_goes_on_where_it_was_and_its_report_is_whole(home: Home) -> None:
    filled(home, 100)
    teach(home)
    stop = threading.Event()
    first = retag(home, progress=lambda done, total: stop.set(), stop=stop)
    assert first.interrupted
    assert (first.articles, relevances(home).count("labour")) == (40, 40)
    seen: list[tuple[int, int]] = []
    second = retag(home, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(40, 60), (60, 60)]
    assert second.resumed
    assert (second.articles, second.changed, second.relevance) == (100, 100, {"none→labour": 100})
    third = retag(home)
    assert (third.resumed, third.articles, third.changed) == (False, 100, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_run_goes_on_where_it_was(home: Home) -> None:
    filled(home, 400)
    teach(home)
    env = os.environ | {"MONITOR_HOME": str(home.root), "MONITOR_NOW": NOW.isoformat()}
    command = [sys.executable, "-c", "from monitor.cli import main; main()", "retag"]
    with opened(home.database) as db:
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            row = db.execute("SELECT after FROM retag_runs").fetchone()
            if row and row[0]:
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.001)
        if process.wait() != -signal.SIGKILL:
            pytest.skip("it was done before it could be killed")
        done = db.execute("SELECT COUNT(*) FROM articles WHERE relevance = 'labour'").fetchone()[0]
        assert 0 < done < 400
    report = retag(home)
    assert report.resumed
    assert (report.articles, report.changed) == (400, 400)
    assert set(relevances(home)) == {"labour"}


def test_a_stopped_run_starts_anew_when_the_rules_changed_meanwhile(home: Home) -> None:
    filled(home, 50)
    teach(home)
    stop = threading.Event()
    retag(home, progress=lambda done, total: stop.set(), stop=stop)
    teach(home, "đông vui", "labour.khac")
    report = retag(home)
    assert (report.resumed, report.articles) == (False, 50)


def test_only_the_days_asked_for_are_read(home: Home) -> None:
    filled(home, 3)
    import_archive(
        home, [json.dumps({"title": "Hội thi kéo sợi xưa", "published": "2025-01-01T08:00:00+07:00", "outlet": "X"})]
    )
    assert retag(home, end=NOW.replace(year=2025, month=6)).articles == 1


def test_two_runs_at_once_do_not_meet(home: Home) -> None:
    filled(home, 1)
    with FileLock(home.data / "retag.lock"), pytest.raises(BusyError) as caught:
        retag(home)
    assert caught.value.key == "retag_under_way"


def test_a_persons_word_survives_a_run_of_the_rules(home: Home) -> None:
    filled(home, 3)
    one = all_of(home)[0]
    correct(home, one.id, ["relevance=union", "topics=T06,T03", "places=Lào Cai;Yên Bái", "tone=neg"], by="Hạnh")
    teach(home)
    report = retag(home)
    assert report.relevance == {"none→labour": 2}
    with opened(home.database) as db:
        (now,) = articles.by_ids(db, [one.id])
    assert now.tagging is not None
    assert (now.tagging.relevance, now.tagging.tone) == (Relevance.UNION, Tone.NEG)
    assert [t.id for t in now.tagging.topics] == ["T06", "T03"]
    assert [p.name for p in now.tagging.places] == ["Lào Cai", "Yên Bái"]
    undo(home, one.id, ["relevance"], by="Hạnh")
    with opened(home.database) as db:
        (now,) = articles.by_ids(db, [one.id])
    assert now.tagging is not None
    assert now.tagging.relevance is Relevance.LABOUR
    assert [t.id for t in now.tagging.topics] == ["T06", "T03"]


def test_an_irrelevant_page_said_to_be_ours_is_fetched_again_and_then_kept(
    tmp_path: Path, surroundings: pytest.MonkeyPatch
) -> None:
    with Press() as press:
        (item,) = press.grow(1, ours=False)
        home = write_home(tmp_path, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
        collect(home)
        (before,) = all_of(home)
        assert (before.text, before.tagging and before.tagging.relevance) == ("", Relevance.NONE)
        done = correct(home, press.url(item), ["relevance=labour"], by="Hạnh", note="nói về thợ vườn")
        assert done.due
        assert (done.article.text, done.article.title) == ("", before.title)
        collect(home)
        (after,) = all_of(home)
    assert after.tagging is not None
    assert after.tagging.relevance is Relevance.LABOUR
    assert "câu lạc bộ cây cảnh" in after.text


def test_an_irrelevant_page_whose_headline_sounds_relevant_now_is_fetched_again_rather_than_guessed(
    tmp_path: Path, surroundings: pytest.MonkeyPatch
) -> None:
    with Press() as press:
        press.grow(2, ours=False)
        home = write_home(tmp_path, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
        collect(home)
        word = all_of(home)[0].title.split(" số ")[0].lower()
        teach(home, f'"{word}"' if ":" in word else word)
        report = retag(home)
        assert (report.due, report.changed) == (2, 0)
        assert set(relevances(home)) == {"none"}
        collect(home)
    assert set(relevances(home)) == {"labour"}


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("relevance=unions", "fix_bad_value"),
        ("topics=T99", "unknown_topic"),
        ("places=Atlantis", "unknown_place"),
        ("tone=happy", "fix_bad_value"),
        ("attention=maybe", "fix_bad_value"),
        ("mood=neg", "fix_unknown_field"),
        ("tone", "fix_no_value"),
    ],
)
def test_a_word_that_says_nothing_is_refused_and_nothing_is_kept(home: Home, word: str, key: str) -> None:
    filled(home, 1)
    (one,) = all_of(home)
    with pytest.raises(UsageError) as caught:
        correct(home, one.id, ["relevance=none", word][word.startswith("relevance") :], by="Hạnh")
    assert caught.value.key == key
    with pytest.raises(UsageError) as caught:
        undo(home, one.id, [], by="Hạnh")
    assert caught.value.key == "fix_nothing_to_undo"


def test_values_are_taken_as_people_write_them(home: Home) -> None:
    found = correcting.parse(home, ["places=tỉnh Hoà Bình, Yên Bái", "topics=t06 ; T03", "tone=null", "attention=có"])
    assert found == {
        Field.PLACES: ("Hòa Bình", "Yên Bái"),
        Field.TOPICS: ("T06", "T03"),
        Field.TONE: (),
        Field.ATTENTION: ("true",),
    }


def test_an_unknown_article_is_told(home: Home) -> None:
    for said in ("a123", "http://tin24.test/khong-co.html"):
        with pytest.raises(UsageError) as caught:
            correct(home, said, ["tone=neg"], by="Hạnh")
        assert caught.value.key == "article_unknown"


def test_enough_corrections_teach_the_machine_and_a_run_tells_how_it_went(home: Home) -> None:
    words, others = OURS.split(), OTHERS.split()
    lines = [
        row(n, f"Chuyện ngày thường {n}", " ".join((words if n % 2 else others)[(n + k * n) % 13] for k in range(50)))
        for n in range(60)
    ]
    import_archive(home, lines)
    file = home.root / "rules" / "learning.yaml"
    file.write_text(
        "enabled: true\nleast: 30\nleast_per_class: 10\nundisputed: 20\nmost_lost: 0.5\nweight: 1\n", encoding="utf-8"
    )
    report: RetagReport = retag(home)
    assert [f.why for f in report.learned] == ["too_few"]
    for article in all_of(home)[:40]:
        ours = int(article.title.split()[-1]) % 2
        correct(home, article.id, [f"relevance={'labour' if ours else 'none'}"], by="Hạnh")
    report = retag(home)
    (figure,) = report.learned
    assert figure.used
    assert figure.by_learned > figure.by_rules
    rest = {a.title: a.tagging for a in all_of(home)[40:] if a.tagging}
    found = {int(title.split()[-1]) % 2 for title, t in rest.items() if t.relevance is Relevance.LABOUR}
    assert found == {1}
    home.learned.write_bytes(b"broken")
    (figure,) = retag(home).learned
    assert figure.used
    assert len(home.learned.read_bytes()) > 1000
