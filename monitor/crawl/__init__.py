"""The only way in from the network: Source -> Response -> Look -> Entry, and an article's URL -> Response.

What this room does not do: store anything, decide what an article is about, or know that a database exists.
"""

from monitor.crawl.client import Fetcher, user_agent
from monitor.crawl.judge import Look, judge_page, judge_source
from monitor.crawl.robots import Robots, RobotsBook

__all__ = ["Fetcher", "Look", "Robots", "RobotsBook", "judge_page", "judge_source", "user_agent"]
