"""What stands beside an article: other prints of its text, texts on the same event, and what people said of both."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.desk.article_seen import hidden
from monitor.desk.article_words import Words
from monitor.desk.outlets import names
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.article import Article
from monitor.model.story import Likeness, LinkState
from monitor.model.view_article import Print, StoryAct
from monitor.store import article_facts, decisions, stories
from monitor.store.article_facts import PrintRow

_MOST_WORDS = 8


@dataclass(frozen=True, kw_only=True)
class Around:
    """``first``: the article is its story's first publication."""

    first: bool = True
    reprints: tuple[Print, ...] = ()
    follow_ups: tuple[Print, ...] = ()
    acts: tuple[StoryAct, ...] = ()


def around(sitting: Sitting, article: Article, words: Words) -> Around:
    """The other prints of the article's story, the earliest first, and the stories on its event."""
    if not article.story:
        return Around()
    db = sitting.db
    first, rows = article_facts.prints(db, article.story)
    links = [link for link in stories.follow_ups(db, article.story) if link.state is not LinkState.SPLIT]
    others = [link.of if link.story == article.story else link.story for link in links]
    heads = article_facts.firsts(db, others) if others else {}
    out = hidden(sitting, [row.article for row in (*rows, *heads.values())])
    called = names(sitting)
    shown = {row.article: called.get(row.outlet, row.outlet) for row in rows if row.article not in out}

    def made(row: PrintRow, state: LinkState, by: str, how: str) -> Print:
        return Print(
            article=row.article, story=row.story, title=row.title, url=row.url, outlet=row.outlet,
            outlet_name=called.get(row.outlet, row.outlet), at=row.at, state=state, by=words.person(by), how=how,
            first=row.article == first,
        )  # fmt: skip

    reprints = [
        made(row, row.state, row.by, _words_of(row.why, shown) if row.why else label("article", "founder"))
        for row in rows
        if row.article in shown and row.article != article.id
    ]
    further = []
    for link, other in zip(links, others, strict=True):
        if (head := heads.get(other)) and head.article not in out:
            kind = "goes_on" if link.story == article.story else "gone_on"
            why = _words_of(link.evidence, shown)
            said = label("article", kind) + (f" ({why})" if why else "")
            further.append(made(head, link.state, link.by, said))
    acts = tuple(
        StoryAct(id=d.id, action=d.action, by=words.person(d.by), at=d.at, undone=d.undone)
        for d in decisions.of(db, [row.article for row in rows])
    )
    return Around(
        first=first == article.id, reprints=tuple(reprints), follow_ups=tuple(sorted(further, key=lambda p: p.at)),
        acts=acts,
    )  # fmt: skip


def _words_of(why: Likeness | None, shown: dict[str, str]) -> str:
    """How alike, in words; an item that he may not know of is not named."""
    if why is None:
        return ""
    told = ", ".join(why.words[:_MOST_WORDS])
    other = shown.get(why.with_, "")
    return label("story", f"why_{why.why}", percent=round(100 * why.contained), other=other, words=told).strip()
