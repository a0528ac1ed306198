"""Corridors walked by the clock: one job = one file = one command. They alone know several rooms."""
