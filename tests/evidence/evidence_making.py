"""Invented evidence, and the pack's own script run as somebody else would run it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.evidence import Member
from monitor.model.evidence import Evidence, EvidenceKind, Exchange

NOW = datetime(2026, 11, 8, 1, 30, tzinfo=UTC)
PAGE = "<html><body><h1>Nợ lương ở công ty hư cấu</h1><p>Công nhân chờ.</p></body></html>".encode()


def exchange(**changes: Any) -> Exchange:
    told: dict[str, Any] = {
        "url": "http://bao.test/bai-1.html",
        "final_url": "http://bao.test/bai-1.html",
        "code": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Server", "thu")),
        "body": PAGE,
        "taken": NOW,
        "agent": "UnionPressMonitor/test",
    }
    return Exchange(**(told | changes))


def evidence(body: bytes, **changes: Any) -> Evidence:
    import hashlib

    told: dict[str, Any] = {
        "id": "b1",
        "case": "V1",
        "kind": EvidenceKind.SCAN,
        "name": "bao in trang 3.pdf",
        "media_type": "application/pdf",
        "sha256": hashlib.sha256(body).hexdigest(),
        "size": len(body),
        "taken": NOW,
        "by": "p1",
        "note": "Bản quét trang 3",
    }
    return Evidence(**(told | changes))


def member(body: bytes, **changes: Any) -> Member:
    made = evidence(body, **changes)
    return Member(evidence=made, parts=lambda: iter([body[:5], body[5:]]))


def verify(script: Path, *words: str) -> tuple[int, str]:
    """Exit code and output of a pack's script, run by a Python that sees nothing of the project."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), *words],
        capture_output=True,
        timeout=60,
        check=False,
        cwd=script.parent,
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")
