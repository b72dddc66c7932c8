"""A SurveyMonkey export as it came: two header rows, not UTF-8, blocks of films and a matrix of characters.

What a correct cleaning gives, counted with the csv module from the third line on (text as cp1252) and not by this
package: 1,186 responses, no respondent twice. 250 have seen no film and were asked nothing about them (none
answered). 936 have; 100 of them answer nothing from the second question on, not even their age: they broke off.
1,086 are left: 552 fans, 284 others who have seen a film, 250 who have not. Of the 836 who have seen one:

- films seen: 673, 571, 550, 607, 758, 738 (Episodes I to VI) of 835; one picked none and ranked all six.
- ranks: 834 give the places 1 to 6 once each; two leave the sixth place open (Episode I, Episode III). First place:
  129, 32, 36, 204, 289, 146.
- characters: "Unfamiliar (N/A)" and blanks as in UNFAMILIAR and BLANK. Jar Jar Binks: 204 very unfavourable, 102,
  164, 130, 112 very favourable.
- who shot first: Han 325, Greedo 197, 306 don't understand the question, 8 blank.
- the Expanded Universe: 213 know it (99 fans of it, 114 not), 615 don't and were asked no more, 8 blank.
- a mean of the characters with at least ten rated: 538 fans at 4.1081, 224 others at 3.7950.

Of all 1,086: age 218, 268, 291, 269 from the youngest band up and 40 blank; 228 keep their income to themselves.
"""

import csv

import pytest
from real_exports import answers, caught, cleaned_by, kinds, levels, real_file, said

from helpers.extracts import accounted
from helpers.study import InputFault

CHARACTERS = ["Han Solo", "Luke Skywalker", "Princess Leia Organa", "Anakin Skywalker", "Obi Wan Kenobi",
              "Emperor Palpatine", "Darth Vader", "Lando Calrissian", "Boba Fett", "C-3P0", "R2 D2", "Jar Jar Binks",
              "Padme Amidala", "Yoda"]
NAMES = ["han_solo", "luke", "leia", "anakin", "obi_wan", "palpatine", "vader", "lando", "boba_fett", "c_3po", "r2_d2",
         "jar_jar", "padme", "yoda"]
UNFAMILIAR = [15, 6, 8, 52, 17, 156, 10, 148, 132, 15, 10, 109, 164, 10]
BLANK = [7, 5, 5, 13, 11, 22, 10, 16, 24, 9, 6, 15, 22, 10]
FILMS = ["phantom_menace", "attack_of_the_clones", "revenge_of_the_sith", "a_new_hope", "empire_strikes_back",
         "return_of_the_jedi"]
VIEWS = {"Very unfavorably": "very_unfavourable", "Somewhat unfavorably": "somewhat_unfavourable",
         "Neither favorably nor unfavorably (neutral)": "neutral", "Somewhat favorably": "somewhat_favourable",
         "Very favorably": "very_favourable", "Unfamiliar (N/A)": "not_applicable"}


def cleaned_export(path):
    return cleaned_by(path, "fte-starwars", "star_wars")


@pytest.fixture(scope="module")
def real():
    return cleaned_export(real_file("fte-starwars", "StarWars.csv"))


def test_every_response_is_accounted_for(real):
    assert accounted(real.ledger) == {"received": 1186, "kept": 1086, "quarantined": 0, "excluded": 100}
    assert caught(real) == {"broke_off": 100}


def test_the_groups_are_of_the_size_counted_by_hand(real):
    assert answers(real, "following") == {"fan": 552, "no_fan": 284, "not_seen": 250}
    assert kinds(real, "following") == {}


def test_scales_go_from_low_to_high(real):
    assert levels(real, "jar_jar") == ["very_unfavourable", "somewhat_unfavourable", "neutral", "somewhat_favourable",
                                       "very_favourable"]
    assert list(answers(real, "jar_jar").values()) == [204, 102, 164, 130, 112]
    assert list(answers(real, "age").values()) == [218, 268, 291, 269]
    assert levels(real, "income") == ["under_25", "from_25", "from_50", "from_100", "from_150"]
    assert levels(real, "education") == ["below_high_school", "high_school", "some_college", "bachelor", "graduate"]


