"""Ripe alerts on their way out: what of them may leave, to whom, in one message a reader and round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.config import Home, load_web
from monitor.jobs import reading
from monitor.jobs.alert_finding import Finding
from monitor.labels import label
from monitor.model.alert import Alert, AlertKind, AlertState, Matter
from monitor.model.article import Article
from monitor.model.case import Marking, TriageState
from monitor.model.delivery import Channel, DeliverSettings, Message, MessageKind, Profile
from monitor.model.digest import Office
from monitor.report import alert_words as words
from monitor.report import alerting
from monitor.report.alert_words import Page, Told
from monitor.report.words import clock
from monitor.store import alerts as store
from monitor.store import articles, cases, inbox, outbox, people, sources


@dataclass(kw_only=True)
class Telling:
    """One round's messages; every method but ``prepare`` works within the caller's transaction."""

    home: Home
    found: Finding
    known: DeliverSettings
    office: Office
    mask: Callable[[str], str]
    topics: Mapping[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Reads the names of the topics, for which the rules are compiled."""
        self.topics = reading.book(self.home.rules).topics

    def tell(self, ripe: Sequence[Alert]) -> tuple[tuple[Alert, ...], tuple[str, ...]]:
        """Queues the messages; returns the alerts whose time it was, and the ids of the messages."""
        matters = {one.alert.id: one for one in self.matters(ripe)}
        for one in ripe:
            if one.id not in matters:  # all of it belongs to restricted cases
                store.put(self.found.db, replace(one, state=AlertState.KEPT), self.found.now)
        chosen = self._chosen(list(matters.values()))
        if not chosen.now:
            return (), ()
        batch, got, sent = chosen.now[0].id, dict[str, list[str]](), list[str]()
        for profile in alerting.readers(self.found.settings, self.known):
            theirs = [alerting.for_reader(matters[one.id], profile) for one in chosen.now]
            mine = [one for one in theirs if one]
            if mine:
                sent += self._send(profile, mine, batch, many=chosen.many)
            for matter in mine:
                got.setdefault(matter.alert.id, []).append(profile.name)
        return tuple(self._told(one, got.get(one.id, []), batch, many=chosen.many) for one in chosen.now), tuple(sent)

    def _chosen(self, matters: Sequence[Matter]) -> alerting.Choice:
        settings, now = self.found.settings, self.found.now
        pressing = {one.alert.id for one in matters if alerting.urgent(_topics(one), settings)}
        return alerting.choose(
            [one.alert for one in matters],
            pressing,
            recent=len(store.batches(self.found.db, now - alerting.HOUR, now)),
            most=settings.most_an_hour,
            quiet=alerting.is_quiet(settings.quiet or self.known.quiet, now),
        )

    def _told(self, one: Alert, readers: list[str], batch: str, *, many: bool) -> Alert:
        made = replace(one, state=AlertState.KEPT)
        if readers:
            made = replace(
                one, state=AlertState.TOLD, told=self.found.now, batch=batch, many=many, readers=tuple(readers)
            )  # fmt: skip
        store.put(self.found.db, made, self.found.now)
        return made

    def matters(self, known: Sequence[Alert], *, also_restricted: bool = False) -> list[Matter]:
        """The alerts with what of them may leave; those of which nothing may are left out.

        ``also_restricted``: for the desk, which itself knows who sees what.
        """
        db = self.found.db
        hidden = frozenset[str]() if also_restricted else store.restricted(db)
        held = store.articles_of(db, [one.id for one in known]) if also_restricted else self._to_tell(known, hidden)
        idents = [ident for of in held.values() for ident in of]
        every = {one.id: one for one in articles.by_ids(db, list(dict.fromkeys(idents)))}
        internal, bodies = self._internal(list(every)), self.found.bodies(list(every))
        names, units = sources.outlet_names(db), {unit.id: unit.name for unit in people.units(db)}
        made = []
        for one in known:
            mine = tuple(every[ident] for ident in held.get(one.id, ()) if ident in every)
            if mine:
                about = {unit for article in mine for unit in bodies.get(article.id, ())}
                made.append(
                    Matter(
                        alert=one, articles=mine, outlets=self._outlets(one, mine, hidden, names),
                        named=self._named(one, units), bodies=tuple(sorted(units[unit] for unit in about)),
                        internal=frozenset(internal & {article.id for article in mine}),
                    )
                )  # fmt: skip
        return made

    def _to_tell(self, known: Sequence[Alert], hidden: frozenset[str]) -> dict[str, list[str]]:
        """The items of each alert without what is restricted and what staff laid aside since it was found."""
        held = store.articles_of(self.found.db, [one.id for one in known])
        of_stories = store.subjects_of(self.found.db, {ident for of in held.values() for ident in of})
        stories = {ident: story for ident, (story, _) in of_stories.items()}
        aside = self.found.laid_aside(stories)
        irrelevant = self.found.laid_aside(stories, (TriageState.IRRELEVANT,)) if aside else aside
        made = {}
        for one in known:
            out = hidden | (aside if one.kind is AlertKind.ATTENTION else irrelevant)
            made[one.id] = [ident for ident in held.get(one.id, ()) if ident not in out]
        return made

    def _named(self, one: Alert, units: Mapping[str, str]) -> str:
        known = self.topics if one.kind is AlertKind.TOPIC else units
        return "" if one.kind is AlertKind.ATTENTION else known.get(one.about, one.about)

    def _outlets(
        self, one: Alert, mine: Sequence[Article], hidden: frozenset[str], names: Mapping[str, str]
    ) -> tuple[tuple[str, str], ...]:
        """Who printed it: of an event all prints of its stories, those that want no attention by themselves, too."""
        known = dict.fromkeys(article.outlet for article in mine)
        if one.kind is AlertKind.ATTENTION:
            stories = sorted(
                {subject for subject, _ in store.subjects_of(self.found.db, [a.id for a in mine]).values()}
            )
            for prints in inbox.prints_of(self.found.db, stories).values():
                known |= dict.fromkeys(outlet for article, outlet in prints if article not in hidden)
        return tuple((outlet, names.get(outlet) or outlet) for outlet in known)

    def _internal(self, idents: Sequence[str]) -> set[str]:
        """Those of these articles that belong to a case marked "lưu hành nội bộ"."""
        held = cases.by_article(self.found.db, idents)
        known = {ident: cases.get(self.found.db, ident) for into in held.values() for ident in into}
        marked = {ident for ident, case in known.items() if case and case.marking is Marking.INTERNAL}
        return {article for article, into in held.items() if marked & set(into)}

    # -- messages ---------------------------------------------------------------------------------------------------
    def _send(self, profile: Profile, mine: Sequence[Matter], batch: str, *, many: bool) -> list[str]:
        desk, now = load_web(self.home.rules).address, self.found.now
        entries = [
            self._masked(words.told(one, number, topics=self.topics, desk=desk)) for number, one in enumerate(mine, 1)
        ]
        title = label("alert", "many" if len(entries) > 1 else "one", office=self.office.short, count=len(entries))
        page = Page(
            office=self.office.name, superior=self.office.superior, made=clock(now), title=title,
            settings=label("alert", "settings"), desk=f"{desk}/canh-bao" if desk else "", many=many,
        )  # fmt: skip
        made = Message(
            kind=MessageKind.ALERT, about=batch, reader=profile.name, channel=profile.channel, address="",
            subject=words.subject(entries, self.office.short), text="", internal=any(one.internal for one in mine),
            # Its own quiet hours are over, or it does not wait for them: those of other messages are not for it.
            urgent=True, made=now, due=now,
        )  # fmt: skip
        if profile.channel is Channel.CHAT:
            made = replace(made, text=words.chat(entries, page))
        else:
            html, text = words.mail(entries, page, self.home.reports)
            made = replace(made, html=html, text=text)
        domain = self.known.smtp.sender.rpartition("@")[2] or "localhost"
        put = (outbox.put(self.found.db, replace(made, address=to), domain=domain) for to in profile.addresses)
        return list(put)

    def _masked(self, one: Told) -> Told:
        hide = self.mask
        lines = tuple(replace(line, title=hide(line.title)) for line in one.lines)
        return replace(one, title=hide(one.title), why=hide(one.why), lines=lines)


def _topics(matter: Matter) -> set[str]:
    tags = (one.tagging for one in matter.articles if one.tagging)
    return {topic.id for tag in tags for topic in tag.topics} | {matter.alert.about}
