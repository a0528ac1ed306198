"""Pages a second of the reading cascade against the plain pipeline, on the same pages in one run.

    python bench/reading.py ../shared/press [--pages 400] [--plain 40] [--seed 2026]

Cascade: what a round does with a page (one light walk over the page for its main text, one automaton over all words of
all rules, underthesea only where neighbours leave a word in doubt, trafilatura only where the walk finds no text).
Plain: trafilatura's text and underthesea's named entities for every page. Three sets: replayed pages as they come
(about a third concern workers in the archive they are drawn from), a mix with three relevant pages in a hundred, and
the real pages. Then what the look at the page loses: items whose clean text (no page around it) is union or labour
and whose page is read as something else. Ratios only; one core.
"""

from __future__ import annotations

import argparse
import importlib.machinery
import importlib.util
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

from monitor import clock, text
from monitor.config import shipped
from monitor.extract import extract, load_sites
from monitor.model.article import Page
from monitor.model.tag import Tagging, TagInput
from monitor.tag import load_rules, tag

RULES = (shipped() / "rules",)
SITES, BOOK = load_sites(RULES), load_rules(RULES)


def replay(file: Path) -> ModuleType:
    """The replay script as a module."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("replay", str(file))
    spec = importlib.util.spec_from_loader("replay", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def cascade(page: tuple[str, str]) -> Tagging:
    """A page as a round reads it."""
    url, html = page
    found = extract(Page(url=url, html=html, fetched=clock.now()), SITES)
    return tag(TagInput(title=found.title, summary=found.lead, body=found.text), BOOK)


def plain(page: tuple[str, str]) -> object:
    """A page by trafilatura and underthesea's named entities."""
    import trafilatura
    from underthesea import ner

    return ner(trafilatura.extract(page[1], url=page[0]) or "")


def rate(read: Callable[[tuple[str, str]], object], pages: Sequence[tuple[str, str]]) -> float:
    """Pages a second of processor time."""
    begun = time.process_time()
    for page in pages:
        read(page)
    return len(pages) / (time.process_time() - begun)


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def loss(module: ModuleType, articles: list[dict[str, object]]) -> None:
    """What reading a page loses against reading the bare text of the same article."""
    lost: dict[str, list[str]] = {"union": [], "labour": []}
    total = {"union": 0, "labour": 0}
    for a in articles:
        item = TagInput(title=text.nfc(str(a["title"])), summary=str(a["summary"]), body=str(a["body"]))
        wanted = tag(item, BOOK).relevance.value
        if wanted not in total:
            continue
        total[wanted] += 1
        name, _, template, _ = module.OUTLETS[a["host"]]
        found = cascade((str(a["url"]), module.page(a, name, template, []))).relevance.value
        if found not in total or (wanted == "union" and found != "union"):
            lost[wanted].append(str(a["title"]))
    for kind, titles in lost.items():
        print(
            f"lost {kind}: {len(titles)} of {total[kind]} ({len(titles) / max(total[kind], 1):.2%})",
            *titles[:5],
            sep="\n  ",
        )


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("press", type=Path)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--plain", type=int, default=40)
    parser.add_argument("--seed", type=int, default=2026)
    words = parser.parse_args()
    module = replay(words.press / "replay")
    web = module.Web(words.seed)
    articles = list(web.articles.values())
    random.Random(words.seed).shuffle(articles)

    def rendered(some: list[dict[str, object]]) -> list[tuple[str, str]]:
        return [
            (str(a["url"]), module.page(a, *module.OUTLETS[a["host"]][0:3:2], web.byhost[a["host"]][:5])) for a in some
        ]

    ours = [
        a
        for a in articles
        if tag(TagInput(title=a["title"], summary=a["summary"], body=a["body"]), BOOK).relevance.ours
    ]
    rest = [a for a in articles if a not in ours]
    n = words.pages
    manifest = json.loads((words.press / "pages" / "manifest.json").read_text(encoding="utf-8"))
    real = [
        (m["url"], text.decode((words.press / m["file"]).read_bytes())) for m in manifest if "article_" in m["file"]
    ]
    sets = {
        "replayed, a third relevant": rendered(ours[: n // 3] + rest[: n - n // 3]),
        "replayed, 3 in 100 relevant": rendered(ours[: n * 3 // 100] + rest[: n - n * 3 // 100]),
        "real pages": real * 3,
    }
    for pages in sets.values():
        random.Random(1).shuffle(pages)
    cascade(sets["replayed, a third relevant"][0])
    fast = {name: rate(cascade, pages) for name, pages in sets.items()}
    print(f"peak memory after the cascade: {peak():.0f} MB")
    loss(module, articles)
    plain(("http://localhost/", "<p>Hà Nội</p>"))
    for name, pages in sets.items():
        slow = rate(plain, pages[: words.plain])
        print(f"{name}: cascade {fast[name]:.1f}, plain {slow:.2f} pages a second per core: {fast[name] / slow:.0f} x")
    print(f"peak memory after the plain pipeline: {peak():.0f} MB")


if __name__ == "__main__":
    main()
