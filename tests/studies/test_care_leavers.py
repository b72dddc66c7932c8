"""Official statistics on care leavers as published: levels stacked, totals beside their parts, letters for figures.

Two files of the Department for Education (accommodation; activity), 2021 to 2025, one codebook. What a correct
cleaning gives, counted with the csv module and not by this package:

- accommodation: 6,680 rows, of them 40 national, 440 regional (nine regions, and London once more as Inner and
  Outer), 6,200 of 155 local authorities. Counts: 1,426 `c`, 112 `z`. Percents: 1,426 `c`, 152 `z` (40 of them
  beside a count of 0), 13 `k`.
- activity: 20,040 rows (120, 1,320, 18,600). Counts: 4,117 `c`, 2,304 `z`. Percents: 4,117 `c`, 2,412 `z`, 14 `k`.
- the file of activity begins with a byte-order mark, the other does not. Each mark of the publisher is one kind of
  missing.
- what authorities report adds up exactly. National and regional figures are rounded to 10 and do not: 36 totals of
  accommodation differ from the sum of their parts, 52 + 46 + 41 of activity; all are within what rounding allows.
  The nine regions miss England in 21 and 69 cases, Inner and Outer London miss London in 15 and 24, by no more than
  that.
- England, 19 to 21: 32,180 care leavers in 2021, 38,190 in 2025 (suitable, unsuitable, not known: see ENGLAND).

The totals of 2018 and 2019 (28,000 and 29,470) that other publications print are not in these files, which begin in
2021. The look-alikes hold them, once with the 25,040 that the ages of 2019 add up to in place of the 25,030 printed.
"""

import csv

import pytest
from real_exports import answers, caught, cleaned_by, codebook, kinds, levels, real_file, said

from helpers.extracts import accounted, clean_file
from helpers.study import InputFault

NAMES = {"accommodation": "la_care_leavers_accommodation_suitability.csv", "activity": "la_care_leavers_activity.csv"}
ENGLAND = {  # 19 to 21 years: suitable, unsuitable, no information, total, as the file has them
    2021: [28250, 1740, 2190, 32180], 2022: [29260, 1850, 2190, 33290], 2023: [30390, 1950, 2120, 34460],
    2024: [31620, 2050, 2410, 36080], 2025: [33810, 2040, 2340, 38190],
}


@pytest.fixture(scope="module")
def real():
    return {topic: cleaned_by(real_file("dfe-care-leavers", name), "dfe-care-leavers", "care_leavers")
            for topic, name in NAMES.items()}


@pytest.mark.parametrize(("topic", "rows"), [("accommodation", 6680), ("activity", 20040)])
def test_every_figure_is_kept_and_every_total_adds_up_but_for_rounding(real, topic, rows):
    assert accounted(real[topic].ledger) == {"received": rows, "kept": rows, "quarantined": 0, "excluded": 0}
    assert caught(real[topic]) == {}


def test_the_levels_are_told_apart_from_narrow_to_wide(real):
    assert levels(real["accommodation"], "level") == ["local_authority", "regional", "national"]
    assert answers(real["accommodation"], "level") == {"local_authority": 6200, "regional": 440, "national": 40}
    assert answers(real["activity"], "level") == {"local_authority": 18600, "regional": 1320, "national": 120}
    assert real["accommodation"].table["authority_code"].nunique() == 155
    assert kinds(real["accommodation"], "region") == {"not_applicable": 40}
    assert kinds(real["accommodation"], "authority") == {"not_applicable": 480}


def test_every_mark_is_one_kind_of_missing(real):
    assert kinds(real["accommodation"], "care_leavers") == {"suppressed": 1426, "not_applicable": 112}
    assert kinds(real["accommodation"], "share") == {"suppressed": 1426, "not_applicable": 152, "rounds_to_zero": 13}
    assert kinds(real["activity"], "care_leavers") == {"suppressed": 4117, "not_applicable": 2304}
    assert kinds(real["activity"], "share") == {"suppressed": 4117, "not_applicable": 2412, "rounds_to_zero": 14}


def test_england_is_as_published(real):
    england = real["accommodation"].table.query("level == 'national' and age == 'from_19'")
    figures = {year: rows["care_leavers"].tolist() for year, rows in england.groupby("year")}
    assert figures == ENGLAND
    shares = england.query("year == 2025").set_index("breakdown")["share"]
    assert shares[["suitable", "accommodation_total"]].tolist() == [89, 100]


