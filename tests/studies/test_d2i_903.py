"""A statutory return as a study: linked tables of made-up children, joined by child, of one council and so one stratum.

What a correct cleaning of the ten tables gives, counted with awk and a pivot table and not by this package:
- 2,675 children, no child or row twice, none born after care began; oc2 has a row of each.
- 5,050 episodes, none turned round. 3,637 have an end: 12 of them 1 April 2018, the day after the year closed, so they
  are sent back. 1,413 are open, of 1,408 children: 5 have two. All 1,413 bear a reason for having ended (noted).
- 53 care leavers, 50 of them 17 years old and 3 of them 16; 21 have an open episode and count as leavers nonetheless.
  That leaves 1,387 looked-after children: 40 with parents (P1), 147 kinship (U1-U3), 176 foster (U4-U6), 286
  residential (K1, K2, R1-R3, S1), 210 placed for adoption (A3-A6), 158 semi-independent (H5, P2, P3), 370 other (R5,
  T0-T4, Z1). 1,440 children are compared; 1,235 have neither.
- SDQ: 1,321 scores (423 of 0-13, 94 of 14-16, 804 of 17-40). None because not applicable (SDQ1 280, SDQ3 268), refused
  (SDQ2 266, SDQ5 270), other (SDQ4 270).
- Leavers: contact YES 13, NO 3, REFU 8, NREQ 8; DIED 13 and RHOM 8 are owed none. ACTIV: 33 occupied, 16 not, "0" 4.
  ACCOM: 27 suitable, 23 not, residence not known (R2) 1, and two codes that are on no list (01, 02).
- 12,582 reviews: 2 stand twice, 5,041 of the rest are dated after the year (up to 2030).
- "Offered" and "received" are answered of all 2,675, though 1,327 misuse no substance, and received is yes of 682 more.

The values are random: Data to Insight drew each without looking at any other. So no two groups differ but by chance,
and a method that finds a difference here finds what is not there. The file never changes, so neither does the verdict:
of 24 p-values the smallest is 0.059 before adjustment (a smallest of 24 is below that three times in four).
"""

import csv
from collections import Counter
from datetime import datetime
from math import comb

import pandas as pd
import pytest
from project import ROOT, copy_project, throughcare

from helpers.extracts import accounted

STUDY = ROOT / "tests" / "studies" / "d2i-903"
REAL = ROOT.parent / "shared" / "data" / "d2i-903-fake"
EXTRACTS = ["header", "episodes", "open_episodes", "oc2", "oc3", "reviews", "missing", "uasc", "children"]
FAMILIES = ["year", "placements", "difficulties", "aftercare"]
PLACES = {"at_home": "P1", "kinship": "U1 U2 U3", "foster": "U4 U5 U6", "residential": "K1 K2 R1 R2 R3 S1",
          "adoption": "A3 A4 A5 A6", "independent": "H5 P2 P3", "other_placement": "R5 T0 T1 T2 T3 T4 Z1"}
PERSONAL = {"header": ["DOB", "UPN", "MC_DOB"], "episodes": ["HOME_POST", "PL_POST", "URN"], "oc2": ["DOB"]}


def received(folder, name):
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def day(text):
    return datetime.strptime(text, "%d/%m/%Y")


def group_of_each(folder):
    """Child → care group, by plain loops over the raw files: leavers first, then the open episode that began last."""
    group_of_place = {place: group for group, places in PLACES.items() for place in places.split()}
    episodes = [row for row in received(folder, "episodes") if not row["DEC"]]
    groups = {row["CHILD"]: group_of_place[row["PLACE"]] for row in sorted(episodes, key=lambda row: day(row["DECOM"]))}
    return groups | {row["CHILD"]: "leaving_care" for row in received(folder, "oc3")}


def run(place, raw):
    copy_project(place, STUDY, raw)
    done = throughcare("run", cwd=place)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def kept(place, name):
    return pd.read_parquet(place / "data" / "processed" / f"{name}.parquet")


