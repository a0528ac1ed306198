"""Every command of the contract: exit codes, shapes, files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cli_running import Run
from filelock import FileLock
from press_server import NOW, Answer, Item, Press, outlet, page, write_home

from monitor.config import Home

COLLECT = ["id", "outlet", "url", "status", "reason", "entries", "new", "changed", "requests", "bytes"]
SOURCES = ["id", "outlet", "url", "status", "reason", "newest", "checked", "next"]


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as made:
        yield made


@pytest.fixture
def home(root: Path, press: Press) -> Home:
    """Two sources of one outlet: a feed, and an address that is not there."""
    sources = outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}", f"{{feed: {press.base}/mat.rss, name: mat}}")
    return write_home(root, sources)


# init


def test_init_makes_a_folder_and_a_second_time_touches_nothing(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "Điểm tin"
    done = run("init", str(folder))
    assert done.code == 0
    assert (folder / "sources.yaml").is_file() and (folder / "rules" / "office.yaml").is_file()
    (folder / "sources.yaml").write_text("# của cơ quan\n", encoding="utf-8")
    (folder / "rules" / "tone.yaml").unlink()
    again = run("init", str(folder))
    assert again.code == 0
    assert (folder / "sources.yaml").read_text(encoding="utf-8") == "# của cơ quan\n"
    assert (folder / "rules" / "tone.yaml").is_file()
    assert "Giữ nguyên" in again.out


def test_init_on_a_file_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    run("init", str(tmp_path / "x")).complains("không phải thư mục")


# collect


def test_collect_tells_an_object_a_source_and_ends_well_when_some_failed(run: Run, home: Home, press: Press) -> None:
    press.grow(3)
    done = run("collect", "--json")
    assert done.code == 0
    good, gone = done.json
    assert sorted(good) == sorted(gone) == sorted(COLLECT)
    assert good | {"requests": 0, "bytes": 0} == {
        "id": "tin24/1",
        "outlet": "tin24",
        "url": f"{press.base}/rss/home.rss",
        "status": "ok",
        "reason": "",
        "entries": 3,
        "new": 3,
        "changed": 0,
        "requests": 0,
        "bytes": 0,
    }
    assert good["requests"] == 5 and good["bytes"] > 0
    assert gone["status"] == "gone" and "404" in gone["reason"]
    assert "\\u" not in done.out


def test_collect_for_people_says_what_came_and_what_failed(run: Run, home: Home, press: Press) -> None:
    press.grow(3)
    done = run("collect")
    assert done.code == 0
    assert "3 tin mới" in done.out
    assert "tin24/mat" in done.out and "404" in done.out
    assert done.err == ""


def test_collect_ends_badly_only_when_all_failed(run: Run, home: Home, press: Press) -> None:
    press.grow(1)
    assert run("collect", "--source", "tin24/mat").code == 1
    assert run("collect", "--source", "tin24/1").code == 0
    assert run("collect", "--source", "tin24/1", "--source", "tin24/mat").code == 0
    assert run("collect", "--due").code == 0
    assert "Chưa có nguồn nào đến giờ" in run("collect", "--due").out
    assert run("collect", "--due", "--json").json == []


def test_collect_of_an_unknown_source_is_told(run: Run, home: Home) -> None:
    run("collect", "--source", "tin25").complains("tin25", "monitor sources")


def test_collect_while_another_round_is_under_way_is_told(run: Run, home: Home) -> None:
    home.data.mkdir(exist_ok=True)
    with FileLock(home.data / "collect.lock"):
        run("collect").complains("đang chạy", code=3)


# sources


def test_sources_tell_health_with_a_reason_each(run: Run, home: Home, press: Press) -> None:
    before = run("sources", "--json")
    assert [list(row) for row in before.json] == [SOURCES, SOURCES]
    assert [row["checked"] for row in before.json] == [None, None]
    press.grow(2)
    run("collect")
    good, gone = run("sources", "--json").json
    assert good["newest"] == "2026-11-08T08:00:00+07:00"
    assert good["checked"] == "2026-11-08T08:00:00+07:00"
    assert good["next"] == "2026-11-08T08:15:00+07:00"
    assert (good["status"], good["reason"]) == ("ok", "")
    assert gone["status"] == "gone" and gone["reason"].endswith(".")
    words = run("sources").out
    assert words.index("tin24/mat") < words.index("tin24/1")  # what needs a look comes first
    assert "Cộng 2 nguồn, 1 nguồn có vấn đề." in words


def test_sources_tell_a_gap(run: Run, root: Path, press: Press, surroundings: pytest.MonkeyPatch) -> None:
    write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
    press.grow(10)
    run("sources", "check")
    later = NOW + timedelta(hours=4)
    surroundings.setenv("MONITOR_NOW", later.isoformat())
    press.grow(40, newest=later)
    run("sources", "check")
    (row,) = run("sources", "--json").json
    assert row["status"] == "ok"
    assert "Có thể còn thiếu tin từ 08:00 08/11/2026" in row["reason"]
    assert "Có thể còn thiếu tin" in run("sources").out


def test_sources_check_looks_without_fetching_articles(run: Run, home: Home, press: Press) -> None:
    press.grow(3)
    done = run("sources", "check", "--json")
    assert done.code == 0
    assert [row["status"] for row in done.json] == ["ok", "gone"]
    assert press.paths() == []
    assert [row["id"] for row in run("sources", "check", "tin24/1", "--json").json] == ["tin24/1"]
    assert run("sources", "check", "tin24/mat").code == 1
    run("sources", "check", "ai-do").complains("ai-do")


def test_sources_leave_and_come_back_as_opml(run: Run, home: Home, press: Press, tmp_path: Path) -> None:
    file = tmp_path / "nguồn.opml"
    assert run("sources", "export", "-o", str(file)).code == 0
    assert run("sources", "export").out.strip() == file.read_text(encoding="utf-8").strip()
    before = home.sources_file.read_bytes()
    assert run("sources", "import", str(file)).code == 0
    assert home.sources_file.read_bytes() == before  # all known already
    write_home(home.root, outlet("khac", f"{{feed: {press.base}/khac.rss}}"))
    done = run("sources", "import", str(file))
    assert "2 nguồn" in done.out
    assert {row["url"] for row in run("sources", "--json").json} == {
        f"{press.base}/khac.rss",
        f"{press.base}/rss/home.rss",
        f"{press.base}/mat.rss",
    }
    assert run("sources", "import", "-", stdin=file.read_bytes()).code == 0


def test_a_broken_opml_is_told_and_changes_nothing(run: Run, home: Home, tmp_path: Path) -> None:
    before = home.sources_file.read_bytes()
    for content in (b"", b"<opml>", b"<html></html>", b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY x "y">]><opml>&x;</opml>'):
        (tmp_path / "x.opml").write_bytes(content)
        done = run("sources", "import", str(tmp_path / "x.opml"))
        done.complains()
    assert home.sources_file.read_bytes() == before


# extract and tag


def test_extract_tells_what_a_reader_sees(run: Run, home: Home, tmp_path: Path) -> None:
    item = Item(n=7, published=NOW)
    (tmp_path / "a.html").write_text(page(item), encoding="utf-8")
    url = "http://www.tin24.test/bai-7.html?utm_source=x"
    done = run("extract", str(tmp_path / "a.html"), "--url", url)
    assert done.code == 0
    assert list(done.json) == ["url", "title", "published", "modified", "authors", "lead", "text"]
    assert done.json["title"] == item.headline
    assert done.json["text"] == item.text
    assert done.json["published"] == "2026-11-08T08:00:00+07:00"
    assert done.json["url"] == "http://www.tin24.test/bai-7.html"
    assert run("extract", "-", "--url", url, stdin=page(item).encode()).json == done.json


def test_tag_answers_in_order_with_mentions_that_slice_the_text(run: Run, home: Home, tmp_path: Path) -> None:
    given = [
        {"id": 1, "title": "Công nhân Lào Cai ngừng việc", "summary": "Đòi nợ lương.", "body": "Công đoàn vào cuộc."},
        {"id": "b", "title": "Hoa lan nở", "summary": "", "body": ""},
        {"id": None, "title": "Liên đoàn Lao động tỉnh Yên Bái tặng quà công nhân"},
        {"title": "Không mã", "summary": None},
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given)
    (tmp_path / "a.jsonl").write_text("\ufeff" + text, encoding="utf-8")
    done = run("tag", str(tmp_path / "a.jsonl"))
    assert done.code == 0
    assert [row["id"] for row in done.rows] == [1, "b", None, None]
    for row, source in zip(done.rows, given, strict=True):
        assert set(row) >= {"id", "relevance", "topics", "places", "tone", "attention", "mentions"}
        joined = "\n".join(str(source.get(name) or "") for name in ("title", "summary", "body"))
        assert all(joined[m["start"] : m["end"]] == m["text"] for m in row["mentions"])
        assert all(set(m) == {"start", "end", "text", "rule"} for m in row["mentions"])
        assert all(set(topic) == {"id", "evidence"} for topic in row["topics"])
        assert row["relevance"] in ("union", "labour", "foreign", "none")
        assert row["tone"] in ("pos", "neu", "neg", None)
    assert done.rows[0]["mentions"] and done.rows[0]["places"] == ["Lào Cai"]
    assert run("tag", stdin=text.encode()).out == run("tag", "-", stdin=text.encode()).out == done.out


def test_tag_answers_a_bad_line_in_its_place(run: Run, home: Home) -> None:
    lines = ['{"id": 1, "title": "x"}', "{", "[" * 100_000, '{"id": 4, "title": 5}', "", '{"id": 6}', "1" * 5000]
    done = run("tag", stdin="\n".join(lines).encode())
    assert done.code == 1
    assert [row["id"] for row in done.rows] == [1, None, None, 4, 6, None]
    assert ["error" in row for row in done.rows] == [False, True, True, True, False, True]
    assert [line.split(":")[0] for line in done.err.splitlines()] == ["Dòng 2", "Dòng 3", "Dòng 4", "Dòng 7"]


def test_tag_counts_offsets_in_the_text_as_given(run: Run, home: Home) -> None:
    import unicodedata

    title = unicodedata.normalize("NFD", "Công đoàn cơ sở\u200b họp")
    (answer,) = run("tag", stdin=json.dumps({"id": 1, "title": title}).encode()).rows
    assert answer["mentions"]
    assert all(f"{title}\n\n"[m["start"] : m["end"]] == m["text"] for m in answer["mentions"])
    assert unicodedata.normalize("NFC", answer["mentions"][0]["text"]).startswith("Công đoàn")


# search, import, export


def test_search_finds_and_tells(run: Run, home: Home, press: Press) -> None:
    press.grow(3)
    run("collect")
    done = run("search", "doi", "thoai", "--json")
    assert done.code == 0
    assert len(done.json) == 3
    assert {"snippet", "match", "url", "title", "published", "relevance"} <= set(done.json[0])
    assert done.json[0]["match"] == 2
    assert len(run("search", "đối thoại", "--json", "--limit", "2").json) == 2
    assert "Báo tin24" in run("search", "đối thoại").out
    none = run("search", "xyzzy")
    assert (none.code, run("search", "xyzzy", "--json").json) == (0, [])
    assert "Không tìm thấy" in none.out
    assert len(run("search", "--outlet", "bao tin24", "--json").json) == 3
    assert run("search", "--outlet", "tin24", "--until", "07/11/2026", "--json").json == []
    assert len(run("search", "báo:tin24 từ:2026-11-08", "--json").json) == 3


@pytest.mark.parametrize("typed", ['"', "*", "NEAR(", "-x", "a:b", "(", "^", "';--", '""'])
def test_search_takes_whatever_is_typed(run: Run, home: Home, typed: str) -> None:
    assert run("search", "--", typed).code == 0


def test_import_and_export_are_inverse_and_tell_bad_lines(run: Run, home: Home, tmp_path: Path) -> None:
    lines = [
        '{"url": "http://a.test/1.html", "title": "Tin một", "published": "2026-11-07T23:00:00+07:00"}',
        "{bad",
        '{"title": "Tin hai", "published": "2026-11-08"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("import", str(tmp_path / "a.jsonl"))
    assert done.code == 1
    assert "Đã nhập 2 bài; 0 bài đã có; 1 dòng lỗi." in done.out
    assert done.err.startswith("Dòng 2:")
    again = run("import", "-", stdin="\n".join(lines[::2]).encode())
    assert (again.code, "2 bài đã có" in again.out) == (0, True)
    rows = run("export", "articles").rows
    assert [(row["url"], row["title"]) for row in rows] == [("http://a.test/1.html", "Tin một"), (None, "Tin hai")]
    assert rows[0]["outlet"] == "a.test"
    assert [row["title"] for row in run("export", "articles", "--since", "2026-11-08").rows] == ["Tin hai"]
    assert [row["title"] for row in run("export", "articles", "--until", "07/11/2026").rows] == ["Tin một"]
    file = tmp_path / "ra.jsonl"
    assert run("export", "articles", "-o", str(file)).out == ""
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == rows


def test_nothing_stored_is_exported_as_nothing(run: Run, home: Home) -> None:
    done = run("export", "articles")
    assert (done.code, done.out) == (0, "")


# digest


def test_digest_in_every_form_to_the_screen_and_to_a_file(run: Run, home: Home, press: Press, tmp_path: Path) -> None:
    press.grow(3)
    run("collect")
    assert run("digest").out.rstrip().endswith("</html>")
    assert run("digest", "--date", "08/11/2026", "--format", "md").out == run("digest", "--format", "md").out
    assert run("digest", "--format", "json").json["kept"] == 3
    assert run("digest", "--date", "2026-11-07", "--format", "json").json["kept"] == 0
    assert run("digest", "--week", "2026-W45", "--format", "json").json["kept"] == 3
    file = tmp_path / "điểm tin.html"
    done = run("digest", "-o", str(file))
    assert (done.code, done.out) == (0, "")
    assert file.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_run_is_refused_where_the_program_runs_already(run: Run, home: Home) -> None:
    home.data.mkdir(exist_ok=True)
    with FileLock(home.data / "run.lock"):
        run("run").complains("run.lock", code=3)


def test_a_page_that_failed_is_no_failed_source(run: Run, home: Home, press: Press) -> None:
    item = press.grow(1)[0]
    press.answers[item.path] = Answer(status=500)
    done = run("collect", "--source", "tin24/1")
    assert done.code == 0
    assert "1 bài chưa lấy được toàn văn" in done.out
