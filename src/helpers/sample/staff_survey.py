"""The staff survey as SurveyMonkey exports it: each person answers about two groups and two kinds of leadership."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import RandomState

from helpers.sample.chance import answer, category, happens, happens_by, logistic, some, whole
from helpers.sample.mess import overwrite, repeat, respell
from helpers.sample.planted import Planted
from helpers.sample.rendering import write_surveymonkey

AGREEMENT = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
DONT_KNOW = "Don't know"

ABOUT = {
    "looked_after": "How far do you agree with each statement about children and young people who are looked after?",
    "leaving_care": "How far do you agree with each statement about young people leaving care?",
    "child_protection": "Thinking of child protection, how far do you agree?",
    "corporate_parenting": "Thinking of corporate parenting, how far do you agree?",
    "work": "How far do you agree with each statement about your own work?",
}
PER_GROUP = {
    "health": "They get the help they need with their health and wellbeing",
    "learning": "They get the help they need with learning and work",
    "relationships": "They have at least one trusting relationship with a member of staff",
    "views_heard": "Their views are heard and acted on",
    "planning": "Plans for them are clear and carried out",
    "training": "My training equips me to support them",
}
PER_LEADERSHIP = {
    "direction": "Leaders give clear direction",
    "governance": "Governance and accountability are clear",
    "visible_leaders": "Leaders are visible to staff like me",
    "use_of_data": "Leaders use data to see what difference is made",
}
IMPROVED = "Leadership has improved over the last two years"
WORK = {
    "clear_role": "I am clear about my role", "supervision": "I have regular supervision",
    "manageable_workload": "My workload is manageable", "share_information": "Services share information well",
    "joint_training": "I have taken part in joint training", "early_help": "Families get help early",
    "recognise_risk": "I am confident in recognising risk", "thresholds_understood": "Thresholds are understood",
    "chronologies_useful": "Chronologies are useful to me", "young_people_involved": "Young people shape our services",
    "learning_shared": "Learning from reviews is shared", "resources_enough": "Resources are enough",
    "proud": "I am proud of what we do", "recommend": "I would recommend my service",
}
AGENCY = {
    "social_work": "Social work", "health": "Health", "education": "Education", "police": "Police Scotland",
    "third_sector": "Third sector", "other": "Other",
}
ROLE = {"front_line": "Front line", "team_leader": "Team leader or supervisor", "senior_manager": "Senior manager",
        "other": "Other"}
YEARS = {"under_1": "Less than 1 year", "from_1_to_5": "1 to 5 years", "from_6_to_10": "6 to 10 years",
         "over_10": "More than 10 years"}
COMMENTS = [
    "More time for direct work would help.", "Good joint working locally.",
    "Hard to find housing for young people at 18.", "Recording takes up too much of the week.",
]

# clean name → (question row, option row), in the order of the export
HEADERS: dict[str, tuple[str, str]] = {
    "respondent_id": ("Respondent ID", ""), "collector": ("Collector", ""), "start_date": ("Start Date", ""),
    "consent": ("Are you happy to take part?", "Response"),
    "partnership": ("Which partnership area do you work in?", "Response"),
    "agency": ("Which agency do you work for?", "Response"), "role": ("What is your role?", "Response"),
    "years": ("How long have you worked with children and young people?", "Response"),
    **{f"{item}_{about}": (ABOUT[about], text) for about in ("looked_after", "leaving_care")
       for item, text in PER_GROUP.items()},
    **{f"{item}_child_protection": (ABOUT["child_protection"], text) for item, text in PER_LEADERSHIP.items()},
    "leadership_improved_child_protection": (ABOUT["child_protection"], IMPROVED),
    **{f"{item}_corporate_parenting": (ABOUT["corporate_parenting"], text) for item, text in PER_LEADERSHIP.items()},
    **{item: (ABOUT["work"], text) for item, text in WORK.items()},
    "comments": ("Is there anything else you would like to say?", "Open-Ended Response"),
}
ITEMS = [name for name, (question, _) in HEADERS.items() if question in ABOUT.values()]


def write(folder: Path, planted: Planted, frame: pd.DataFrame) -> list[Path]:
    """staff_survey.csv."""
    export = _messy(planted, responses(planted))
    return [write_surveymonkey(folder / "staff_survey.csv", export[list(HEADERS)], list(HEADERS.values()))]


def responses(planted: Planted) -> pd.DataFrame:
    """One row a member of staff, in the export's words; the partnerships' rows as many as planted."""
    chance, values = planted.stream("staff_survey"), planted.values("staff")
    places = np.repeat([p.id for p in planted.partnerships], [p.staff for p in planted.partnerships])
    size = len(places)
    places = places[np.argsort(chance.random_sample(size), kind="stable")]
    quality = values["quality"] * pd.Series(places).map(planted.quality).to_numpy()
    person = 0.55 * values["person"] * logistic(chance, size) + quality
    inspected = {p.id: p.inspected for p in planted.partnerships}
    before = whole(chance, 30, 60, size)
    day = [inspected[place] - timedelta(days=int(back)) for place, back in zip(places, before, strict=True)]
    return pd.DataFrame({
        "respondent_id": [str(10_000_000_000 + 137 * at) for at in range(size)],
        "collector": category(chance, {"Web link": 60, "Email": 40}, size),
        "start_date": [f"{when:%m/%d/%Y}" for when in day],
        "consent": "Yes",
        "partnership": places,
        **{name: _worded(category(chance, values[name], size), words)
           for name, words in (("agency", AGENCY), ("role", ROLE), ("years", YEARS))},
        **_pairs(planted, chance, person), **_work(planted, chance, person),
        "leadership_improved_child_protection": _improved(planted, chance, places, person - quality),
        "comments": np.where(happens(chance, values["comments"], size),
                             np.array(COMMENTS, dtype=object)[whole(chance, 0, len(COMMENTS) - 1, size)], ""),
    })


def _pairs(planted: Planted, chance: RandomState, person: np.ndarray) -> dict[str, np.ndarray]:
    """The paired items: the second of each pair is shifted by what is planted."""
    columns = {}
    for truth, first, second in (("staff_on_groups", "looked_after", "leaving_care"),
                                 ("leadership", "child_protection", "corporate_parenting")):
        values = planted.values(truth)
        for item, base in values["base"].items():
            for about, shift in ((first, 0.0), (second, values[second][item])):
                # what a person thinks of an item is common to both halves of the pair, through `person`
                columns[f"{item}_{about}"] = _agreement(
                    planted, chance, person + base - 0.75 + shift, values["dont_know"][about])
    return columns


def _work(planted: Planted, chance: RandomState, person: np.ndarray) -> dict[str, np.ndarray]:
    return {item: _agreement(planted, chance, person + 0.1 * (at % 5) - 0.2, 0.04) for at, item in enumerate(WORK)}


def _improved(planted: Planted, chance: RandomState, places: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Agreement that leadership improved: as many agree in each partnership as planted, some strongly."""
    values = planted.values("leadership_improved")
    agrees = happens_by(chance, pd.Series(places).map(values["agree"]).to_numpy(dtype=float), person)
    strongly = happens(chance, 0.28, len(places))
    position = np.where(agrees, 2 + strongly, 1 - strongly)
    return np.where(happens(chance, values["dont_know"], len(places)), DONT_KNOW,
                    np.array(AGREEMENT, dtype=object)[position])


