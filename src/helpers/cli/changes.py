"""What is said of two releases held against each other."""

from helpers.running import Moved, Releases, RunDifference

FEW = 8  # figures and lines of a run shown unless all are asked for


def told(releases: Releases, found: list[RunDifference], *, every: bool) -> str:
    """What moved, a paragraph a run, with what could have moved it."""
    before, after = (told["release"] for told in (releases.before, releases.after))
    if not found:
        return f"{before} and {after}: no key figure and no line of a page has moved."
    total = len({*releases.old, *releases.new})
    lines = [f"{before} → {after}: {len(found)} of {total} runs came out otherwise."]
    if not releases.committed:
        lines.append("Not both were made from committed code, so lines of code cannot be told.")
    return "\n".join([*lines, *(line for each in found for line in _of(each, every))])


def _of(each: RunDifference, every: bool) -> list[str]:
    figures = _first([f"    {_figure(moved)}" for moved in each.figures], every, "key figures")
    pairs = [f"    {sign} {text}" for pair in each.lines for sign, text in zip("-+", pair, strict=True) if text]
    lines = _first(pairs, every, "lines")
    causes = [f"    {cause}" for cause in each.causes] or ["    nothing on record: the notebook is not reproducible"]
    return ["", f"{each.run}{f' ({each.report})' if each.report else ''}",
            *([f"  Key figures moved: {len(each.figures)}", *figures] if figures else []),
            *(["  The page says otherwise:", *lines] if lines else []), "  Because of:", *causes]


def _figure(moved: Moved) -> str:
    if moved.before is None:
        return f"{moved.name}: {moved.after}, new"
    return f"{moved.name}: {'gone' if moved.after is None else moved.after}, was {moved.before}"


def _first(lines: list[str], every: bool, what: str) -> list[str]:
    if every or len(lines) <= FEW:
        return lines
    return [*lines[:FEW], f"    and {len(lines) - FEW} more {what}; --all shows them."]
