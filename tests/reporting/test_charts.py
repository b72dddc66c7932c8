"""Charts draw what the frame holds, say the same in words, and neither draws nor says what is withheld."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from lxml import etree
from matplotlib import pyplot
from matplotlib.figure import Figure
from reporting import frames

from helpers.reporting import Chart, Text, charts, style
from helpers.reporting.charts.points import round_steps
from helpers.reporting.charts.sheet import fold, text_width

LABELS = frames.LABELS
SVG = {"s": "http://www.w3.org/2000/svg"}


def marks(svg: str, role: str = "mark") -> list:
    return etree.fromstring(svg).xpath(f"//*[@class='{role}']", namespaces=SVG)


def shapes(svg: str) -> list[str]:
    """What each point is: a diamond has straight sides, a circle has none."""
    return ["circle" if "C" in mark.get("d") else "diamond" for mark in marks(svg)]


def lengths(svg: str) -> list[float]:
    """How far each bar reaches from its left to its right."""
    places = [[float(x) for x in re.findall(r"[ML]([\d.]+)", mark.get("d"))] for mark in marks(svg)]
    return [max(reach) - min(reach) for reach in places]


def words(svg: str) -> list[str]:
    return etree.fromstring(svg).xpath("//s:text/text()", namespaces=SVG)


def both(chart: Chart) -> tuple[str, str]:
    return chart.svg, chart.narrow


FOREST = frames.comparisons(
    frames.comparison(), frames.comparison("level_safe", 0.47, 0.42, 0.52, adjusted=0.31),
    frames.comparison("level_healthy", None, None, None, n=None, p=None, adjusted=None))


def test_effects_draws_one_point_and_interval_a_row_and_none_for_a_withheld_one():
    for svg in both(charts.effects(FOREST, LABELS, margin=0.05)):
        assert len(marks(svg)) == len(marks(svg, "interval")) == 2
        assert [text.text for text in marks(svg, "withheld")] == ["withheld [c]"]


def test_effects_says_in_alt_text_what_it_draws_with_the_frames_numbers():
    alt = charts.effects(FOREST, LABELS).alt
    assert "Overall wellbeing 33 (28 to 38), p = 0.002" in alt
    assert "Safe 47 (42 to 52), p = 0.31" in alt
    assert "Healthy withheld [c]." in alt
    assert "50 means no difference" in alt


def test_effects_shades_the_margin_and_names_the_sides_in_words():
    chart = charts.effects(FOREST, LABELS, margin=0.05)
    assert len(marks(chart.svg, "margin")) == 1
    assert marks(charts.effects(FOREST, LABELS).svg, "margin") == []
    said = " ".join(words(chart.svg)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Leaving care rated lower" in said
    assert "Leaving care rated higher" in said


def test_the_axis_of_an_effect_has_no_difference_in_its_middle():
    written = [word for word in words(charts.effects(FOREST, LABELS).svg) if re.fullmatch(r"\d+", word)]
    assert written == ["20", "30", "40", "50", "60", "70", "80"]
    assert round_steps(-42, 42, 6) == [-60, -40, -20, 0, 20, 40, 60]


def test_effects_that_could_not_be_estimated_are_not_called_withheld():
    rows = frames.comparisons(frames.comparison(effect=None, low=None, high=None, n=(3, 9), p=None, adjusted=None))
    chart = charts.effects(rows, LABELS)
    assert marks(chart.svg) == []
    assert "not estimable [x]" in chart.alt
    assert "[c]" not in chart.alt


def test_an_estimate_without_interval_is_drawn_as_a_point_and_says_so():
    chart = charts.effects(frames.comparisons(frames.comparison(effect=1.0, low=None, high=None)), LABELS)
    assert (len(marks(chart.svg)), len(marks(chart.svg, "interval"))) == (1, 0)
    assert "100 (interval not estimable)" in chart.alt


def test_effects_of_one_outcome_are_told_apart_by_whom_the_group_is_compared_with():
    rows = frames.comparisons(frames.comparison(reference="kinship"), frames.comparison(reference="foster"))
    assert "Against kinship care 33" in charts.effects(rows, LABELS).alt
    assert "Against foster care 33" in charts.effects(rows, LABELS).alt


def test_two_kinds_of_effect_never_share_an_axis():
    rows = frames.comparisons(frames.comparison(), frames.comparison(effect_name="D"))
    with pytest.raises(ValueError, match="one axis shows one kind of effect"):
        charts.effects(rows, LABELS)


def test_partnerships_keeps_the_frames_order_and_names_withheld_ones():
    rows = frames.comparisons(*(
        {"partnership": place} | frames.comparison(effect_name="risk difference", effect=effect, n=n,
                                                   low=effect and effect - 0.1, high=effect and effect + 0.1)
        for place, effect, n in (("CPP_01", -0.12, (20, 60)), ("CPP_02", None, None), ("CPP_03", 0.04, (31, 80)))))
    chart = charts.partnerships(rows, "level_overall", LABELS, family="wellbeing_level")
    assert "Partnership 1 −12 (−22 to −2); Partnership 2 withheld [c]; Partnership 3 4 (−6 to 14)." in chart.alt
    assert len(marks(chart.svg)) == 2


SHARES = frames.shares(("all", "leaving_care", "level_overall", 0.42, 0.36, 0.49),
                       ("all", "kinship", "level_overall", 0.63, 0.57, 0.70),
                       ("all", "foster", "level_overall", None, None, None),
                       ("CPP_01", "kinship", "level_overall", 0.11, 0.05, 0.22))


def test_groups_shows_all_partnerships_alone_and_sets_the_focus_apart_by_shape_and_colour():
    chart = charts.groups(SHARES, "level_overall", LABELS, focus="leaving_care")
    assert shapes(chart.svg) == ["diamond", "circle"]
    assert "Leaving care 42% (36% to 49%); Kinship care 63% (57% to 70%); Foster care withheld [c]." in chart.alt
    assert "11%" not in chart.alt + chart.svg


def test_numbers_in_a_chart_carry_the_ids_of_the_released_cells():
    svg = charts.groups(SHARES, "level_overall", LABELS).svg
    named = {text.get("data-cell"): text.text for text in etree.fromstring(svg).xpath("//*[@data-cell]")}
    assert named == {"s0": "42% (36% to 49%)", "s1": "63% (57% to 70%)", "s2": "withheld [c]"}


def test_sides_draws_a_diamond_and_a_circle_an_outcome_and_nothing_for_a_withheld_share():
    frame = frames.shares(("CPP_01", "leaving_care", "level_safe", 0.7, 0.5, 0.84),
                          ("CPP_01", "looked_after", "level_safe", 0.66, 0.55, 0.75),
                          ("CPP_01", "leaving_care", "level_healthy", None, None, None),
                          ("CPP_01", "looked_after", "level_healthy", 0.5, 0.4, 0.6),
                          ("CPP_02", "looked_after", "level_healthy", 0.13, 0.1, 0.2))
    chart = charts.sides(frame, "CPP_01", LABELS, group="leaving_care", reference="looked_after")
    assert shapes(chart.svg) == ["diamond", "circle", "circle"]
    assert "Safe: Leaving care 70%, Looked after 66%" in chart.alt
    assert "Healthy: Leaving care withheld [c], Looked after 50%" in chart.alt
    assert "13%" not in chart.alt + chart.svg + chart.narrow


def _pair(outcome, first, same, second):
    return [(outcome, "all", "all", "first_higher", first), (outcome, "all", "all", "same", same),
            (outcome, "all", "all", "second_higher", second)]


def test_pairs_draws_three_parts_a_pair_and_none_where_one_part_is_withheld():
    frame = frames.counts(*_pair("health", 20, 50, 30), *_pair("learning", None, 40, 60))
    chart = charts.pairs(frame, LABELS)
    for svg in both(chart):
        assert len(marks(svg)) == 3
        assert len(marks(svg, "withheld")) == 1
    assert "Health: Looked after higher 30%, same 50%, Leaving care higher 20%; Learning: withheld [c]" in chart.alt
    assert "40" not in "".join(words(chart.svg))


def test_pairs_parts_are_as_long_as_their_shares():
    widths = lengths(charts.pairs(frames.counts(*_pair("health", 20, 50, 30)), LABELS).svg)
    assert [round(width / sum(widths), 2) for width in widths] == [0.3, 0.5, 0.2]


def test_trends_draws_a_panel_a_series_and_breaks_the_line_at_a_withheld_year():
    chart = charts.trends(frames.trends())
    for svg in both(chart):
        drawn = marks(svg, "line")
        assert [etree.QName(mark).localname for mark in drawn].count("use") == 19
        assert len([line for line in drawn if "L" in line.get("d", "")]) == 4  # out of area: a stretch, a lone point
        assert [text.text for text in marks(svg, "withheld")] == ["[c]"]
    assert "Out of the area, share of all placements: 2014 8.1%, 2015 7.5%, 2016 7.0%, 2017 withheld [c], 2018 5.2%" \
        in chart.alt


def test_official_puts_the_shares_of_each_table_under_its_question():
    frame = pd.DataFrame({"name": ["a", "a", "b"], "row": ["kinship", "foster", "19_21"], "share": [0.15, 0.45, 0.9],
                          "ci_low": [0.11, 0.39, 0.8], "ci_high": [0.19, 0.51, 0.95]})
    chart = charts.official(frame, LABELS | {"a": "Did placement matter?", "b": "Did age matter?"})
    assert "Did placement matter?; Kinship care 15% (11% to 19%); Foster care 45% (39% to 51%)" in chart.alt
    assert "Did age matter?; 19 to 21 90% (80% to 95%)." in chart.alt
    assert len(marks(chart.svg)) == 3


def test_sensitivity_sets_the_main_analysis_of_the_first_outcome_beside_the_others():
    main = frames.comparisons(frames.comparison(), frames.comparison("level_safe"))
    others = frames.comparisons(frames.comparison(effect=0.41, low=0.33, high=0.49)).assign(analysis="ages_16_plus")
    chart = charts.sensitivity(main, others, LABELS)
    assert shapes(chart.svg) == ["diamond", "circle"]
    assert "Main analysis 33 (28 to 38); Ages 16 and over 41 (33 to 49)." in chart.alt


def test_rows_compared_with_several_groups_stand_under_a_heading_each():
    rows = frames.comparisons(*({"partnership": place} | frames.comparison(reference=reference)
                                for reference in ("kinship", "foster") for place in ("CPP_01", "CPP_02")))
    chart = charts.partnerships(rows, "level_overall", LABELS, focus="CPP_02")
    assert "Against kinship care; Partnership 1 33 (28 to 38); Partnership 2 33 (28 to 38); Against foster" in chart.alt
    assert shapes(chart.svg) == ["circle", "diamond"] * 2


def test_ledger_flow_accounts_for_every_row_from_received_to_kept():
    chart = charts.ledger_flow(frames.ledger())
    bars = lengths(chart.svg)
    assert [round(bar / bars[0], 3) for bar in bars] == [1.0, 0.986, 0.985, 0.927, 0.927]
    assert chart.alt.startswith("Rows received: 7,142. The same row stands twice. 98 left out, 7,044 left.")
    assert chart.alt.endswith("Rows kept: 6,622.")
    assert "caught nothing: 1. Rules that noted something and removed nothing: 1." in chart.caption


def test_missing_shows_the_columns_with_gaps_most_first():
    chart = charts.missing(frames.missing())
    assert chart.alt == ("Share of rows without an answer: Pathway plan in place and reviewed within six months 80%; "
                         "Governance 47%; Safe 7%.")


def test_figures_that_a_publisher_withholds_are_told_apart_by_their_own_names():
    figures = pd.DataFrame({"column": ["rate"], "label": ["Rate"], "answered": [6], "suppressed": [3],
                            "rounds_to_zero": [1]})
    chart = charts.missing(figures)
    assert chart.alt == "Share of rows without an answer: Rate 40%."
    assert "Suppressed" in chart.svg and "Not recorded or illegible" not in chart.svg


@pytest.mark.parametrize("drawn", [
    charts.effects(frames.comparisons(), LABELS),
    charts.partnerships(frames.comparisons().assign(partnership=[]), "level_safe", LABELS),
    charts.groups(SHARES.head(0), "level_safe", LABELS),
    charts.sides(SHARES.head(0), "CPP_01", LABELS, group="leaving_care", reference="looked_after"),
    charts.pairs(frames.counts(*_pair("health", 1, 1, 1)).head(0), LABELS),
    charts.trends(frames.trends().head(0)),
    charts.official(pd.DataFrame(), LABELS),
    charts.sensitivity(FOREST, FOREST.head(0), LABELS),
    charts.ledger_flow(frames.ledger().head(0)),
    charts.missing(frames.missing().head(0)),
])
def test_an_empty_frame_gives_a_sentence_in_place_of_a_chart(drawn):
    assert isinstance(drawn, Text)
    assert str(drawn).endswith(".")


DRAWN_ELSEWHERE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from reporting import frames
from helpers.reporting import charts
chart = charts.trends(frames.trends())
print(hashlib.sha256((chart.svg + chart.narrow).encode()).hexdigest())
"""


