"""Which outlet is meant by what somebody typed; a new one, of paper or of a social network, gets an id of its name."""

from __future__ import annotations

import hashlib
import re

from monitor.desk.outlets import names, outlet
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.source import Level, Outlet, OutletKind
from monitor.text import clean, fold


def outlet_of(sitting: Sitting, said: str, *, social: bool = False) -> tuple[Outlet, bool]:
    """The outlet of this id or name, and whether it is new: then the caller has it remembered, so that its name shows.

    An account of a social network is an outlet like others (kind social), private people too; its name is the
    account's. Raises RefusedError for a name that several outlets have.
    """
    name = clean(said)
    wanted = fold(name)
    have = _meant(sitting, name, wanted)
    if name in have and (have[name].kind is OutletKind.SOCIAL or not social):
        return have[name], False
    same = [one for one in have.values() if fold(one.name) == wanted and (one.kind is OutletKind.SOCIAL) is social]
    if len(same) > 1:
        raise RefusedError("outlet_which", name=name, known=", ".join(one.id for one in same))
    if same:
        return same[0], False
    kind = OutletKind.SOCIAL if social else OutletKind.PRESS
    ident = f"mxh-{_mark(wanted)}" if social else _fresh(name, set(names(sitting)))
    return Outlet(id=ident, name=name, kind=kind, level=Level.PROVINCIAL), True


def _meant(sitting: Sitting, name: str, wanted: str) -> dict[str, Outlet]:
    ids = [ident for ident, called in names(sitting).items() if ident == name or fold(called) == wanted]
    return {ident: found for ident in ids if (found := outlet(sitting, ident))}


def _fresh(name: str, taken: set[str]) -> str:
    base = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:40].strip("-")
    # Another name of the same letters, or no letter of ours at all.
    return base if base and base not in taken else f"{base or 'bao'}-{_mark(name)}"


def _mark(name: str) -> str:
    """Letters and digits that stand for a name: ids go into the log, where no name or telephone number may be."""
    return hashlib.blake2b(name.encode(), digest_size=5).hexdigest()
