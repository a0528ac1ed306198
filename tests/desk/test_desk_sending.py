"""An approved edition reaches its readers: each what he wanted and may have, once, whatever happens in between."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from delivery_making import PROFILES, deliver_yaml
from editions_making import HOUR, office, put, reading, seated, staffed
from mail_server import Mailbox, free_port, mail_server
from press_server import NOW

from monitor.config import Home
from monitor.desk import edition_sending, editions, moving, outgoing, triage
from monitor.desk.sitting import Sitting
from monitor.errors import BusyError, ConfigError, RefusedError, UsageError
from monitor.jobs.deliver import deliver
from monitor.labels import label
from monitor.model.case import Marking
from monitor.model.delivery import Message, MessageState
from monitor.model.edition import Edition, Series
from monitor.model.watch import Corrected
from monitor.store import outbox, watch_changes
from monitor.store.db import opened

S = MessageState
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


@pytest.fixture
def home(root: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    made = office(root)
    deliver_yaml(root, box.port)
    return made


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with seated(home) as made:
        yield made


def approved(s: Sitting, *internal: str) -> Edition:
    """An edition of two items of different topics, approved."""
    put(s.db, 1, s.now - HOUR, title="Công nhân may nhận thưởng Tết", tagging=reading(topic="T02"))
    put(s.db, 2, s.now - HOUR, title="Đối thoại tại nơi làm việc ở Ỷ Tý", tagging=reading(topic="T03"))
    draft = editions.draft(s)
    for article in internal:
        editions.mark(s, draft.id, article)
    return editions.approve(s, draft.id)


def only(box: Mailbox, address: str) -> str:
    """The one mail's text to this address."""
    (at,) = [n for n, to in enumerate(box.to) if to == address]
    body = box.mails[at].get_body(("plain",))
    assert body
    return str(body.get_content())


def state(s: Sitting, ident: str) -> S:
    return outbox.get(s.db, ident).state


def test_every_reader_gets_what_he_wanted_and_nobody_a_second_one(s: Sitting, home: Home, box: Mailbox) -> None:
    found = approved(s)
    queued = edition_sending.send(s, found.id)
    assert edition_sending.send(s, found.id) == queued
    report = deliver(home)
    assert report.of(S.SENT) == 4
    assert sorted(box.to) == [
        "chinhsach@laocai.test", "chutich@laocai.test", "phochutich@laocai.test", "tonglien@doan.test",
    ]  # fmt: skip
    whole, chosen = only(box, "chutich@laocai.test"), only(box, "chinhsach@laocai.test")
    assert "Công nhân may nhận thưởng Tết" in whole and "Đối thoại tại nơi làm việc ở Ỷ Tý" in whole
    assert "Công nhân may" not in chosen and "Ỷ Tý" in chosen
    assert "theo lựa chọn của người nhận" in chosen and "theo lựa chọn" not in whole
    got = box.mails[box.to.index("chutich@laocai.test")]
    assert got["Subject"].startswith("LĐLĐ tỉnh Lào Cai – Điểm tin ngày số 1/2026")
    files = [one.get_filename() for one in got.iter_attachments()]
    assert files == ["diem-tin-daily-1-2026.html", "diem-tin-daily-1-2026.md"]
    page = next(iter(got.iter_attachments())).get_content()
    assert page.replace("\r\n", "\n").strip() == editions.rendered(s, found.id).strip()
    html = got.get_body(("html",))
    assert html and "<style" not in html.get_content() and "class=" not in html.get_content()
    edition_sending.send(s, found.id)
    assert deliver(home).of(S.SENT) == 0
    assert len(box.raw) == 4


def test_what_is_internal_goes_to_those_who_may_have_it_and_never_by_chat(s: Sitting, home: Home, box: Mailbox) -> None:
    found = approved(s, "x0001")
    ids = {one.address: one.id for one in edition_sending.send(s, found.id)}
    chat = outbox.get(s.db, ids["nhom"])
    assert "Công nhân may" not in chat.text and "Ỷ Tý" in chat.text and not chat.internal
    deliver(home)
    assert "Công nhân may" in only(box, "chutich@laocai.test")
    assert "Công nhân may" not in only(box, "tonglien@doan.test")


