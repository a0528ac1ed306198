"""The API: who may call what, every act with its effect in the store, and whatever a hostile caller may send."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import desk_office
import paper_making
import pytest
from desk_office import LOGINS, Desk
from starlette.testclient import TestClient

from monitor import clock
from monitor.config import load_web
from monitor.desk import access, asking, case_list, editions, figures, handing_in, moving, triage
from monitor.labels import label
from monitor.model.case import AssignmentState, CaseStatus, ClaimVerdict, Closing, RemedyState, TriageState
from monitor.model.correction import Field
from monitor.model.people import OfficeRole
from monitor.model.request import DemandResult
from monitor.store import articles, cases, people
from monitor.store import triage as decisions
from monitor.store.db import opened
from monitor.web import api, build
from monitor.web.route import PUBLIC

BASE = "/api/v1"
JSON = {"content-type": "application/json"}
READS = [route for route in api.ROUTES if route.method == "GET"]
ACTS = [route for route in api.ROUTES if route.method == "POST"]


@dataclass(kw_only=True)
class Api:
    """Programs with tokens, one a person."""

    desk: Desk
    client: TestClient
    tokens: dict[str, str]

    def token(self, login: str) -> dict[str, str]:
        if login not in self.tokens:
            with opened(self.desk.home.database) as db:
                self.tokens[login] = access.make_token(db, people.get(db, login), clock.now())
        return {"authorization": f"Bearer {self.tokens[login]}"}

    def get(self, path: str, login: str = "bao", **query: object) -> Any:
        return self.client.get(BASE + path, headers=self.token(login), params=query)

    def post(self, path: str, login: str = "bao", /, **body: object) -> Any:
        return self.client.post(BASE + path, headers=self.token(login), json=body)

    def ok(self, path: str, login: str = "bao", /, **body: object) -> dict[str, Any]:
        answer = self.post(path, login, **body)
        assert answer.status_code in (200, 201), answer.text
        made: dict[str, Any] = answer.json()
        return made

    def send(self, path: str, raw: str | bytes, **headers: str) -> Any:
        return self.client.post(BASE + path, headers=self.token("bao") | JSON | headers, content=raw)

    def call(self, route: api.ApiRoute, headers: dict[str, str]) -> Any:
        path = BASE + route.path.replace("{id}", "VV2026-0001").replace("{thing}", "c1")
        body = {} if route.method == "GET" else {"content": "{}"}
        return self.client.request(route.method, path, headers=headers | JSON, **body)

    def subject(self, at: int = 0) -> str:
        with self.desk.sitting() as s:
            return triage.pending(s)[at].subject

    def case(self, ident: str) -> Any:
        with opened(self.desk.home.database) as db:
            return cases.get(db, ident)


@pytest.fixture
def office(desk: Desk) -> Iterator[Api]:
    app = build(desk.home, load_web(desk.home.rules))
    with TestClient(app, base_url="http://localhost") as client:
        yield Api(desk=desk, client=client, tokens={})


def refused(answer: Any, status: int, error: str = "") -> dict[str, Any]:
    """The answer says in JSON, in words, why nothing was done."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    told: dict[str, Any] = answer.json()
    assert set(told) <= {"error", "message", "revision", "fields"}
    assert told["message"].strip()
    assert error in ("", told["error"])
    return told


# Who may call what.


def test_every_route_lets_in_whom_the_table_says_and_nobody_else(office: Api) -> None:
    tokens = {role: office.token(login) for role, login in LOGINS.items()}
    for route in api.ROUTES:
        for bad in ({}, {"authorization": "Bearer x"}):
            answer = office.call(route, bad)
            if route.who is PUBLIC:
                assert answer.status_code == 200
            else:
                assert refused(answer, 401, "token")
                assert answer.headers["www-authenticate"] == "Bearer"
        for role, token in tokens.items():
            answer = office.call(route, token)
            if route.who.public or OfficeRole(role) in route.who.roles:
                assert answer.status_code < 500, (route.name, role)
                assert answer.status_code == 200 or answer.json()["error"] not in ("role", "token"), (route.name, role)
            else:
                refused(answer, 403, "role")