@pytest.mark.parametrize("topic", NAMES)
def test_every_figure_is_the_one_in_the_file(real, topic):
    with real_file("dfe-care-leavers", NAMES[topic]).open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    for column, header in (("care_leavers", "care_leaver_count"), ("share", "care_leaver_percent")):
        assert real[topic].table[column].astype("object").where(real[topic].table[column].notna(), None).tolist() == [
            float(line[header]) if line[header].isdigit() else None for line in lines]


@pytest.mark.parametrize(("topic", "rules"), [
    ("accommodation", {"accommodation_adds_up_rounded": 36 * 4, "regions_add_up": 21 * 10, "london_adds_up": 15 * 3}),
    ("activity", {"activity_adds_up_rounded": 52 * 4, "active_adds_up_rounded": 9 * 4 + 37 * 5,
                  "not_active_adds_up_rounded": 41 * 4, "regions_add_up": 69 * 10, "london_adds_up": 24 * 3}),
])
def test_the_totals_are_really_compared_and_off_where_rounding_is_not_allowed_for(tmp_path, topic, rules):
    path = changed(tmp_path, lambda text: text.replace("rounded_to = 10\n", ""))
    found = caught(clean_file(real_file("dfe-care-leavers", NAMES[topic]), path))
    assert {rule: rows for rule, rows in found.items() if rule != "authorities_add_up"} == rules


def changed(folder, change):
    """The codebook with a change, as a study of its own would keep it."""
    path = folder / "care_leavers.toml"
    path.write_text(change(codebook("dfe-care-leavers", "care_leavers").read_text(encoding="utf-8")), encoding="utf-8")
    return path


ONE_LEVEL = """
[[rules]]
name = "wider_than_an_authority"
severity = "exclude"
sentence = "A figure of a region or of England, which the authorities' own figures make up."
check = "row_is"
if = { level = { min = "regional" } }
"""


def test_a_study_keeps_one_level_by_one_rule_more(tmp_path):
    path = changed(tmp_path, lambda text: text + ONE_LEVEL)
    cleaned = clean_file(real_file("dfe-care-leavers", NAMES["accommodation"]), path)
    assert accounted(cleaned.ledger) == {"received": 6680, "kept": 6200, "quarantined": 0, "excluded": 480}
    assert answers(cleaned, "level") == {"local_authority": 6200}


# ---- look-alikes: one for each trap, a few rows each -----------------------------------------------------------------

HEAD = ("time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
        "la_name,new_la_code,care_leaver_age,breakdown,care_leaver_count,care_leaver_percent\n")
SUITABLE, UNSUITABLE, UNKNOWN, TOTAL = ("Accommodation considered suitable", "Accommodation considered unsuitable",
                                        "No information", "Suitability total")


def figure(breakdown, count, percent="50", *, year=2019, level="National", region="", authority=""):
    code = f"E06{authority}" if authority else ""
    return (f"{year},Reporting year,{level},E92000001,England,,{region},,{authority},{code},19 to 21 years,"
            f'"{breakdown}","{count}","{percent}"\n')


def block(counts, **where):
    """The three parts and their total."""
    return "".join(figure(breakdown, count, **where)
                   for breakdown, count in zip((SUITABLE, UNSUITABLE, UNKNOWN, TOTAL), counts, strict=True))


@pytest.fixture
def export(tmp_path):
    def cleaned(lines, mark=b""):
        path = tmp_path / "care_leavers.csv"
        path.write_bytes(mark + (HEAD + lines).encode())
        return cleaned_by(path, "dfe-care-leavers", "care_leavers")
    return cleaned


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_the_first_header(export, mark):
    assert said(export(figure(SUITABLE, 25030), mark), "year", "care_leavers") == [["2019", "25030"]]


def test_the_figures_published_for_2018_and_2019_add_up(export):
    cleaned = export(block([23480, 1890, 2630, 28000], year=2018) + block([25030, 1880, 2560, 29470]))
    assert len(cleaned.table) == 8 and caught(cleaned) == {}


@pytest.mark.parametrize(("suitable", "off"), [(25030, 0), (25040, 0), (25050, 0), (25060, 4), (24990, 4)])
def test_rounded_figures_may_miss_their_total_by_half_a_step_each_and_no_more(export, suitable, off):
    assert caught(export(block([suitable, 1880, 2560, 29470]))).get("accommodation_adds_up_rounded", 0) == off


