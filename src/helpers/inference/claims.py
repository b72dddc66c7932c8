"""Published sentences judged by the rules written in the plan beforehand, a row a claim."""

import pandas as pd

from helpers.inference.evidence import AGES, Evidence
from helpers.inference.results import Results
from helpers.inference.verdicts import RULES
from helpers.study import Claim, InputFault, Study

COLUMNS = [
    "claim", "sentence", "source", "rule", "verdict", "reason", "caveat", "family", "outcome", "effect_name", "effect",
    "ci_low", "ci_high",
]
DTYPES = {name: "float64" if name in ("effect", "ci_low", "ci_high") else "str" for name in COLUMNS}
NEEDS_THRESHOLD = ("majority", "not_all", "majority_of_partnerships")

# What each rule can judge.
COMPARED = {"theta", "risk difference", "D"}
SUITS = {
    "worse_than_each": COMPARED, "less_well": COMPARED, "associated": COMPARED,
    "majority": {"share"}, "not_all": {"share"}, "majority_of_partnerships": {"share"},
    "rising": {"share a year"}, "falling": {"share a year"},
}


def judge(study: Study, results: Results) -> pd.DataFrame:
    """A row a claim of the plan: verdict, reason in one sentence, and the estimate that decides.

    verdict is supported, contradicted or not settled. Raises InputFault, with all faults at once, for a claim on a
    comparison that its family does not have, or a rule that lacks its threshold or cannot judge that effect.
    """
    evidence = [_evidence(study, results, claim) for claim in study.plan.claims]
    if faults := [fault for each in evidence for fault in _faults(each)]:
        raise InputFault([f"{(study.folder / 'plan.toml').as_posix()}, {fault}" for fault in faults])
    return pd.DataFrame([_judged(each) for each in evidence], columns=COLUMNS).astype(DTYPES)


def _evidence(study: Study, results: Results, claim: Claim) -> Evidence:
    def of_claim(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[(frame["family"] == claim.family) & (frame["outcome"] == claim.outcome)].reset_index(drop=True)

    sensitivity = of_claim(results.sensitivity)
    older = sensitivity[sensitivity["analysis"] == AGES]
    return Evidence(study, claim, of_claim(results.rows), older, of_claim(results.by_partnership))


def _faults(evidence: Evidence) -> list[str]:
    claim, rows, faults = evidence.claim, evidence.rows, []
    place = f"claim '{claim.name}'"
    if rows.empty:
        return [f"{place}: family '{claim.family}' compares no '{claim.outcome}'; name one of its outcomes."]
    if claim.rule in NEEDS_THRESHOLD and claim.threshold is None:
        faults.append(f"{place}: the rule '{claim.rule}' needs a threshold; add threshold = 0.5, or another share.")
    if not set(rows["effect_name"]) <= SUITS[claim.rule]:
        faults.append(f"{place}: the rule '{claim.rule}' cannot judge a {rows['effect_name'].iloc[0]}; "
                      f"it needs one of: {', '.join(sorted(SUITS[claim.rule]))}.")
    if claim.rule != "worse_than_each" and len(rows) > 1:
        faults.append(f"{place}: the rule '{claim.rule}' rests on one comparison and '{claim.family}' has {len(rows)} "
                      f"of '{claim.outcome}'; choose a family with one.")
    return faults


def _judged(evidence: Evidence) -> tuple:
    claim = evidence.claim
    verdict, reason, row = RULES[claim.rule](evidence)
    reason = f"{evidence.study.family(claim.family).standing} {reason}".strip()
    return (claim.name, claim.sentence, claim.source, claim.rule, verdict, reason, claim.caveat, claim.family,
            claim.outcome, row["effect_name"], row["effect"], row["ci_low"], row["ci_high"])