def caught(place, name):
    """Rule → rows caught, of the rules that caught any; "kept" → rows left."""
    ledger = kept(place, f"{name}.ledger")
    rules = ledger[ledger["rows_caught"].gt(0) & ledger["rule"].ne("personal_column")]
    return dict(zip(rules["rule"], rules["rows_caught"], strict=True)) | {"kept": ledger["rows_left"].iloc[-1]}


def why_missing(place, name, column):
    return kept(place, f"{name}.missing")[column].dropna().value_counts().loc[lambda rows: rows > 0].to_dict()


def comparisons(place):
    return pd.concat([kept(place, f"comparisons/{family}") for family in FAMILIES], ignore_index=True)


@pytest.fixture(scope="session")
def real_run(tmp_path_factory):
    if not REAL.is_dir():
        pytest.skip(f"the made-up return is not here ({REAL.name} beside the project); the look-alike ran instead")
    return run(tmp_path_factory.mktemp("d2i-903"), REAL)


@pytest.fixture(scope="session")
def like_run(tmp_path_factory):
    return run(tmp_path_factory.mktemp("like-903"), look_alike(tmp_path_factory.mktemp("like-903-raw") / "raw"))


@pytest.fixture(params=["real_run", "like_run"])
def either(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(("extract", "rows"), [
    ("header", {"kept": 2675}),
    ("episodes", {"ended_within_the_year": 12, "reason_without_an_end": 1413, "kept": 5038}),
    ("open_episodes", {"ended_within_the_year": 12, "still_open": 3625, "one_open_episode": 5, "kept": 1413}),
    ("oc2", {"intervention_received_not_asked": 1327, "intervention_offered_not_asked": 2009, "kept": 2675}),
    ("oc3", {"kept": 53}),
    ("reviews", {"same_row_twice": 2, "held_within_the_year": 5041, "kept": 7539}),
    ("missing", {"kept": 43}),
    ("uasc", {"kept": 132}),
    ("children", {"leaver_and_looked_after": 21, "in_a_group": 1235, "kept": 1440}),
])
def test_the_ledgers_of_the_return_are_those_counted_with_awk(real_run, extract, rows):
    assert caught(real_run, extract) == rows


def test_every_row_of_every_table_is_accounted_for(either):
    files = {"open_episodes": "episodes", "children": "header"}
    for name in EXTRACTS:
        rows = accounted(kept(either, f"{name}.ledger"))
        assert rows["received"] == len(received(either / "data" / "raw", files.get(name, name)))
        assert rows["received"] == rows["kept"] + rows["quarantined"] + rows["excluded"]
        assert rows["kept"] == len(kept(either, name))
        assert rows["quarantined"] == len(pd.read_csv(either / "data" / "processed" / f"{name}.quarantine.csv"))


def test_care_leavers_come_before_open_episodes_and_placements_are_grouped_by_their_codes(real_run):
    groups = kept(real_run, "children")["care_group"].value_counts().to_dict()
    assert groups == {"leaving_care": 53, "at_home": 40, "kinship": 147, "foster": 176, "residential": 286,
                      "adoption": 210, "independent": 158, "other_placement": 370}
    assert groups == Counter(group_of_each(REAL).values())


def test_ages_are_whole_years_on_the_day_of_the_return(real_run):
    children = kept(real_run, "children")
    assert children.loc[children["care_group"] == "leaving_care", "age"].value_counts().to_dict() == {17: 50, 16: 3}
    assert (children["age"].min(), children["age"].max()) == (4, 17)


def test_each_reason_for_no_answer_is_a_kind_of_missing_of_its_own(real_run):
    assert kept(real_run, "oc2")["sdq_band"].value_counts(sort=False).to_dict() == {
        "high": 804, "raised": 94, "close_to_average": 423}
    assert why_missing(real_run, "oc2", "sdq_band") == {
        "not_applicable": 280 + 268, "prefer_not_to_say": 266 + 270, "not_recorded": 270}
    assert why_missing(real_run, "oc3", "in_touch") == {"not_applicable": 13 + 8}
    assert why_missing(real_run, "oc3", "learning_or_work") == {"not_recorded": 4}
    assert why_missing(real_run, "oc3", "suitable_home") == {"dont_know": 1, "illegible": 2}
    assert why_missing(real_run, "children", "contact") == {"not_asked": 1387}


def test_what_only_leavers_are_asked_is_counted_among_them_alone(real_run):
    rows = kept(real_run, "comparisons/aftercare").set_index("outcome")
    assert rows["n_group"].to_dict() == {"suitable_home": 50, "in_touch": 32, "learning_or_work": 49}
    assert rows["effect"].tolist() == pytest.approx([27 / 50, 13 / 32, 33 / 49])


def fisher_mid_p(events, size, events_of_all, size_of_all):
    """Every table with these margins: twice the chance of the smaller tail, in which the table seen counts half."""
    tables = [comb(events_of_all, of_group) * comb(size_of_all - events_of_all, size - of_group)
              for of_group in range(size + 1)]
    tails = [sum(tables[:events]), sum(tables[events + 1:])]
    return (2 * min(tails) + tables[events]) / sum(tables)


def test_effects_and_p_values_are_those_of_the_raw_files(real_run):
    groups, said = group_of_each(REAL), {row["CHILD"]: row for row in received(REAL, "oc2")}
    rows = kept(real_run, "comparisons/year").set_index("outcome")
    for outcome in ["health_assessment", "health_check", "immunisations", "teeth_check", "substance_misuse",
                    "convicted"]:
        yes = Counter(group == "leaving_care" for child, group in groups.items() if said[child][outcome.upper()] == "1")
        assert (rows.loc[outcome, "n_group"], rows.loc[outcome, "n_reference"]) == (53, 1387)
        assert rows.loc[outcome, "effect"] == pytest.approx(yes[True] / 53 - yes[False] / 1387)
        assert rows.loc[outcome, "p_value"] == pytest.approx(fisher_mid_p(yes[True], 53, yes.total(), 1440))


def test_the_last_review_that_was_held_is_the_one_that_counts(real_run):
    groups, last = group_of_each(REAL), {}
    held = [row for row in received(REAL, "reviews") if day(row["REVIEW"]) <= day("31/03/2018")]
    for row in sorted(held, key=lambda row: day(row["REVIEW"])):
        last[row["CHILD"]] = row["REVIEW_CODE"]
    codes = Counter(last.get(child, "none") for child in groups)
    views = kept(real_run, "children")["views_given"].value_counts().to_dict()
    assert views == {"yes": sum(codes[code] for code in ("PN1", "PN2", "PN3", "PN5", "PN6")),
                     "no": codes["PN4"] + codes["PN7"]}
    assert why_missing(real_run, "children", "views_given") == {
        "not_asked": codes["PN0"], "not_recorded": codes["none"]}


def test_in_random_values_nothing_stands_out_and_no_claim_is_supported(real_run):
    tested = comparisons(real_run).dropna(subset=["p_value"])
    assert len(tested) == 8 + 12 + 4 and tested["strata_used"].eq(1).all()
    assert tested["p_adjusted"].gt(0.05).all() and round(tested["p_value"].min(), 3) == 0.059
    claims = kept(real_run, "release/claims").set_index("claim")["verdict"]
    assert claims.to_dict() == {"health": "not settled", "difficulties": "not settled", "homes": "not settled"}


def test_the_gate_lets_the_release_out_and_the_page_says_that_nothing_is_settled(either):
    assert "Nothing was found" in page(either, "internal/audit_release")
    assert "describes no real child" in page(either, "public/overview")


def test_what_names_a_child_is_in_no_table_that_is_kept(either):
    raw, processed = either / "data" / "raw", either / "data" / "processed"
    personal = {row[column] for name, columns in PERSONAL.items() for row in received(raw, name) for column in columns}
    texts = {str(value) for name in EXTRACTS for column in kept(either, name) for value in kept(either, name)[column]}
    for name in EXTRACTS:
        with (processed / f"{name}.quarantine.csv").open(newline="", encoding="utf-8") as file:
            texts |= {cell for line in csv.reader(file) for cell in line}
    assert not (personal - {""}) & texts
    assert not {"child", "born", "pupil", "mother"} & set(kept(either, "children").columns)


def page(place, name):
    return (place / "reports" / "latest" / f"{name}.html").read_text(encoding="utf-8")


HEADS = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT "
           "SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM", "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "missing": "CHILD DOB MISSING MIS_START MIS_END", "uasc": "CHILD SEX DOB DUC",
}
BORN = "15/05/2001"


