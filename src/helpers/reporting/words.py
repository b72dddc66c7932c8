"""Numbers as a reader meets them: in sentences, in cells, at the end of a bar."""

import pandas as pd

SYMBOLS = {  # the Analysis Function's symbols; [k] and [u] are not needed here
    "[c]": "withheld: it could identify a child or young person, or let somebody work such a number out",
    "[x]": "not available: it could not be worked out",
    "[z]": "not applicable",
}
ANALYSES = {  # the analyses a plan can name, as readers call them
    "main": "Main analysis", "ages_16_plus": "Ages 16 and over", "pooled": "Partnerships pooled",
    "continuing_care_as_group": "Continuing care added to the group",
    "continuing_care_as_reference": "Continuing care added to the comparison",
    "each_group": "Each group by itself", "age_adjusted": "Adjusted for age",
    "missing_lowest": "If missing answers were against the group",
    "missing_highest": "If missing answers were for the group",
    "imputed": "Missing answers imputed", "beyond_partnerships": "Beyond these partnerships",
    "unweighted": "Not weighted", "other_test": "Another test",
}
NUMERALS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def whole(number: float) -> str:
    """A count with thousands commas."""
    return f"{number:,.0f}"


def spelled(number: int) -> str:
    """A count in a sentence: in letters up to twelve."""
    return NUMERALS[number] if 0 <= number < len(NUMERALS) else whole(number)


def signed(number: float, decimals: int = 0) -> str:
    """A number with a true minus sign, and no sign on what rounds to zero."""
    text = f"{number:,.{decimals}f}"
    return text[1:] if not text.strip("-0.,") and text.startswith("-") else text.replace("-", "\N{MINUS SIGN}")


def percent(share: float, decimals: int = 0) -> str:
    """A share (0 to 1) as a percentage."""
    return f"{signed(100 * share, decimals)}%"


def p_words(p: float, name: str = "p") -> str:
    """A p-value as text: "p = 0.012", "p < 0.001" or "p not estimable".

    One released in two decimals gets no third: 0.6 is "0.60".
    """
    if pd.isna(p):
        return f"{name} not estimable"
    return f"{name} < 0.001" if p < 0.001 else f"{name} = {f'{p:.3f}'.removesuffix('0')}"


def p_cell(p: float) -> str:
    """A p-value under a heading that already says p."""
    return "[x]" if pd.isna(p) else p_words(p, "").strip().removeprefix("= ")


def listed(items: list[str], last: str = "and") -> str:
    """Items in a sentence: "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def lower_first(text: str) -> str:
    """A label inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].lower() + text[1:]
