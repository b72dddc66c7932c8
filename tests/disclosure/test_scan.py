"""The scan of finished files: planted leaks are found where they were planted, and what may stand there is not."""

import base64
import zipfile
from urllib.parse import quote

import pytest
from disclosure.conftest import page

from helpers.disclosure.inputs import Inputs, runs
from helpers.disclosure.prose import prose
from helpers.disclosure.scan import Expected, scan_internal, scan_public

WITHHELD, SHOWN, SHARE = "f.o.CPP_08.g.above", "f.o.CPP_01.g.above", "f.o.CPP_01.g.share"
PLACES, GROUPS = ["Partnership 3", "Partnership 7", "Partnership 8"], ["Leaving care", "Looked after"]
TOLD = [("Overall wellbeing", "Partnership 8", "Leaving care", text) for text in ("3", "50%")]
EXPECTED = Expected({WITHHELD: "[c]", SHOWN: "1,204", SHARE: "62%"}, {SHARE: "55% to 69%"},
                    prose(TOLD, ["Overall wellbeing", "Safe"], PLACES, GROUPS))
COMMENT = "She moved three times in one winter and lost her school"
NAMES = frozenset({"c01-0007", "r_00034e63b41", "10000000137", "27/03/2008", "27/03/2009", "eg19 7tt"})
INPUTS = Inputs(NAMES, frozenset(runs(COMMENT)))


@pytest.fixture
def found(tmp_path):
    """What is found in a page with this body (or in a file of this content): findings of a public file."""
    def scan(body, *, name="page.html", whole=False, inside=scan_public):
        path = tmp_path / name
        content = body if whole else page(body)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return inside(path, name, EXPECTED, INPUTS)[0] if inside is scan_public else inside(path, name, INPUTS)
    return scan


def svg(body):
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{body}</svg>'


def embedded(picture, coding):
    if coding == "base64":
        return f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"
    return f"data:image/svg+xml,{quote(picture)}"


@pytest.mark.parametrize("body", [
    f'<td data-cell="{WITHHELD}">[c]</td>',
    f'<td data-cell="{SHOWN}">1,204</td>',
    f'<td data-cell="{SHARE}">62%</td>',
    f'<td data-cell="{SHARE}"> 62% (55% to 69%) </td>',
    f'<img alt="Shares" src="{embedded(svg(f"<text data-cell={WITHHELD!r}>withheld [c]</text>"), "base64")}">',
    f'<img alt="Shares" src="{embedded(svg(f"<text data-cell={SHARE!r}>62% (55 to 69)</text>"), "percent")}">',
    '<p>Overall wellbeing. Partnership 8: leaving care withheld [c], 3 of 8 outcomes shown.</p>',
    '<p>Overall wellbeing in Partnership 3: leaving care 50%.</p>',
    '<a href="https://www.gov.scot/publications/">the source</a>',
    '<img alt="a" src="picture.png"><style>p { background: url(data:image/png;base64,AAAA) }</style>',
    "<p>She moved three times in a year.</p>",
    "<p>The record C01 and 0007 others, version 10000000138.</p>",
    "<p>See reports/latest/public and https://example.org/home/page.</p>",
])
def test_what_may_be_published_is_left_alone(found, body):
    assert found(f"<table><tr>{body}</tr></table>" if body.startswith("<td") else body).empty