def look_alike(folder):
    """48 children, six a group and alike in everything, and 15 more with a trap each."""
    tables = {name: [] for name in HEADS}

    def add(name, child, **cells):
        tables[name].append({"CHILD": child, "DOB": BORN, **cells})

    def in_return(child, yes=0, **cells):
        add("header", child, SEX=1 + yes, UPN=f"A{child}00000", **cells)
        health(child, yes)

    def health(child, yes=0, SDQ_SCORE="", SDQ_REASON=""):
        answers = dict.fromkeys(HEADS["oc2"].split()[4:10], yes)
        add("oc2", child, **answers, SDQ_SCORE=SDQ_SCORE, SDQ_REASON=SDQ_REASON)

    def placed(child, place="U5", DECOM="01/06/2017", **cells):
        add("episodes", child, DECOM=DECOM, PLACE=place, HOME_POST="EH1 7QZ", PL_POST="EK16 9QZ", URN=5550001, **cells)

    def leaves(child, ACCOM="B1"):
        add("oc3", child, IN_TOUCH="YES", ACTIV="F2", ACCOM=ACCOM)

    for group, codes in enumerate([*PLACES.values(), ""]):
        for number in range(6):
            child, yes = 910_000 + 10 * group + number, number % 2
            add("header", child, SEX=1 + yes, UPN=f"A{child}00000")
            reason = f"SDQ{number}" if number and codes.startswith("U1") else ""
            health(child, yes, "" if reason else 12 + 5 * yes, reason)
            add("reviews", child, REVIEW="01/09/2017", REVIEW_CODE="PN1" if yes else "PN4")
            placed(child, codes.split()[0]) if codes else leaves(child, "B1" if yes else "B2")
    add("missing", 910_000, MISSING="M", MIS_START="01/02/2018", MIS_END="")
    add("missing", 910_001, MISSING="A", MIS_START="02/02/2018", MIS_END="01/02/2018")
    add("uasc", 910_000, SEX=1, DUC="15/05/2019")

    for child in [*range(920_001, 920_003), *range(920_004, 920_013), 920_015]:
        in_return(child)
    placed(920_001, "P1")  # a leaver with an open episode
    leaves(920_001)
    placed(920_002, "U5", "01/02/2018")  # two open episodes, the later one first
    placed(920_002, "U2", "01/06/2017")
    health(920_003)  # in every table but the header
    placed(920_003)
    leaves(920_003)
    placed(920_004)  # two rows in the header that contradict each other
    add("header", 920_004, SEX=1, DOB="16/05/2001")
    placed(920_005)  # the same row of the header twice
    tables["header"].append(next(row for row in tables["header"] if row["CHILD"] == 920_005))
    placed(920_006, DECOM="01/03/2018", DEC="01/01/2018")  # dates turned round
    placed(920_007, DECOM="14/05/2001")  # in care the day before birth
    placed(920_008, "U9")  # a placement on no list
    placed(920_009, DEC="01/04/2018")  # an end that the return cannot know
    leaves(920_010, "01")  # a home on no list
    placed(920_011, DECOM="31/02/2018")  # no such day
    placed(920_012, DEC="01/01/2018")  # neither leaver nor in an open episode
    for child, cells in {920_013: {"SDQ_SCORE": 41}, 920_014: {"SDQ_SCORE": 3, "SDQ_REASON": "SDQ4"}}.items():
        add("header", child, SEX=1)
        health(child, **cells)
        placed(child)
    placed(920_015)  # reviews out of order, one of them twice, one of next year
    for held, code in [("01/02/2018", "PN6"), ("01/06/2017", "PN7"), ("01/06/2017", "PN7"), ("05/05/2018", "PN4")]:
        add("reviews", 920_015, REVIEW=held, REVIEW_CODE=code)

    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, HEADS[name].split(), extrasaction="ignore")
            table.writeheader()
            table.writerows(rows)
    return folder


