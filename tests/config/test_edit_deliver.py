"""The readers changed in deliver.yaml as text: what staff wrote stays, and nothing is written that reads otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some

from monitor.config import edit_deliver
from monitor.config.deliver import ATTACHED, parse_deliver
from monitor.errors import ConfigError
from monitor.model.delivery import Channel, ChatChannel, Profile
from monitor.model.edition import Series

SHIPPED = (Path(__file__).parents[2] / "rules" / "deliver.yaml").read_text(encoding="utf-8")
MAIL = Profile(name="Tỉnh ủy", channel=Channel.MAIL, addresses=("vp@tinhuy.example",), outside=True)
BLOCKS = """# đầu tệp
profiles:
  # Thường vụ họp thứ Hai.
  - name: Ban Thường vụ   # gửi cho chủ tịch
    addresses:  # hỏi văn thư
      - a@x.example   # chủ tịch
      - b@x.example
    # ghi chú giữa chừng
    hour: 6:45
  # Cấp trên.
  -
    name: "Tổng Liên đoàn"
    addresses: [c@x.example]
# cuối tệp
quiet: {start: "22:00", end: "05:30"}
"""


def of(text: str, name: str) -> Profile:
    (found,) = (one for one in parse_deliver(text, "t").profiles if one.name == name)
    return found


def remarks(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def test_a_change_touches_the_value_alone() -> None:
    before = of(SHIPPED, "Ban Thường vụ")
    text = edit_deliver.with_changed(SHIPPED, "t", "Ban Thường vụ", replace(before, addresses=("a@x.example",)))
    changed = [(a, b) for a, b in zip(SHIPPED.splitlines(), text.splitlines(), strict=True) if a != b]
    assert changed == [("    addresses: []", '    addresses: ["a@x.example"]')]


def test_a_key_that_was_not_there_is_added_to_its_reader() -> None:
    before = of(SHIPPED, "Ban Thường vụ")
    text = edit_deliver.with_changed(SHIPPED, "t", before.name, replace(before, hour=time(6, 45), enabled=False))
    assert of(text, before.name) == replace(before, hour=time(6, 45), enabled=False)
    assert of(text, "Tổng Liên đoàn Lao động Việt Nam") == of(SHIPPED, "Tổng Liên đoàn Lao động Việt Nam")
    assert remarks(text) == remarks(SHIPPED)


def test_lists_of_dashes_comments_and_a_dash_of_its_own_line_are_understood() -> None:
    before = of(BLOCKS, "Ban Thường vụ")
    after = replace(before, name="Thường vụ", addresses=("d@x.example",), hour=None)
    text = edit_deliver.with_changed(BLOCKS, "t", before.name, after)
    assert of(text, "Thường vụ") == after
    for kept in ("gửi cho chủ tịch", "hỏi văn thư", "ghi chú giữa chừng", "Cấp trên.", "cuối tệp"):
        assert kept in text
    gone = edit_deliver.without(BLOCKS, "t", "Tổng Liên đoàn")
    assert [one.name for one in parse_deliver(gone, "t").profiles] == ["Ban Thường vụ"]
    assert parse_deliver(gone, "t").quiet


@pytest.mark.parametrize("begin", ["", "profiles: []  # chưa có ai\n", "profiles:\n", "channels: []"])
def test_the_first_reader_goes_into_a_file_that_has_none(begin: str) -> None:
    text = edit_deliver.with_added(begin, "t", MAIL) if begin else edit_deliver.with_added("quiet:\n", "t", MAIL)
    assert parse_deliver(text, "t").profiles == (MAIL,)


def test_the_last_one_taken_out_leaves_a_file_that_reads() -> None:
    text = edit_deliver.with_added("profiles: []\nchannels: []\n", "t", MAIL)
    assert parse_deliver(edit_deliver.without(text, "t", MAIL.name), "t").profiles == ()


def test_a_list_in_brackets_is_left_to_a_person() -> None:
    text = 'profiles: [{name: "A", addresses: []}]\n'
    changed = edit_deliver.with_changed(text, "t", "A", replace(of(text, "A"), hour=time(7), outside=True))
    assert of(changed, "A").hour == time(7)
    for act in (lambda: edit_deliver.with_added(text, "t", MAIL), lambda: edit_deliver.without(text, "t", "A")):
        with pytest.raises(ConfigError, match="deliver_not_by_desk"):
            act()


def test_the_newlines_of_windows_stay() -> None:
    text = edit_deliver.with_added(SHIPPED.replace("\n", "\r\n"), "t", MAIL)
    assert text.count("\n") == text.count("\r\n") == SHIPPED.count("\n") + 4


def test_what_cannot_be_a_reader_is_refused() -> None:
    for wrong in (
        replace(MAIL, addresses=("a@b, c@d",)), replace(MAIL, name="  "), replace(MAIL, topics=("T1",)),
        replace(MAIL, places=("Atlantis",)), replace(MAIL, channel=Channel.CHAT, addresses=("nhom",)),
    ):  # fmt: skip
        with pytest.raises(ConfigError):
            edit_deliver.as_read(wrong)
    chat = replace(MAIL, channel=Channel.CHAT, addresses=("nhom",))
    assert edit_deliver.as_read(chat, [ChatChannel(id="nhom", env="X")]) == chat


_words = some.text(some.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
_profiles = some.builds(
    Profile, name=_words, channel=some.just(Channel.MAIL),
    addresses=some.lists(some.sampled_from(("a@x.vn", "b@x.vn", "c@x.vn")), unique=True).map(tuple),
    enabled=some.booleans(), series=some.lists(some.sampled_from(list(Series)), min_size=1, unique=True).map(tuple),
    topics=some.lists(some.sampled_from(("T01", "T02")), unique=True).map(tuple),
    places=some.lists(some.sampled_from(("Lào Cai", "Hà Nội")), unique=True).map(tuple),
    units=some.lists(_words, max_size=3).map(tuple), hour=some.none() | some.builds(time, some.integers(0, 23)),
    internal_ok=some.booleans(), outside=some.booleans(),
    attach=some.lists(some.sampled_from(ATTACHED), unique=True).map(tuple),
)  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(start=some.sampled_from((SHIPPED, BLOCKS)), typed=some.lists(_profiles, min_size=1, max_size=2))
def test_whatever_is_typed_reads_back_and_every_other_reader_and_comment_stays(
    start: str, typed: list[Profile]
) -> None:
    text, first = start, parse_deliver(start, "t").profiles
    for one in typed:
        try:
            made = edit_deliver.as_read(one)
        except ConfigError:
            continue
        known = parse_deliver(text, "t").profiles
        if made.name in {other.name for other in known}:
            continue
        text = edit_deliver.with_added(text, "t", made)
        text = edit_deliver.with_changed(text, "t", first[0].name, replace(made, name=first[0].name))
        assert set(remarks(start)) - {" chủ tịch"} <= {part for line in text.splitlines() for part in _after(line)}
        text = edit_deliver.without(text, "t", made.name)
    assert [one.name for one in parse_deliver(text, "t").profiles] == [one.name for one in first]
    assert yaml.safe_load(text).keys() == yaml.safe_load(start).keys()


def _after(line: str) -> list[str]:
    return [line[n + 1 :] for n, character in enumerate(line) if character == "#"]
