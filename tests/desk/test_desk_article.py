"""The page of an article: every word marked where the rules say, every tag with its reason, nothing of hidden cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from press_server import NOW
from reading_home import (
    LEAD,
    LINK,
    TEXT,
    TITLE,
    article_of,
    at_desk,
    imported,
    make_home,
    page_read,
    restricted,
    typed,
)

from monitor.config import Home
from monitor.desk import triage
from monitor.desk.article import (
    article,
    choices,
    confirm_story,
    correct,
    diff,
    merge_stories,
    split_story,
    undo_correction,
    undo_story_act,
    versions,
)
from monitor.desk.article_diff import compare
from monitor.desk.article_text import marked
from monitor.errors import MonitorError, RefusedError, UsageError
from monitor.labels import wording
from monitor.model.case import TriageState
from monitor.model.correction import Field
from monitor.model.tag import Mention, Relevance, TagInput, Tone
from monitor.model.view import ArticlePart, DiffKind, Segment, paragraphs
from monitor.store import articles


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    yield make_home(root)


def whole(segments: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in segments)


# Marked text.


def test_an_article_shows_its_words_with_the_places_the_rules_saw(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db)
        view = article(s, ident)
        assert (whole(view.title), whole(view.lead), whole(view.text)) == (TITLE, LEAD, TEXT)
        marks = {seg.text: seg.what for seg in (*view.title, *view.lead, *view.text) if seg.mention}
        assert any("đình công" in text for text in marks)
        assert all(what for what in marks.values())
        assert [whole(line) for line in view.text_lines] == TEXT.split("\n")
        assert view.mentions == sum(bool(x.mention) for x in (*view.title, *view.lead, *view.text)) > 2
        assert (view.outlet_name, view.article.id) == ("Báo tin24", ident)
        assert article(s, LINK).article.id == article(s, "https://www.tin24.test/bai-viet-10001.html").article.id


def test_tags_tell_their_evidence_in_words(home: Home) -> None:
    with at_desk(home) as s:
        view = article(s, article_of(home, s.db))
    by_field = {line.field: line for line in reversed(view.tags)}
    relevance = by_field[Field.RELEVANCE]
    assert (relevance.value, relevance.name, relevance.by) == ("union", "Công đoàn", "")
    assert relevance.evidence
    assert all("." in rule or rule for rule in relevance.why)
    assert by_field[Field.TOPICS].name != by_field[Field.TOPICS].value
    assert by_field[Field.PLACES].name == "Lào Cai"
    assert by_field[Field.ATTENTION].name == "Cần chú ý"
    assert any("đình công" in why.lower() for why in by_field[Field.ATTENTION].why)


def said_(ident: str) -> str:
    return f"vì {ident}"


def test_overlapping_mentions_lose_no_letter_and_name_the_narrowest() -> None:
    item = TagInput(title="abc", summary="", body="cong doan co so\nhai")
    at = len("abc\n\n")
    spots = [("cong doan co so", "x.wide"), ("doan", "x.narrow"), ("so\nhai", "x.across")]
    mentions = [Mention(start=(p := at + item.body.index(w)), end=p + len(w), text=w, rule=r) for w, r in spots]
    _, lead, text = marked(item, mentions, said_)
    assert lead == ()
    assert [(x.text, x.mention) for x in text] == [
        ("cong ", "x.wide"), ("doan", "x.narrow"), (" co ", "x.wide"), ("so", "x.across"), ("\n", ""),
        ("hai", "x.across"),
    ]  # fmt: skip
    assert text[1].what == "vì x.narrow; vì x.wide"
    assert len(paragraphs(text)) == 2


def test_a_mention_whose_words_are_no_longer_there_marks_nothing() -> None:
    spots = [Mention(start=0, end=3, text="xyz", rule="a"), Mention(start=2, end=999, text="c", rule="b")]
    assert marked(TagInput(title="abc"), spots, said_)[0] == (Segment(text="abc"),)


@given(
    st.text(alphabet="ab \nđ", max_size=40),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from("xyz")), max_size=8),
)
def test_pieces_always_join_to_the_words(body: str, spans: list[tuple[int, int, str]]) -> None:
    item = TagInput(title="tiêu đề", summary="sa\npo", body=body)
    joined = item.joined
    spots = [Mention(start=a, end=a + n, text=joined[a : a + n], rule=r) for a, n, r in spans if a + n <= len(joined)]
    assert [whole(part) for part in marked(item, spots, said_)] == [item.title, item.summary, item.body]


# Corrections.


def test_a_person_s_word_is_told_with_who_and_from_what(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db)
        correct(s, ident, Field.TONE, ["neg"], "bài phê bình")
        correct(s, ident, "tone", "neu")
        correct(s, ident, Field.PLACES, ["Lào Cai", "Yên Bái"])
        view = article(s, ident)
        tone = next(line for line in view.tags if line.field is Field.TONE)
        assert (tone.value, tone.by, tone.said) == ("neu", "Lan", "người sửa: Lan")
        assert {line.value for line in view.tags if line.field is Field.PLACES} == {"Lào Cai", "Yên Bái"}
        places, second, first = view.corrections
        assert (first.before.endswith("(máy đọc)"), first.after, first.by) == (True, "Tiêu cực", "Lan")
        assert (second.before, second.after, second.holds, first.holds) == ("Tiêu cực", "Trung lập", True, False)
        assert places.after == "Lào Cai, Yên Bái"
        assert first.correction.note == "bài phê bình"
        undo_correction(s, second.correction.id)
        again = article(s, ident)
        assert next(x.value for x in again.tags if x.field is Field.TONE) == "neg"
        assert (again.corrections[1].undone_by, again.corrections[2].holds) == ("Lan", True)
        with pytest.raises(UsageError) as error:
            undo_correction(s, second.correction.id)
        assert error.value.key == "fix_unknown"


def test_topics_are_corrected_by_id_or_name_and_nothing_else(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db)
        offered = choices(s)
        assert ("T06", next(words for value, words in offered.topics if value == "T06")) in offered.topics
        assert len(offered.topics) == 21
        correct(s, ident, Field.TOPICS, ["T06", "T03"])
        found = [line.value for line in article(s, ident).tags if line.field is Field.TOPICS]
        assert found == ["T06", "T03"]
        for field, values in ((Field.TOPICS, ["T99"]), (Field.RELEVANCE, ["x"]), ("nothing", ["x"])):
            with pytest.raises(UsageError) as error:
                correct(s, ident, field, values)
            assert wording(error.value)


def test_the_choices_are_all_taken(home: Home) -> None:
    with at_desk(home) as s:
        ident, offered = article_of(home, s.db), choices(s)
        for field in Field:
            for value, words in getattr(offered, field.value)[:4]:
                correct(s, ident, field, [value])
                assert words


def test_only_press_officers_and_leaders_correct(home: Home) -> None:
    with at_desk(home, "Chín") as s:
        ident = article_of(home, s.db)
        view = article(s, ident)
        assert view.may_correct is False
        for act in (
            lambda: correct(s, ident, Field.TONE, ["neg"]),
            lambda: undo_correction(s, 1),
            lambda: merge_stories(s, ident, [ident]),
            lambda: undo_story_act(s, 1),
        ):
            with pytest.raises(RefusedError) as error:
                act()
            assert "lãnh đạo" in wording(error.value)


def test_an_article_told_irrelevant_keeps_its_words(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db)
        done = correct(s, ident, Field.RELEVANCE, ["none"])
        assert done.article.tagging is not None
        assert done.article.tagging.relevance is Relevance.NONE
        assert whole(article(s, ident).text) == TEXT


# Stories.


def test_reprints_tell_how_alike_they_are_and_who_said_so(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db)
        copy = imported(s.db, home, "http://bao-hai.test/dinh-cong-2.html", "bao-hai")
        view = article(s, ident)
        assert view.first is True
        (other,) = view.reprints
        assert (other.article, other.by, other.first) == (copy, "", False)
        assert "%" in other.how
        assert article(s, copy).first is False
        split_story(s, ident, [copy])
        assert article(s, ident).reprints == ()
        (act,) = article(s, ident).story_acts
        assert act.by == "Lan"
        undo_story_act(s, act.id)
        confirm_story(s, ident)
        assert article(s, ident).reprints[0].by == "Lan"
        lone = imported(
            s.db,
            home,
            "http://bao-ba.test/3.html",
            "bao-ba",
            title="Công đoàn tặng quà",
            text="Công đoàn tặng quà Tết.",
        )
        merge_stories(s, ident, [lone])
        assert {p.article for p in article(s, ident).reprints} == {copy, lone}
        triage.decide(s, lone, TriageState.NOTED)
        assert article(s, ident).triaged is not None
        with pytest.raises(UsageError) as error:
            confirm_story(s, "s0000")
        assert error.value.key == "story_unknown"


# Revisions.


def test_versions_are_compared_word_by_word(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db)
        page_read(home, s.db, ident, title=TITLE.replace("đình công", "ngừng việc"), at=NOW - timedelta(minutes=40))
        page_read(
            home, s.db, ident, title=TITLE.replace("đình công", "ngừng việc"),
            text=TEXT.replace("tháng trước", "hai tháng trước"), at=NOW - timedelta(minutes=20),
        )  # fmt: skip
        view = article(s, ident)
        assert [(r.n, r.parts) for r in view.revisions] == [(1, (ArticlePart.TITLE,)), (2, (ArticlePart.TEXT,))]
        (line,) = diff(s, ident, 1)
        changed = [(p.kind, p.text) for p in line.pieces if p.kind is not DiffKind.SAME]
        assert changed == [(DiffKind.REMOVED, "đình công"), (DiffKind.ADDED, "ngừng việc")]
        assert {line.part for line in diff(s, ident, 1, 3)} == {ArticlePart.TITLE, ArticlePart.TEXT}
        assert versions(s, ident)[0].title == TITLE
        for n, other in ((0, None), (3, None), (1, 9)):
            with pytest.raises(UsageError) as error:
                diff(s, ident, n, other)
            assert error.value.key == "revision_unknown"


@given(st.text(alphabet="ab ,\n", max_size=60), st.text(alphabet="ab ,\n", max_size=60))
def test_a_comparison_loses_no_word_of_either_side(old: str, new: str) -> None:
    lines = [line for line in compare(("", "", old), ("", "", new)) if not line.skipped]
    gone = "".join(p.text for line in lines for p in line.pieces if p.kind is DiffKind.REMOVED)
    come = "".join(p.text for line in lines for p in line.pieces if p.kind is DiffKind.ADDED)
    assert sorted(gone.replace(" ", "")) or sorted(come.replace(" ", "")) or old.split() == new.split()
    if old == new:
        assert lines == []


def test_long_unchanged_stretches_are_counted() -> None:
    old = "\n".join(f"Đoạn {n}." for n in range(40))
    lines = compare(("", "", old), ("", "", old.replace("Đoạn 20.", "Đoạn hai mươi.")))
    assert [line.skipped for line in lines if line.skipped] == [19, 18]
    assert sum(line.changed for line in lines) == 1


# Who may know of what.


def test_nothing_of_a_case_one_may_not_see_shows_at_a_public_article(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db)
    with at_desk(home, "Trưởng") as s:
        case = restricted(s, ident)
        seen = article(s, ident)
        assert ([c.id for c in seen.cases], seen.triaged and seen.triaged.state) == ([case], TriageState.CASE)
    with at_desk(home) as s:
        view = article(s, ident)
        assert (view.cases, view.triaged, view.triaged_by, view.evidence) == ((), None, "", ())
        assert case not in repr(view)


def test_an_item_typed_for_a_restricted_case_is_unknown_to_others(home: Home) -> None:
    with at_desk(home, "Trưởng") as s:
        secret = typed(s, text=TEXT + "\n" + LEAD, title=TITLE)
        restricted(s, secret)
        assert article(s, secret).intake is not None
        story = article(s, secret).story
    with at_desk(home) as s:
        with pytest.raises(UsageError) as unknown:
            confirm_story(s, story)
        assert unknown.value.key == "story_unknown"
        public = imported(s.db, home, "http://bao-hai.test/2.html", "bao-hai", text=TEXT + "\n" + LEAD)
        assert secret not in repr(article(s, public))
        for act in (lambda: article(s, secret), lambda: correct(s, secret, Field.TONE, ["neg"])):
            with pytest.raises(MonitorError) as error:
                act()
            assert error.value.key == "article_unknown"
            assert str(wording(error.value)) == wording(UsageError("article_unknown", value=secret))


def test_an_item_entered_by_hand_tells_who_saw_it_and_what_came_with_it(home: Home, tmp_path: Path) -> None:
    picture = tmp_path / "trang3.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"trang" * 40)
    with at_desk(home) as s:
        view = article(s, typed(s, seen_by="Chị Hoa", files=(picture,)))
        assert view.intake is not None
        assert (view.intake.intake.seen_by, view.intake.typed_by) == ("Chị Hoa", "Lan")
        assert [file.name for file in view.intake.files] == ["trang3.png"]
        assert len(view.evidence) == 1
        triage.decide(s, view.article.id, TriageState.NOTED, "đã biết")
        again = article(s, view.article.id)
        assert again.triaged is not None
        assert (again.triaged.note, again.triaged_by) == ("đã biết", "Lan")


def test_an_unknown_article_is_told_so(home: Home) -> None:
    with at_desk(home) as s:
        for said in ("a000", "", "http://tin24.test/khong-co.html", "javascript:alert(1)", "' OR 1=1 --", "x" * 9000):
            with pytest.raises(UsageError) as error:
                article(s, said)
            assert error.value.key == "article_unknown"


def test_a_page_of_an_irrelevant_item_shows_its_title_alone(home: Home) -> None:
    with at_desk(home) as s:
        ident = article_of(home, s.db, title="Hoa lan nở rộ", lead="", text="Vườn lan mở cửa.")
        view = article(s, ident)
        assert (whole(view.title), view.text, view.snapshots, view.story) == ("Hoa lan nở rộ", (), (), "")
        assert [line.value for line in view.tags] == ["none"]
        assert articles.by_ids(s.db, [ident])[0].tagging is not None
        assert Tone.NEG not in {line.value for line in view.tags}
