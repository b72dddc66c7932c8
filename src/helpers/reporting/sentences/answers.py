"""Answers in words: what one comparison says, what a family says, what a whole release says."""

import pandas as pd

from helpers.reporting.display import Text
from helpers.reporting.measures import MEASURES, withheld
from helpers.reporting.naming import call, many_of, standing
from helpers.reporting.sentences.phrases import finding, interval, says
from helpers.reporting.words import listed, lower_first, p_words, percent, spelled, whole

WITHHELD = "is withheld [c]: the numbers behind it are so small that they could identify a young person"


def effect(row: pd.Series, labels: dict[str, str]) -> Text:
    """What one comparison row's effect says, with its 95% interval, in one sentence."""
    name = call(labels, row["outcome"], row["family"])
    if pd.isna(row["effect"]):
        reason = WITHHELD if withheld(row) else "could not be estimated from these data"
        return Text(f"**{name}.** The comparison {reason}.")
    return Text(f"**{name}.** {says(row, labels)}.")


def effects(rows: pd.DataFrame, labels: dict[str, str]) -> Text:
    """What a family's rows say: the first in full, with its evidence; then which others differ and which do not."""
    if rows.empty:
        return Text("There is no comparison to speak of.")
    first = rows.iloc[0]
    text = Text(f"{standing(rows)} {effect(first, labels)}".strip())
    if pd.notna(first["effect"]) and MEASURES[first["effect_name"]].none is not None:
        text = Text(f"{text} {evidence(first)}")
    rest = _sorted_out(rows.iloc[1:], labels)
    return text + Text("\n".join(f"- {line}" for line in rest)) if rest else text


def _sorted_out(rows: pd.DataFrame, labels: dict[str, str]) -> list[str]:
    """The other rows by what their intervals say; each with its figures."""
    kinds: dict[str, list[str]] = {"Lower": [], "Higher": [], "Not settled": [], "Estimated": [], "Not to be had": []}
    several = rows["outcome"].nunique() < len(rows)
    for row in rows.itertuples():
        measure = MEASURES[row.effect_name]
        name = lower_first(call(labels, row.outcome, row.family))
        if several and row.reference:
            name = f"against {lower_first(call(labels, row.reference, row.family))}"
        if pd.notna(row.effect):
            name += f" {measure.value(row.effect)} ({measure.interval(row.ci_low, row.ci_high)})"
        kinds[_kind(row, measure.no_difference)].append(name)
    unit = lower_first(MEASURES[rows["effect_name"].iloc[0]].heading) if len(rows) else ""
    return [f"{kind} ({unit}): {listed(names)}." for kind, names in kinds.items() if names]


def _kind(row, none: float | None) -> str:
    if pd.isna(row.effect):
        return "Not to be had"
    if none is None:
        return "Estimated"
    if pd.isna(row.ci_low) or row.ci_low <= none <= row.ci_high:
        return "Not settled"
    return "Lower" if row.effect < none else "Higher"


def evidence(row: pd.Series) -> Text:
    """How p and adjusted p read: how surprising the data are without a difference, never a verdict."""
    if pd.isna(row["p_value"]):
        return Text("No test could be made.")
    adjusted = ""
    if pd.notna(row["p_adjusted"]):
        adjusted = f"; adjusted for the other comparisons, {p_words(row['p_adjusted'])}"
    often = round(1000 * row["p_value"])
    times = "less than once in 1,000" if row["p_value"] < 0.001 else (
        f"about {'once' if often == 1 else f'{whole(often)} times'} in 1,000")
    return Text(f"If there were no difference, data at least as far apart would come up {times} "
                f"({p_words(row['p_value'])}{adjusted}).")


def share(row: pd.Series, labels: dict[str, str]) -> Text:
    """One released share in a sentence."""
    group, what = call(labels, row["group"]), labels.get(f"{row['outcome']}.above", "the upper answers")
    place = "" if row.get("partnership", "all") == "all" else f"In {call(labels, row['partnership'])}: "
    if pd.isna(row["share"]):
        return Text(f"{place}{call(labels, row['outcome'])} for {lower_first(group)} {WITHHELD}.")
    return Text(f"{place}{group}: {percent(row['share'])} have “{call(labels, row['outcome'])}” rated "
                f"{lower_first(what)} ({interval(row, percent)}).")


