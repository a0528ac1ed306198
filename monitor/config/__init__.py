"""What the office configures, read strictly: nothing starts with half a configuration.

    sources.yaml        -> load_sources  -> Sources      (add_outlets, to_opml, from_opml)
    rules/office.yaml   -> load_settings -> Settings
    rules/web.yaml      -> load_web      -> WebSettings
    MONITOR_HOME        -> home, Home, init, shipped

Every mistake is a ConfigError that names file, line and key. The vocabulary, topics and templates are no
business of this package: it only says in which folders they lie.
"""

from monitor.config.edit import add_outlets
from monitor.config.edit_sources import add_sources, set_paused
from monitor.config.home import Home, home, init, shipped
from monitor.config.opml import from_opml, to_opml
from monitor.config.provinces import FORMER, PRESENT, former_of, present_of
from monitor.config.settings import load_settings
from monitor.config.sources import load_sources
from monitor.config.web import load_web

__all__ = [
    "FORMER",
    "PRESENT",
    "Home",
    "add_outlets",
    "add_sources",
    "former_of",
    "from_opml",
    "home",
    "init",
    "load_settings",
    "load_sources",
    "load_web",
    "present_of",
    "set_paused",
    "shipped",
    "to_opml",
]
