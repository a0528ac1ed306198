"""What the machine learns from corrections: small linear models over TF-IDF, trained here, used where they help.

    corrections + undisputed readings -> one question each (relevance, tone, attention, topic:T06) -> trial -> models
    Tagging by rules -> where a model is sure of another answer -> Tagging with evidence "learned"

A question is used only where the trial on examples held out beats the rules alone. It never overrules a person (who
is laid over later, in the store) nor takes "union" from an item that names a union body. Files are this module's:
one archive, checked by its checksums before a model of it is opened; a broken one is as none.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import underthesea_core

from monitor.labels import label
from monitor.model.correction import Figure
from monitor.model.tag import Evidence, Relevance, Tagging, TagInput, Tone, TopicTag
from monitor.tag.book import TOPIC_IDS, RuleBook
from monitor.tag.judge import judge
from monitor.tag.learning import Learning

RULE = "learned"
_FOLDS = 5
_READ = 4000
_SYLLABLE = re.compile(r"\w+")
_META = "learned.json"
_LARGEST = 50_000_000
_MOST_TOPICS = 3
NOT_TOLD = "null"
# What a damaged archive, or a damaged model in a sound one, can raise.
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, RuntimeError)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An item, its reading by the rules alone, and what people said by question; nothing where nobody objected."""

    id: str
    item: TagInput
    tagging: Tagging
    said: Mapping[str, str]


@dataclass(frozen=True)
class _Example:
    id: str
    text: str
    by_rules: str
    right: str
    corrected: bool


class Learned:
    """The models in use, by question."""

    def __init__(self, models: Mapping[str, underthesea_core.TextClassifier], weight: float) -> None:
        self._models, self._weight = dict(models), weight

    @property
    def questions(self) -> tuple[str, ...]:
        """What it has an opinion on."""
        return tuple(sorted(self._models))

    def applied(self, tagging: Tagging, item: TagInput, book: RuleBook, *, told: Relevance | None = None) -> Tagging:
        """The reading by rules with what was learned; ``told`` is the relevance a person gave. Pure."""
        if not self._models:
            return tagging
        text = _text(item)
        said, why = self._asked("relevance", text, tagging) if told is None else ("", None)
        if why and Relevance(said) is not tagging.relevance:
            tagging = judge(item, book, told=Relevance(said))
            tagging = replace(tagging, relevance_evidence=(why, *tagging.relevance_evidence))
        if tagging.relevance is Relevance.NONE:
            return tagging
        if tagging.relevance is Relevance.UNION:
            said, why = self._asked("tone", text, tagging)
            if why and said != NOT_TOLD:
                tagging = replace(tagging, tone=Tone(said), tone_evidence=(why,))
        if tagging.relevance.ours:
            said, why = self._asked("attention", text, tagging)
            if why:
                flag = said == "true"
                tagging = replace(tagging, attention=flag, attention_evidence=(why,) if flag else ())
        return self._topics(tagging, text)

    def _topics(self, tagging: Tagging, text: str) -> Tagging:
        topics = list(tagging.topics)
        for question in self.questions:
            ident = question.removeprefix("topic:")
            if ident == question:
                continue
            said, why = self._asked(question, text, tagging)
            if why and said == "true" and len(topics) < _MOST_TOPICS:
                topics.append(TopicTag(id=ident, score=why.weight, evidence=(why,)))
            elif why and said == "false":
                topics = [topic for topic in topics if topic.id != ident]
        return replace(tagging, topics=tuple(topics))

    def _asked(self, question: str, text: str, tagging: Tagging) -> tuple[str, Evidence | None]:
        """The answer, with evidence where it is another than the rules'."""
        before = answers(tagging)[question]
        if question not in self._models:
            return before, None
        said, score = _decide(self._models[question], self._weight, question, text, before)
        if said == before:
            return before, None
        return said, Evidence(rule=RULE, text=label("learned", "evidence"), weight=score)


def answers(tagging: Tagging) -> dict[str, str]:
    """A reading as answers to all questions."""
    have = {topic.id for topic in tagging.topics}
    return {
        "relevance": tagging.relevance.value,
        "tone": tagging.tone.value if tagging.tone else NOT_TOLD,
        "attention": "true" if tagging.attention else "false",
    } | {f"topic:{ident}": "true" if ident in have else "false" for ident in sorted(TOPIC_IDS)}


def _decide(
    model: underthesea_core.TextClassifier, weight: float, question: str, text: str, before: str
) -> tuple[str, float]:
    """The model's answer where it is sure enough, else the rules'."""
    if not text or (question == "relevance" and before == Relevance.UNION.value):
        return before, 0.0  # the rules say "union" only where a union body is named
    said, raw = model.predict_with_score(text)
    # The library adds up in several threads, so the last digits of a score differ from run to run.
    score = round(float(raw), 3)
    return (str(said), score) if score * weight >= 0.5 else (before, score)


def _text(item: TagInput) -> str:
    """The syllables of an item as one line; its headline counts most."""
    words = " ".join((item.title, item.title, item.summary, item.body[:_READ])).lower()
    return " ".join(_SYLLABLE.findall(words))


