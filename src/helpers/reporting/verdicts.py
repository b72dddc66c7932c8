"""What these data say of each published sentence: a word, a shape and the reason, never colour alone."""

import re
from html import escape

import pandas as pd

from helpers.reporting.display import Block, Text

WORDS = {"supported": "Supported", "contradicted": "Contradicted", "not settled": "Not settled"}
SHAPES = {  # a tick, a cross, an open ring: told apart in black and white
    "supported": '<path d="M3 10.5l4.5 4.5L17 5"/>',
    "contradicted": '<path d="M4 4l12 12M16 4L4 16"/>',
    "not settled": '<circle cx="10" cy="10" r="6.5"/>',
}


def sentence(row: pd.Series) -> Text:
    """One claim's verdict as a sentence with its reason and caveat."""
    return Text(f"“{row['sentence']}” **{WORDS[row['verdict']]}.** {_true_minus(row['reason'])} {row['caveat']}")


def verdicts(claims: pd.DataFrame) -> Block | Text:
    """All claims as a list, each with its verdict, reason, caveat and source."""
    if claims.empty:
        return Text("No published sentence was put to these data.")
    rows = [row for _, row in claims.iterrows()]
    items = "".join(_item(row) for row in rows)
    return Block(f'<ul class="verdicts">{items}</ul>', "\n".join(str(sentence(row)) for row in rows))


def _true_minus(text: str) -> str:
    """Negative numbers with a minus sign; ranges such as 2018-20 stay as they are."""
    return re.sub(r"(?<![\w-])-(?=\d)", "\N{MINUS SIGN}", text)


def _item(row: pd.Series) -> str:
    verdict = row["verdict"]
    icon = ('<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="3" '
            f'aria-hidden="true">{SHAPES[verdict]}</svg>')
    return (f'<li class="verdict {verdict.replace(" ", "-")}"><p class="word">{icon} {WORDS[verdict]}</p>'
            f'<p class="claim">“{escape(row["sentence"])}”</p><p>{escape(_true_minus(row["reason"]))}</p>'
            f'<p class="small">{escape(row["caveat"])} Source: {escape(row["source"])}.</p></li>')