@pytest.mark.parametrize(("extract", "rows"), [
    ("header", {"same_row_twice": 1, "one_row_a_child": 2, "kept": 61}),
    ("episodes", {"began_unreadable": 1, "dates_in_order": 1, "ended_within_the_year": 1, "child_of_the_return": 2,
                  "kept": 52}),
    ("open_episodes", {"began_unreadable": 1, "place_undeclared": 1, "ended_within_the_year": 1, "still_open": 2,
                       "child_of_the_return": 2, "one_open_episode": 1, "kept": 50}),
    ("oc2", {"child_of_the_return": 2, "sdq_in_range": 1, "score_or_reason": 1, "kept": 59}),
    ("oc3", {"child_of_the_return": 1, "kept": 8}),
    ("reviews", {"same_row_twice": 1, "held_within_the_year": 1, "kept": 50}),
    ("missing", {"dates_in_order": 1, "kept": 1}),
    ("uasc", {"kept": 1}),
    ("children", {"same_row_twice": 1, "one_row_a_child": 2, "born_before_care_began": 1, "leaver_and_looked_after": 1,
                  "in_a_group": 5, "kept": 55}),
])
def test_each_trap_of_the_look_alike_is_caught_by_its_rule(like_run, extract, rows):
    assert caught(like_run, extract) == rows


