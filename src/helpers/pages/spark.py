"""Small pictures drawn as SVG by hand: importing a drawing library would take longer than the page."""

from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 720, 140
SPARK = (120, 28)
INSET = 3  # so that the ends of a line are not cut


def bars(values: list[float], labels: list[str], *, hollow: list[bool]) -> Markup:
    """A bar a value from left to right, told by its label; hollow ones are outlined only."""
    most, step = max(values, default=0) or 1, WIDTH / max(len(values), 12)
    drawn = []
    for place, (value, label, empty) in enumerate(zip(values, labels, hollow, strict=True)):
        tall = max(2, value / most * (HEIGHT - 2))
        kind = "bar hollow" if empty else "bar"
        drawn.append(f'<rect class="{kind}" x="{place * step + 1:.1f}" y="{HEIGHT - tall - 1:.1f}" '
                     f'width="{step - 3:.1f}" height="{tall:.1f}"><title>{escape(label)}</title></rect>')
    last = labels[-1] if labels else "none"
    words = f"Bars of {len(values)} nights, the longest {most:.1f} seconds; the last one {last}."
    return _svg(WIDTH, HEIGHT, words, "".join(drawn), "nights")


def line(values: list[float], words: str) -> Markup:
    """Values from left to right as a line, its last point marked."""
    wide, tall = SPARK
    low, high = min(values), max(values)
    across, up = (wide - 2 * INSET) / max(1, len(values) - 1), (tall - 2 * INSET) / ((high - low) or 1)
    points = [(INSET + place * across, tall - INSET - (value - low) * up) for place, value in enumerate(values)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return _svg(wide, tall, f"{words}: from {low:g} to {high:g}, now {values[-1]:g}.",
                f'<polyline points="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>', "spark")


def _svg(wide: int, tall: int, words: str, content: str, kind: str) -> Markup:
    return Markup(f'<svg class="{kind}" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" role="img" '
                  f'aria-label="{escape(words)}">{content}</svg>')
