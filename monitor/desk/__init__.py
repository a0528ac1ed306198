"""Corridors walked by people: what somebody at the desk decides, carried through the rooms and stored.

Commands and, later, the web call these functions; they read, decide in a pure room, and write in one go.
"""
