"""``monitor digest --edition``: the draft, the approved one as it went out, and the plain digest left as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from press_server import outlet, write_home

from monitor.cli.main import commands
from monitor.desk import editions
from monitor.desk.sitting import sitting
from monitor.errors import UsageError
from monitor.jobs.importing import import_archive


def said(*words: str) -> str:
    done = CliRunner().invoke(commands, ["digest", *words], catch_exceptions=False, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def test_a_stored_edition_is_printed_and_a_day_s_digest_touches_none(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    surroundings.delenv("MONITOR_USER", raising=False)
    surroundings.setenv("MONITOR_HOME", str(root))
    home = write_home(root, outlet("suoi", "{feed: http://suoi.test/rss}"))
    import_archive(home, ('{"title": "Công đoàn cơ sở tỉnh Lào Cai tặng quà đoàn viên", "body": "Công đoàn.", '
                          '"url": "http://suoi.test/1.html", "published": "2026-11-08T06:00:00+07:00"}',))  # fmt: skip
    plain = said("--date", "2026-11-08", "--format", "json")
    assert "edition" not in json.loads(plain)
    with pytest.raises(UsageError, match="edition_none"):
        said("--edition", "current")
    with sitting(home) as s:
        made = editions.draft(s)
        assert json.loads(said("--edition", "current", "--format", "json"))["edition"]["approved"] is None
        editions.approve(s, made.id)
        frozen = editions.rendered(s, made.id, "html")
    assert said("--edition", made.id) == said("--edition", "current") == frozen
    assert said("--date", "2026-11-08", "--format", "json") == plain
    with pytest.raises(UsageError, match="edition_and_day"):
        said("--edition", "current", "--date", "2026-11-08")
    with pytest.raises(UsageError, match="edition_unknown"):
        said("--edition", "dt99")
    with pytest.raises(UsageError, match="edition_none"):
        said("--edition", "current", "--series", "weekly")
