"""Triage and the way of a case: every move is a pure function from a case to the next one and what happened.

    case, who, when, what ──▶ gate (model.action) ──▶ Step(case, happened) ──▶ desk stores both in one transaction

What this does not do: read or write anything, know the law, or write a letter (``respond``).
"""
