"""What people corrected becomes what the machine learned: samples out of the store, a trial, a file in data/.

    corrections, undisputed readings ──read by the rules alone──▶ samples ──train──▶ data/learned.zip

Made anew only where corrections, rules or the office's conditions changed. Does not read the archive again (retag).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import monitor
from monitor.config import Home
from monitor.errors import StoreError
from monitor.jobs import reading
from monitor.labels import os_reason
from monitor.model.article import Article
from monitor.model.correction import Correction, Field, Figure
from monitor.model.tag import TagInput
from monitor.store import articles, corrections, retagging
from monitor.store.db import Database
from monitor.tag import load_learning, tag
from monitor.tag.learned import NOT_TOLD, Sample, save, train, trained_on


def learn(home: Home, db: Database) -> tuple[Figure, ...]:
    """Brings what was learned up to date; returns how each question went. Raises StoreError where it cannot be kept."""
    learning = load_learning(home.rules)
    said = corrections.all_standing(db)
    numbers = sorted(word.id for words in said.values() for word in words.values())
    fingerprint = digest(repr((numbers, learning)).encode(), rules_mark(home).encode())
    before, figures = trained_on(home.learned)
    if before == fingerprint:
        return figures
    enough = learning.enabled and len(said) >= learning.least
    samples = list(_samples(home, db, said, learning.undisputed if enough else 0)) if said else []
    learned, figures = train(samples, learning)
    try:
        save(home.learned, learned, fingerprint, figures)
    except OSError as error:
        raise StoreError("database_unusable", file=home.learned, detail=os_reason(error)) from error
    return figures


def _samples(
    home: Home, db: Database, said: Mapping[str, Mapping[Field, Correction]], undisputed: int
) -> Iterable[Sample]:
    book = reading.book(home.rules)
    wanted = [*said, *(retagging.undisputed(db, undisputed) if undisputed else ())]
    for at in range(0, len(wanted), 200):
        for article in articles.by_ids(db, wanted[at : at + 200]):
            item = item_of(article)
            words = _answers(said.get(article.id, {}), tuple(book.topics))
            yield Sample(id=article.id, item=item, tagging=tag(item, book), said=words)


def _answers(words: Mapping[Field, Correction], topics: tuple[str, ...]) -> dict[str, str]:
    """What people said as answers to questions; places are no question, they are looked up."""
    made = {
        field.value: (words[field].values or (NOT_TOLD,))[0]
        for field in (Field.RELEVANCE, Field.TONE, Field.ATTENTION)
        if field in words
    }
    if Field.TOPICS in words:
        made |= {f"topic:{t}": "true" if t in words[Field.TOPICS].values else "false" for t in topics}
    return made


def item_of(article: Article) -> TagInput:
    """What of an article is read."""
    return TagInput(title=article.title, summary=article.lead, body=article.text)


def rules_mark(home: Home) -> str:
    """A mark of the program and of every rule file as it is now: another one means that readings may change."""
    names = {path.name: path for folder in reversed(home.rules) for path in _files(folder)}
    return digest(monitor.__version__.encode(), *(n.encode() + p.read_bytes() for n, p in sorted(names.items())))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file() and path.suffix in (".yaml", ".tsv")]


def digest(*parts: bytes) -> str:
    """One mark of several pieces."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()