def test_what_an_authority_reports_must_add_up_exactly(export):
    where = {"level": "Local authority", "region": "North East", "authority": "Durham"}
    assert caught(export(block([81, 5, 4, 90], **where))) == {}
    assert caught(export(block([82, 5, 4, 90], **where))) == {"accommodation_adds_up": 4}


def test_a_total_with_a_part_suppressed_is_not_called_wrong_unless_the_rest_exceeds_it(export):
    where = {"level": "Local authority", "region": "North East", "authority": "Durham"}
    assert caught(export(block([81, "c", "c", 90], **where))) == {}
    assert caught(export(block([91, "c", "c", 90], **where))) == {"accommodation_adds_up": 4}


def test_a_part_that_does_not_apply_is_no_part(export):
    ways = ("Education other than higher education", "Higher education i.e. studies beyond A level",
            "In training or employment", "In an apprenticeship", "In training or employment (excl. apprenticeship)",
            "Total in education, employment or training")
    counts = {"as before 2023": [40, 10, 50, "z", "z", 100], "as since": [40, 10, "z", 20, 30, 100],
              "wrong": [40, 10, "z", 20, 30, 150]}
    found = {when: caught(export("".join(map(figure, ways, numbers)))) for when, numbers in counts.items()}
    assert found == {"as before 2023": {}, "as since": {}, "wrong": {"active_adds_up_rounded": 5}}


def test_one_level_is_kept_by_one_rule_more(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(HEAD + figure(TOTAL, 800) + figure(TOTAL, 800, level="Regional", region="London")
                    + figure(TOTAL, 90, level="Local authority", region="Inner London", authority="Camden"))
    cleaned = clean_file(path, changed(tmp_path, lambda text: text + ONE_LEVEL))
    assert said(cleaned, "level", "authority", "care_leavers") == [["local_authority", "Camden", "90"]]
    assert caught(cleaned) == {"wider_than_an_authority": 2}


def test_london_is_held_against_its_halves_and_they_are_not_added_to_england(export):
    regions = {"London": 300, "Inner London": 100, "Outer London": 200, "South East": 500}
    lines = "".join(figure(TOTAL, count, level="Regional", region=region) for region, count in regions.items())
    assert caught(export(lines + figure(TOTAL, 800))) == {}
    assert caught(export(lines + figure(TOTAL, 1100))) == {"regions_add_up": 3}
    assert caught(export(lines.replace("300", "400") + figure(TOTAL, 900))) == {"london_adds_up": 3}


@pytest.mark.parametrize(("mark", "kind"), [
    ("c", "suppressed"), ("z", "not_applicable"), ("x", "not_available"), (":", "not_available"),
    ("k", "rounds_to_zero"), ("low", "rounds_to_zero"),
])
def test_a_mark_in_place_of_a_figure_is_its_kind_of_missing(export, mark, kind):
    cleaned = export(figure(SUITABLE, mark, mark.upper()) + figure(UNSUITABLE, "1,880", "6%"))
    assert said(cleaned, "care_leavers", "share") == [[kind, kind], ["1880", "6.0"]]


def test_a_mark_that_the_codebook_does_not_explain_is_no_number(export):
    cleaned = export(figure(SUITABLE, "~") + figure(UNSUITABLE, 1880) + figure(UNKNOWN, 2560))
    assert cleaned.quarantine[["row", "value", "rule"]].to_numpy().tolist() == [[2, "~", "care_leavers_unreadable"]]


def test_a_figure_left_blank_is_refused_until_somebody_says_what_a_blank_means(export):
    with pytest.raises(InputFault, match=r"column 'care_leaver_count': blank in 1 row .first: row 2.; say in"):
        export(figure(SUITABLE, "") + figure(UNSUITABLE, 1880))


@pytest.mark.parametrize(("where", "rule"), [
    ({}, "england_once"),
    ({"level": "Regional", "region": "East of England"}, "region_once"),
    ({"level": "Local authority", "region": "East of England", "authority": "Luton"}, "authority_once"),
])
def test_a_figure_that_stands_twice_is_found_on_every_level(export, where, rule):
    cleaned = export(figure(SUITABLE, 10, **where) + figure(SUITABLE, 20, **where))
    assert cleaned.quarantine[["row", "rule"]].to_numpy().tolist() == [[3, rule]]
