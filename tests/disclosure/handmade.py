"""Small systems written by hand: a table with its margins, linked tables, and a whole tiny study."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import scipy.sparse as sparse

from helpers.disclosure.system import COLUMNS, Registry
from helpers.study import Plan, Settings, Study


def system(sums: dict[str, list[int]], atoms, *, threshold: int = 5, kinds: dict | None = None,
           costs: dict | None = None, bases: dict | None = None, zero_shown: bool = True) -> Registry:
    """The registry of cells that each add up the atoms listed (by number)."""
    kinds, costs, bases, atoms = kinds or {}, costs or {}, bases or {}, np.asarray(atoms, dtype=float)
    rows, cells = {}, []
    for name, inside in sums.items():
        row, value = rows.setdefault(tuple(sorted(inside)), len(rows)), float(sum(atoms[atom] for atom in inside))
        cells.append((name, "main", "x", "f", "o", "all", "g", "n", kinds.get(name, "count"), value, value, value, row,
                      bases.get(name, ""), zero_shown, costs.get(name, 1.0), 1))
    matrix = sparse.lil_array((len(rows), len(atoms)))
    for inside, row in rows.items():
        matrix[row, list(inside)] = 1.0
    frame = pd.DataFrame({"space": "s", "partnership": "all", "group": "g", "answer": "n", "n": atoms})
    return Registry(pd.DataFrame(cells, columns=COLUMNS), sparse.csr_array(matrix), frame, threshold)


def table(counts, *, threshold: int = 5) -> Registry:
    """A table with row totals, column totals and the grand total, which cost more to lose than a cell."""
    counts = np.asarray(counts)
    places = np.arange(counts.size).reshape(counts.shape)
    sums = {f"r{i}c{j}": [int(places[i, j])] for i in range(counts.shape[0]) for j in range(counts.shape[1])}
    totals = {f"r{i}": places[i].tolist() for i in range(counts.shape[0])}
    totals |= {f"c{j}": places[:, j].tolist() for j in range(counts.shape[1])} | {"all": places.ravel().tolist()}
    return system(sums | totals, counts.ravel(), threshold=threshold, costs=dict.fromkeys(totals, 4.0))


def public(registry: Registry) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What any reader knows: the cells' kinds, and which atoms each adds up."""
    entries = registry.sums.tocoo()
    sums = pd.DataFrame({"row": entries.coords[0], "atom": entries.coords[1], "coefficient": entries.data})
    told = registry.cells[["cell", "row"]].merge(sums, on="row")[["cell", "atom", "coefficient"]]
    return registry.cells[["cell", "kind", "base", "zero_shown"]], told


def written(registry: Registry, withheld) -> dict[str, str]:
    """Every cell as a page shows it."""
    return {cell.cell: "[c]" if gone else f"{int(cell.value):,}"
            for cell, gone in zip(registry.cells.itertuples(), withheld, strict=True) if cell.kind != "implied"}


def tiny_study(folder, *, outcomes=("level",), sensitive=(), publish=True, threshold=5, minimum_base=10) -> Study:
    """A study of two partnerships and three care groups, leaving care against looked after."""
    settings = Settings.model_validate({
        "title": "A tiny study", "release": "tiny", "synthetic": True, "notice": "Made up.", "period": "2020",
        "question": "Does it hold?", "population": "records",
        "data": {"raw": "raw", "processed": "processed", "reports": "reports"},
        "partnerships": {"CPP_01": "Partnership 1", "CPP_02": "Partnership 2"},
        "groups": {"foster": {"label": "Foster care"}, "kinship": {"label": "Kinship care"},
                   "leaving_care": {"label": "Leaving care"},
                   "looked_after": {"label": "Looked after", "members": ["foster", "kinship"]}},
        "extracts": {"case_records": {"title": "Case records", "files": "*.csv", "codebook": "case_records"}},
        "disclosure": {"threshold": threshold, "minimum_base": minimum_base, "reason": "A test.",
                       "sensitive_outcomes": list(sensitive)},
    })
    plan = Plan.model_validate({
        "fixed_on": "2020-01-01", "seed": 1,
        "families": [{"name": "wellbeing", "title": "Wellbeing", "question": "Lower?", "extract": "case_records",
                      "design": "independent", "contrasts": [{"group": "leaving_care", "reference": "looked_after"}],
                      "outcomes": list(outcomes), "headline": outcomes[0], "margin": 0.05, "margin_reason": "A test.",
                      "publish_by_partnership": publish}],
        "claims": [{"name": "poorer", "sentence": "Poorer.", "source": "A test", "rule": "worse_than_each",
                    "family": "wellbeing", "outcome": outcomes[0], "caveat": "None."}],
    })
    return Study(folder, settings, plan)


def results(study: Study, counted: dict[tuple[str, str], tuple[int, int]], missing: int = 6) -> SimpleNamespace:
    """Look-alikes of inference's frames for {(partnership, care group): (above, below)}, alike every outcome."""
    atoms, shares, rows, local = [], [], [], []
    family = study.plan.families[0]
    for outcome in family.outcomes:
        for (place, group), (above, below) in counted.items():
            for answer, n in (("above", above), ("below", below), ("missing", missing)):
                atoms.append(("case_records", family.name, outcome, place, group, answer, n))
        for group in ("leaving_care", "looked_after", "foster", "kinship"):
            here = [counted[key] for key in counted if key[1] in study.members(group)]
            base = sum(map(sum, here))
            shares.append((family.name, outcome, group, base, sum(n for n, _ in here) / base, 0.2, 0.8))
        rows.append(_row(study, outcome, counted))
        for place in study.settings.partnerships:
            here = {key: n for key, n in counted.items() if key[0] == place}
            local.append({"partnership": place, **_row(study, outcome, here)})
    return SimpleNamespace(
        counts=pd.DataFrame(atoms, columns=["extract", "family", "outcome", "partnership", "group", "answer", "n"]),
        shares=pd.DataFrame(shares, columns=["family", "outcome", "group", "base", "share", "ci_low", "ci_high"]),
        rows=pd.DataFrame(rows), by_partnership=pd.DataFrame(local),
        sensitivity=pd.DataFrame(rows).assign(analysis="pooled").iloc[:0], **_answers(rows))


