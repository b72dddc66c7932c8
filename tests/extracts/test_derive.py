"""Derived columns follow a written precedence, and routing tells who was not asked from who did not answer."""

from helpers.extracts import clean

COLUMNS = """
[[columns]]
name = "age"
label = "Age"
type = "count"
[[columns]]
name = "placement"
label = "Placement"
type = "nominal"
values = { kinship = ["Kinship"], foster = ["Foster"], home = ["Home"] }
[[columns]]
name = "aftercare"
label = "Aftercare"
type = "binary"
scale = "yes_no"
asked_if = { age_group = "16_plus" }
[[derived]]
name = "age_group"
label = "Age group"
type = "nominal"
cases = [{ value = "16_plus", when = { age = { min = 16 } } }, { value = "under_16", when = { age = { max = 15 } } }]
[[derived]]
name = "care_group"
label = "Care group"
type = "nominal"
cases = [
  { value = "leaving_care", when = { aftercare = "yes", age_group = "16_plus" }, because = "Receiving aftercare" },
  { value = "foster", when = { placement = ["foster", "kinship"] }, because = "Placed with carers" },
]
otherwise = "not_applicable"
"""
HEADER = "Record ID,Safe,age,placement,aftercare\n"


def cleaned_from(make, rows):
    return clean(make(COLUMNS, file=HEADER + rows), "records")


def test_the_first_case_that_fits_decides(make):
    cleaned = cleaned_from(make, "1,Good,17,Foster,Yes\n2,Good,17,Foster,No\n3,Good,17,Home,No\n4,Good,12,Kinship,\n")
    assert cleaned.table["care_group"].astype("object").where(cleaned.table["care_group"].notna(), "").tolist() == [
        "leaving_care", "foster", "", "foster"]
    assert cleaned.missing["care_group"].tolist()[2] == "not_applicable"


def test_a_case_may_say_why_there_is_no_answer(make):
    cleaned = clean(make(COLUMNS, """
        [[derived]]
        name = "with_carers"
        label = "With carers"
        type = "binary"
        scale = "yes_no"
        cases = [
          { value = "yes", when = { placement = ["foster", "kinship"] } },
          { value = "not_applicable", when = { placement = "home" }, because = "Lives at home" },
        ]
        otherwise = "dont_know"
        """, file=HEADER + "1,Good,9,Foster,\n2,Good,9,Home,\n3,Good,9,,\n"), "records")
    assert cleaned.table["with_carers"].isna().tolist() == [False, True, True]
    assert cleaned.missing["with_carers"].tolist()[1:] == ["not_applicable", "dont_know"]
    assert list(cleaned.table["with_carers"].cat.categories) == ["no", "yes"]
    recodes = cleaned.recodes.loc[cleaned.recodes["column"] == "with_carers", ["from", "to", "rows"]]
    assert recodes.to_numpy().tolist()[1:] == [["Lives at home", "not_applicable", 1], ["no case fits", "dont_know", 1]]


def test_a_missing_answer_meets_no_condition(make):
    cleaned = cleaned_from(make, "1,Good,,,Yes\n")
    assert cleaned.table["care_group"].isna().all() and cleaned.table["age_group"].isna().all()
    assert cleaned.missing["age_group"].tolist() == ["not_recorded"]


def test_a_derived_group_is_an_unordered_category_of_every_group_of_the_study(make):
    group = cleaned_from(make, "1,Good,17,Foster,Yes\n").table["care_group"]
    assert not group.cat.ordered and list(group.cat.categories) == ["foster", "leaving_care"]


def test_the_recodes_count_what_each_case_decided(make):
    recodes = cleaned_from(make, "1,Good,17,Foster,Yes\n2,Good,17,Foster,No\n3,Good,17,Home,No\n").recodes
    assert recodes.loc[recodes["column"] == "care_group", ["from", "to", "rows"]].to_numpy().tolist() == [
        ["Receiving aftercare", "leaving_care", 1], ["Placed with carers", "foster", 1],
        ["no case fits", "not_applicable", 1]]
    assert recodes.loc[recodes["column"] == "age_group", "from"].tolist() == ["age: 16", "age: 15", "no case fits"]


def test_who_was_not_asked_is_told_from_who_did_not_answer(make):
    cleaned = cleaned_from(make, "1,Good,17,Foster,\n2,Good,12,Foster,\n3,Good,12,Foster,DK\n4,Good,,Foster,DK\n")
    assert cleaned.missing["aftercare"].tolist() == ["not_recorded", "not_asked", "not_asked", "dont_know"], (
        "without an age nobody can tell whether 4 was asked, and the kind stays")


def test_an_answer_where_none_was_asked_stays_and_is_noted(make):
    cleaned = cleaned_from(make, "1,Good,12,Foster,Yes\n2,Good,17,Foster,Yes\n3,Good,12,Foster,\n")
    assert cleaned.table["aftercare"].tolist()[:2] == ["yes", "yes"]
    note = cleaned.ledger.set_index("rule").loc["aftercare_not_asked"]
    assert note["sentence"] == "Aftercare: answered though it was not asked; the answer stays."
    assert (note["severity"], note["rows_caught"], note["rows_left"]) == ("note", 1, 3)


ROUTES = """
[[columns]]
name = "lives"
label = "Lives there"
type = "binary"
scale = "yes_no"
[[columns]]
name = "likes"
label = "Likes it"
type = "ordinal"
scale = "four_point"
asked_if = { lives = "yes" }
[[columns]]
name = "why"
label = "Why"
type = "ordinal"
scale = "four_point"
asked_if = { likes = ["good", "excellent"] }
[[scores]]
name = "liking"
label = "Liking"
items = ["likes", "why"]
minimum = 1
"""


def test_a_question_that_hangs_on_one_not_asked_was_not_asked_either_nor_its_score(make):
    study = make(ROUTES, file=(
        "Record ID,Safe,lives,likes,why\n1,Good,no,,\n2,Good,yes,Good,\n3,Good,,,\n4,Good,yes,Weak,\n"))
    missing = clean(study, "records").missing[["likes", "why", "liking"]].astype("str").fillna("").to_numpy().tolist()
    assert missing == [["not_asked"] * 3, ["", "not_recorded", ""], ["not_recorded"] * 3, ["", "not_asked", ""]]
