"""Who gets in, and with what: everything of the subject under one name.

passwords    which are taken, how they are kept, who sets one
signing_in   login and password become a session; slowed down where somebody guesses, never locked
sessions     who is signed in, with a browser or a token
links        one-time links by which a password is set
answering    one-time links to the answer form of bodies that never sign in
"""

from __future__ import annotations

from monitor.desk.answering import (
    answer,
    answer_form,
    answer_link,
)
from monitor.desk.links import (
    first_link,
    first_link_person,
    password_link,
    password_link_person,
    use_first_link,
    use_password_link,
)
from monitor.desk.passwords import (
    has_password,
    is_password,
    manages,
    set_password,
    sign_in_name,
)
from monitor.desk.sessions import (
    end_all,
    end_session,
    end_sessions,
    end_token,
    flash,
    give_token,
    make_token,
    session_of,
    sessions_of,
    take_flash,
    take_token,
    token_of,
    token_person,
)
from monitor.desk.signing_in import (
    enter,
    sign_in,
)

__all__ = [
    "answer",
    "answer_form",
    "answer_link",
    "end_all",
    "end_session",
    "end_sessions",
    "end_token",
    "enter",
    "first_link",
    "first_link_person",
    "flash",
    "give_token",
    "has_password",
    "is_password",
    "make_token",
    "manages",
    "password_link",
    "password_link_person",
    "session_of",
    "sessions_of",
    "set_password",
    "sign_in",
    "sign_in_name",
    "take_flash",
    "take_token",
    "token_of",
    "token_person",
    "use_first_link",
    "use_password_link",
]
