"""The only way out: a message is handed over, and what became of it is a value. Nothing here knows the outbox.

mail.send(settings, message) -> Sent | Failure      chat.send(url, message) -> Sent | Failure
retrying.after(message, outcome, now) -> the message as it is from now on
"""