def _agreement(planted: Planted, chance: RandomState, shift: np.ndarray, dont_know: float) -> np.ndarray:
    given = np.array(AGREEMENT, dtype=object)[answer(chance, planted.values("staff")["base_shares"], shift)]
    given = np.where(happens(chance, dont_know, len(shift)), DONT_KNOW, given)
    return np.where(happens(chance, planted.values("not_recorded")["surveys"], len(shift)), "", given)


def _worded(names: np.ndarray, words: dict[str, str]) -> list[str]:
    return [words[name] for name in names]


def _messy(planted: Planted, export: pd.DataFrame) -> pd.DataFrame:
    """The responses with other spellings, and beside them the rows that cleaning must drop."""
    chance = planted.stream("staff_survey_mess")

    def rows(mess: str) -> int:
        return planted.rows("staff_survey", mess)

    kept = np.ones(len(export), dtype=bool)
    twice = some(chance, kept, rows("exact_duplicates"))
    kept[twice] = False  # a row repeated exactly is respelled in neither copy, or it would not be exact
    again = some(chance, kept, rows("answered_twice"))
    kept[again] = False
    plain, whole_rows = export[kept], export[~kept]
    plain = respell(plain, chance, ITEMS, of=DONT_KNOW, into=["DK", "Don't Know", "dont know", "don’t know"],
                    rows=rows("dont_know_spelled"))
    plain = respell(plain, chance, ITEMS, of="Agree", into=["AGREE", " agree", "Agree "],
                    rows=rows("spaces_and_capitals") // 2)
    plain = respell(plain, chance, ITEMS, of="Strongly agree", into=["Strongly Agree ", "SA"],
                    rows=rows("spaces_and_capitals") // 2)
    plain = respell(plain, chance, list(WORK), of="", into=["n/a", "N/A"], rows=rows("not_applicable_spelled"))
    export = pd.concat([plain, whole_rows]).sort_index(kind="stable")
    export = repeat(export, twice)
    again_at = np.flatnonzero(export["respondent_id"].isin(whole_rows["respondent_id"])
                              & ~export["respondent_id"].duplicated(keep=False))
    export = repeat(export, again_at, blank=list(WORK))
    return _with_rows_to_drop(planted, chance, export)


def _with_rows_to_drop(planted: Planted, chance: RandomState, export: pd.DataFrame) -> pd.DataFrame:
    """The responses with partial ones, previews and refusals spread among them."""
    counts = {mess: planted.rows("staff_survey", mess) for mess in ("partial_responses", "preview_rows", "no_consent")}
    extra = export.iloc[some(chance, np.ones(len(export)), sum(counts.values()))].reset_index(drop=True)
    extra = extra.assign(respondent_id=[str(20_000_000_000 + 137 * at) for at in range(len(extra))], comments="")
    kind = category(chance, {"partial_responses": 1}, len(extra))
    kind[counts["partial_responses"]:] = "preview_rows"
    kind[counts["partial_responses"] + counts["preview_rows"]:] = "no_consent"
    answered_first = ITEMS[:5]
    for name in ITEMS:
        stopped = (kind == "no_consent") | ((kind == "partial_responses") & (name not in answered_first))
        extra[name] = extra[name].where(~stopped, "")
    extra = overwrite(extra, np.flatnonzero(kind == "preview_rows"), "collector", "Preview")
    extra = overwrite(extra, np.flatnonzero(kind == "no_consent"), "consent", "No")
    for name in ("agency", "role", "years", "partnership"):
        extra[name] = extra[name].where(kind != "no_consent", "")
    at = np.r_[np.arange(len(export)), whole(chance, 0, len(export) - 1, len(extra)) + 0.5]
    return pd.concat([export, extra], ignore_index=True).iloc[np.argsort(at, kind="stable")].reset_index(drop=True)