def test_a_browser_s_cookie_counts_for_nothing(office: Api) -> None:
    office.client.cookies.set("phien", office.desk.cookie("dau"))
    for kind in ("Basic YTpi", "Bearer", "Bearer " + "a" * 5000, office.token("bao")["authorization"][7:]):
        refused(office.client.get(f"{BASE}/me", headers={"authorization": kind}), 401)
    refused(office.client.get(f"{BASE}/me"), 401)
    refused(office.client.post(f"{BASE}/cases", json={"subjects": [office.subject()]}), 401)


def test_the_token_of_who_was_disabled_or_whose_token_was_taken_is_dead(office: Api) -> None:
    assert office.get("/me").json()["roles"] == ["press"]
    kept = office.token("bao2")
    with opened(office.desk.home.database) as db, db.atomic():
        who = people.get(db, "bao")
        assert who
        people.put(db, replace(who, disabled=clock.now()))
    refused(office.get("/me"), 401)
    with opened(office.desk.home.database) as db:
        access.end_token(db, office.desk.person("bao2"), clock.now())
    refused(office.client.get(f"{BASE}/me", headers=kept), 401)


def test_who_may_call_but_not_do_it_is_told_whose_part_it_is(office: Api) -> None:
    ident = paper_making.verifying_case(office.desk)
    refused(office.post(f"/cases/{ident}/directions", "bao", text="Làm ngay"), 403, "role_missing")
    assert office.case(ident).notes == ()


# The document.


