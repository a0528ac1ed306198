"""The types that walk through the house. Frozen, keyword-only dataclasses; no dict crosses a room's wall.

Source -> (fetch) -> Response -> (parse) -> Entry -> (fetch) -> Page -> (extract) -> Extracted
       -> (tag) -> Tagging -> (keep) -> Article -> (report) -> Digest
"""
