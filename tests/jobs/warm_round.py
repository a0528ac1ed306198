"""Read once by the process that rounds are forked from: the whole program, and the folder's rules."""

from __future__ import annotations

import os
from pathlib import Path

import trafilatura
import underthesea

from monitor.cli import collecting
from monitor.config import Home
from monitor.jobs.reading import book

WARM = (trafilatura, underthesea, collecting, book(Home(root=Path(os.environ["MONITOR_HOME"])).rules))
