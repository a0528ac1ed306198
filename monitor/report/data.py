"""The digest for programs: ``monitor digest --format json``. Keys are stable; times are ISO 8601, +07:00.

date            the local day it is about, or null where it is about several
dates           {from, to}: the first and the last local day
period          {name, start, end}: end excluded
made            when it was put together
office          {name, short, superior, province}
scanned, kept   articles published in the period; those about unions and labour among them
sections        [{id, title, items}] in reading order, the empty ones too; an item:
                number, id, url (null where there is none that is safe to open), title, outlet, outlet_name,
                published (or null), modified (only where it was changed), relevance, topics [T06, …],
                places [as named then], places_now [today's names], tone (or null), attention,
                why [the words that made it one to handle], summary, also [reprints in words], completeness,
                corrected ({date, where}, or null): its outlet corrected it, as a person confirmed
counts          {outlet, group, topic, tone}: [{key, label, count}]; over articles, reprints too; key "none": untold;
                an article counts in each of its topics; tone is over those about unions only; group (of outlets) is
                empty in editions approved before there were groups
topic_names     {T06: …} for the topics in it
failed_sources  [{id, outlet, outlet_name, url, status, reason, newest, checked}]
gaps            [{source, outlet, from, to}]: hours of which items may be missing
edition         of an edition only: {id, series, name, cut_off, approved (or null), comment, opening, internal}; its
                sections have one more, "social", and its items: comment, remarks [sentences], where (the medium of
                an item entered by hand), internal
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from monitor import labels, text
from monitor.clock import iso_local
from monitor.model.article import Article
from monitor.model.digest import Count, Digest, DigestItem, EditionHead, SourceHealth
from monitor.report import words
from monitor.report.view import reasons


def as_json(digest: Digest, topics: Mapping[str, str]) -> str:
    """The digest as one JSON object with the keys above, indented, ending in a line feed."""
    first, last = words.days(digest.period)
    used = sorted({t.id for item in digest.items if item.article.tagging for t in item.article.tagging.topics})
    office, period = digest.office, digest.period
    whole: dict[str, Any] = {
        "date": first.isoformat() if first == last else None,
        "dates": {"from": first.isoformat(), "to": last.isoformat()},
        "period": {"name": period.name, "start": iso_local(period.start), "end": iso_local(period.end)},
        "made": iso_local(digest.made),
        "office": {
            "name": office.name,
            "short": office.short,
            "superior": office.superior,
            "province": office.province,
        },
        "scanned": digest.scanned,
        "kept": sum(row.count for row in digest.by_outlet),
        "sections": [
            {
                "id": part.value,
                "title": labels.of(part),
                "items": [_item(item, edition=bool(digest.edition)) for item in digest.of(part)],
            }
            for part in digest.parts
        ],
        "counts": {
            "outlet": _rows(digest.by_outlet),
            "group": _rows(digest.by_group),
            "topic": _rows(digest.by_topic),
            "tone": _rows(digest.by_tone),
        },
        "topic_names": {topic: topics.get(topic, topic) for topic in used},
        "failed_sources": [_failed(source) for source in digest.failed],
        "gaps": [
            {"source": gap.source, "outlet": s.outlet, "from": iso_local(gap.start), "to": iso_local(gap.end)}
            for s, gap in digest.gaps
        ],
    }
    if digest.edition:
        whole["edition"] = _edition(digest.edition)
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _item(item: DigestItem, *, edition: bool) -> dict[str, Any]:
    article, tags = item.article, item.article.tagging
    made: dict[str, Any] = {
        "number": item.number,
        "id": article.id,
        "url": article.url if words.link(article.url) else None,
        "title": text.clean(article.title),
        "outlet": article.outlet,
        "outlet_name": item.outlet_name,
        "published": iso_local(article.published),
    }
    if article.modified and article.modified != article.published:
        made["modified"] = iso_local(article.modified)
    if edition:
        made |= {
            "comment": item.comment,
            "remarks": list(item.remarks),
            "where": item.where,
            "internal": item.internal,
        }
    return made | {
        "relevance": tags.relevance.value if tags else None,
        "topics": [topic.id for topic in tags.topics] if tags else [],
        "places": [place.name for place in tags.places] if tags else [],
        "places_now": list(dict.fromkeys(place.present for place in tags.places)) if tags else [],
        "tone": tags.tone.value if tags and tags.tone else None,
        "attention": bool(tags and tags.attention),
        "why": list(reasons(item)),
        "summary": item.summary,
        "also": list(item.also),
        "completeness": article.completeness.value,
        "corrected": corrected_row(article),
    }


def _edition(head: EditionHead) -> dict[str, Any]:
    return {
        "id": head.id,
        "series": head.series,
        "name": head.name,
        "cut_off": iso_local(head.end),
        "approved": iso_local(head.approved),
        "comment": head.comment,
        "opening": head.opening,
        "internal": head.internal,
    }


def corrected_row(article: Article) -> dict[str, str | None] | None:
    """Whether the outlet corrected the item: when, and where that stands."""
    mark = article.corrected
    return {"date": iso_local(mark.date), "where": mark.where} if mark else None


def _rows(counts: tuple[Count, ...]) -> list[dict[str, Any]]:
    return [{"key": row.key, "label": row.label, "count": row.count} for row in counts]


def _failed(source: SourceHealth) -> dict[str, Any]:
    return {
        "id": source.id,
        "outlet": source.outlet,
        "outlet_name": source.outlet_name,
        "url": source.url,
        "status": source.status.value,
        "reason": source.reason,
        "newest": iso_local(source.newest),
        "checked": iso_local(source.checked),
    }