def test_an_edition_internal_as_a_whole_leaves_for_nobody_else(s: Sitting, home: Home, box: Mailbox) -> None:
    put(s.db, 1, s.now - HOUR)
    draft = editions.draft(s)
    editions.mark(s, draft.id, "")
    queued = edition_sending.send(s, editions.approve(s, draft.id).id)
    assert [(one.reader, one.why) for one in queued if one.why] == [
        ("Ban Chính sách", "internal"), ("Tổng Liên đoàn", "internal"), ("Nhóm cơ sở", "internal"),
    ]  # fmt: skip
    deliver(home)
    assert set(box.to) == {"chutich@laocai.test", "phochutich@laocai.test"}
    assert "LƯU HÀNH NỘI BỘ" in only(box, "chutich@laocai.test")


def test_a_corrected_item_is_left_out_for_readers_outside_alone(s: Sitting, home: Home, box: Mailbox) -> None:
    found = approved(s)
    with s.db.atomic():
        mark = Corrected(article="x0002", date=s.now, where="trang 1", change=None, by="u1")
        watch_changes.mark_corrected(s.db, mark, s.now)
    edition_sending.send(s, found.id)
    deliver(home)
    assert "Ỷ Tý" in only(box, "chutich@laocai.test")
    assert "Ỷ Tý" not in only(box, "tonglien@doan.test")


def test_what_is_restricted_between_queue_and_hand_over_stops_only_the_messages_that_name_it(
    s: Sitting, home: Home, box: Mailbox
) -> None:
    found = approved(s)
    ids = {one.address: one.id for one in edition_sending.send(s, found.id)}
    case = triage.open_case(s, ["x0001"], triage.Opening(title="Vụ", allowed=(s.actor.id,)))
    deliver(home)
    assert box.to == ["chinhsach@laocai.test"], "he gets the other item alone"
    stopped = outbox.get(s.db, ids["chutich@laocai.test"])
    assert stopped.state is S.FAILED and stopped.error == label("delivery", "restricted_since")
    moving.lift(s, case.id)
    outgoing.retry(s, stopped.id)
    deliver(home, only=[stopped.id])
    assert box.to[1:] == ["chutich@laocai.test"]