@pytest.mark.parametrize("body, what", [
    (f'<table><tr><td data-cell="{WITHHELD}">3</td></tr></table>', "A withheld number is shown."),
    (f'<table><tr><td data-cell="{WITHHELD}"></td></tr></table>', "A withheld number is shown."),
    (f'<p>There are <span data-cell="{WITHHELD}">3 young people</span> here.</p>', "A withheld number is shown."),
    (f'<table><tr><td data-cell="{SHOWN}">1,203</td></tr></table>', "A number that differs from the released one."),
    (f'<p data-cell="{SHARE}">62% (54% to 69%)</p>', "A number that differs from the released one."),
    (f'<p data-cell="{SHARE}">62.3%</p>', "A number that differs from the released one."),
    ('<p data-cell="f.o.CPP_09.g.above">12</p>', "A number marked as a cell that the registry does not hold."),
    (f'<img alt="Shares" src="{embedded(svg(f"<text data-cell={WITHHELD!r}>3</text>"), "base64")}">',
     "A withheld number is shown."),
    (f'<img alt="Shares" src="{embedded(svg(f"<text data-cell={WITHHELD!r}>3</text>"), "percent")}">',
     "A withheld number is shown."),
    (f'<picture><source srcset="{embedded(svg(f"<g><text data-cell={WITHHELD!r}>3</text></g>"), "base64")}"></picture>',
     "A withheld number is shown."),
    (f"<!-- {{\"{WITHHELD}\": 3}} -->", "A number beside the name of a withheld cell."),
    (f"<!-- {{\"cell\": \"{WITHHELD}\", \"n\": 3}} -->",
     "A number beside the name of a withheld cell."),
    ("<!-- kept for later: C01-0007 -->", "The identifier of a record or response."),
    ("<p title='r_00034e63b41'>x</p>", "The identifier of a record or response."),
    ("<li>Reference C01-<b>0007</b></li>", "The identifier of a record or response."),
    ("<p>She <em>moved</em> three <b>times</b> in one winter.</p>",
     "6 words or more that somebody wrote in an extract."),
    ("<p>Respondent 10000000137 said so.</p>", "The identifier of a record or response."),
    (f'<img alt="Shares" src="{embedded(svg("<metadata>C01-0007</metadata>"), "base64")}">',
     "The identifier of a record or response."),
    ("<p>One wrote that she moved three times in one winter, and more.</p>",
     "6 words or more that somebody wrote in an extract."),
    ("<pre>Traceback (most recent call last):\n  ...</pre>", "An error trace, which can hold values of a record."),
    ("<pre>/home/analyst/study/records.csv</pre>", "An absolute path of the machine that made it."),
    ("<p>C:\\Users\\analyst\\records.csv</p>", "An absolute path of the machine that made it."),
    ('<img alt="a" srcset="https://cdn.example.org/a.png">', "It loads something from another host when opened."),
    ('<link rel="stylesheet" href="//cdn.example.org/a.css">', "It loads something from another host when opened."),
    ('<style>@import "https://fonts.example.org/a.css";</style>', "It loads something from another host when opened."),
    ('<p style="background:url(http://example.org/a.png)"></p>', "It loads something from another host when opened."),
    ('<img alt="a" src="http://example.org/pixel.gif">', "It loads something from another host when opened."),
])
def test_a_planted_leak_is_found(found, body, what):
    assert found(body)["what"].tolist() == [what]


@pytest.mark.parametrize("words", [
    "Overall wellbeing. Partnership 7: leaving care 47%; Partnership 8: leaving care 50%.",
    "Partnership 8, shares of leaving care and looked after. Overall wellbeing: Leaving care 50%, Looked after 61%",
    "Overall wellbeing: in Partnership 8, 3 of those leaving care were rated good or better.",
    "In Partnership 8 the overall wellbeing of 50% of those leaving care was good.",
])
@pytest.mark.parametrize("body", ['<img src="a.png" alt="{}">', "<p>{}</p>", '<p aria-label="{}"></p>', "<!-- {} -->"])
def test_a_withheld_number_told_in_words_is_found(found, body, words):
    assert set(found(body.format(words))["what"]) == {"What reads like a withheld number beside its names."}


def test_a_page_about_one_place_need_not_name_it_again(found):
    words = "<p>Overall wellbeing: leaving care 50%.</p>"
    assert len(found(page(words, "Partnership 8 – A study"), whole=True)) == 1
    assert found(page(words, "Partnership 7 – A study"), whole=True).empty


@pytest.mark.parametrize("words", [
    "Overall wellbeing. Partnership 7: leaving care 50%; Partnership 8: leaving care withheld [c].",
    "Partnership 8. Overall wellbeing: Leaving care withheld [c], Looked after 50%; Safe: Leaving care 50%.",
    "Overall wellbeing in Partnership 8: leaving care withheld [c], 3 of 9 outcomes are shown.",
    "Overall wellbeing in Partnership 8: leaving care 50.5%, 3.1 points more, 53% of 350.",
])
def test_other_numbers_in_words_are_left_alone(found, words):
    assert found(f'<p>{words}</p>').empty


def test_a_finding_names_file_place_and_remedy_and_never_the_secret(found):
    finding = found("<!-- C01-0007 -->\n<p>One wrote that she moved three times in one winter.</p>")
    text = " ".join(finding.astype(str).to_numpy().ravel())
    assert "c01-0007" not in text.casefold() and "three times" not in text
    assert finding["file"].unique().tolist() == ["page.html"]
    assert finding["place"].iloc[0] == "comment" and finding["remedy"].str.len().min() > 10


