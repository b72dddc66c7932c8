"""What stands around the figures: the question asked, what to bear in mind, how it was made, whether it may go out."""

import pandas as pd

from helpers import __version__
from helpers.reporting.display import Text
from helpers.reporting.words import p_words, signed, spelled, whole


def family(family) -> Text:
    """A family's question, the smallest difference that matters, and why."""
    text = f"**{family.question}**"
    if family.design in ("independent", "paired", "trend"):
        margin = signed(100 * family.margin, 1).removesuffix(".0")
        text += f"\n\nThe smallest difference that matters, fixed beforehand: {margin} in 100. {family.margin_reason}"
    if family.exploratory:
        text += "\n\nExploratory: the plan names it, but did not fix it before the data were seen."
    return Text(text)


def caveats(study) -> Text:
    """What a reader must know before using any figure, as a list."""
    return Text("\n".join(f"- {caveat}" for caveat in study.settings.caveats) or "The study states no caveat.")


def official(tests: pd.DataFrame) -> Text:
    """The answers to the questions put to published statistics: real figures, unlike those of a synthetic sample."""
    if tests.empty:
        return Text("No question was put to published statistics.")
    return Text("\n\n".join(_official(row) for row in tests.itertuples()))


def _official(row) -> str:
    effect = f"{row.effect_name} {signed(row.effect, 2)}" if pd.notna(row.effect) else ""
    if effect and pd.notna(row.ci_low):
        effect += f" (95% interval {signed(row.ci_low, 2)} to {signed(row.ci_high, 2)})"
    counted = f"{whole(row.n)} counted" if pd.notna(row.n) else ""
    figures = ", ".join(filter(None, [effect, p_words(row.p_value), counted]))
    return f"**{row.question}** {figures[:1].upper()}{figures[1:]}. {row.caveat}"


def method(study) -> Text:
    """How a release was made: plan, seed, protection, code, sign-off."""
    plan, rules, signed_by = study.plan, study.settings.disclosure, study.settings.sign_off
    state = (f"Approved by {signed_by.approver}." if signed_by.status == "approved" and signed_by.approver else
             "A draft: nobody has signed it off.")
    return Text("\n".join([
        f"- **Plan.** {spelled(len(plan.families)).capitalize()} families of comparisons and "
        f"{spelled(len(plan.claims))} claims, fixed on {plan.fixed_on} (SHA-256 `{study.plan_hash[:12]}`).",
        f"- **Tests.** Two-sided, within partnerships, intervals of {signed(100 * (1 - plan.alpha))}%; permutation "
        f"tests with {whole(plan.permutations)} draws from seed {plan.seed}; p-values adjusted within each family.",
        f"- **Protection.** Counts of 1 to {rules.threshold - 1} are withheld, and no percentage rests on fewer than "
        f"{rules.minimum_base}. {rules.reason}",
        f"- **Code.** Throughcare {__version__}; the same inputs give the same bytes.",
        f"- **Sign-off.** {state}",
    ]))


def audit(audit) -> Text:
    """What the gate decided on the staged files."""
    found, proven = len(audit.findings), len(audit.proven)
    files = f"{spelled(audit.files).capitalize()} finished file{'' if audit.files == 1 else 's'}"
    if found or proven:
        return Text(f"**They may not be published.** {files} searched. Things found: {spelled(found)}. Withheld counts "
                    f"of which something can be worked out: {spelled(proven)}.")
    return Text(f"**They may be published.** {files} searched, nothing found; of {whole(len(audit.attacked))} withheld "
                "counts none can be narrowed inside the protected range.")
