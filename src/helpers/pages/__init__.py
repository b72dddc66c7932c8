"""The frame of every page, and the pages that no notebook makes: the index, what failed, the nights so far."""

from helpers.pages.about import About, about
from helpers.pages.failure import failure_page
from helpers.pages.frame import render
from helpers.pages.history import history_page
from helpers.pages.index import index_page

__all__ = ["About", "about", "failure_page", "history_page", "index_page", "render"]