def test_what_is_marked_internal_before_it_is_handed_over_does_not_go_by_chat(
    s: Sitting, home: Home, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("monitor.deliver.chat.send", lambda url, message: said.append(message.text))
    found = approved(s)
    ids = {one.address: one.id for one in edition_sending.send(s, found.id)}
    case = triage.open_case(s, ["x0001"], triage.Opening(title="Vụ"))
    moving.describe(s, case.id, marking=Marking.INTERNAL.value)
    deliver(home)
    stopped = outbox.get(s.db, ids["nhom"])
    assert (said, stopped.state, stopped.error) == ([], S.FAILED, label("delivery", "internal_by_chat"))
    assert len(box.raw) == 4


def test_what_became_a_restricted_case_since_leaves_for_nobody(s: Sitting, home: Home, box: Mailbox) -> None:
    found = approved(s)
    case = triage.open_case(s, ["x0002"], triage.Opening())
    moving.restrict(s, case.id, [s.actor.id])
    edition_sending.send(s, found.id)
    deliver(home)
    assert len(box.raw) == 4
    assert not any(
        "Ỷ Tý" in str(part.get_content()) for one in box.mails for part in one.walk() if not part.is_multipart()
    )


def test_a_draft_does_not_leave(s: Sitting) -> None:
    with pytest.raises(RefusedError, match="edition_not_approved"):
        edition_sending.send(s, editions.draft(s).id)
    with pytest.raises(UsageError, match="edition_none_approved"):
        edition_sending.of_day(s, Series.DAILY)


def test_approving_sends_where_the_office_wants_it_in_one_transaction(s: Sitting, home: Home, root: Path) -> None:
    with (root / "rules" / "office.yaml").open("a", encoding="utf-8") as settings:
        settings.write("digest:\n  send: on_approval\n")
    approved(s)
    assert outbox.waiting(s.db) == 5
    (root / "rules" / "deliver.yaml").write_text("smtp: {hots: x}\n", encoding="utf-8")
    later = replace(s, now=s.now + 24 * HOUR)
    draft = editions.draft(later)
    with pytest.raises(ConfigError, match="config_unknown_key"):
        editions.approve(later, draft.id)
    assert editions.edition(later, draft.id).state == "draft"


# What goes wrong.


def one_reader(root: Path, port: int, more: str = "") -> None:
    deliver_yaml(root, port, profiles="profiles:\n  - name: Ban\n    addresses: [ban@laocai.test]\n", more=more)


def one(s: Sitting, root: Path, port: int) -> Message:
    """One message in the outbox, due now."""
    one_reader(root, port)
    (queued,) = edition_sending.send(s, approved(s).id)
    return outbox.get(s.db, queued.id)


def at(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    monkeypatch.setenv("MONITOR_NOW", (NOW + timedelta(minutes=minutes)).isoformat())


def test_a_server_that_is_busy_gets_it_later_and_a_refusal_is_seen(
    s: Sitting, home: Home, root: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = one(s, root, box.port)
    box.at_data = ["451 later"]
    assert [m.state for m in deliver(home).messages] == [S.QUEUED]
    assert deliver(home).messages == ()
    at(monkeypatch, 1)
    box.at_rcpt = ["550 nobody of that name"]
    assert [m.state for m in deliver(home).messages] == [S.FAILED]
    (failed,) = outgoing.messages(s)
    assert "550 nobody" in failed.error
    outgoing.retry(replace(s, now=NOW + timedelta(minutes=1)), made.id)
    assert [m.state for m in deliver(home).messages] == [S.SENT]
    with pytest.raises(RefusedError, match="outbox_not_again"):
        outgoing.retry(s, made.id)
    with pytest.raises(RefusedError, match="outbox_not_dropped"):
        outgoing.drop(s, made.id)


def test_a_server_that_is_away_is_asked_once_a_round(s: Sitting, home: Home, root: Path) -> None:
    deliver_yaml(root, free_port())
    edition_sending.send(s, approved(s).id)
    report = deliver(home)
    mails = [m for m in report.messages if m.address != "nhom"]
    assert [(m.state, m.tries) for m in mails] == [(S.QUEUED, 1)]
    assert report.waiting == 5


def test_an_answer_that_never_came_means_one_repeat_and_no_third(
    s: Sitting, home: Home, root: Path, box: Mailbox
) -> None:
    made = one(s, root, box.port)
    box.hangs_up = 9
    for _ in range(4):
        deliver(home)
    first, second = box.mails
    assert first["Message-ID"] == second["Message-ID"] == made.message_id
    mark = label("delivery", "repeat")
    assert mark not in first["Subject"] and mark in second["Subject"]
    assert (state(s, made.id), outbox.get(s.db, made.id).next_try) == (S.MAYBE_SENT, None)


KILLED = """
import os, signal
from pathlib import Path
from monitor.config import Home
from monitor.jobs import deliver
deliver.outbox.settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
deliver.deliver(Home(root=Path({root!r})))
"""


@posix
def test_a_kill_between_acceptance_and_record_gives_one_marked_repeat(
    s: Sitting, home: Home, root: Path, box: Mailbox
) -> None:
    made = one(s, root, box.port)
    killed = subprocess.run([sys.executable, "-c", KILLED.format(root=str(root))], timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert state(s, made.id) is S.SENDING
    assert len(box.raw) == 1
    (again,) = deliver(home).messages
    assert (again.state, again.doubtful) == (S.SENT, True)
    assert deliver(home).messages == ()
    first, second = box.mails
    assert first["Message-ID"] == second["Message-ID"] == made.message_id
    assert second["X-Possible-Repeat"] == "yes" and first["X-Possible-Repeat"] is None


@posix
def test_two_kills_leave_it_as_perhaps_sent_and_never_a_third_mail(
    s: Sitting, home: Home, root: Path, box: Mailbox
) -> None:
    made = one(s, root, box.port)
    # The second process settles what the first left: it dies at its own second record.
    twice = KILLED.replace(
        "lambda *_: os", "lambda db, m, real=deliver.outbox.settle: real(db, m) if m.tries < 2 else os"
    )
    for script in (KILLED, twice):
        assert subprocess.run([sys.executable, "-c", script.format(root=str(root))], timeout=60, check=False).returncode
    deliver(home), deliver(home)
    assert len(box.raw) == 2
    assert (state(s, made.id), outbox.get(s.db, made.id).next_try) == (S.MAYBE_SENT, None)
    with pytest.raises(RefusedError, match="outbox_not_again"):
        outgoing.retry(s, made.id)


def test_two_workers_never_send_one_message_twice(s: Sitting, home: Home, box: Mailbox) -> None:
    edition_sending.send(s, approved(s).id)
    busy = list[BusyError]()

    def work() -> None:
        try:
            deliver(home)
        except BusyError as error:
            busy.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(box.to) == len(set(box.to)) == 4
    with opened(home.database) as other:
        with s.db.atomic():
            ident = outbox.put(s.db, replace(outbox.get(s.db, "g1"), about="khác", attachments=()))
        now = s.now + timedelta(hours=1)
        assert [bool(outbox.claim(db, ident, now)) for db in (s.db, other, s.db)] == [True, False, False]


def test_quiet_hours_hold_what_goes_by_itself_and_not_what_a_person_sends(
    s: Sitting, home: Home, root: Path, box: Mailbox
) -> None:
    one_reader(root, box.port, 'quiet: {start: "00:00", end: "23:59"}\n')
    found = approved(s)
    with s.db.atomic():
        edition_sending.queue(s, found, edition_sending.load_deliver(home.rules))
    assert deliver(home).messages == ()
    edition_sending.send(s, found.id)
    assert deliver(home).of(S.SENT) == 1


def test_a_reader_s_hour_is_waited_for(s: Sitting, home: Home, root: Path, box: Mailbox) -> None:
    deliver_yaml(root, box.port, profiles=PROFILES.replace("    attach: [html, md]", '    hour: "23:30"'))
    with s.db.atomic():
        queued = edition_sending.queue(s, approved(s), edition_sending.load_deliver(home.rules))
    dues = {one.address: outbox.get(s.db, one.id).due for one in queued}
    assert dues["chutich@laocai.test"] > s.now == dues["tonglien@doan.test"]


def test_a_damaged_body_fails_alone(s: Sitting, home: Home, box: Mailbox) -> None:
    edition_sending.send(s, approved(s).id)
    broken = outbox.get(s.db, "g3")
    with s.db.atomic():
        s.db.execute("UPDATE outbox_bodies SET packed = x'00' WHERE sha256 = ?", [outbox.hashed(broken.text.encode())])
    assert deliver(home).of(S.SENT) == 3
    (failed,) = [m for m in outgoing.messages(s) if m.state is S.FAILED]
    assert failed.id == "g3" and "không còn nguyên vẹn" in failed.error


def test_due_messages_are_found_by_an_index(s: Sitting) -> None:
    plan = s.db.execute(
        "EXPLAIN QUERY PLAN SELECT n FROM outbox WHERE next_try IS NOT NULL AND next_try <= '2026' "
        "AND +state IN ('queued', 'maybe_sent') ORDER BY next_try, n"
    ).fetchall()
    assert any("outbox_next" in row[3] for row in plan)
    with s.db.atomic():
        assert outbox.forget(s.db, s.now) == 0


def test_people_of_units_do_not_see_the_outbox(s: Sitting) -> None:
    staff = staffed(s)
    with pytest.raises(RefusedError, match="edition_role"):
        outgoing.messages(replace(s, actor=staff["press-bacha"]))