def _answers(rows: list[dict]) -> dict[str, pd.DataFrame]:
    """What is concluded of each row, whether partnerships agree, and one other way to ask."""
    same = [{name: row[name] for name in ("family", "outcome", "group", "reference")} for row in rows]
    return {
        "conclusions": pd.DataFrame([each | {
            "effect_name": "theta", "conclusion": "difference", "margin": 0.05, "detectable": 0.123456,
            "equivalence_low": 0.34, "equivalence_high": 0.48, "p_equivalence": 0.81} for each in same]),
        "checks": pd.DataFrame([each | {
            "question": "heterogeneity", "test": "Cochran's Q", "statistic": 1.5, "df": 1.0, "p_value": 0.220671,
            "measure": "tau", "estimate": 0.01, "ci_low": None, "ci_high": None} for each in same]),
        "specifications": pd.DataFrame([each | {
            "ages": "all", "partnerships": "pooled", "continuing_care": "left_out", "missing": "left_out",
            "effect_name": "theta", "effect": 0.414141, "ci_low": 0.3, "ci_high": 0.5, "n_group": 57,
            "n_reference": 135} for each in same]),
    }


def _row(study: Study, outcome: str, counted: dict) -> dict:
    sides = [[counted[key] for key in counted if key[1] in study.members(side)]
             for side in ("leaving_care", "looked_after")]
    bases = [sum(map(sum, side)) for side in sides]
    return {
        "family": "wellbeing", "outcome": outcome, "scale": "ordinal", "design": "independent", "group": "leaving_care",
        "reference": "looked_after", "n_group": bases[0], "n_reference": bases[1], "missing_group": 6,
        "missing_reference": 12, "test": "van Elteren", "statistic": -2.34567, "p_value": 0.018931,
        "p_adjusted": 0.03711,
        "effect_name": "theta", "effect": 0.412345, "ci_low": 0.333333, "ci_high": 0.487654, "strata_used": 2,
        "note": "CPP_02: nothing added (all answers alike)."}


CODEBOOK = """
instrument = "case_records"
title = "Case records"
row = "record"
[missing]
not_recorded = ["", "not recorded"]
[scales.yes_no]
cut = "yes"
above = "Yes"
below = "No"
levels = [{ name = "no", label = "No" }, { name = "yes", label = "Yes" }]
[[columns]]
name = "record_id"
label = "Child reference"
question = "The pseudonym."
source = ["Child reference"]
type = "identifier"
[[columns]]
name = "partnership"
label = "Partnership"
question = "Where?"
source = ["Partnership"]
type = "nominal"
values = "partnerships"
[[columns]]
name = "level"
label = "Overall wellbeing"
question = "How is the child?"
source = ["Level"]
type = "binary"
scale = "yes_no"
[[columns]]
name = "comment"
label = "Comment"
question = "Anything else?"
source = ["Comment"]
type = "text"
personal = "drop"
"""
RAW = """Child reference,Partnership,Level,Comment
C01-0007,CPP_01,yes,She moved three times in one winter and lost her school
C02-0019,CPP_02,no,
"""
COUNTED = {("CPP_01", "leaving_care"): (20, 25), ("CPP_01", "foster"): (30, 15), ("CPP_01", "kinship"): (22, 18),
           ("CPP_02", "leaving_care"): (3, 9), ("CPP_02", "foster"): (15, 10), ("CPP_02", "kinship"): (12, 13)}


def on_disk(study: Study, found) -> Study:
    """The study with its codebook, one raw file, and the results and ledger of the stages before protection."""
    for folder in (study.codebooks, study.raw, study.processed):
        folder.mkdir(parents=True, exist_ok=True)
    (study.codebooks / "case_records.toml").write_text(CODEBOOK, encoding="utf-8")
    (study.raw / "records.csv").write_text(RAW, encoding="utf-8")
    study.write("case_records.ledger", pd.DataFrame({"rows_in": [210, 203], "rows_left": [210, 203]}))
    for name, beside in (("rows", ""), ("sensitivity", ".sensitivity"), ("by_partnership", ".by_partnership"),
                         ("counts", ".counts"), ("shares", ".shares"), ("conclusions", ".conclusions"),
                         ("checks", ".checks"), ("specifications", ".specifications")):
        study.write(f"comparisons/wellbeing{beside}", getattr(found, name))
    study.write("comparisons/wellbeing.local", pd.DataFrame({"family": pd.Series(dtype="str")}))
    return study


def claims(study: Study) -> pd.DataFrame:
    """One judged claim, with figures in its reason."""
    return pd.DataFrame({
        "claim": ["poorer"], "sentence": ["Poorer."], "source": ["A test"], "rule": ["worse_than_each"],
        "verdict": ["supported"], "reason": ["The estimate is 0.412 (95% interval 0.333 to 0.488)."],
        "caveat": ["None."],
        "family": ["wellbeing"], "outcome": ["level"], "effect_name": ["theta"], "effect": [0.412345],
        "ci_low": [0.333333], "ci_high": [0.487654]})


SOURCES = pd.DataFrame({"extract": ["case_records"], "title": ["Case records"], "rows_in": [210], "kept": [203]})