def test_the_same_frame_gives_the_same_bytes_in_this_process_and_in_another():
    chart = charts.trends(frames.trends())
    assert chart == charts.trends(frames.trends())
    tests = str(Path(__file__).parents[1])
    elsewhere = subprocess.run([sys.executable, "-c", DRAWN_ELSEWHERE, tests], capture_output=True, text=True,
                               check=True)
    assert elsewhere.stdout.strip() == hashlib.sha256((chart.svg + chart.narrow).encode()).hexdigest()


def test_whatever_a_notebook_has_set_a_chart_looks_the_same_and_leaves_the_setting_alone():
    usual = charts.effects(FOREST, LABELS)
    with mpl.rc_context({"font.size": 30, "font.family": "serif", "svg.fonttype": "path", "axes.facecolor": "black",
                         "savefig.bbox": "tight"}):
        assert charts.effects(FOREST, LABELS) == usual
        assert mpl.rcParams["font.size"] == 30


def test_a_chart_leaves_no_figure_open():
    charts.ledger_flow(frames.ledger())
    assert pyplot.get_fignums() == []


def test_a_chart_asks_for_the_page_s_font_and_holds_nothing_that_a_page_does_not_need():
    for svg in both(charts.effects(FOREST, LABELS, margin=0.05)):
        assert etree.fromstring(svg).get("font-family").endswith("Arial, 'Liberation Sans', sans-serif")
        assert not re.search(r"DejaVu|<!|<\?|metadata|<style|clip-path|\n", svg)
        assert len(svg) < 8_000


