"""A press monitor for Vietnam's trade unions: collect, read, tag, keep, digest.

The house is described in docs/design-notes.md; its words in docs/glossary.md.
"""

__version__ = "0.1.0"
