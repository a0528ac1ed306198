"""Word files out of templates that staff edit: filled, set by ``rules/layout.yaml``, equal bytes for equal content.

Knows nothing of papers or reports: who prints something brings the names a template may use.
"""