def test_a_chart_has_at_most_four_colours_besides_ink_and_greys():
    greys = re.compile(r"^#(1B1F23|434A50|B4BBC2|E7EDF3|DCE1E6|C9D1D9|FFFFFF)$")
    for chart in (charts.effects(FOREST, LABELS, margin=0.05), charts.missing(frames.missing()),
                  charts.ledger_flow(frames.ledger())):
        colours = {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}", chart.svg)}
        assert 1 <= len({colour for colour in colours if not greys.match(colour)}) <= 4


LENGTHY = "A question that was worded at such length that nobody read it to its end"
TWO_FAMILIES = frames.shares(("CPP_01", "leaving_care", "level_safe", 0.7, 0.5, 0.84),
                             ("CPP_01", "looked_after", "other", 0.5, 0.4, 0.6)).assign(family=["first", "second"])


@pytest.mark.parametrize("chart", [
    charts.missing(frames.missing().assign(label=LENGTHY)),
    charts.effects(FOREST, LABELS | {"level_safe": LENGTHY, "leaving_care": LENGTHY}),
    charts.sides(TWO_FAMILIES, "CPP_01", LABELS | {"first": LENGTHY}, group="leaving_care", reference="looked_after"),
    charts.trends(frames.trends().assign(title=LENGTHY)),
    charts.pairs(frames.counts(*_pair("health", 20, 50, 30)), LABELS | {"staff_on_groups:health.first": LENGTHY}),
], ids=["missing", "effects", "sides", "trends", "pairs"])
def test_no_words_leave_the_sheet(chart):
    for svg in both(chart):
        root = etree.fromstring(svg)
        for text in root.iter("{*}text"):
            wide = text_width(text.text, bold=text.get("font-weight") == "700")
            left = float(text.get("x")) - {"end": wide, "middle": wide / 2}.get(text.get("text-anchor"), 0)
            assert -1 <= left <= left + wide <= float(root.get("width")) + 1, text.text


