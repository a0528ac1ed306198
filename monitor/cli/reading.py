"""``extract`` and ``tag``: what a page says and what a text is about, without keeping anything."""

from __future__ import annotations

import json
import sys

import click

from monitor import clock, text
from monitor.cli.common import here, open_lines, read_bytes, to_json
from monitor.config import Home
from monitor.crawl import urls
from monitor.errors import UsageError
from monitor.extract import extract as extracted
from monitor.jobs import reading
from monitor.jobs.importing import BadLineError, json_object
from monitor.labels import label
from monitor.model.article import Page
from monitor.model.tag import Tagging, TagInput


@click.command(help=label("cli", "extract"))
@click.argument("file", metavar="FILE")
@click.option("--url", metavar="URL", required=True, help=label("cli", "extract_url"))
def extract(file: str, url: str) -> None:
    """One page to JSON."""
    address = urls.join("", url)
    if not address:
        raise UsageError("bad_url", url=url)
    page = Page(url=address, html=text.decode(read_bytes(file)), fetched=clock.now())
    found = extracted(page, reading.sites(here().rules))
    click.echo(
        to_json(
            {
                "url": found.canonical or urls.canonical(address),
                "title": found.title,
                "published": clock.iso_local(found.published),
                "modified": clock.iso_local(found.modified),
                "authors": list(found.authors),
                "lead": found.lead,
                "text": found.text,
            }
        )
    )


@click.command(help=label("cli", "tag"))
@click.argument("file", default="-", metavar="[FILE|-]")
def tag(file: str) -> None:
    """JSONL articles to JSONL tags, same order; a bad line is answered by a line with "error"."""
    home = here()
    bad = 0
    with open_lines(file) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            answer, problem = _answer(line, home)
            if problem:
                bad += 1
                click.echo(label("cli", "bad_line", number=number, problem=problem), err=True)
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if bad:
        sys.exit(1)


def _answer(line: str, home: Home) -> tuple[dict[str, object], str]:
    """The answer to one line, and what was wrong with the line."""
    try:
        row = json_object(line)
    except BadLineError as error:
        return {"id": None, "error": str(error)}, str(error)
    parts = {name: row.get(name) or "" for name in ("title", "summary", "body")}
    wrong = next((name for name, value in parts.items() if not isinstance(value, str)), None)
    if wrong:
        problem = label("import", "not_text", name=wrong)
        return {"id": row.get("id"), "error": problem}, problem
    # As given, not tidied: offsets must fit the caller's own text; the tag room reads any spelling.
    item = TagInput(**parts)
    return {"id": row.get("id")} | as_row(reading.read_item(item, home.rules, home.learned)), ""


def as_row(tagging: Tagging) -> dict[str, object]:
    """A reading as the contract has it; mention offsets count characters of title, summary and body joined by
    line feeds."""
    return {
        "relevance": tagging.relevance.value,
        "topics": [
            {"id": t.id, "evidence": "; ".join(dict.fromkeys(e.text for e in t.evidence))} for t in tagging.topics
        ],
        "places": [place.name for place in tagging.places],
        "tone": tagging.tone.value if tagging.tone else None,
        "attention": tagging.attention,
        "mentions": [{"start": m.start, "end": m.end, "text": m.text, "rule": m.rule} for m in tagging.mentions],
        "organisations": [
            {"name": o.name, "kind": o.kind, "role": o.role.value, "start": o.start, "end": o.end}
            for o in tagging.organisations
        ],
    }
