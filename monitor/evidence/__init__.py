"""Exchange -> WARC; evidence and papers -> a pack that verifies itself. Pure; no network, no store.

    warc_of(exchange) -> bytes                 the page as fetched, with headers, hash and what was read off it
    write_pack(target, ...) -> Packed          a ZIP with a manifest and ``kiem_tra.py``, which checks it anywhere
    media_type(name, head) -> str              what a file handed in is; programs are refused
    safe_name(name) -> str                     a name that every system takes

What this room does not do: fetch a page, take a screenshot (crawl), or keep anything (store). What it makes is a
working proof, not a vi bằng.
"""

from monitor.evidence.files import media_type, safe_name
from monitor.evidence.pack import Member, write_pack
from monitor.evidence.warc import warc_of

__all__ = ["Member", "media_type", "safe_name", "warc_of", "write_pack"]
