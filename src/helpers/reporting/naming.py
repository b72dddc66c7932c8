"""Names looked up in a dict of labels, as headings and inside sentences."""

import re

import pandas as pd

from helpers.reporting.words import listed, lower_first


def call(names: dict[str, str], name: str, family: str = "") -> str:
    """The label of `name`: the one it has in that family, else its own, else the name made readable.

    A name joined with + stands for several: each is called by its label.
    """
    known = names.get(f"{family}:{name}") or names.get(name)
    if known is None and "+" in name:
        return listed([call(names, part, family) for part in name.split("+")])
    return known or readable(name)


def readable(name: str) -> str:
    """A name nobody labelled, as words: "19_21" is "19 to 21", "22_plus" is "22 and over"."""
    ages = re.sub(r"^(\d+)_(\d+)$", r"\1 to \2", re.sub(r"^(\d+)_plus$", r"\1 and over", str(name)))
    return ages.replace("_", " ").capitalize()


def one_of(names: dict[str, str], group: str, family: str = "") -> str:
    """One member of a group, after "one": "young person leaving care"."""
    return names.get(f"one:{group}") or f"person in the group “{lower_first(call(names, group, family))}”"


def many_of(names: dict[str, str], group: str, family: str = "") -> str:
    """The members of a group, after "among": "young people leaving care"."""
    return names.get(f"many:{group}") or f"the group “{lower_first(call(names, group, family))}”"


def side_of(names: dict[str, str], pair: str, side: str, family: str = "") -> str:
    """The `first` or the `second` of two things rated by the same people."""
    return names.get(f"{family}:{pair}.{side}") or f"The {side}"


def standing(rows: pd.DataFrame) -> str:
    """What has to stand beside these rows, if the plan did not fix their comparison beforehand; else nothing."""
    notes = rows["note"].fillna("") if "note" in rows else pd.Series(dtype="str")
    return "Exploratory: not in the plan fixed beforehand." if notes.str.startswith("Exploratory").any() else ""
