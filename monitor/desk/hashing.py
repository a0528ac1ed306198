"""What is stored of secrets: of passwords an Argon2id hash, of what the program itself made up a SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

_RECOMMENDED = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = BoundedSemaphore(2)
"""One hash takes 64 MB: many people signing in at once wait for each other rather than fill the memory."""


class Hasher(Protocol):
    """What hashes passwords; tests have a cheap one."""

    def hash(self, password: str) -> str:
        """The text to be stored."""

    def matches(self, hashed: str, password: str) -> bool:
        """Whether the password is the one that was hashed."""

    def __hash__(self) -> int:
        """One hasher is told from another: see ``nobodys``."""

    def stale(self, hashed: str) -> bool:
        """Whether the hash was made with other parameters than today's."""


@dataclass(frozen=True)
class Argon2:
    """Argon2id, by default with RFC 9106's second recommended parameters (3 passes over 64 MB, 4 lanes)."""

    made: PasswordHasher = _RECOMMENDED

    def hash(self, password: str) -> str:
        """See ``Hasher``."""
        with _AT_ONCE:
            return self.made.hash(password)

    def matches(self, hashed: str, password: str) -> bool:
        """See ``Hasher``. A hash that cannot be read matches nothing."""
        try:
            with _AT_ONCE:
                return self.made.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    def stale(self, hashed: str) -> bool:
        """See ``Hasher``."""
        return self.made.check_needs_rehash(hashed)


HASHER: Hasher = Argon2()


@cache
def nobodys(hasher: Hasher) -> str:
    """A hash that is nobody's, for sign-ins of people there are not: they have to take as long as others."""
    return hasher.hash("")


def digest(secret: str) -> str:
    """SHA-256 in hex: what is stored of a secret that is long and random."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
