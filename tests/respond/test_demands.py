"""What may be asked of whom: the table of ground, addressee and capacity, the refusals, and the rules file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from request_making import BIASED, CLAIMS, NEW, OLD, RULES, TERMS, WRONG, A, D, claim

from monitor.config.demands import load_demands, parse_demands
from monitor.errors import ConfigError, RefusedError
from monitor.labels import wording
from monitor.model.asking import Terms
from monitor.model.case import Capacity, Ground
from monitor.model.law import Citation, ClockKind
from monitor.model.request import AddresseeKind, DemandKind
from monitor.model.source import OutletKind
from monitor.respond.demands import allowed, carriers_of, check, clock_of, usable, words_of

SHIPPED = (Path(__file__).parents[2] / "rules" / "demands.yaml").read_text(encoding="utf-8")
HARD = (Ground.FALSE, Ground.DISTORTED, Ground.SLANDER, Ground.INSULT)
SOFT = (Ground.NOT_OBJECTIVE, Ground.MISLEADING)
TABLE = {
    (A.PRESS, HARD): {D.CORRECT, D.APOLOGISE, D.TAKE_DOWN, D.PUBLISH_RESPONSE, D.ANSWER, D.NOTIFY},
    (A.PRESS, SOFT): {D.PUBLISH_RESPONSE, D.ANSWER, D.NOTIFY},
    (A.PRESS, (Ground.NO_HARM,)): {D.ANSWER},
    (A.AGGREGATOR, HARD): {D.TAKE_DOWN, D.RERUN, D.NOTIFY},
    (A.AGGREGATOR, SOFT): set(),
    (A.AGGREGATOR, (Ground.NO_HARM,)): set(),
    (A.SOCIAL, HARD): {D.TAKE_DOWN, D.CORRECT, D.APOLOGISE},
    (A.SOCIAL, SOFT): {D.CORRECT},
    (A.SOCIAL, (Ground.NO_HARM,)): set(),
    (A.AUTHORITY, HARD): {D.CONCLUDE, D.ANSWER},
    (A.AUTHORITY, SOFT): {D.CONCLUDE, D.ANSWER},
    (A.AUTHORITY, (Ground.NO_HARM,)): {D.CONCLUDE, D.ANSWER},
}


def wanted(ground: Ground, kind: AddresseeKind, capacity: Capacity) -> set[DemandKind]:
    if capacity is Capacity.INFORM and kind is not A.AUTHORITY:
        return set()
    return next(demands for (who, grounds), demands in TABLE.items() if who is kind and ground in grounds)


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("kind", AddresseeKind)
@pytest.mark.parametrize("ground", Ground)
def test_the_ground_decides_what_may_be_asked_of_whom(ground: Ground, kind: AddresseeKind, capacity: Capacity) -> None:
    assert allowed(RULES, (ground,), kind, capacity) == wanted(ground, kind, capacity)


@pytest.mark.parametrize("demand", DemandKind)
@pytest.mark.parametrize("kind", AddresseeKind)
@pytest.mark.parametrize("ground", Ground)
def test_a_letter_asks_for_what_its_ground_allows_and_for_nothing_else(
    ground: Ground, kind: AddresseeKind, demand: DemandKind
) -> None:
    one = claim("c1", WRONG, ground)
    if demand in wanted(ground, kind, Capacity.OWN):
        check(TERMS, (one,), kind, (demand,))
        return
    with pytest.raises(RefusedError) as refused:
        check(TERMS, (one,), kind, (demand,))
    assert refused.value.key == "demand_beyond_ground"
    article = TERMS.ruleset.cite(RULES.limit(demand).cites).text  # type: ignore[union-attr, arg-type]
    assert article in wording(refused.value)


def test_the_refusal_names_the_article_of_the_law_of_the_letter_s_date() -> None:
    for ruleset, article in ((OLD, "Điều 42 Luật Báo chí số 103/2016/QH13"), (NEW, "Luật Báo chí số 126/2025/QH15")):
        with pytest.raises(RefusedError) as refused:
            check(Terms(rules=RULES, ruleset=ruleset), (claim("c1", BIASED, Ground.MISLEADING),), A.PRESS, (D.CORRECT,))
        assert article in wording(refused.value)


def test_without_a_law_for_the_date_no_letter_rests_on_one() -> None:
    with pytest.raises(RefusedError, match="law_not_known"):
        words_of(Terms(rules=RULES, ruleset=None), A.PRESS, D.CORRECT)
    assert words_of(Terms(rules=RULES, ruleset=None), A.SOCIAL, D.CORRECT)[1] == ""


def test_the_claims_of_a_letter_add_up_and_each_demand_needs_one_that_carries_it() -> None:
    false, biased = CLAIMS[0], CLAIMS[1]
    check(TERMS, (false, biased), A.PRESS, (D.CORRECT, D.PUBLISH_RESPONSE))
    assert carriers_of(RULES, (false, biased), A.PRESS, D.CORRECT) == ("c1",)
    assert carriers_of(RULES, (false, biased), A.PRESS, D.PUBLISH_RESPONSE) == ("c1", "c2")


@pytest.mark.parametrize(
    ("one", "kind", "demand", "key"),
    [
        (CLAIMS[2], A.PRESS, D.CORRECT, "claim_not_faulty"),
        (CLAIMS[6], A.PRESS, D.ANSWER, "claim_not_faulty"),
        (replace(CLAIMS[0], verdict=None, ground=None), A.PRESS, D.CORRECT, "claim_not_faulty"),
        (replace(CLAIMS[0], dropped="trùng"), A.PRESS, D.CORRECT, "claim_dropped"),
        (CLAIMS[5], A.PRESS, D.CORRECT, "capacity_unfit"),
        (CLAIMS[5], A.SOCIAL, D.CORRECT, "capacity_unfit"),
        (replace(CLAIMS[4], authority=""), A.PRESS, D.CORRECT, "authorisation_missing"),
        (replace(CLAIMS[4], authority=""), A.AUTHORITY, D.CONCLUDE, "authorisation_missing"),
        (replace(CLAIMS[0], harmed=""), A.PRESS, D.PUBLISH_RESPONSE, "harmed_missing"),
    ],
)  # fmt: skip
def test_a_claim_that_cannot_stand_in_the_letter_is_refused_by_name(
    one: object, kind: AddresseeKind, demand: DemandKind, key: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        check(TERMS, (one,), kind, (demand,))  # type: ignore[arg-type]
    assert refused.value.key == key
    assert "c" in wording(refused.value)


def test_a_claim_that_carries_none_of_the_demands_has_no_place_in_the_letter() -> None:
    with pytest.raises(RefusedError, match="claim_asks_nothing"):
        check(TERMS, (CLAIMS[0], CLAIMS[3]), A.PRESS, (D.CORRECT,))
    check(TERMS, (CLAIMS[0], CLAIMS[3]), A.PRESS, (D.CORRECT, D.ANSWER))


def test_a_letter_needs_claims_and_demands() -> None:
    with pytest.raises(RefusedError, match="request_no_claims"):
        check(TERMS, (), A.PRESS, (D.CORRECT,))
    with pytest.raises(RefusedError, match="request_no_demands"):
        check(TERMS, (CLAIMS[0],), A.PRESS, ())


def test_who_only_informs_writes_to_authorities_alone() -> None:
    check(TERMS, (CLAIMS[5],), A.AUTHORITY, (D.CONCLUDE,))
    assert [c.id for c in usable(RULES, CLAIMS, A.PRESS)] == ["c1", "c2", "c4", "c5"]
    assert [c.id for c in usable(RULES, CLAIMS, A.AUTHORITY)] == ["c1", "c2", "c4", "c5", "c6"]
    assert [c.id for c in usable(RULES, CLAIMS, A.AGGREGATOR)] == ["c1", "c5"]


def test_the_clock_of_a_demand_is_the_press_s_alone() -> None:
    assert clock_of(A.PRESS, D.PUBLISH_RESPONSE) is ClockKind.RESPONSE
    assert clock_of(A.PRESS, D.ANSWER) is ClockKind.ANSWER
    assert {clock_of(A.PRESS, one) for one in (D.CORRECT, D.APOLOGISE, D.TAKE_DOWN)} == {ClockKind.CORRECTION}
    assert all(clock_of(A.SOCIAL, demand) is None for demand in DemandKind)


def test_a_letter_words_each_demand_and_names_its_article() -> None:
    text, basis = words_of(TERMS, A.PRESS, D.ANSWER)
    assert text.startswith("trả lời bằng văn bản")
    assert basis == "khoản 6 Điều 18 Nghị định số 237/2026/NĐ-CP"
    with pytest.raises(RefusedError, match="demand_not_there"):
        words_of(TERMS, A.SOCIAL, D.PUBLISH_RESPONSE)


# The file.


def test_the_shipped_file_settles_every_kind_of_outlet_and_every_demand() -> None:
    assert RULES.addressee(OutletKind.PORTAL) is A.AGGREGATOR
    assert [RULES.addressee(kind) for kind in OutletKind] == [A.PRESS, A.AGGREGATOR, A.AGGREGATOR, A.SOCIAL]
    assert all(RULES.limit(demand).cites for demand in DemandKind)
    cited = {one.cites for one in RULES.allowances if one.cites}
    assert all(NEW.cite(what).text and OLD.cite(what).text for what in cited)  # type: ignore[union-attr]
    assert cited <= set(Citation)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("    - demand: correct\n", "    - demand: corect\n", "config_not_choice"),
        ("inform: [authority]", "inform: [minister]", "config_not_choice"),
        ("inform: [authority]", "inform: []", "config_missing_key"),
        ("inform: [authority]", "inform: [authority, authority]", "demands_doubled"),
        ("  portal: aggregator\n", "", "config_missing_key"),
        ("  portal: aggregator\n", "  portal: aggregator\n  blog: social\n", "config_unknown_key"),
        ('grounds: ["false", "distorted"', 'grounds: [false, "distorted"', "config_not_text"),
        ('grounds: ["false", "distorted"', 'grounds: ["false", "false"', "demands_doubled"),
        ("    - demand: apologise\n", "    - demand: correct\n", "demands_doubled"),
        ("      cites: correction\n", "      cites: corection\n", "config_not_choice"),
        ("      words: đăng lại nội dung cải chính của cơ quan báo chí\n", "", "config_missing_key"),
        ("limits:\n  take_down:\n", "limits:\n  take_downs:\n", "config_unknown_key"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_named_with_its_line(old: str, new: str, key: str) -> None:
    assert old in SHIPPED
    with pytest.raises(ConfigError) as wrong:
        parse_demands(SHIPPED.replace(old, new, 1), "demands.yaml")
    assert wrong.value.key == key
    assert wrong.value.facts["line"]
    assert "demands.yaml" in wording(wrong.value)


def test_a_file_without_a_limit_or_without_an_addressee_is_refused(tmp_path: Path) -> None:
    cut = SHIPPED[: SHIPPED.index("  conclude:\n    words: chỉ")]
    with pytest.raises(ConfigError, match="config_missing_key"):
        parse_demands(cut, "demands.yaml")
    with pytest.raises(ConfigError, match="config_missing"):
        load_demands((tmp_path,))
