"""The parents' and carers' survey: a plain CSV with a byte-order mark, as spreadsheets save it."""

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.sample.chance import answer, category, happens, logistic, some, whole
from helpers.sample.mess import overwrite, repeat, respell
from helpers.sample.planted import Planted
from helpers.sample.rendering import write_rows

FREQUENCY = ["Never", "Rarely", "Sometimes", "Often", "Always"]
DONT_KNOW = "Don't know"
HEADERS = {
    "response_id": "Response number", "consent": "Are you happy to take part?", "partnership": "Partnership",
    "relation": "Who are you to the child?", "care_group": "Where does the child live?",
    "listened_to": "Staff listen to me", "kept_informed": "I am kept informed",
    "right_help": "The child gets the right help",
}
GROUP = {
    "at_home": "At home, with a supervision order", "kinship": "With relatives or friends",
    "foster": "With foster carers",
    "residential": "In residential care", "not_looked_after": "At home, not looked after",
}
ITEMS = ["listened_to", "kept_informed", "right_help"]


def write(folder: Path, planted: Planted, frame: pd.DataFrame) -> list[Path]:
    """parents_survey.csv."""
    export = _messy(planted, responses(planted))[list(HEADERS)]
    rows = [list(HEADERS.values()), *export.to_numpy(dtype=object).tolist()]
    return [write_rows(folder / "parents_survey.csv", rows, encoding="utf-8-sig")]


def responses(planted: Planted) -> pd.DataFrame:
    """One row a parent or carer, in the export's words."""
    chance, values = planted.stream("parents_survey"), planted.values("parents")
    group = np.repeat(np.array(list(values["mix"]), dtype=object), list(values["mix"].values()))
    size = len(group)
    group = group[np.argsort(chance.random_sample(size), kind="stable")]
    place = category(chance, {p.id: p.records for p in planted.partnerships}, size)
    quality = values["quality"] * pd.Series(place).map(planted.quality).to_numpy()
    person = 0.55 * values["person"] * logistic(chance, size) + quality
    parent = np.isin(group, ["at_home", "not_looked_after"]) | happens(chance, 0.15, size)
    answers = {}
    for name in ITEMS:
        given = np.array(FREQUENCY, dtype=object)[answer(chance, values["base_shares"], values["base"][name] + person)]
        unsaid = chance.random_sample(size) / planted.values("not_recorded")["surveys"]
        # whoever sent the form answered something: the first question is always answered
        answers[name] = given if name == ITEMS[0] else np.where(unsaid < 1, "", np.where(unsaid < 3, DONT_KNOW, given))
    return pd.DataFrame({
        "response_id": [str(at) for at in range(1001, 1001 + size)], "consent": "Yes", "partnership": place,
        "relation": np.where(parent, "Parent", "Carer"), "care_group": [GROUP[name] for name in group], **answers,
    })


def _messy(planted: Planted, export: pd.DataFrame) -> pd.DataFrame:
    """The responses with other spellings, and beside them the rows that cleaning must drop."""
    chance = planted.stream("parents_survey_mess")

    def rows(mess: str) -> int:
        return planted.rows("parents_survey", mess)

    export = respell(export, chance, ITEMS, of=DONT_KNOW, into=["DK", "dont know"], rows=rows("dont_know_spelled"))
    export = repeat(export, some(chance, np.ones(len(export)), rows("exact_duplicates")))
    refused, empty = rows("no_consent"), rows("partial_responses")
    extra = export.iloc[some(chance, np.ones(len(export)), refused + empty)].reset_index(drop=True)
    extra = extra.assign(response_id=[str(at) for at in range(5001, 5001 + len(extra))], **dict.fromkeys(ITEMS, ""))
    extra = overwrite(extra, range(refused), "consent", "No")
    at = np.r_[np.arange(len(export)), whole(chance, 0, len(export) - 1, len(extra)) + 0.5]
    return pd.concat([export, extra], ignore_index=True).iloc[np.argsort(at, kind="stable")].reset_index(drop=True)
