"""Where Vietnamese words begin in a sentence: the only door to underthesea, opened when a rule cannot decide."""

from __future__ import annotations


def begins_word(sentence: str, at: int) -> bool:
    """Whether a word begins at offset ``at`` of ``sentence``: not so at "công" in "phân công đoàn kiểm tra".

    underthesea is loaded at the first question (about a second), since most texts never need it.
    """
    from underthesea import word_tokenize  # noqa: PLC0415

    place = 0
    for word in word_tokenize(sentence):
        found = sentence.find(word, place)
        if found == -1:  # the tokenizer rewrote something; it cannot be followed any further
            return True
        if found >= at:
            return bool(found == at)
        place = found + len(word)
        if place > at:
            return False
    return True


def names_person(sentence: str, at: int) -> bool:
    """Whether the word around offset ``at`` is a person's name that began before it ("Lò Công Đoàn" at "Công").

    underthesea's named entities; asked only for "Công Đoàn" in capitals after another capital, so seldom. A whole
    page of it would cost more than a second.
    """
    from underthesea import ner  # noqa: PLC0415

    place = 0
    for word, _, _, entity in ner(sentence):
        found = sentence.find(word, place)
        if found == -1:
            return False
        if found < at < found + len(word):
            return str(entity).endswith("PER")
        place = found + len(word)
        if place > at:
            return False
    return False
