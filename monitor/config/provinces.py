"""The 34 provinces and cities since 1 July 2025, and the former ones that went into them.

Plain names, without "Tỉnh" or "Thành phố". Places in texts are ``tag``'s business, not this module's.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from monitor.text import clean, one_tone_spelling

_MERGED = {
    "TP.HCM": ("Bà Rịa - Vũng Tàu", "Bình Dương"),
    "Hải Phòng": ("Hải Dương",),
    "Đà Nẵng": ("Quảng Nam",),
    "Cần Thơ": ("Hậu Giang", "Sóc Trăng"),
    "An Giang": ("Kiên Giang",),
    "Cà Mau": ("Bạc Liêu",),
    "Bắc Ninh": ("Bắc Giang",),
    "Thái Nguyên": ("Bắc Kạn",),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"),
    "Gia Lai": ("Bình Định",),
    "Đồng Nai": ("Bình Phước",),
    "Lâm Đồng": ("Bình Thuận", "Đắk Nông"),
    "Đắk Lắk": ("Phú Yên",),
    "Đồng Tháp": ("Tiền Giang",),
    "Tuyên Quang": ("Hà Giang",),
    "Ninh Bình": ("Hà Nam", "Nam Định"),
    "Phú Thọ": ("Hòa Bình", "Vĩnh Phúc"),
    "Hưng Yên": ("Thái Bình",),
    "Khánh Hòa": ("Ninh Thuận",),
    "Quảng Ngãi": ("Kon Tum",),
    "Lào Cai": ("Yên Bái",),
    "Tây Ninh": ("Long An",),
    "Quảng Trị": ("Quảng Bình",),
    # renamed rather than merged, in the same sense: what was written then is found under the name of today
    "Huế": ("Thừa Thiên Huế",),
}
_UNCHANGED = (
    *("Cao Bằng", "Điện Biên", "Hà Nội", "Hà Tĩnh", "Lai Châu"),
    *("Lạng Sơn", "Nghệ An", "Quảng Ninh", "Sơn La", "Thanh Hóa"),
)

PRESENT: frozenset[str] = frozenset((*_MERGED, *_UNCHANGED))
"""The names of today."""

FORMER: MappingProxyType[str, str] = MappingProxyType({old: new for new, olds in _MERGED.items() for old in olds})
"""Former name -> the province of today that it went into."""

_RANK = re.compile(r"^(?:tỉnh|thành phố|tp\s*\.?)\s*(?=\S)", re.I)
_DASH = re.compile(r"\s*[-–—]\s*")
_CITY = "hồ chí minh"


def _key(name: str) -> str:
    """One spelling for comparing: no rank, one tone style, one dash, lower case."""
    bare = _RANK.sub("", one_tone_spelling(clean(name)).casefold())
    bare = _DASH.sub("-", bare)
    return "hcm" if bare in (_CITY, "hcm") else bare.replace("thừa thiên-huế", "thừa thiên huế")


_BY_KEY = {_key(name): name for name in (*PRESENT, *FORMER)}


def known(name: str) -> str | None:
    """The name as this project writes it, present or former ("tỉnh Hoà Bình" -> "Hòa Bình"), or None."""
    return _BY_KEY.get(_key(name))


def present_of(name: str) -> str | None:
    """The province of today that a present or former name belongs to, or None for no province at all."""
    found = known(name)
    return FORMER.get(found, found) if found else None


def former_of(present: str) -> tuple[str, ...]:
    """The former provinces that went into ``present``; empty where nothing was merged."""
    return _MERGED.get(present, ())
