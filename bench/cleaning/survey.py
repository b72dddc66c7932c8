"""The survey that every variant cleans: its columns, what its answers mean, and how people and programs spell them.

Ours reads the same facts from study/codebooks/survey.toml, written apart: were the two at odds, the outputs would be.
"""

ITEMS = [f"item_{number:02d}" for number in range(1, 41)]
HEADERS = {
    "Response ID": "respondent", "Response Type": "status", "Consent given?": "consent", "Partnership": "partnership",
    "Agency": "agency", "Role": "role", "Age": "age",
    **{f"Q{number}": item for number, item in enumerate(ITEMS, start=1)},
}
COLUMNS = list(HEADERS.values())

AGREEMENT = {  # low to high
    "strongly_disagree": ["strongly disagree", "1 - strongly disagree", "1 – strongly disagree",
                          "disagree strongly", "1"],
    "disagree": ["disagree", "2 - disagree", "2 – disagree", "2"],
    "neither": ["neither agree nor disagree", "3 - neither agree nor disagree", "3 – neither agree nor disagree",
                "neither", "3"],
    "agree": ["agree", "4 - agree", "4 – agree", "4"],
    "strongly_agree": ["strongly agree", "5 - strongly agree", "5 – strongly agree", "agree strongly", "5"],
}
CONSENT = {"no": ["no", "n"], "yes": ["yes", "y"]}
MISSING = {
    "not_applicable": ["n/a", "not applicable", "na"],
    "dont_know": ["don't know", "don’t know", "dk"],
    "prefer_not_to_say": ["prefer not to say"],
    "not_recorded": [""],
}
STATUS = {"response": ["ip address"], "preview": ["survey preview"]}
PARTNERSHIPS = {f"CPP_{number:02d}": [f"partnership {number}"] for number in range(1, 9)}
AGENCIES = {
    "council": ["council", "local authority"], "health": ["health board", "nhs"], "police": ["police scotland"],
    "education": ["education, early years"], "voluntary": ["voluntary organisation", "third sector"],
}
ROLES = {"practitioner": ["practitioner"], "senior": ["senior practitioner"], "manager": ["manager", "team manager"]}

ORDERED = {name: list(levels) for name, levels in {"consent": CONSENT, **dict.fromkeys(ITEMS, AGREEMENT)}.items()}
ANSWERS = {
    "status": STATUS, "consent": CONSENT, "partnership": PARTNERSHIPS, "agency": AGENCIES, "role": ROLES,
    **dict.fromkeys(ITEMS, AGREEMENT),
}

AGES = (16, 80)  # outside: a slip of the keyboard, quarantined
ADULT = 18  # a manager below is noted
ANSWERED_ITEMS = 20  # fewer: the respondent broke off


def answers(column: str) -> list[str]:
    """The answers of a column, in their order."""
    return list(ANSWERS[column])


def meant(column: str) -> dict[str, str]:
    """Every spelling of a column, trimmed and in lower case, and the answer or kind of missing it means."""
    return {spelling: meaning for meanings in (MISSING, ANSWERS.get(column, {}))
            for meaning, spellings in meanings.items() for spelling in spellings}
