"""``retag`` and ``tag-fix`` as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from press_server import NOW, outlet, write_home

from monitor.config import Home
from monitor.jobs.importing import import_archive
from monitor.store import articles
from monitor.store.db import opened


@pytest.fixture
def home(root: Path) -> Home:
    made = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss/home.rss}"))
    line = {"url": "http://tin24.test/bai-1.html", "outlet": "Báo thử", "title": "LĐLĐ tỉnh Lào Cai trao quà công nhân"}
    import_archive(made, [json.dumps(line | {"body": "LĐLĐ tỉnh Lào Cai trao 50 suất quà cho công nhân khó khăn."})])
    return made


def typed(home: Home, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    env = os.environ | {"MONITOR_HOME": str(home.root), "MONITOR_NOW": NOW.isoformat(), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from monitor.cli import main; main()", *words]
    return subprocess.run(command, env=env, input=given, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_correction_is_told_holds_over_a_run_and_is_undone(home: Home) -> None:
    url = "http://tin24.test/bai-1.html"
    done = typed(home, "tag-fix", url, "tone=neg", "places=Cao Bằng", "--by", "Hạnh", "--note", "đã gọi hỏi")
    assert done.returncode == 0, done.stderr
    assert "Sắc thái: neg (theo Hạnh)" in done.stdout
    told = typed(home, "retag", "--json")
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    assert (report["articles"], report["changed"], report["interrupted"]) == (1, 0, False)
    with opened(home.database) as db:
        (article,) = articles.between(db)
    assert article.tagging is not None
    assert [p.name for p in article.tagging.places] == ["Cao Bằng"]
    back = typed(home, "tag-fix", article.id, "places", "--undo")
    assert back.returncode == 0, back.stderr
    assert "Địa bàn: Lào Cai\n" in back.stdout
    assert "(theo Hạnh)" in back.stdout


def test_a_run_in_words_says_what_was_learned_and_what_changed(home: Home) -> None:
    done = typed(home, "retag", "--since", "2026-11-01")
    assert done.returncode == 0, done.stderr
    assert "Đã đọc lại 1 bài: 0 bài thay đổi" in done.stdout
    assert "chưa đủ để học" in done.stdout


def test_a_bad_value_is_one_vietnamese_sentence(home: Home) -> None:
    done = typed(home, "tag-fix", "http://tin24.test/bai-1.html", "tone=vui")
    assert done.returncode == 2
    assert "pos, neu, neg" in done.stderr
    assert "Traceback" not in done.stderr
    assert typed(home, "tag-fix", "http://tin24.test/bai-1.html").returncode == 2


def test_tag_shows_the_organisations(home: Home) -> None:
    line = json.dumps({"id": 1, "title": "Chủ tịch LĐLĐ tỉnh Lào Cai khẳng định sẽ bảo vệ công nhân"})
    done = typed(home, "tag", given=line)
    assert done.returncode == 0, done.stderr
    (body,) = json.loads(done.stdout)["organisations"]
    assert body == {"name": "LĐLĐ tỉnh Lào Cai", "kind": "province", "role": "actor", "start": 9, "end": 26}