def test_the_favourite_film_has_the_highest_level(real):
    assert levels(real, f"rank_{FILMS[0]}")[-1] == "first"
    assert [answers(real, f"rank_{film}")["first"] for film in FILMS] == [129, 32, 36, 204, 289, 146]
    assert [kinds(real, f"rank_{film}").get("not_recorded", 0) for film in FILMS] == [1, 0, 1, 0, 0, 0]


def test_being_unfamiliar_is_no_point_of_the_scale_and_no_blank(real):
    assert [kinds(real, name) for name in NAMES] == [
        {"not_asked": 250, "not_applicable": unfamiliar, "not_recorded": blank}
        for unfamiliar, blank in zip(UNFAMILIAR, BLANK, strict=True)]


def test_every_cell_of_the_matrix_is_the_one_in_the_file(real):
    with real_file("fte-starwars", "StarWars.csv").open(encoding="cp1252", newline="") as file:
        lines = {line[0]: line for line in csv.reader(file)}
    start = lines[""].index("Han Solo")  # the second header row names no respondent
    for respondent, *views in said(real, "respondent", *NAMES):
        line = lines[respondent]
        blank = "not_recorded" if line[1] == "Yes" else "not_asked"
        assert views == [VIEWS.get(cell, blank) for cell in line[start:start + 14]]


def test_a_film_not_picked_is_an_answer_and_a_blank_block_is_none(real):
    assert [answers(real, f"seen_{film}")["picked"] for film in FILMS] == [673, 571, 550, 607, 758, 738]
    for film in FILMS:
        assert sum(answers(real, f"seen_{film}").values()) == 835
        assert kinds(real, f"seen_{film}") == {"not_asked": 250, "not_recorded": 1}


def test_who_was_not_asked_is_told_from_who_did_not_answer(real):
    assert kinds(real, "shot_first") == {"not_asked": 250, "dont_know": 306, "not_recorded": 8}
    assert answers(real, "fan_expanded") == {"no": 114, "yes": 99}
    assert kinds(real, "fan_expanded") == {"not_asked": 250 + 615, "not_recorded": 8}
    assert kinds(real, "income") == {"not_recorded": 228}


def test_the_mean_of_the_characters_leaves_the_unfamiliar_out(real):
    means = real.table.groupby("following", observed=True)["liking"].agg(["count", "mean"])
    assert means.loc[["fan", "no_fan"], "count"].tolist() == [538, 224]
    assert means.loc[["fan", "no_fan"], "mean"].tolist() == pytest.approx([4.1081, 3.7950], abs=5e-5)


# ---- look-alikes: one for each trap, a few rows each -----------------------------------------------------------------

TITLES = ["Star Wars: Episode I  The Phantom Menace", "Star Wars: Episode II  Attack of the Clones",
          "Star Wars: Episode III  Revenge of the Sith", "Star Wars: Episode IV  A New Hope",
          "Star Wars: Episode V The Empire Strikes Back", "Star Wars: Episode VI Return of the Jedi"]
SEEN = "Which of the following Star Wars films have you seen? Please select all that apply."
RANK = ("Please rank the Star Wars films in order of preference with 1 being your favorite film in the franchise and 6 "
        "being your least favorite film.")
MATRIX = ("Please state whether you view the following characters favorably, unfavorably, or are unfamiliar with "
          "him/her.")
EXPANDED = "Do you consider yourself to be a fan of the Expanded Universe?"
TAIL = ["Which character shot first?", "Are you familiar with the Expanded Universe?", f"{EXPANDED}Œæ",
        "Do you consider yourself to be a fan of the Star Trek franchise?", "Gender", "Age", "Household Income",
        "Education", "Location (Census Region)"]
HEAD = [
    ["RespondentID", "Have you seen any of the 6 films in the Star Wars franchise?",
     "Do you consider yourself to be a fan of the Star Wars film franchise?", SEEN, *[""] * 5, RANK, *[""] * 5, MATRIX,
     *[""] * 13, *TAIL],
    ["", "Response", "Response", *TITLES, *TITLES, *CHARACTERS, *["Response"] * 9],
]
PERSON = ["No", "Male", "18-29", "", "High school degree", "Pacific"]