def test_words_are_folded_between_words_only():
    assert fold("one two three four", 100) == ["one two", "three four"]
    assert fold("indivisible", 10) == ["indivisible"]


def test_words_from_data_are_escaped_and_a_dollar_sign_is_one():
    chart = charts.effects(FOREST, LABELS | {"level_safe": "<script>& $a$"})
    assert "&lt;script&gt;&amp; $a$" in chart.svg


def test_a_figure_drawn_with_matplotlib_keeps_its_text_and_its_marked_cells_and_gives_the_same_bytes():
    def draw() -> Chart:
        with style():
            figure = Figure(figsize=(4, 3))
            axes = figure.add_subplot()
            axes.plot([1, 2], [3, 4])
            axes.set_xlabel("Years in care")
            axes.text(1, 3, "42%", gid="cell:s0")
            return Chart.drawn(figure, alt="A line that rises from 3 to 4.")

    chart = draw()
    assert chart == draw()
    assert "Years in care" in words(chart.svg)
    assert {text.get("data-cell"): text.text for text in etree.fromstring(chart.svg).xpath("//*[@data-cell]")} == {
        "s0": "42%"}
    assert 'width="288" height="216"' in chart.svg
    assert chart.narrow == ""


def test_a_chart_tells_jupyterlab_its_alt_text_and_caption():
    data, about = charts.ledger_flow(frames.ledger())._repr_mimebundle_()
    assert data["image/svg+xml"].startswith("<svg")
    assert about["alt"] == data["text/plain"]
    assert about["image/svg+xml"]["caption"]