def train(samples: Sequence[Sample], learning: Learning) -> tuple[Learned, tuple[Figure, ...]]:
    """Models for the questions that pass the trial, and how each question went; the same samples, the same result."""
    people = sum(bool(sample.said) for sample in samples)
    if not learning.enabled or people < learning.least:
        why = "too_few" if learning.enabled else "off"
        return Learned({}, learning.weight), (Figure(question="relevance", corrected=people, why=why),)
    texts = {sample.id: _text(sample.item) for sample in samples}
    models, figures = {}, []
    for question in sorted({question for sample in samples for question in sample.said}):
        examples = _examples(samples, question, texts)
        figure = _tried(question, examples, learning)
        if figure.used:
            models[question] = _fitted(_taught(examples, learning))
        if figure.why != "few_in_class" or not question.startswith("topic:"):  # most topics are rare: no news
            figures.append(figure)
    return Learned(models, learning.weight), tuple(figures)


def _examples(samples: Iterable[Sample], question: str, texts: Mapping[str, str]) -> list[_Example]:
    made = []
    for sample in samples:
        if not texts[sample.id] or (sample.said and question not in sample.said):
            continue
        by_rules = answers(sample.tagging)[question]
        right = sample.said.get(question, by_rules)
        if not sample.said and not _asked_of(question, sample.tagging):
            continue
        made.append(_Example(sample.id, texts[sample.id], by_rules, right, bool(sample.said)))
    return sorted(made, key=lambda e: (e.right, hashlib.blake2b(e.id.encode(), digest_size=8).digest()))


def _asked_of(question: str, tagging: Tagging) -> bool:
    """Whether the question makes sense for the item: what is irrelevant has no tone and no topics."""
    if question == "tone":
        return tagging.relevance is Relevance.UNION
    return question == "relevance" or tagging.relevance is not Relevance.NONE


def _tried(question: str, examples: list[_Example], learning: Learning) -> Figure:
    """Cross-validation: every example is answered by models that never saw it."""
    corrected = [example for example in examples if example.corrected]
    figure = Figure(question=question, corrected=len(corrected), undisputed=len(examples) - len(corrected))
    counts = Counter(example.right for example in corrected)
    taught = _taught(examples, learning)
    if max(counts.values(), default=0) < learning.least_per_class or len({e.right for e in taught}) < 2:
        return replace(figure, why="few_in_class")
    by_rules = by_learned = lost = 0
    for fold in range(_FOLDS):
        held = examples[fold::_FOLDS]
        apart = {example.id for example in held}
        model = _fitted([example for example in taught if example.id not in apart])
        for example in held:
            said, _ = _decide(model, learning.weight, question, example.text, example.by_rules)
            if example.corrected:
                by_rules += example.by_rules == example.right
                by_learned += said == example.right
            else:
                lost += said != example.by_rules
    figure = replace(figure, by_rules=by_rules, by_learned=by_learned, lost=lost)
    if by_learned <= by_rules:
        return replace(figure, why="no_better")
    if lost > learning.most_lost * figure.undisputed:
        return replace(figure, why="harmful")
    return replace(figure, used=True, why="used")


def _taught(examples: Iterable[_Example], learning: Learning) -> list[_Example]:
    """The examples of answers that have enough of them; a rare answer is left to the rules."""
    made = list(examples)
    counts = Counter(example.right for example in made)
    return [example for example in made if counts[example.right] >= learning.least_per_class]


def _fitted(examples: Sequence[_Example]) -> underthesea_core.TextClassifier:
    model = underthesea_core.TextClassifier(max_features=20_000, ngram_range=(1, 2), min_df=1, max_df=0.95, c=1.0)
    model.fit([example.text for example in examples], [example.right for example in examples])
    return model


def save(file: Path, learned: Learned, fingerprint: str, figures: Sequence[Figure]) -> None:
    """Puts the models in place at once; ``fingerprint`` says what they were trained on. Raises OSError."""
    draft = file.with_name(file.name + ".tmp")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, question in enumerate(learned.questions):
            part = Path(folder) / f"{number}.bin"
            learned._models[question].save(str(part))
            archive.write(part, part.name)
        meta = {
            "fingerprint": fingerprint,
            "weight": learned._weight,
            "questions": learned.questions,
            "figures": [vars(figure) for figure in figures],
        }
        archive.writestr(_META, json.dumps(meta, ensure_ascii=False, indent=1))
    draft.replace(file)


def load(file: Path) -> Learned | None:
    """The models in use, None where there is no file or it is broken."""
    try:
        with zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST or archive.testzip():
                return None
            meta = json.loads(archive.read(_META))
            models = {}
            for number, question in enumerate(meta["questions"]):
                archive.extract(f"{number}.bin", folder)
                models[str(question)] = underthesea_core.TextClassifier.load(str(Path(folder) / f"{number}.bin"))
            return Learned(models, float(meta["weight"]))
    except _BROKEN:
        return None


def trained_on(file: Path) -> tuple[str, tuple[Figure, ...]]:
    """The fingerprint and figures of the file; nothing where there is none or it is broken."""
    try:
        with zipfile.ZipFile(file) as archive:
            meta = json.loads(archive.read(_META))
            return str(meta["fingerprint"]), tuple(Figure(**figure) for figure in meta["figures"])
    except _BROKEN:
        return "", ()
