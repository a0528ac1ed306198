"""Page -> Extracted: what a reader sees on an article's page. Pure; no network, no store.

    load_sites(folders) -> SiteRules     once
    extract(page, sites) -> Extracted    for every page

A page is read once into an outline of its paragraphs (``outline``), the head's words are taken as claims to be
checked against it (``structured``), and every field is then a question asked of the two. Site rules
(``sites``, from ``rules/sites.yaml``) are dated data laid over that. What it does not do: fetch, judge
relevance, join articles of several pages.
"""

from monitor.extract.reading import extract
from monitor.extract.sites import Rule, SiteRules, load_sites

__all__ = ["Rule", "SiteRules", "extract", "load_sites"]
