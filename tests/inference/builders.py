"""Small studies and frames, so that a test shows every row it speaks of."""

from pathlib import Path

import pandas as pd

from helpers.extracts import Codebook, Loaded
from helpers.study import Claim, Family, Plan, Settings, Study

LEVELS = ["low", "middle", "high"]
GROUPS = {
    "at_home": {"label": "At home"}, "kinship": {"label": "Kinship care"}, "leaving_care": {"label": "Leaving care"},
    "continuing_care": {"label": "Continuing care"},
    "looked_after": {"label": "Looked after", "members": ["at_home", "kinship"]},
}


def family(**given) -> Family:
    """An independent family, leaving care against looked after, unless told otherwise."""
    base = {"name": "wellbeing", "title": "Wellbeing", "question": "Lower?", "extract": "case_records",
            "design": "independent", "margin": 0.05, "margin_reason": "A test.", "sensitivity": []}
    if given.get("design", "independent") == "independent":
        base |= {"contrasts": [{"group": "leaving_care", "reference": "looked_after"}], "outcomes": ["level"]}
    return Family.model_validate(base | given)


def study(*families: Family, claims: list[Claim] = (), groups: dict = GROUPS, partnerships="ABC", **plan) -> Study:
    """A study of these families, never on disk."""
    settings = Settings.model_validate({
        "title": "A test", "release": "1", "synthetic": True, "notice": "Made up.", "period": "2020", "question": "?",
        "population": "records", "data": {"raw": "raw"}, "partnerships": {name: name for name in partnerships},
        "groups": groups, "disclosure": {"reason": "A test."},
        "extracts": {"case_records": {"title": "Records", "files": "records.csv", "codebook": "case_records"}},
    })
    fixed = {"fixed_on": "2020-01-01", "seed": 1, "permutations": 500} | plan
    return Study(Path("study"), settings, Plan(families=list(families), claims=list(claims), **fixed))


def codebook(table: pd.DataFrame) -> Codebook:
    """Every column as what its values say: low/middle/high, yes/no, numbers, or names."""
    def column(name: str) -> dict:
        values = table[name]
        if isinstance(values.dtype, pd.CategoricalDtype):
            binary = list(values.cat.categories) == ["no", "yes"]
            return {"name": name, "label": name, "type": "binary" if binary else "ordinal",
                    "scale": "yes_no" if binary else "three"}
        kind = "count" if pd.api.types.is_numeric_dtype(values) else "nominal"
        return {"name": name, "label": name, "type": kind}

    def level(name: str) -> dict:
        return {"name": name, "label": name}

    return Codebook.model_validate({
        "instrument": "case_records", "title": "Records", "columns": [column(name) for name in table.columns],
        "scales": {"three": {"levels": [level(name) for name in LEVELS], "cut": "high"},
                   "yes_no": {"levels": [level("no"), level("yes")], "cut": "yes"}},
    })


def table(**columns) -> pd.DataFrame:
    """A cleaned table: values among low, middle, high or no, yes become ordered answers, None is missing."""
    def cleaned(values) -> pd.Series:
        values = pd.Series(list(values))
        for levels in (LEVELS, ["no", "yes"]):
            if values.notna().any() and values.dropna().isin(levels).all():
                return pd.Series(pd.Categorical(values, categories=levels, ordered=True))
        return values.astype("Int64") if pd.api.types.is_numeric_dtype(values) else values.astype("str")

    return pd.DataFrame({name: cleaned(values) for name, values in columns.items()})


def loaded(frame: pd.DataFrame) -> Loaded:
    return Loaded(frame, frame.isna(), codebook(frame))


def repeated(*rows: str) -> dict[str, list]:
    """Columns partnership, care_group, level from lines such as "A leaving_care: 4 low, 2 missing"."""
    columns = {"partnership": [], "care_group": [], "level": []}
    for row in rows:
        (partnership, group), answers = (part.split() for part in row.replace(",", "").split(":"))
        for many, answer in zip(answers[::2], answers[1::2], strict=True):
            for name, value in zip(columns, (partnership, group, None if answer == "missing" else answer), strict=True):
                columns[name] += [value] * int(many)
    return columns