def test_the_document_is_valid_and_names_every_route_with_the_words_it_may_refuse_with(office: Api) -> None:
    document = office.client.get(f"{BASE}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document) >= {"openapi", "info", "paths", "components", "servers"}
    assert document["servers"] == [{"url": BASE}]
    told = {(method.upper(), path): one for path, of in document["paths"].items() for method, one in of.items()}
    assert set(told) == {(route.method, route.path) for route in api.ROUTES}
    names = [one["operationId"] for one in told.values()]
    assert len(set(names)) == len(names)
    shapes = document["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document))) <= set(shapes)
    for route in api.ROUTES:
        one = told[route.method, route.path]
        assert one["description"]
        assert str(route.status) in one["responses"]
        assert ("security" in one) is (not route.who.public)
        if not route.who.public:
            assert one["responses"]["401"]["content"]["application/json"]["schema"]["$ref"].endswith("/Fault")


def test_no_page_of_documentation_is_served_from_elsewhere(office: Api) -> None:
    for path in ("/docs", "/redoc"):
        refused(office.client.get(BASE + path), 404)


# Reads.


def test_every_list_pages_and_says_how_many_there_are(office: Api) -> None:
    found = office.get("/inbox", per_page=10, page=3).json()
    assert (found["page"], found["per_page"], found["total"], len(found["items"])) == (3, 10, 25, 5)
    assert found["counts"]["new"] == 25
    assert office.get("/inbox", page=99).json()["items"] == []
    assert office.get("/search", q="công đoàn", page=99).json()["items"] == []
    for route in READS:
        if "{" in route.path or route.path in ("/openapi.json", "/me"):
            continue
        told = office.get(route.path, login="dau", per_page=1).json()
        assert len(told["items"]) <= 1
        assert told["total"] >= len(told["items"])
        refused(office.get(route.path, login="dau", per_page=201), 422, "shape")
        refused(office.get(route.path, login="dau", zzz=1), 422, "shape")


def test_filters_of_the_inbox_and_the_search_are_the_desk_s(office: Api) -> None:
    plain = office.get("/inbox", topic="T03", words="so 0").json()
    assert [row["title"] for row in plain["items"]] == [
        "Công đoàn lên tiếng về vụ chậm trả lương tại Công ty May Bình Minh số 0"
    ]
    assert plain["items"][0]["published"].endswith("+07:00")
    assert office.get("/search", q="cong doan len tieng", per_page=3).json()["total"] == 25
    assert refused(office.get("/search", q="công đoàn", topic="T99"), 422)["error"] != "shape"


def test_an_article_comes_with_its_tags_and_the_words_they_rest_on(office: Api) -> None:
    ident = desk_office.ids(office.desk)[0]
    told = office.get(f"/articles/{ident}", "co").json()
    with opened(office.desk.home.database) as db:
        (stored,) = articles.by_ids(db, [ident])
    assert (told["id"], told["text"], told["relevance"]) == (ident, stored.text, "union")
    assert {tag["field"] for tag in told["tags"]} >= {"relevance", "topics"}
    assert any(tag["evidence"] for tag in told["tags"])
    refused(office.get("/articles/a00"), 404, "article_unknown")


def test_cases_requests_and_letters_are_the_rows_of_the_export(office: Api) -> None:
    ident, request, _letter = paper_making.sent(office.desk)
    with office.desk.sitting("bao") as s:
        rows = {
            "cases": list(figures.case_rows(s, None, None)), "requests": list(figures.request_rows(s, None, None)),
            "letters": list(figures.letter_rows(s, None, None)), "events": list(figures.event_rows(s, None, None)),
        }  # fmt: skip
    for name in ("cases", "requests", "events"):
        assert office.get(f"/{name}", per_page=200).json()["items"] == json.loads(json.dumps(rows[name]))
    letters = office.get("/letters").json()["items"]
    for told, row in zip(letters, rows["letters"], strict=True):
        assert {key: told[key] for key in row} == json.loads(json.dumps(row))
    assert office.get(f"/cases/{ident.lower()}").json()["requests"] == [request]
    assert office.get("/requests", state="settled").json()["total"] == 0
    assert office.get("/requests", case=ident, state="sent").json()["total"] == 1
    assert office.get("/letters", direction="in").json()["total"] == 0
    assert {event["case"] for event in office.get("/events", case=ident).json()["items"]} == {ident}
    refused(office.get("/cases/VV2026-9999"), 404, "case_unknown")


def test_cases_come_in_the_order_of_the_desk_s_list_by_the_same_filters(office: Api) -> None:
    for _ in range(3):
        paper_making.verifying_case(office.desk)
    paper_making.handled(office.desk)
    with office.desk.sitting("bao") as s:
        wanted = [row.head.id for row in case_list.listed(s, case_list.CaseQuery()).rows]
    assert [row["id"] for row in office.get("/cases").json()["items"]] == wanted
    assert [row["id"] for row in office.get("/cases", per_page=1, page=2).json()["items"]] == wanted[1:2]
    assert office.get("/cases", status=["handling", "closed"]).json()["total"] == 1
    assert office.get("/cases", since="2020-01-01", until="2020-01-02").json()["total"] == 0


def test_what_is_due_and_what_waits_tell_the_same_case(office: Api) -> None:
    ident = paper_making.verifying_case(office.desk)
    assert ident in {row["case"] for row in office.get("/due").json()["items"]}
    kinds = {row["kind"] for row in office.get("/mine").json()["items"] if row["case"] == ident}
    assert "assigned" in kinds
    assert office.get("/mine", "thu").json()["items"] == []


def test_sources_tell_their_health_and_outlets_their_cards(office: Api) -> None:
    paper_making.handled(office.desk)
    sources = office.get("/sources", "quan").json()["items"]
    assert [one["id"] for one in sources] == ["bao0/1", "bao1/1", "bao2/1"]
    assert all(one["status"] and one["reason"] for one in sources)
    (line,) = [one for one in office.get("/outlets").json()["items"] if one["card"]]
    assert line["card"]["legal_name"] == "Báo Số Không"
    assert office.get(f"/outlets/{line['id']}").json()["cards"] == [line["card"]]
    refused(office.get("/outlets/khong-co"), 404, "outlet_unknown")


def test_an_edition_comes_as_the_digest_for_programs(office: Api) -> None:
    with office.desk.sitting("bao") as s:
        made = editions.draft(s)
        wanted = editions.rendered(s, made.id, "json")
    (row,) = office.get("/editions").json()["items"]
    assert (row["id"], row["state"], row["items"]) == (made.id, "draft", len(made.kept))
    assert office.get(f"/editions/{made.id}").text == wanted
    refused(office.get(f"/editions/{made.id}", "co"), 404, "edition_unknown")
    refused(office.get("/editions/khong"), 404)


# Acts.


def test_a_matter_is_noted_and_that_is_taken_back(office: Api) -> None:
    subject = office.subject()
    done = office.ok(f"/matters/{subject}/decide", state="noted", note="Đã biết")
    assert (done["state"], done["before"], done["note"]) == ("noted", "new", "Đã biết")
    with opened(office.desk.home.database) as db:
        assert decisions.get(db, subject).state is TriageState.NOTED
    assert office.ok(f"/matters/{subject}/undo")["state"] == "new"
    refused(office.post(f"/matters/{subject}/decide", state="case"), 422, "shape")
    refused(office.post("/matters/s00/decide", state="noted"), 404, "matter_unknown")


def test_what_another_decided_since_the_list_was_read_stays(office: Api) -> None:
    subject, read_at = office.subject(), clock.iso_local(clock.now() - timedelta(minutes=1))
    office.ok(f"/matters/{subject}/decide", "bao2", state="irrelevant")
    refused(office.post(f"/matters/{subject}/decide", state="noted", shown=read_at), 409, "triage_meanwhile")


def test_a_case_is_opened_added_to_and_asked_about(office: Api) -> None:
    first, second = office.subject(0), office.subject(1)
    made = office.ok("/cases", subjects=[first], title="Việc ở May Bình Minh", units=["may"], evidence=False)
    case = office.case(made["id"])
    assert (case.title, case.units, made["status"], made["revision"]) == (made["title"], ("may",), "open", 1)
    more = office.ok(f"/cases/{case.id}/articles", subjects=[second])
    assert len(more["articles"]) == 2
    due = f"{paper_making.today() + timedelta(days=5)}"
    told = office.ok(
        f"/cases/{case.id}/assignments", "lanh", task="Xác minh", due=due, unit="kcn", revision=more["revision"]
    )
    (asked,) = told["assignments"]
    assert (asked["unit"], asked["due"], told["status"]) == ("kcn", due, "verifying")
    refused(office.post(f"/cases/{case.id}/assignments/{asked['id']}/answer", "may", text="Không rõ"), 403)
    office.ok(f"/cases/{case.id}/assignments/{asked['id']}/answer", "co", text="Đã trả đủ lương.")
    (stored,) = office.case(case.id).assignments
    assert stored.state is AssignmentState.ANSWERED
    assert stored.answer.text == "Đã trả đủ lương."


def test_a_case_is_checked_concluded_and_put_right(office: Api) -> None:
    ident = paper_making.verifying_case(office.desk)
    article = office.case(ident).articles[0]
    refused(office.post(f"/cases/{ident}/claims", quote="không có câu này", article=article), 422, "quote_not_found")
    office.ok(f"/cases/{ident}/claims", quote="chưa kịp thời đối thoại", article=article)
    for claim, verdict in zip(office.case(ident).claims, ("right", "wrong"), strict=True):
        office.ok(
            f"/cases/{ident}/claims/{claim.id}/judge", verdict=verdict, why="Theo biên bản",
            fact="Đã đối thoại hai lần", source="Biên bản", ground="false" if verdict == "wrong" else None,
        )  # fmt: skip
    assert [claim.verdict for claim in office.case(ident).claims] == [ClaimVerdict.RIGHT, ClaimVerdict.WRONG]
    office.ok(f"/cases/{ident}/comments", "thu", text="Đã nhận hồ sơ")
    office.ok(f"/cases/{ident}/directions", "lanh", text="Khắc phục ngay")
    assert [note.direction for note in office.case(ident).notes] == [False, True]
    assert office.ok(f"/cases/{ident}/conclude", "lanh", text="Đúng một phần")["verdict"] == "partly"
    due = f"{paper_making.today() + timedelta(days=5)}"
    remedy = office.ok(f"/cases/{ident}/remedies", measure="Đối thoại lại", who="CĐCS", due=due)["remedies"][0]["id"]
    refused(
        office.post(f"/cases/{ident}/remedies/k99/finish", done=f"{paper_making.today()}", result="Xong"),
        404,
        "thing_unknown",
    )
    office.ok(f"/cases/{ident}/remedies/{remedy}/finish", done=f"{paper_making.today()}", result="Đã đối thoại")
    (stored,) = office.case(ident).remedies
    assert stored.state is RemedyState.DONE
    assert office.ok(f"/cases/{ident}/close", why="Xong", retention="10 năm")["closing"] == "concluded"
    assert office.case(ident).status is CaseStatus.CLOSED


def test_a_case_is_closed_without_a_verdict_for_a_named_reason(office: Api) -> None:
    ident = paper_making.verifying_case(office.desk)
    refused(office.post(f"/cases/{ident}/close", closing="duplicate", why="Trùng", other="VV2026-0777"), 422)
    assert office.ok(f"/cases/{ident}/close", closing="mistaken", why="Mở nhầm")["status"] == "closed"
    assert office.case(ident).end.closing is Closing.MISTAKEN


def test_requests_are_made_one_by_one_or_all_at_once(office: Api) -> None:
    ident = paper_making.handled(office.desk)
    with office.desk.sitting("bao") as s:
        outlet = asking.proposals(s, ident)[0].outlet
    made = office.ok(f"/cases/{ident}/requests", outlet=outlet, demands=["correct", "answer"])
    assert [d.kind.value for d in office.case(ident).requests[0].demands] == ["correct", "answer"]
    authority = office.ok(
        f"/cases/{ident}/requests", addressee="authority", name="Sở Văn hóa", revision=made["revision"]
    )
    assert len(authority["requests"]) == 2
    other = paper_making.handled(office.desk, title="Việc khác", card=False)
    assert len(office.ok(f"/cases/{other}/requests/all")["requests"]) == 1
    refused(office.post(f"/cases/{other}/requests/all"), 422, "nothing_to_ask")


def test_receipt_and_result_of_a_request_are_recorded(office: Api) -> None:
    ident, request, _letter = paper_making.sent(office.desk)
    one = f"/cases/{ident}/requests/{request}"
    today = f"{paper_making.today()}"
    office.ok(f"{one}/received", "thu", at=clock.now().isoformat(), proof="Giấy báo phát bưu điện")
    assert office.case(ident).requests[0].received
    demand = office.case(ident).requests[0].demands[0]
    office.ok(f"{one}/result", demand=demand.id, result="dropped", why="Báo đã gỡ bài từ trước", note="Không cần nữa")
    assert office.case(ident).requests[0].demands[0].result is DemandResult.DROPPED
    refused(office.post(f"{one}/result", demand="d99", result="refused", on=today, note="x"), 422, "thing_unknown")
    refused(office.post(f"/cases/{ident}/requests/r99/received", at=clock.now().isoformat(), proof="x"), 404)


def test_a_tag_is_corrected_and_the_article_tells_by_whom(office: Api) -> None:
    ident = desk_office.ids(office.desk)[0]
    told = office.ok(f"/articles/{ident}/corrections", field="tone", values=["neg"], note="Tin xấu")
    assert told["tone"] == "neg"
    assert [(one["field"], one["by"], one["holds"]) for one in told["corrections"]] == [("tone", "Trần Văn Báo", True)]
    refused(office.post(f"/articles/{ident}/corrections", field="topics", values=["T99"]), 422)
    refused(office.post("/articles/a00/corrections", field=Field.TONE.value, values=["neg"]), 404)


def test_a_link_is_handed_in_by_anyone(office: Api) -> None:
    kept = office.ok("/handed-in", "co", link="https://www.facebook.com/congnhan/posts/1", title="Bài lạ", text="Chữ")
    assert (kept["title"], kept["known"]) == ("Bài lạ", False)
    assert office.get(f"/articles/{kept['article']}").json()["intake"]["medium"] == "social_channel"
    refused(office.post("/handed-in", link="javascript:alert(1)"), 422, "link_unfit")


def test_a_lost_update_is_told_with_the_present_revision_and_nothing_is_written(office: Api) -> None:
    ident = paper_making.verifying_case(office.desk)
    seen = office.get(f"/cases/{ident}").json()["revision"]
    after = office.ok(f"/cases/{ident}/comments", "bao2", text="Tôi trước", revision=seen)
    told = refused(office.post(f"/cases/{ident}/comments", text="Tôi sau", revision=seen), 409, "case_changed")
    assert told["revision"] == after["revision"] == seen + 1
    assert [note.text for note in office.case(ident).notes] == ["Tôi trước"]
    assert office.ok(f"/cases/{ident}/comments", text="Tôi sau", revision=told["revision"])


# What may not be known.


def secret_case(desk: Desk) -> tuple[str, str]:
    """A restricted case with an item that somebody handed in; the case's id and the item's."""
    ident = paper_making.verifying_case(desk, "Việc KÍN tại đơn vị")
    link = "https://www.facebook.com/x/posts/9"
    with desk.sitting("bao") as s:
        typed = handing_in.hand_in(s, link=link, title="Chuyện KÍN về ông Tám", text="Công đoàn cơ sở bị tố.")
        triage.add_to_case(s, ident, [typed.article.id])
    with desk.sitting("lanh") as s:
        moving.restrict(s, ident, ["lanh"])
    return ident, typed.article.id


def test_a_restricted_case_and_its_items_show_to_nobody_else(office: Api) -> None:
    ident, item = secret_case(office.desk)
    for login in ("bao", "bao2", "thu", "co", "may", "quan"):
        for route in READS:
            path = route.path.replace("{id}", item if "articles" in route.path else ident)
            answer = office.get(path, login, **({"q": "KÍN"} if route.path == "/search" else {}))
            assert "KÍN" not in answer.text, (login, path)
            assert item not in answer.text or answer.status_code == 404, (login, path)
            assert ident not in answer.text or answer.status_code == 404, (login, path)
    assert office.get(f"/cases/{ident}", "lanh").json()["restricted"]
    assert office.get(f"/articles/{item}", "lanh").json()["title"] == "Chuyện KÍN về ông Tám"


def test_no_act_tells_of_a_restricted_case(office: Api) -> None:
    ident, item = secret_case(office.desk)
    before = office.case(ident)
    document = office.client.get(f"{BASE}/openapi.json").json()
    for route in ACTS:
        body = needed(document, route, item)
        name = item if route.path.startswith(("/articles", "/matters")) else ident
        answer = office.post(route.path.replace("{id}", name).replace("{thing}", "c1"), "bao2", **body)
        assert "KÍN" not in answer.text, route.name
        if "{id}" in route.path:
            told = refused(answer, 404)
            unknown = office.post(route.path.replace("{id}", "VV2026-0999").replace("{thing}", "c1"), "bao2", **body)
            assert told == json.loads(unknown.text.replace("VV2026-0999", name)), route.name
    assert office.case(ident) == before


def needed(document: dict[str, Any], route: api.ApiRoute, item: str) -> dict[str, object]:
    """A body with every field that the document of the API calls for."""
    day = f"{paper_making.today()}"
    values = {
        "subjects": [item], "state": "noted", "due": day, "done": day, "at": f"{day}T08:00", "field": "tone",
        "values": ["neg"], "verdict": "right", "link": "https://www.facebook.com/x/posts/9",
    }  # fmt: skip
    shape = document["paths"][route.path]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    required = document["components"]["schemas"][shape.rpartition("/")[2]].get("required", ())
    return {name: values.get(name, "x") for name in required}


# Whatever may come.

HOSTILE = {
    "no json": "{", "nothing": "", "deep": "[" * 200_000, "deep inside": '{"text":' + "[" * 500 + "]" * 500 + "}",
    "a list": "[]", "a number": "1", "null": "null", "nul": '{"text": "a\\u0000b"}',
    "a surrogate": '{"text": "\\ud800"}',
    "a surrogate's name": '{"text": "a", "\\udfff": 1}', "wrong types": '{"text": {"a": 1}}', "nan": '{"text": NaN}',
    "a long number": '{"text": "a", "revision": ' + "9" * 6000 + "}", "negative": '{"text": "a", "revision": -1}',
    "long words": '{"text": "' + "a" * 100_001 + '"}', "unknown": '{"text": "a", "admin": true}',
    "blank": '{"text": " "}',
    "a stranger": '{"text": "a", "on_behalf": "lanh"}', "no utf-8": b'{"text": "\xff\xfe"}',
}  # fmt: skip


def test_hostile_json_is_refused_in_words_and_changes_nothing(office: Api) -> None:
    ident = paper_making.verifying_case(office.desk)
    before = office.case(ident)
    for name, raw in HOSTILE.items():
        answer = office.send(f"/cases/{ident}/comments", raw)
        assert 400 <= answer.status_code < 500, name
        refused(answer, answer.status_code)
    assert office.case(ident) == before


def test_days_that_cannot_be_are_refused_before_the_desk_sees_them(office: Api) -> None:
    ident = paper_making.verifying_case(office.desk)
    for due in (
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "1700000000",
        1700000000,
        "hôm nay",
        None,
        "2026-11-05T00:00",
    ):
        told = refused(office.post(f"/cases/{ident}/assignments", task="x", due=due, unit="kcn"), 422, "shape")
        assert told["fields"] == [{"field": "body.due", "message": label("web_api", "day")}]
    refused(office.post("/handed-in", link="https://a.example/1", at="0001-01-01T00:00:00+14:00"), 422, "shape")
    refused(office.get("/cases", since="0001-01-01"), 422, "shape")


def test_what_is_too_large_is_refused_in_json_whoever_refuses_it(office: Api) -> None:
    for size in (1_100_000, 9_000_000):
        refused(office.send("/cases", '{"title":"' + "a" * size + '"}'), 413)

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"a" * 100_000

    refused(office.client.post(f"{BASE}/cases", headers=office.token("bao") | JSON, content=pieces()), 413, "too_large")


def test_strange_addresses_hosts_methods_and_kinds_are_refused_in_json(office: Api) -> None:
    for path in ("/cases/%00", "/cases/%ff%fe", "/cases/" + "a" * 200, "/articles/..%2f..%2fetc", "/khong-co", "/"):
        answer = office.get(path)
        assert answer.status_code in (404, 422)
        refused(answer, answer.status_code)
    refused(office.client.delete(f"{BASE}/me", headers=office.token("bao")), 405)
    refused(office.client.get(f"{BASE}/me", headers=office.token("bao") | {"host": "evil.test"}), 421)
    refused(office.send("/cases", "subjects=a", **{"content-type": "application/x-www-form-urlencoded"}), 415)
    refused(office.get("/cases", page="9" * 5000), 422, "shape")
    refused(office.get("/search", q="\x00"), 422, "shape")


def test_a_database_that_cannot_be_used_is_told_with_503(office: Api) -> None:
    office.token("bao")
    for path in office.desk.home.database.parent.glob(office.desk.home.database.name + "*"):
        path.unlink()
    office.desk.home.database.write_bytes(b"no database" * 1000)
    refused(office.get("/cases"), 503)


def test_an_answer_is_kept_by_no_cache_and_read_as_nothing_but_json(office: Api) -> None:
    answer = office.get("/me")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
