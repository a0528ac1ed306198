"""``monitor case``: everything a person does to a matter, one command an act: read, call the desk once, show."""

from monitor.cli.cases import asking, checking, ending, looking, opening
from monitor.cli.cases.group import case

__all__ = ["asking", "case", "checking", "ending", "looking", "opening"]