def test_of_two_open_episodes_the_later_counts_and_of_leaver_and_looked_after_the_leaver(like_run):
    groups = dict.fromkeys(PLACES, 6) | {"leaving_care": 6 + 2, "foster": 6 + 5}
    assert kept(like_run, "children")["care_group"].value_counts().to_dict() == groups


def test_kinds_of_missing_reach_the_children_through_the_links(like_run):
    assert why_missing(like_run, "children", "suitable_home") == {"not_asked": 55 - 8, "illegible": 1}
    assert why_missing(like_run, "children", "health_check") == {"not_recorded": 2}, "their rows of oc2 were sent back"
    kinds = why_missing(like_run, "children", "sdq_band")
    assert (kinds["not_applicable"], kinds["prefer_not_to_say"]) == (2, 2)
    assert kept(like_run, "children")["last_review"].max() == pd.Timestamp(2018, 2, 1)


def test_the_senders_are_told_the_row_and_what_it_says_but_no_birthday(like_run):
    processed = like_run / "data" / "processed"
    place = pd.read_csv(processed / "open_episodes.quarantine.csv").set_index("rule").loc["place_undeclared"]
    row = [line["PLACE"] for line in received(like_run / "data" / "raw", "episodes")].index("U9") + 2
    assert (place["file"], place["row"], place["column"], place["value"]) == ("episodes.csv", row, "place", "U9")
    born = pd.read_csv(processed / "children.quarantine.csv").set_index("rule").loc["born_before_care_began"]
    assert born["column"] == "born, first_episode" and born["value"].startswith("(personal), 2001-05-14")


def test_groups_that_are_alike_are_found_alike(like_run):
    tested = comparisons(like_run).dropna(subset=["p_value"])
    assert tested["p_adjusted"].gt(0.05).all() and len(tested)
    assert not kept(like_run, "release/claims")["verdict"].eq("supported").any()
