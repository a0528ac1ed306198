"""The group with all its commands: each module adds its own."""

from monitor.cli.cases import asking, checking, ending, looking, opening
from monitor.cli.cases.group import case

__all__ = ["asking", "case", "checking", "ending", "looking", "opening"]
