"""Our own summary of an item: a few of its most telling sentences, shortened, in their order.

Extractive, so that it says nothing the article does not say; at most three sentences, 500 characters and about
half of what there is, so that it never stands in for the article (only title, source, short summary and
link may be passed on). No model, no network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from monitor import text
from monitor.model.article import Article
from monitor.report.sentences import balanced, clip, sentences

ROOM = 500
"""Characters of a whole summary."""
_LONGEST = 300
_TELLING = 0.5
"""A sentence that scores less only fills."""
_LEAD_READ, _TEXT_READ, _LOOKED_AT = 4_000, 20_000, 60

_OPENING = r"(?:Sáng|Trưa|Chiều|Tối|Ngày|Hôm|Theo|Trong|Sau|Trước|Nhân|Hơn|Gần|Khoảng|Mới|Vừa)\b"
_DATELINES = (
    # "(NLĐ) - ", "(Dân trí) – ", "Hà Nội, 7/11 (TTXVN) - "
    re.compile(r"^(?:[\w.,/ ]{1,30}\((?:TTXVN|VOV|\w{2,15}\.vn)\)|\((?!\d)[^()]{2,30}\))\s*[-–—:|]\s*", re.I),
    re.compile(r"^\((?!\d)[\w.]{2,15}(?: [\w.]{1,12}){0,2}\)\s*(?=[^\W\d_])"),
    # "TTO - ", "VOV.VN - ", "LĐO | "
    re.compile(r"^[A-ZĐ][A-ZĐ.]{1,11}\s*[-–—|]\s+"),
    re.compile(rf"^(?:[A-ZĐÂÁẮ][\w.]{{0,8}} ){{1,4}}[-–—|]\s+(?={_OPENING})"),
)
_CREDIT = re.compile(
    r"^[(\[]?(?:(?:bài|tin|ảnh|video|clip|đồ họa|nguồn|thực hiện|nội dung|thiết kế|trình bày)"
    r"(?:\s?(?:,|và|-|&|/)\s?)?)+:"
    r"|^[>»*]|^(?:xem thêm|đọc thêm|mời (?:quý )?(?:bạn|độc giả)|tin liên quan|theo dõi .{0,40} trên)",
    re.I,
)
_CAPTION = re.compile(r"\s*\((?:ảnh|nguồn|clip|video|đồ họa)\b[^()]{0,80}\)", re.I)
_CONNECTIVE = re.compile(
    r"^(?:tuy nhiên|bên cạnh đó|ngoài ra|do đó|do vậy|vì vậy|vì thế|theo đó|cụ thể|trong khi đó|đồng thời|mặt khác"
    r"|cũng theo đó|đáng chú ý|tuy vậy|thế nhưng|nhưng|bởi vậy|trong đó),?\s+",
    re.I,
)
_ENDED = re.compile(r"[.!?…][”\"’»)\]]*$")
_QUOTE = re.compile(r"“([^”]{81,})”|\"([^\"]{81,})\"")
_UNION = re.compile(r"công đoàn|liên đoàn lao động|nghiệp đoàn|\bLĐLĐ\b|\bCĐCS\b", re.I)
_WORKER = re.compile(r"công nhân|người lao động|\bNLĐ\b|đoàn viên|lao động", re.I)
_FIGURE = re.compile(r"\d[\d.,]*\s*(?:%|tỷ|tỉ|triệu|nghìn|đồng|người|công nhân|lao động|doanh nghiệp|suất|tháng)", re.I)
# Someone speaks of himself, outside quotation marks too.
_SPOKEN = re.compile(r"\btôi\b|^em\b", re.I)


@dataclass(frozen=True, kw_only=True)
class _Sentence:
    order: int
    words: str
    score: float


def summarise(article: Article, *, limit: int = 3) -> str:
    """At most ``limit`` shortened sentences of lead and text within 500 characters; "" where only a title is."""
    lead = _bare(article.lead[:_LEAD_READ])
    body = _bare(article.text[:_TEXT_READ])
    found = _candidates(article, lead, body)
    if not found:
        # A teaser of three words tells more than nothing, unless it is the title once more.
        found = [_Sentence(order=0, words=lead, score=0)] if lead and _words(lead) != _words(article.title) else []
    if not found or limit < 1:
        return ""
    # The feed's own teaser may be shown whole, an article never.
    most = min(limit, (len(found) + 1) // 2) if body else limit
    room = ROOM if not body or len(found) > 1 else max(120, len(found[0].words) * 2 // 3)
    return _joined(_chosen(found, most, min(room, ROOM)), limit)


def _chosen(found: list[_Sentence], most: int, room: int) -> list[_Sentence]:
    """The most telling sentences that fit together, in their order: two whole ones rather than three stumps."""
    chosen: list[_Sentence] = []
    for sentence in sorted(found, key=lambda s: (-s.score, s.order)):
        if chosen and sentence.score < _TELLING:
            break
        short = clip(_alone(sentence.words), min(_LONGEST, room) if not chosen else _LONGEST)
        if len(chosen) < most and short and len(short) <= room:
            chosen.append(replace(sentence, words=short))
            room -= len(short) + 1
    return sorted(chosen, key=lambda s: s.order)


def _bare(part: str) -> str:
    """The part without datelines, captions and credit lines."""
    lines = []
    for line in text.paragraphs(part).split("\n"):
        bare = _CAPTION.sub("", line).strip().removesuffix("/.")
        for dateline in _DATELINES:
            bare = dateline.sub("", bare, count=1)
        if bare and not _CREDIT.match(bare):
            lines.append(bare)
    return "\n".join(lines)


def _candidates(article: Article, lead: str, body: str) -> list[_Sentence]:
    """The sentences that may stand for the article, each once, with what they tell."""
    told = [(sentence, True) for sentence in sentences(lead)]
    opening = len(told)
    told += [(sentence, False) for sentence in sentences(body)]
    wanted = _wanted(article)
    title = _words(article.title)
    found: list[_Sentence] = []
    seen: list[frozenset[str]] = []
    for order, (sentence, in_lead) in enumerate(told[:_LOOKED_AT]):
        words = _words(sentence)
        # Sub-headings and by-lines have no end mark; a lead may lack its own.
        if not in_lead and not _ENDED.search(sentence):
            continue
        if len(words) < 4 or words == title or any(_same(words, other) for other in seen):
            continue
        seen.append(words)
        score = _score(sentence, wanted) + 1.5 * in_lead + 2.5 * (order == 0) + 1.0 * (order == opening)
        found.append(_Sentence(order=order, words=sentence, score=score - order * 0.03))
    return found


def _wanted(article: Article) -> tuple[str, ...]:
    """The words that made the item matter: why it wants attention, and where it happens."""
    if not article.tagging:
        return ()
    alarms = [evidence.text for evidence in article.tagging.attention_evidence]
    places = [place.name for place in article.tagging.places]
    return tuple(word.lower() for word in alarms + places if 2 < len(word) < 80)


def _score(sentence: str, wanted: tuple[str, ...]) -> float:
    low = sentence.lower()
    quoted = sum(len(part) for part in re.findall(r"“[^”]*”|\"[^\"]*\"", sentence))
    return (
        2.0 * bool(_UNION.search(sentence))
        + 1.0 * bool(_WORKER.search(sentence))
        + 0.8 * bool(_FIGURE.search(sentence))
        + 0.8 * min(2, sum(word in low for word in wanted))
        - 2.5 * (sentence[0] in "“\"-–—‘'[(" or quoted * 2 > len(sentence) or balanced(sentence) != sentence)
        - 2.5 * ("Ảnh:" in sentence)
        - 1.5 * ("?" in sentence)
        - 1.5 * bool(_SPOKEN.search(sentence))
        - 1.0 * (len(sentence) < 40)
        - 0.5 * (len(sentence) > 320)
    )


def _words(sentence: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sentence[:1_000].lower()))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= 0.75 * min(len(one), len(other))


def _joined(chosen: list[_Sentence], limit: int) -> str:
    # Cut and joined, words may read as one sentence more than was chosen.
    return " ".join(sentences(" ".join(sentence.words for sentence in chosen))[:limit])


def _alone(sentence: str) -> str:
    """A sentence as it can stand without its neighbours: no connective, no half quotation, an end mark."""
    sentence = _CONNECTIVE.sub("", sentence, count=1)
    sentence = _QUOTE.sub(lambda quote: f"“{clip(quote[1] or quote[2], 70)}”", balanced(sentence))
    sentence = sentence.lstrip(" -–—•").strip()
    return sentence[:1].upper() + sentence[1:] + ("" if _ENDED.search(sentence) else ".")
