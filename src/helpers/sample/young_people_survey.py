"""The young people's survey as Qualtrics exports it: three header rows, line breaks inside quotes."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import RandomState

from helpers.sample.chance import answer, category, happens, happens_by, logistic, some, whole
from helpers.sample.mess import overwrite, repeat, respell
from helpers.sample.planted import Planted
from helpers.sample.rendering import write_qualtrics

FREQUENCY = ["Never", "Rarely", "Sometimes", "Often", "Always"]
SATISFACTION = ["Very low", "Low", "Neither low nor high", "High", "Very high"]
DONT_KNOW = "Don't know"
FEELINGS = ["safe", "healthy", "achieving", "nurtured", "active", "respected", "responsible", "included"]
GROUP = {
    "at_home": "At home, with a supervision order", "kinship": "With relatives or friends",
    "foster": "With foster carers",
    "residential": "In a children's house, residential school or secure care",
    "continuing_care": "Still with my carers, no longer looked after", "leaving_care": "I have left care",
    "not_looked_after": "I am not and was not looked after",
}
CODES = {
    **{f"feel_{name}": f"Q4_{at}" for at, name in enumerate(FEELINGS, start=1)},
    "consent": "Q1", "care_group": "Q2", "age": "Q3", "listened_to": "Q5", "trusted_adult": "Q6",
    "good_relationship": "Q7", "life_satisfaction": "Q8",
}
FEEL = "Thinking of the last month,\nhow often did you feel each of these?"
TEXTS = {
    "StartDate": "Start Date", "Status": "Response Type", "Progress": "Progress", "Finished": "Finished",
    "ResponseId": "Response ID", "UserLanguage": "User Language", "area": "area",
    "Q1": "We would like to know how you are.\n\nAre you happy to take part?",
    "Q2": "Where do you live now?\n(Pick the one that fits best.)", "Q3": "How old are you?",
    **{f"Q4_{at}": f"{FEEL} - {name.capitalize()}" for at, name in enumerate(FEELINGS, start=1)},
    "Q5": "Do the people who work with you\nlisten to you?", "Q6": "Is there an adult you trust?",
    "Q7": "Do you have a good relationship with\nat least one member of staff?",
    "Q8": "All in all, how satisfied are you with your life?",
}


def write(folder: Path, planted: Planted, frame: pd.DataFrame) -> list[Path]:
    """young_people_survey.csv."""
    export = _messy(planted, responses(planted))
    return [write_qualtrics(folder / "young_people_survey.csv", export[list(TEXTS)], TEXTS)]


def responses(planted: Planted) -> pd.DataFrame:
    """One row a young person, by Qualtrics' codes, in the export's words."""
    chance, values = planted.stream("young_people_survey"), planted.values("young_people")
    group = np.repeat(np.array(list(values["mix"]), dtype=object), list(values["mix"].values()))
    size = len(group)
    group = group[np.argsort(chance.random_sample(size), kind="stable")]
    place = category(chance, {p.id: p.records for p in planted.partnerships}, size)
    place = np.where(group == "leaving_care", category(
        chance, {p.id: p.records * p.leavers for p in planted.partnerships}, size), place)
    quality = values["quality"] * pd.Series(place).map(planted.quality).to_numpy()
    inspected = {p.id: p.inspected for p in planted.partnerships}
    leaving, person = group == "leaving_care", 0.55 * values["person"] * logistic(chance, size) + quality
    feelings = {CODES[name]: _scale(chance, planted, FREQUENCY, values["base_shares"],
                                    base + person + values["leaving_care"][name] * leaving)
                for name, base in values["base"].items()}
    return pd.DataFrame({
        "StartDate": [f"{inspected[at] - timedelta(days=int(back)):%Y-%m-%d}"
                      for at, back in zip(place, whole(chance, 20, 70, size), strict=True)],
        "Status": "IP Address", "Progress": "100", "Finished": "True",
        "ResponseId": [f"R_{31 ** 6 + 7919 * at:011x}" for at in range(size)],
        "UserLanguage": "EN", "area": place, "Q1": "Yes", "Q2": [GROUP[name] for name in group],
        "Q3": _ages(chance, group).astype(str), **feelings,
        "Q5": _scale(chance, planted, FREQUENCY, values["base_shares"], values["listened_to"] + person),
        **_relationships(planted, chance, leaving, person),
    })


def _relationships(planted: Planted, chance: RandomState, leaving: np.ndarray, person: np.ndarray) -> dict:
    """Trusted adult, good relationship with staff, and the satisfaction that goes with it."""
    values, size = planted.values("relationships"), len(leaving)
    share = np.where(leaving, values["good_relationship_leaving_care"], values["good_relationship"])
    good = happens(chance, share, size)
    satisfied = 0.5 * person + 0.55 * values["person"] * logistic(chance, size) + values["satisfaction"] * (good - 0.75)
    unsaid = planted.values("not_recorded")["surveys"]
    return {
        "Q6": np.where(happens_by(chance, values["trusted_adult"], 0.8 * (good - 0.75)), "Yes", "No"),
        "Q7": np.where(happens(chance, unsaid, size), DONT_KNOW, np.where(good, "Yes", "No")),
        "Q8": _scale(chance, planted, SATISFACTION, values["base_shares"], satisfied),
    }


def _ages(chance: RandomState, group: np.ndarray) -> np.ndarray:
    """Whole years: the survey was for those of 8 and over."""
    low = pd.Series(group).map({"leaving_care": 16, "continuing_care": 16}).fillna(8).to_numpy()
    high = pd.Series(group).map({"leaving_care": 25, "continuing_care": 20}).fillna(17).to_numpy()
    return whole(chance, low, high, len(group))


def _scale(chance: RandomState, planted: Planted, labels: list[str], base_shares, shift: np.ndarray) -> np.ndarray:
    given = np.array(labels, dtype=object)[answer(chance, base_shares, shift)]
    unsaid = chance.random_sample(len(shift)) / planted.values("not_recorded")["surveys"]
    return np.where(unsaid < 1, "", np.where(unsaid < 2.5, DONT_KNOW, given))


def _messy(planted: Planted, export: pd.DataFrame) -> pd.DataFrame:
    """The responses with other spellings, and beside them the rows that cleaning must drop."""
    chance, answers = planted.stream("young_people_survey_mess"), [code for code in TEXTS if code.startswith("Q")]

    def rows(mess: str) -> int:
        return planted.rows("young_people_survey", mess)

    export = respell(export, chance, answers, of=DONT_KNOW, into=["DK", "dont know", "not sure"],
                     rows=rows("dont_know_spelled"))
    export = repeat(export, some(chance, np.ones(len(export)), rows("exact_duplicates")))
    kinds = ["partial_responses"] * rows("partial_responses") + ["preview_rows"] * rows("preview_rows")
    kinds = np.array(kinds + ["no_consent"] * rows("no_consent") + ["aged_30"] * rows("aged_30"))
    extra = export.iloc[some(chance, np.ones(len(export)), len(kinds))].reset_index(drop=True)
    extra["ResponseId"] = [f"R_{31 ** 6 + 7919 * at + 3:011x}" for at in range(len(extra))]
    extra = overwrite(extra, np.flatnonzero(kinds == "aged_30"), "Q3", ["30", "5"])
    extra = overwrite(extra, np.flatnonzero(kinds == "preview_rows"), "Status", "Survey Preview")
    extra = overwrite(extra, np.flatnonzero(kinds == "no_consent"), "Q1", "No")
    extra = overwrite(extra, np.flatnonzero(kinds == "partial_responses"), "Finished", "False")
    extra = overwrite(extra, np.flatnonzero(kinds == "partial_responses"), "Progress", "35")
    first_page = ("Q2", "Q3", "Q4_1", "Q4_2")
    for code in answers[1:]:
        stopped = (kinds == "no_consent") | ((kinds == "partial_responses") & (code not in first_page))
        extra[code] = extra[code].where(~stopped, "")
    at = np.r_[np.arange(len(export)), whole(chance, 0, len(export) - 1, len(extra)) + 0.5]
    return pd.concat([export, extra], ignore_index=True).iloc[np.argsort(at, kind="stable")].reset_index(drop=True)
