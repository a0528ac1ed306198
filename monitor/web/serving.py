"""The desk on a port, beside the clock in one process."""

from __future__ import annotations

import ipaddress
import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn

from monitor import clock
from monitor.config import Home, load_web
from monitor.desk import access
from monitor.errors import StoreError, UsageError
from monitor.labels import label, os_reason
from monitor.model.access import LinkKind
from monitor.store.db import opened
from monitor.web.app import build

log = logging.getLogger("monitor.web")
_START = 15.0


@contextmanager
def served(home: Home, host: str, port: int, say: Callable[[str], None]) -> Iterator[str]:
    """Serves the desk until the block ends, and says where; gives the address on this machine.

    Raises UsageError where the port is taken, the address is not this machine's, or the desk would be open to
    others while nobody has a password.
    """
    settings = load_web(home.rules)
    with opened(home.database) as db:
        secret = access.first_link(home, db, clock.now())
    if secret and not _loopback(host):
        raise UsageError("desk_needs_password", host=host)
    listening = _bound(host, port)
    port = listening.getsockname()[1]
    here = f"http://127.0.0.1:{port}" if _loopback(host) or host in ("0.0.0.0", "::") else f"http://{host}:{port}"
    config = uvicorn.Config(
        build(home, settings), log_config=None, access_log=False, server_header=False, date_header=True,
        proxy_headers=settings.behind_proxy, timeout_keep_alive=30, timeout_graceful_shutdown=10, lifespan="off",
    )  # fmt: skip
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # our own handler has logged a crash already
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, name="desk", daemon=True)
    thread.start()
    _wait(server, thread, home.data / "monitor.log")
    for line in _addresses(host, port):
        say(label("run", "desk", address=line))
    if secret:
        say(label("run", "desk_first", address=f"{here}{LinkKind.FIRST.path(secret)}"))
    try:
        yield here
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listening.close()


def _wait(server: uvicorn.Server, thread: Thread, log_file: Path) -> None:
    end = time.monotonic() + _START
    while not server.started and thread.is_alive() and time.monotonic() < end:
        time.sleep(0.02)
    if not server.started:
        raise StoreError("desk_not_started", file=log_file)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        # On Windows that option would let two programs share the port.
        shared = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        listening.setsockopt(socket.SOL_SOCKET, shared, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError("desk_port", host=host, port=port, detail=os_reason(error)) from error
    listening.set_inheritable(True)
    return listening


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _addresses(host: str, port: int) -> list[str]:
    """What people type: on this machine, and where others are let in, what they type on theirs."""
    if _loopback(host):
        return [f"http://127.0.0.1:{port}"]
    if host not in ("0.0.0.0", "::"):
        return [f"http://{host}:{port}"]
    return [f"http://127.0.0.1:{port}", *(f"http://{one}:{port}" for one in _own())]


def _own() -> list[str]:
    """This machine's address on the office's network: the one it would speak from. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = probe.getsockname()[0]
        except OSError:
            return []
    return [] if ipaddress.ip_address(found).is_loopback else [found]
