"""Text -> what it means for us, with evidence. Pure; the only room that knows underthesea.

    TagInput -> read (document) -> union mentions -> relevance, topics, places, tone, attention -> Tagging

What counts as what is the office's: rules/*.yaml, read by ``load_rules``. Does not fetch, store or report.
"""

from monitor.tag.book import RuleBook, load_rules
from monitor.tag.examples import check_examples
from monitor.tag.explain import Fired, explain
from monitor.tag.judge import judge as tag
from monitor.tag.learning import Learning, load_learning

__all__ = ["Fired", "Learning", "RuleBook", "check_examples", "explain", "load_learning", "load_rules", "tag"]
