"""What an element's names say it is: clutter, a caption, a byline, a time, a lead, the body.

The words are those of the publishing systems in use in Viet Nam, in English and in unaccented Vietnamese.
A name is only a hint: the reading keeps what a hint would throw away when it would throw away the article.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from lxml import etree

from monitor.extract.tree import INLINE, hint, word_set, words


class Mark(StrEnum):
    """What a run of text is besides text."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CAPTION = "caption"
    BYLINE = "byline"
    TIME = "time"
    LEAD = "lead"
    SOURCE = "source"


def _runs(text: str) -> re.Pattern[str]:
    """Parts of names with everything between their words left out: tin-lien-quan and boxTinLienQuan are one."""
    return re.compile("|".join(text.split()))


_CLUTTER_TAGS = word_set("nav footer aside menu")
_CLUTTER_RUNS = _runs(
    """lienquan related relatenews relatepost relatearticle articlerelate boxrelate cmsrelate newsrelation cungchuyenmuc
    cungloai chuyenmuckhac tinkhac baikhac tinmoi tinnong docnhieu xemnhieu tinnoibat xemthem docthem baicungchude
    binhluan comment tukhoa keyword chiase share sharing social breadcrumb quangcao banner advert newsletter subscri
    copyright banquyen toolbar popup modal rating danhgia googlenews readmore seemore mostread mostview mostpopular
    trending suggest recommend lightbox tooltip dropdown hotnews listnews newslist othernews morenews morestory
    moststory latestnews lastestnews nextnews innerarticle boxtin(?!chitiet|noidung) tinlq taglist listtag tagsbox
    boxtag tagdetail articletag detailtag posttag newstag hashtag boxauthor authorbox aboutauthor pagination paging
    texttospeech skiplink screenreader downloadapp taiapp qrcode onenews hotline fanpage sendstar rateform reaction"""
)
_CLUTTER = word_set(
    """ads adv advs qc tag tags menu nav navbar poll vote player tts zalo twitter sns addthis sharethis topbar
    adsbygoogle admzone adm sidebar footer relates relate noprint donate cookie login register search subnav sitemap
    emoji reactions like hidden dnone visuallyhidden sronly hide displaynone"""
)
_CAPTION = word_set(
    """caption figcaption chuthich pcaption imagecaption photocaption cmscaption wpcaption imgcaption imgdesc imagedesc
    photodesc phototitle chuthichanh ghichuanh"""
)
_BYLINE = word_set("author authors byline tacgia writer penname butdanh creator nguoiviet reporter")
_BYLINE_RUNS = _runs("author(?!ity) tacgia butdanh penname byline")
_TIME = word_set(
    """date time datetime pdate pubdate published datepublished ngaydang ngay thoigian posted postdate timestamp
    updated datepost createdate"""
)
_TIME_RUNS = _runs(
    "(publish|post|creat|article|news|detail|entry|meta)(ed)?(on|at)?(date|time) ngaydang thoigian ngaythang"
)
_LEAD = word_set(
    """sapo lead chapeau chappeau standfirst abstract tomtat mota trichyeu headnote dek teaser excerpt subhead
    description summary intro desc brief introtext introduction shortcontent hometext"""
)
_LEAD_RUNS = _runs(
    """sapo chapp?eau tomtat trichyeu dandau hometext boxdes shortdesc
    (article|news|detail|post|entry|content|bai)(summary|desc|lead|intro|excerpt|head(?!er|ing|line)|abstract|brief)"""
)
_SOURCE = word_set("source nguon nguontin newssource articlesource linksource")
_BODY_RUNS = _runs(
    """articlebody entrycontent postcontent postbody newscontent newsbody newsdetail detailcontent contentdetail
    detailbody articlecontent articledetail contentarticle maincontent contentmain storybody storycontent cmsbody
    fckdetail noidung chitiet singularcontent textlong artbody bodycontent contentbody ckeditor journalcontent rtestate
    contentnews newsview bodydetail detailtext bodytext bodyhtml"""
)
_BODY = word_set("content body article detail post entry story news")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

_BY_TAG = {
    "a": Mark.LINK, "b": Mark.STRONG, "strong": Mark.STRONG, "th": Mark.STRONG, "em": Mark.EMPHASIS,
    "i": Mark.EMPHASIS, "figcaption": Mark.CAPTION, "time": Mark.TIME, "address": Mark.BYLINE,
}  # fmt: skip
_BY_NAME: tuple[tuple[Mark, frozenset[str], re.Pattern[str] | None], ...] = (
    (Mark.CAPTION, _CAPTION, None),
    (Mark.BYLINE, _BYLINE, _BYLINE_RUNS),
    (Mark.TIME, _TIME, _TIME_RUNS),
    (Mark.LEAD, _LEAD, _LEAD_RUNS),
    (Mark.SOURCE, _SOURCE, None),
)


@lru_cache(maxsize=20_000)
def marks_of(tag: str, names: str) -> frozenset[Mark]:
    """What an element of that tag and those names makes of the text inside it."""
    found = {mark for mark in (_BY_TAG.get(tag),) if mark}
    if names:
        all_words = words(names)
        for mark, exact, runs in _BY_NAME:
            if all_words & exact or (runs and any(runs.search(word) for word in all_words)):
                found.add(mark)
    return frozenset(found)


def clutter(element: etree._Element) -> bool:
    """Whether an element is furniture of the page by its tag, its names or its being hidden."""
    tag = element.tag
    if tag in _CLUTTER_TAGS:
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
        return True
    return tag not in INLINE and _is_clutter(hint(element))


@lru_cache(maxsize=20_000)
def _is_clutter(names: str) -> bool:
    found = words(names)
    return bool(found & _CLUTTER) or any(_CLUTTER_RUNS.search(word) for word in found)


@lru_cache(maxsize=20_000)
def body_weight(tag: str, names: str) -> float:
    """How much the names of an element speak for its holding the article's text; 1.0 says nothing."""
    if "articleBody" in names:
        return 4.0
    if tag in ("body", "html"):
        # Everything adds up there; it holds the article only where nothing smaller does.
        return 0.5
    found = words(names)
    if any(_BODY_RUNS.search(word) for word in found):
        return 2.0
    return 1.3 if tag == "article" or found & _BODY else 1.0