def headline(release, partnership: str, labels: dict[str, str], family) -> Text:
    """The opening sentence of a partnership page, on the family's lead outcome; where it is withheld, that and why."""
    rows = release.by_partnership
    rows = rows[(rows["family"] == family.name) & (rows["outcome"] == family.lead)]
    rows = rows[rows["partnership"] == partnership]
    where, topic = call(labels, partnership), f"“{lower_first(call(labels, family.lead, family.name))}”"
    if rows.empty:
        return Text(f"**{where}.** Nothing is published here on {topic}.")
    row = rows.iloc[0]
    if pd.isna(row["effect"]):
        reason = WITHHELD if withheld(row) else "could not be estimated from these data"
        return Text(f"**In {where}, the comparison of {topic} {reason}.** The figures for all partnerships together "
                    "include its records.")
    return Text(f"**In {where}, {finding(row, labels)}.** {says(row, labels)}.")


def opening(study, claims: pd.DataFrame, comparisons: pd.DataFrame, labels: dict[str, str]) -> Text:
    """The overview's answer: the comparison that reports lead with, then the score of the claims."""
    family = study.headline_family
    led = comparisons[(comparisons["family"] == family.name) & (comparisons["outcome"] == family.lead)]
    row = _analysis(led, "main")
    if row is None or pd.isna(row["effect"]):
        return score(claims)
    first = f"**{_capital(finding(row, labels))}.** {says(row, labels)}."
    base = _base(row, labels, study.settings.population)
    return Text(" ".join(filter(None, [first, base, _age(row, _analysis(led, "ages_16_plus"))]))) + score(claims)


def score(claims: pd.DataFrame) -> Text:
    """How many published sentences these data support, contradict or leave open."""
    if claims.empty:
        return Text("No published sentence was put to these data.")
    tally = [(verdict, int((claims["verdict"] == verdict).sum())) for verdict in
             ("supported", "contradicted", "not settled")]
    if len(claims) in [n for _, n in tally]:  # all of one kind
        verdict = claims["verdict"].iloc[0]
        subject = "The one" if len(claims) == 1 else f"All {spelled(len(claims))}"
        return Text(f"{subject} published sentence{'' if len(claims) == 1 else 's'} put to these data by rules written "
                    f"beforehand {'is' if len(claims) == 1 else 'are'} **{verdict}**.")
    parts = [f"**{spelled(n)}** {'is' if n == 1 else 'are'} {verdict}" for verdict, n in tally if n]
    return Text(f"Of {spelled(len(claims))} published sentences put to these data by rules written beforehand, "
                f"{listed(parts)}.")


def _analysis(rows: pd.DataFrame, name: str) -> pd.Series | None:
    rows = rows[rows["analysis"] == name] if "analysis" in rows else rows
    return None if rows.empty else rows.iloc[0]


def _age(main: pd.Series, older: pd.Series | None) -> str:
    """Whether the comparison holds among those aged 16 and over, since leavers are older than their peers."""
    if older is None or pd.isna(older["effect"]) or pd.isna(older["ci_low"]):
        return ""
    measure = MEASURES[older["effect_name"]]
    none = measure.no_difference or 0
    figures = f"{measure.value(older['effect'])} ({interval(older, measure.value)})"
    if pd.isna(main["ci_low"]) or main["ci_low"] <= none <= main["ci_high"]:
        return f"Among those aged 16 and over the figure is {figures}."
    holds = (older["ci_high"] < none) if main["effect"] < none else (older["ci_low"] > none)
    return (f"Among those aged 16 and over it holds as well: {figures}." if holds else
            f"Age may explain it: among those aged 16 and over the figure is {figures}.")


def _base(row: pd.Series, labels: dict[str, str], rows: str) -> str:
    if pd.isna(row["n_group"]) or pd.isna(row["n_reference"]) or not row["reference"] or row["effect_name"] == "D":
        return ""
    group, reference = (many_of(labels, row[side], row["family"]) for side in ("group", "reference"))
    return (f"The comparison rests on {whole(row['n_group'])} {rows} of {group} and {whole(row['n_reference'])} of "
            f"{reference}.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1] != "“" else text[:1] + text[1:2].upper() + text[2:]