def test_a_number_is_read_back_from_where_it_was_written(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(page(f'<table><tr><td data-cell="{SHOWN}"> 1,204 </td></tr></table>'), encoding="utf-8")
    _, shown = scan_public(path, "page.html", EXPECTED, INPUTS)
    assert shown == {SHOWN: "1,204"}


def test_a_picture_s_metadata_is_read(found):
    content = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x10tEXtComment\x00record C01-0007\x00\x00"
    assert found(content, name="a.png", whole=True)["what"].tolist() == ["The identifier of a record or response."]


def test_a_spreadsheet_is_read_sheet_by_sheet(tmp_path):
    path = tmp_path / "tables.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<sst><si><t>C01-0007</t></si></sst>")
    findings, _ = scan_public(path, "tables.xlsx", EXPECTED, INPUTS)
    assert "xl/sharedStrings.xml" in findings["place"].iloc[0]


def test_a_kind_of_file_nobody_can_read_is_a_finding(found):
    assert found(b"\x00", name="a.pickle", whole=True)["what"].tolist() == [
        "A file of the kind '.pickle', which the gate cannot read."]


def test_internal_pages_may_show_their_numbers_and_paths_but_no_record(found):
    assert found(f'<p data-cell="{WITHHELD}">3</p><p>/home/analyst</p>', inside=scan_internal).empty
    assert found("<p>C01-0007</p>", inside=scan_internal)["what"].tolist() == [
        "The identifier of a record or response."]


@pytest.mark.parametrize("body", [
    f'<td data-cell="{WITHHELD}" title="three">[c]</td>', f'<td data-cell="{WITHHELD}">[c] three</td>',
    f'<td data-cell="{WITHHELD}" class="n3">[c]</td>',
])
def test_where_a_number_is_withheld_nothing_else_may_stand(found, body):
    assert found(f"<table><tr>{body}</tr></table>")["what"].tolist() == ["A withheld number is shown."]


def test_a_number_without_its_mark_in_a_column_of_marked_ones_is_found(found):
    rows = f'<tr><th>A</th><td data-cell="{SHOWN}">1,204</td></tr><tr><th>B</th><td>{{}}</td></tr>'
    assert found(f"<table>{rows.format(7)}</table>")["what"].tolist() == [
        "A number without its cell's mark, in a column of marked ones."]
    assert found(f"<table>{rows.format('[x]')}</table>").empty


@pytest.mark.parametrize("body", [
    "<table><tr><th>Overall wellbeing</th><td>Leaving care</td><td>3</td></tr></table>",
    "<dl><dt>Overall wellbeing, leaving care</dt><dd>50%</dd></dl>",
    svg("<g><text>Overall wellbeing</text></g><g><text>Leaving care</text></g><text>50%</text>"),
])
def test_what_stands_side_by_side_is_read_together(found, body):
    told = found(page(body, "Partnership 8"), whole=True)["what"].tolist()
    assert told == ["What reads like a withheld number beside its names."]


def test_the_ticks_of_an_axis_are_no_numbers_of_anybody(found):
    ticks = "".join(f"<text>{tick}%</text>" for tick in (0, 50, 100))
    picture = svg(f"<text>Overall wellbeing</text><text>Leaving care</text>{ticks}")
    assert found(page(picture, "Partnership 8"), whole=True).empty


@pytest.mark.parametrize("body, held", [
    ("<script>1</script>", "script"), ('<base href="x">', "base"), ('<form action="x"></form>', "form"),
    ('<iframe srcdoc="x"></iframe>', "iframe"), ("<object></object>", "object"), ("<embed>", "embed"),
    ('<meta http-equiv="refresh" content="1">', "meta"), ('<p onclick="go()">x</p>', "p onclick"),
    ('<a href="java script:go()">x</a>', "a href"), (svg("<script>1</script>"), "script"),
])
def test_what_can_run_or_fetch_is_refused_outright(found, body, held):
    assert f"It holds <{held}>, which can run or fetch something." in found(body)["what"].tolist()


def test_a_page_without_the_policy_is_refused(found):
    assert found("<html><body><p>x</p></body></html>", whole=True)["what"].tolist() == [
        "The page lacks the policy that lets nothing load or run."]


@pytest.mark.parametrize("body", [
    "<p class='r_00034e63b41'>x</p>", "<p id='r_00034e63b41'>x</p>", "<p style='--a: r_00034e63b41'>x</p>",
    "<div>Reference C01-<b>0007</b></div>", "<p>C01\u200b-0007</p>", "<p>Born on 27/03/2009.</p>",
    "<p>fromEG19 7TTonwards</p>",
])
def test_an_identifier_is_found_wherever_it_hides(found, body):
    assert found(body)["what"].tolist() == ["The identifier of a record or response."]


def test_a_number_before_a_comma_is_read_without_it(found):
    assert len(found("<p>Partnership 8, overall wellbeing, leaving care: 50%, or 3, as told.</p>")) == 1
    assert len(found("<p>Partnership 8,Overall wellbeing,Leaving care,3</p>")) == 1
