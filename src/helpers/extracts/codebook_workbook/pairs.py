"""Names and answers in pairs in a cell: `here = there`, and `column: there = here`."""

from helpers.extracts.codebook_workbook.quoting import parts, said, token

_SIDE = r"[^\"“”„=:]+"  # of a pair, without quotes


def pairs_said(pairs: dict[str, str]) -> str:
    """A pair a line."""
    return "\n".join(f"{said(here, _SIDE)} = {said(there, _SIDE)}" for here, there in pairs.items())


def pairs_meant(text: str) -> dict[str, str]:
    """The pairs; raises ValueError with problem and remedy."""
    pairs: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        sides = parts(line, "=")
        if len(sides) != 2 or not all(sides):
            raise ValueError(f"'{line}' is no pair; write two names with = between, a pair a line.")
        if token(sides[0]) in pairs:
            raise ValueError(f"'{sides[0]}' stands there twice; keep one.")
        pairs[token(sides[0])] = token(sides[1])
    return pairs


def levels_said(levels: dict[str, dict[str, str]]) -> str:
    """A pair of answers a line, after its column."""
    return "\n".join(f"{said(column, _SIDE)}: {line}" for column, pairs in levels.items()
                     for line in pairs_said(pairs).split("\n"))


def levels_meant(text: str) -> dict[str, dict[str, str]]:
    """The pairs of answers by column; raises ValueError with problem and remedy."""
    levels: dict[str, dict[str, str]] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        column, *pair = parts(line, ":")
        if len(pair) != 1:
            raise ValueError(f"'{line}' is no pair of answers; write column: answer there = answer here.")
        known = levels.setdefault(token(column), {})
        for there, here in pairs_meant(pair[0]).items():
            if there in known:
                raise ValueError(f"'{there}' stands there twice for '{column}'; keep one.")
            known[there] = here
    return levels
