"""The desk in a browser: read, one call to ``desk`` or ``jobs``, render. No rule of who may do or see what lives here.

    request ──▶ door (limits, session, role, CSRF) ──▶ a page's handler ──▶ desk ──▶ template

``routing`` is the table of all pages with who may call each, ``visit`` what a handler holds, ``door`` the way in and
every error's way out. Pages work without JavaScript; ``static/desk.js`` only makes them quicker.
"""

from monitor.web.app import build
from monitor.web.serving import served

__all__ = ["build", "served"]
