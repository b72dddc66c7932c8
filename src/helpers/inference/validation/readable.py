"""The trial as a reader meets it: methods side by side, the worst of each, and what the numbers say in sentences."""

import pandas as pd

from helpers.inference.validation.design import Design
from helpers.inference.validation.further import WORLDS
from helpers.inference.validation.methods import METHODS
from helpers.inference.validation.scenarios import SCENARIOS
from helpers.inference.validation.several import FAMILIES
from helpers.inference.validation.trial import INTERVALS
from helpers.inference.validation.verdicts import BEYOND, resolution

TITLES = {each.name: each.title for each in (*SCENARIOS, *FAMILIES, *WORLDS)}
HEADLINE = ["method", "scenario", "measure", "nominal", "observed", "mc_se", "low", "high", "replicates", "verdict"]
BEYOND_REPAIR = "missing_low_answers"  # what no test of the answers that are left can put right


def headline(*rates: pd.DataFrame) -> pd.DataFrame:
    """Every rate of the trials by readable names: method, scenario, measure, nominal, observed, mc_se, low, high,
    replicates, verdict."""
    every = pd.concat(rates, ignore_index=True)
    return every.assign(method=every["title"], scenario=every["scenario"].map(lambda name: TITLES.get(name, name))
                        )[HEADLINE]


def worst(headline: pd.DataFrame) -> pd.DataFrame:
    """For each method that claims a rate, the scenario in which it departs furthest from its claim on the bad side.

    The scenario in which low answers are missing stands apart: there the answers themselves mislead, not the method.
    The largest of several chance deviations is larger than one: a verdict of blame is beyond three standard errors.
    """
    claimed = headline[headline["nominal"].notna() & headline["observed"].notna()]
    claimed = claimed[claimed["scenario"] != TITLES[BEYOND_REPAIR]]
    bad = (claimed["observed"] - claimed["nominal"]).where(claimed["measure"] != "coverage",
                                                           claimed["nominal"] - claimed["observed"])
    furthest = bad.groupby([claimed["method"], claimed["measure"]], sort=False).idxmax()
    return claimed.loc[furthest].reset_index(drop=True)


