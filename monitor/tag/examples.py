"""Every rule carries sentences it must see and sentences it must not: the office's own test of its rules."""

from __future__ import annotations

from monitor.model.tag import TagInput
from monitor.tag import beside, union
from monitor.tag.book import RuleBook
from monitor.tag.document import Document, read
from monitor.tag.rule import Rule, matches


def _sees(rule: Rule, document: Document, book: RuleBook) -> bool:
    """Whether the rule holds in the sentence, a union term also after the false friends."""
    if rule not in book.union and rule.kind not in beside.KINDS:
        return any(True for _ in matches(rule, document))
    found = union.find(document, book, union.Scene.HOME)
    if rule.kind in beside.KINDS:
        return any(True for _ in beside.found((rule,), document, found.ours))
    named = {(m.start, m.end) for m in (*found.ours, *found.foreign)}
    return any(any(start <= m.start and m.end <= end for start, end in named) for m in matches(rule, document))


def check_examples(book: RuleBook) -> list[str]:
    """What is wrong with the rules' own examples, one Vietnamese sentence each; empty when all is well.

    An example stands as headline, lead and body at once, whichever the rule looks at.
    """
    failures = []
    for rule in book.rules:
        for wanted, examples in ((True, rule.yes), (False, rule.no)):
            for example in examples:
                item = TagInput(title=example, summary=example, body=example)
                seen = _sees(rule, read(item, book.lexicon, book.masks), book)
                if seen is not wanted:
                    verb = "không nhận ra" if wanted else "nhận nhầm"
                    failures.append(f"Quy tắc “{rule.id}” {verb} ví dụ: {example}")
    return failures
