"""Tags with their evidence, and mentions with their positions: a Tagging as rows and back."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from monitor.model.tag import Evidence, Mention, Organisation, PlaceTag, Relevance, Role, Tagging, Tone, TopicTag
from monitor.store import corrections


def _pack(evidence: Iterable[Evidence]) -> str:
    return json.dumps([[e.rule, e.text, e.weight] for e in evidence], ensure_ascii=False)


def _unpack(packed: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(rule=rule, text=text, weight=weight) for rule, text, weight in json.loads(packed))


def _pack_organisation(body: Organisation) -> str:
    keys = ("kind", "parent", "role", "text", "start", "end", "since", "until")
    return json.dumps({key: getattr(body, key) for key in keys}, ensure_ascii=False)


def _unpack_organisation(name: str, province: str, packed: str) -> Organisation:
    row = json.loads(packed)
    return Organisation(name=name, province=province, **(row | {"role": Role(row["role"])}))


def replace(db: Database, article: str, tagging: Tagging) -> None:
    """Puts a new reading, with what people said laid over it, in the place of the old one.

    Within the caller's transaction.
    """
    tagging = corrections.laid_over(db, article, tagging)
    db.execute("DELETE FROM tags WHERE article = ?", [article])
    db.execute("DELETE FROM mentions WHERE article = ?", [article])
    rows: list[tuple[str, str, int, float, str | None, str]] = []
    if tagging.relevance is not Relevance.NONE or tagging.relevance_evidence:
        rows.append(("relevance", tagging.relevance.value, 0, 0.0, None, _pack(tagging.relevance_evidence)))
    rows += [("topic", t.id, rank, t.score, None, _pack(t.evidence)) for rank, t in enumerate(tagging.topics)]
    rows += [("place", p.name, rank, 0.0, p.present, _pack(p.evidence)) for rank, p in enumerate(tagging.places)]
    if tagging.tone:
        rows.append(("tone", tagging.tone.value, 0, 0.0, None, _pack(tagging.tone_evidence)))
    if tagging.attention:
        rows.append(("attention", "true", 0, 0.0, None, _pack(tagging.attention_evidence)))
    rows += [
        ("organisation", o.name, rank, 0.0, o.province or None, _pack_organisation(o))
        for rank, o in enumerate(tagging.organisations)
    ]
    db.conn.executemany(
        "INSERT OR IGNORE INTO tags (article, kind, value, rank, score, present, evidence) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(article, *row) for row in rows],
    )
    db.conn.executemany(
        'INSERT INTO mentions (article, start, "end", text, rule) VALUES (?, ?, ?, ?, ?)',
        [(article, m.start, m.end, m.text, m.rule) for m in tagging.mentions],
    )
    db.execute(
        "UPDATE articles SET relevance = ?, tone = ?, attention = ? WHERE id = ?",
        [tagging.relevance.value, tagging.tone.value if tagging.tone else None, int(tagging.attention), article],
    )


def load(db: Database, articles: list[str]) -> dict[str, Tagging]:
    """The readings of many articles, by article id; those never read are left out."""
    made: dict[str, Tagging] = {}
    for at in range(0, len(articles), 500):
        made |= _load(db, articles[at : at + 500])
    return made


def _load(db: Database, articles: list[str]) -> dict[str, Tagging]:
    marks = ",".join("?" * len(articles))
    rows: dict[str, dict[str, list[dict[str, object]]]] = {}
    for row in db.query(f"SELECT * FROM tags WHERE article IN ({marks}) ORDER BY article, kind, rank", articles):
        rows.setdefault(str(row["article"]), {}).setdefault(str(row["kind"]), []).append(row)
    spots: dict[str, list[Mention]] = {}
    for row in db.query(f'SELECT * FROM mentions WHERE article IN ({marks}) ORDER BY article, start, "end"', articles):
        mention = Mention(start=row["start"], end=row["end"], text=row["text"], rule=row["rule"])
        spots.setdefault(row["article"], []).append(mention)
    heads = db.query(f"SELECT id, relevance, tone, attention FROM articles WHERE id IN ({marks})", articles)
    made = {}
    for head in heads:
        if head["relevance"] is None:
            continue
        kinds = rows.get(head["id"], {})

        def evidence(kind: str, kinds: dict[str, list[dict[str, object]]] = kinds) -> tuple[Evidence, ...]:
            return _unpack(str(kinds[kind][0]["evidence"])) if kind in kinds else ()

        made[head["id"]] = Tagging(
            relevance=Relevance(head["relevance"]),
            relevance_evidence=evidence("relevance"),
            topics=tuple(
                TopicTag(id=str(t["value"]), score=float(str(t["score"])), evidence=_unpack(str(t["evidence"])))
                for t in kinds.get("topic", ())
            ),
            places=tuple(
                PlaceTag(name=str(p["value"]), present=str(p["present"]), evidence=_unpack(str(p["evidence"])))
                for p in kinds.get("place", ())
            ),
            tone=Tone(head["tone"]) if head["tone"] else None,
            tone_evidence=evidence("tone"),
            attention=bool(head["attention"]),
            attention_evidence=evidence("attention"),
            mentions=tuple(spots.get(head["id"], ())),
            organisations=tuple(
                _unpack_organisation(str(o["value"]), str(o["present"] or ""), str(o["evidence"]))
                for o in kinds.get("organisation", ())
            ),
        )
    return made
