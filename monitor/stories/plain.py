"""An article as it is compared: without accents, credit lines and prefixes, as runs of words and as facts.

    Article -> Comparable(runs, opening, facts, names, title, credits)

Two outlets spell tone marks differently, change the headline, put "(Báo X) - " in front and "Theo Y" behind: none
of this may matter. What must matter is kept apart: the names and numbers of a text, by which two texts cut
from one pattern (prices of the day, gifts in two districts) are told from a text and its copy.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.article import Article
from monitor.text import fold, nfc

RUN = 5
"""Words of a run: long enough that chance repeats none, short enough that a dropped sentence costs little."""
BRIEF = 50
"""Below so many words an item is but headline and lead, and compared by a stricter rule."""
_OPENING = 60
_NAMED = 220
_MOST = 40_000
"""Characters of a text that are compared: a text of megabytes is no article."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+")
_ENDS = re.compile(r"[.!?:;…\n“”\"()\[\]–—-]")
_CREDIT_AHEAD = re.compile(r"^\s*[(\[]([^()\[\]\n]{2,60})[)\]]\s*[-–—:.]+\s*")
_CREDIT_BEHIND = re.compile(
    r"\s*[(\[]?(?:theo|nguồn(?: tin)?|dẫn theo|tổng hợp từ)\s*:?\s+([^\n()\[\]]{2,60}?)[)\]]?\s*\.?\s*", re.I
)
_LAST_LINES = 4
_LONGEST_CREDIT = 9
"""Words: "Theo quy định của Bộ luật Lao động, người lao động …" is a sentence."""


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """What is compared of an item.

    ``runs`` are hashes of all runs of five words, ``opening`` those of its beginning, ``facts`` the folded names and
    numbers inside sentences, ``opening_facts`` those of the beginning, ``vocabulary`` all folded words, headline
    too; ``names`` the names of two words and more, ``numbers`` the figures worth remembering; ``named`` tells that the
    headline has a name or a number; ``credits`` are the folded names of outlets it names as its source.
    """

    id: str
    outlet: str
    at: datetime
    title: tuple[str, ...]
    lead: tuple[str, ...]
    words: int
    runs: frozenset[int]
    opening: frozenset[int]
    head: frozenset[int]
    facts: frozenset[str]
    opening_facts: frozenset[str]
    vocabulary: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    places: frozenset[str] = frozenset()
    named: bool = False
    credits: tuple[str, ...] = field(default=())

    @property
    def brief(self) -> bool:
        """Whether there is too little text to be sure by its runs alone."""
        return self.words < BRIEF


def comparable(article: Article) -> Comparable:
    """Cleans an article for comparison; never raises, whatever the text."""
    lead, ahead = _without_credits(nfc(article.lead[:4000]))
    text, behind = _without_credits(nfc(article.text[:_MOST]))
    title = nfc(article.title[:400])
    body = words(text)
    led = words(lead)
    facts, opening_facts, names = _facts(f"{lead}\n{text}")
    if len(body) >= BRIEF:
        # A lead is the editor's own: what it adds says nothing of whether the text is another's.
        facts, opening_facts, _ = _facts(text)
    title_facts, _, in_title = _facts(title)
    places = article.tagging.places if article.tagging else ()
    titled = words(title)
    return Comparable(
        id=article.id,
        outlet=article.outlet,
        at=article.published or article.found,
        title=tuple(titled),
        lead=tuple(led),
        words=len(led) + len(body),
        runs=runs(led) | runs(body),
        # A copy may have lost the lead, so both beginnings are one.
        opening=runs(body[:_OPENING]) or runs(led),
        head=runs(led) | runs(body[:_OPENING]),
        facts=facts,
        opening_facts=opening_facts,
        vocabulary=frozenset(titled) | frozenset(led) | frozenset(body),
        names=names | in_title,
        numbers=frozenset(word for word in (*titled, *led, *body[:_NAMED]) if _telling(word)),
        places=frozenset(place.present for place in places),
        named=bool(title_facts),
        credits=tuple(fold(name) for name in (*ahead, *behind)),
    )


def words(text: str) -> list[str]:
    """The words of a text without case and accents; 1.000 is one word."""
    return _TOKEN.findall(fold(text))


def runs(said: list[str] | tuple[str, ...], size: int = RUN, kind: str = "") -> frozenset[int]:
    """The runs of ``size`` words as stable signed 64-bit hashes; ``kind`` keeps hashes of different things apart."""
    return frozenset(mark(" ".join(said[at : at + size]), kind) for at in range(len(said) - size + 1))


def mark(text: str, kind: str = "") -> int:
    """A stable hash that SQLite can hold."""
    return int.from_bytes(hashlib.blake2b(f"{kind}{text}".encode(), digest_size=8).digest(), "big", signed=True)


def _without_credits(text: str) -> tuple[str, list[str]]:
    """The text without "(Báo X) - " ahead and "Theo Y" behind, and the names found there."""
    found: list[str] = []
    ahead = _CREDIT_AHEAD.match(text)
    if ahead:
        found.append(ahead[1])
        text = text[ahead.end() :]
    # Only the last lines: a notice to readers may stand below the credit.
    body, *tail = text.rstrip().rsplit("\n", _LAST_LINES)
    kept = [body]
    for line in tail:
        behind = _CREDIT_BEHIND.fullmatch(line[:200])
        if behind and len(behind[1].split()) <= _LONGEST_CREDIT:
            found.append(behind[1].strip())
        else:
            kept.append(line)
    return "\n".join(kept), found


def _facts(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The names and numbers inside sentences, those of the opening, and the names of several words near the top."""
    facts: list[str] = []
    early = 0
    names: list[str] = []
    open_name: list[str] = []
    last, count = 0, 0
    for token in _TOKEN.finditer(text):
        between, word = text[last : token.start()], token[0]
        starts = last == 0 or bool(_ENDS.search(between))
        last, count = token.end(), count + 1
        if (word[0].isupper() and not starts) or word[0].isdigit():
            facts.append(fold(word))
            early = len(facts) if count <= _OPENING else early
        if word[0].isupper() and (open_name and between == " "):
            open_name.append(word)
            continue
        if count <= _NAMED:
            _close(open_name, names)
        open_name = [word] if word[0].isupper() and not word.isdigit() else []
    if count <= _NAMED:
        _close(open_name, names)
    return frozenset(facts), frozenset(facts[:early]), frozenset(names)


def _close(name: list[str], names: list[str]) -> None:
    if 2 <= len(name) <= 6:
        names.append(fold(" ".join(name)))


def _telling(word: str) -> bool:
    """A figure that is neither a day, an hour nor a year."""
    bare = word.replace(".", "").replace(",", "")
    return (
        bare.isdigit()
        and len(bare) >= 3
        and not (len(word) == 4 and word[:2] in ("19", "20"))
        and set(bare[1:]) != {"0"}
    )
