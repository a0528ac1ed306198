"""The pages, one module a part of the menu; each ends with its ``PAGES``."""