def side_by_side(rates: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A row a scenario, a column a method: the rates of one measure as percentages, [z] where it does not apply."""
    chosen = rates[rates["measure"] == measure]
    shown = chosen.assign(observed=[percentage(rate) for rate in chosen["observed"]])
    columns = {title: part.set_index("scenario")["observed"] for title, part in shown.groupby("title", sort=False)}
    wide = pd.DataFrame(columns).reindex(list(chosen["scenario"].unique())).fillna("[z]")
    return wide.rename(index=TITLES).rename_axis(index="Scenario", columns=None).reset_index()


def in_words(headline: pd.DataFrame) -> pd.DataFrame:
    """The headline (or some of its rows) with percentages for numbers, for a table."""
    percentages = {name: [percentage(value) for value in headline[name]] for name in ("nominal", "observed", "mc_se")}
    return pd.DataFrame({
        "Method": headline["method"], "Scenario": headline["scenario"], "Measure": headline["measure"],
        "Nominal": percentages["nominal"], "Observed": percentages["observed"],
        "Monte Carlo s.e.": percentages["mc_se"], "Samples": headline["replicates"], "Verdict": headline["verdict"],
    })


def percentage(rate: float) -> str:
    return "[z]" if pd.isna(rate) else f"{100 * rate:.1f}%"


def as_shares(rates: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rates of one measure as shares with intervals: outcome = scenario, group = method; for a chart of groups."""
    chosen = rates[rates["measure"] == measure]
    return pd.DataFrame({
        "family": "validation", "outcome": chosen["scenario"], "group": chosen["method"],
        "base": chosen["replicates"], "share": chosen["observed"], "ci_low": chosen["low"], "ci_high": chosen["high"],
    }).reset_index(drop=True)


def labels() -> dict[str, str]:
    """What readers call methods and scenarios, and what a test of a scenario does to count."""
    names = {each.name: each.title for each in METHODS} | {name: title for name, title, *_ in INTERVALS} | TITLES
    return names | {f"{name}.above": "samples in which the test rejects" for name in TITLES}


def design_table(design: Design) -> pd.DataFrame:
    """The design by partnership: how many people of each group, and the compared group's share."""
    return pd.DataFrame({
        "Partnership": list(design.partnerships), "Group": [int(n) for n in design.compared],
        "Reference": [int(m) for m in design.reference], "Share": [f"{share:.0%}" for share in design.share],
    })


def worlds(*, others: bool = False) -> pd.DataFrame:
    """The scenarios of two groups in words, or those of the other designs."""
    told = [(each.title, each.what) for each in (WORLDS if others else (*SCENARIOS, *FAMILIES))]
    return pd.DataFrame(told, columns=["Scenario", "What is true in it"])


def each_by_itself(rates: pd.DataFrame) -> pd.DataFrame:
    """A row a rate: of designs whose methods have nothing else to stand beside."""
    return pd.DataFrame({
        "Scenario": [TITLES.get(name, name) for name in rates["scenario"]], "Method": rates["title"],
        "Measure": rates["measure"], "Observed": [percentage(rate) for rate in rates["observed"]],
        "Monte Carlo s.e.": [percentage(rate) for rate in rates["mc_se"]], "Verdict": rates["verdict"],
    })


def blame(rates: pd.DataFrame, scenario: str) -> str:
    """What one scenario shows, in sentences: how often each test rejects a null that is true there."""
    rows = rates[(rates["scenario"] == scenario) & (rates["measure"] == "error")]
    samples = int(rows["replicates"].max())
    guilty = rows[rows["verdict"].str.contains("too often")].sort_values("observed", ascending=False, kind="stable")
    sentences = [f"{TITLES[scenario]}, {samples:,} samples, nothing there to find. {_named(guilty)}"]
    others = rows[~rows.index.isin(guilty.index)]
    if len(others):
        sentences.append(f"The others ({_each(others)}) are not seen to depart from 5% upwards.")
    return " ".join([*sentences, _blind(samples)])


def found(rates: pd.DataFrame, scenario: str) -> str:
    """One sentence on a scenario: how often each method finds what is there."""
    rows = rates[(rates["scenario"] == scenario) & (rates["measure"] == "detection")]
    return f"{TITLES[scenario]}, {int(rows['replicates'].max()):,} samples. Finding it: {_each(rows)}."


def _named(guilty: pd.DataFrame) -> str:
    return f"Rejecting too often: {_each(guilty)}." if len(guilty) else "No test is seen to reject too often."


def _each(rows: pd.DataFrame) -> str:
    return ", ".join(f"{row.title} {100 * row.observed:.1f}% (s.e. {100 * row.mc_se:.1f})" for row in rows.itertuples())


def _blind(samples: int, target: float = 0.05) -> str:
    leeway = 100 * BEYOND * resolution(target, samples)
    return f"With so many samples, a rate less than {leeway:.1f} points from 5% is not told from chance."


def agreement_table(agreement: pd.DataFrame) -> pd.DataFrame:
    """The agreement with R for a reader."""
    return pd.DataFrame({
        "Family": [name.replace("_", " ") for name in agreement["family"]], "Cases": agreement["cases"],
        "Numbers": agreement["numbers"], "Beyond tolerance": agreement["beyond_tolerance"],
        "Largest relative deviation": [_power(value) for value in agreement["largest_relative"]],
        "Allowed": [_power(value) for value in agreement["allowed"]],
    })


def _power(value: float) -> str:
    return "[z]" if pd.isna(value) else "0" if not value else f"{value:.0e}"


def agreement_said(agreement: pd.DataFrame) -> str:
    """One sentence on the agreement with R."""
    cases, numbers, beyond = (int(agreement[name].sum()) for name in ("cases", "numbers", "beyond_tolerance"))
    furthest = agreement.loc[agreement["largest_relative"].idxmax()]
    lead = (f"{numbers:,} numbers of {cases} cases in {len(agreement)} families were held against R: {beyond} lie "
            "beyond their tolerance.")
    return (f"{lead} The largest relative deviation, {_power(furthest['largest_relative'])}, is in "
            f"“{furthest['family'].replace('_', ' ')}”.")