def response(number, *, seen="Yes", fan="Yes", films="123456", ranks="321456", han="Very favorably",
             expanded=("No", "")):
    """One line: `films` by their place among the six, `ranks` film by film, the view of Han Solo, Expanded Universe."""
    return [number, seen, fan, *(title if str(at) in films else "" for at, title in enumerate(TITLES, start=1)),
            *(ranks or [""] * 6), han, *[""] * 13, "Han" if ranks else "", *expanded, *PERSON]


def not_seen(number, **answered):
    nothing = {"seen": "No", "fan": "", "films": "", "ranks": "", "han": "", "expanded": ("", "")}
    return response(number, **nothing | answered)


@pytest.fixture
def export(tmp_path):
    def written(*lines, head=HEAD, encoding="cp1252"):
        path = tmp_path / "StarWars.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([*head, *lines])
        return cleaned_export(path)
    return written


@pytest.mark.parametrize(("encoding", "header"), [("cp1252", f"{EXPANDED}Œæ"), ("utf-8", f"{EXPANDED}Œæ"),
                                                  ("utf-8", EXPANDED)])
def test_a_damaged_header_is_found_by_its_beginning(export, encoding, header):
    head = [[header if cell.startswith(EXPANDED) else cell for cell in HEAD[0]], HEAD[1]]
    assert said(export(response(1, expanded=("Yes", "Yes")), head=head, encoding=encoding), "fan_expanded") == [["yes"]]


def test_the_same_titles_head_two_blocks_that_are_not_mixed_up(export):
    cleaned = export(response(1, films="15", ranks="654321"))
    assert said(cleaned, *(f"seen_{film}" for film in FILMS)) == [
        ["picked", "not_picked", "not_picked", "not_picked", "picked", "not_picked"]]
    assert said(cleaned, *(f"rank_{film}" for film in FILMS)) == [
        ["sixth", "fifth", "fourth", "third", "second", "first"]]


def test_the_number_one_is_the_top_of_the_ranks(export):
    ranks = export(response(1, ranks="123456"), response(2, ranks="213456")).table["rank_phantom_menace"]
    assert ranks.tolist() == ["first", "second"] and ranks.max() == "first"


def test_a_blank_block_is_not_asked_or_not_recorded_by_the_question_before_it(export):
    cleaned = export(response(1, films=""), not_seen(2), response(3, films="4"))
    assert [row[0] for row in said(cleaned, "seen_phantom_menace")] == ["not_recorded", "not_asked", "not_picked"]


def test_an_answer_that_should_not_be_there_stays_and_is_noted(export):
    cleaned = export(not_seen(1, han="Very favorably"))
    assert said(cleaned, "han_solo") == [["very_favourable"]]
    assert caught(cleaned) == {"han_solo_not_asked": 1}


def test_unfamiliar_is_missing_and_not_the_lowest_view(export):
    cleaned = export(response(1, han="Unfamiliar (N/A)"), response(2, han=" very UNfavorably "), response(3, han=""))
    assert [row[0] for row in said(cleaned, "han_solo")] == ["not_applicable", "very_unfavourable", "not_recorded"]


def test_a_view_in_other_words_is_refused_with_the_nearest_one(export):
    with pytest.raises(InputFault, match=r"'Very favourably' in 1 row \(first: row 3\).*did you mean 'Very favorably'"):
        export(response(1, han="Very favourably"))


def test_who_breaks_off_after_the_first_question_is_left_out(export):
    nothing = [1, "Yes", *[""] * 36]
    assert accounted(export(nothing, response(2), not_seen(3)).ledger) == {
        "received": 3, "kept": 2, "quarantined": 0, "excluded": 1}


def test_a_response_that_stands_twice_is_set_aside_by_the_row_its_sender_sees(export):
    cleaned = export(response(7), response(8), response(7, fan="No"))
    assert cleaned.quarantine[["row", "column", "value", "rule"]].to_numpy().tolist() == [
        [5, "respondent", "7", "one_response_each"]]


def test_a_place_given_twice_is_noted(export):
    assert caught(export(response(1), response(2, ranks="113456"))) == {"places_given_once": 1}
