"""One round, one clock per database: a lock that the system frees when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from monitor.errors import BusyError, StoreError
from monitor.labels import os_reason


@contextmanager
def held(file: Path, busy: BusyError) -> Iterator[None]:
    """Holds the lock ``file``, whose folder is made. Raises ``busy`` when another one holds it.

    Raises StoreError when the folder cannot be written.
    """
    lock = FileLock(file, timeout=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise busy from None
    except OSError as error:
        raise StoreError("database_unusable", file=file.parent, detail=os_reason(error)) from error
    try:
        yield
    finally:
        lock.release()
