"""The response to the press, pure: which day is a working day, what the law gives, when what is due.

    WorkCalendar + PressLaw + what happened when ──▶ clocks ──▶ Due (with its computation in words)
    year ──▶ propose ──▶ WorkYear, a proposal the office confirms

Nothing here reads a file, a database or the present time.
"""
