"""A message by chat, bot or webhook, through apprise or to a Zalo bot. Text alone; nothing marked as the office's own.

Apprise says yes or no and not why, so a no may pass: the outbox tries again until it gives up.
"""

from __future__ import annotations

from monitor.deliver import zalo
from monitor.labels import label
from monitor.model.delivery import CHAT_MOST, Failure, FailureKind, Message, Sent, chat_length


def send(url: str, message: Message) -> Sent | Failure:
    """Hands the message's text to the service behind the apprise address ``url``."""
    wrong = refused(message)
    if wrong:
        return wrong
    if url.strip().startswith(zalo.SCHEME):
        return zalo.send(url, told(message))
    # Over a hundred services are looked up: only where one is needed.
    import apprise

    asset = apprise.AppriseAsset(
        app_id=label("delivery", "app"), app_desc=label("delivery", "app"), app_url="", async_mode=False,
        secure_logging=True,
    )  # fmt: skip
    way = apprise.Apprise(asset=asset)
    if not way.add(url):
        return Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "chat_address"), closed=True)
    try:
        taken = way.notify(body=told(message), title="", body_format=apprise.NotifyFormat.TEXT)
    except (TypeError, ValueError, OSError) as error:
        return Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "chat_failed_how", detail=str(error)[:200]))
    return Sent() if taken else Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "chat_failed"))


def refused(message: Message) -> Failure | None:
    """What never leaves by chat, whatever put it into the outbox."""
    if message.internal:
        key = "internal_by_chat"
    elif message.attachments or message.html:
        key = "chat_text_only"
    elif not message.text.strip() or chat_length(message.text) > CHAT_MOST:
        key = "chat_length"
    else:
        return None
    return Failure(kind=FailureKind.PERMANENT, reason=label("delivery", key))


def told(message: Message) -> str:
    """The text; one that may have arrived before says so on its first line, the end giving way where it is long."""
    if not message.doubtful:
        return message.text
    head = f"{label('delivery', 'repeat')}\n"
    if chat_length(head + message.text) <= CHAT_MOST:
        return head + message.text
    text = message.text[:CHAT_MOST]
    while chat_length(head + text) >= CHAT_MOST:
        text = text[:-1]
    return f"{head}{text}…"
