"""The page of a notebook: what it shows, what it hides, and that anybody can read it anywhere."""

import base64
import re

import pytest
from lxml import html
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from reporting import frames

from helpers.reporting import Chart, Table, Text, charts, tabulate, verdicts
from helpers.reporting.page import ReportExporter
from helpers.study import InputFault

STUDY = {"title": "How do they fare?", "visibility": "public", "synthetic": True, "release": "2020-sample",
         "notice": "Synthetic sample. It describes no real child.", "plan_hash": "0123456789abcdef", "period": "2018",
         "status": "draft", "navigation": [{"title": "All reports", "href": "index.html"}], "study_folder": "study"}
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'/>"


def displayed(thing) -> dict:
    shown = thing._repr_mimebundle_()
    data, about = shown if isinstance(shown, tuple) else (shown, {})
    return new_output("display_data", data=data, metadata=about)


def code(source, *things, tags=(), outputs=()):
    return new_code_cell(source, outputs=[*outputs, *map(displayed, things)], metadata={"tags": list(tags)})


def render(*cells, **about) -> str:
    notebook = new_notebook(cells=list(cells))
    notebook.metadata["throughcare"] = STUDY | about
    return ReportExporter().from_notebook_node(notebook)[0]


def parse(*cells, **about):
    return html.document_fromstring(render(*cells, **about))


REPORT = [
    new_markdown_cell("# How do the groups compare?\n\nWhy it matters."),
    code('secret_name: str = "x"', tags=["parameters"]),
    code("chart()", charts.effects(frames.comparisons(frames.comparison()), frames.LABELS)),
    new_markdown_cell("## The answer\n\n#### Deep\n\n# Another title\n\n| a | b |\n|---|--:|\n| 1 | 2 |"),
    code("table()", tabulate.ledger(frames.ledger()), verdicts(frames.claims())),
    new_markdown_cell("## The answer"),
]


def test_nbconvert_finds_the_exporter_by_its_name():
    assert get_exporter("throughcare") is ReportExporter
    assert ReportExporter().file_extension == ".html"


def test_there_is_one_h1_and_no_heading_skips_a_level():
    page = parse(*REPORT)
    assert [h1.text for h1 in page.iter("h1")] == ["How do the groups compare?"]
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels == [1, 2, 3, 2, 2]


def test_the_contents_list_every_section_under_an_id_of_its_own():
    page = parse(*REPORT)
    links = page.xpath("//nav[@class='contents']//a/@href")
    assert links == ["#the-answer", "#another-title", "#the-answer-2"]
    assert all(len(page.xpath(f"//*[@id='{link[1:]}']")) == 1 for link in links)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_page_has_its_language_landmarks_and_a_way_past_the_head():
    page = parse(*REPORT)
    assert page.get("lang") == "en-GB"
    assert page.find(".//main").get("id") == "main"
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]
    assert page.findtext(".//title") == "How do the groups compare? – How do they fare?"
    assert len(page.xpath("//footer")) == 1


def test_every_picture_is_described_and_every_header_scoped():
    page = parse(*REPORT)
    assert all(len(image.get("alt")) > 40 for image in page.iter("img"))
    assert all(th.get("scope") in ("col", "row") for th in page.iter("th"))
    assert page.xpath("//caption/text()") == ["What cleaning did"]


def test_a_phone_gets_a_drawing_of_its_own():
    page = parse(*REPORT)
    [source] = page.iter("source")
    for uri in (source.get("srcset"), page.xpath("//img/@src")[0]):
        kind, _, coded = uri.partition(";base64,")
        assert kind == "data:image/svg+xml"
        assert base64.b64decode(coded).startswith(b"<svg")


def test_a_page_asks_no_host_for_anything_and_forbids_itself_to():
    wild = "![A map](https://example.org/map.png) <script src='//example.org/a.js'></script>"
    page = parse(*REPORT, new_markdown_cell(wild))
    fetched = page.xpath("//@src | //@srcset | //link/@href")
    assert all(address.startswith("data:") for address in fetched)
    assert not list(page.iter("script", "iframe", "object"))
    assert "url(" not in page.findtext(".//style") and "@import" not in page.findtext(".//style")
    assert page.xpath("//meta[@http-equiv]/@content")[0].startswith("default-src 'none'")
    assert "[picture: A map]" in page.text_content()


def test_a_public_page_shows_no_code_no_parameters_and_no_warnings():
    warning = new_output("stream", name="stderr", text="FutureWarning: /home/somebody/x.py")
    text = render(*REPORT, code("import os", outputs=[warning]))
    for hidden in ("secret_name", "chart()", "table()", "import os", "FutureWarning", "somebody"):
        assert hidden not in text


def test_an_internal_page_folds_all_its_code_away_at_its_end_and_shows_warnings():
    warning = new_output("stream", name="stderr", text="FutureWarning: careful")
    page = parse(code("import os"), code("run(1 < 2)", outputs=[warning]), visibility="internal")
    summaries = [summary.text for summary in page.iter("summary")]
    assert summaries == ["Warnings", "Code"]
    assert [block.text_content() for block in page.iter("pre")][1:] == ["import os", "run(1 < 2)"]
    assert "Internal: not for publication" in page.text_content()


def test_the_notice_is_at_the_head_of_the_page_and_on_every_printed_sheet():
    page = parse(*REPORT)
    [notice] = page.find_class("notice")
    assert notice.text_content() == "Synthetic sampleIt describes no real child."
    assert page.body.index(notice) < page.body.index(page.find(".//main"))
    assert '@top-center{content:"Synthetic sample"' in page.findtext(".//style")


def test_a_real_study_bears_no_synthetic_mark():
    text = render(*REPORT, synthetic=False, notice="")
    assert "ynthetic sample" not in text


def test_the_foot_says_release_plan_code_licence_and_how_to_cite():
    foot = parse(*REPORT).find(".//footer").text_content()
    for part in ("2020-sample", "0123456789ab", "Throughcare 0.", "MIT licence", "How to cite", "Made with"):
        assert part in foot
    assert "0123456789abc" not in foot


def test_a_title_that_an_output_shows_wins_and_the_notebook_s_question_stands_under_it():
    page = parse(new_markdown_cell("# How do they fare here?"), code("x", Text("# Partnership 3\n\nThe answer.")))
    assert [h1.text for h1 in page.iter("h1")] == ["Partnership 3"]
    assert page.find_class("question")[0].text == "How do they fare here?"


def test_the_metadata_may_name_the_page():
    page = parse(new_markdown_cell("# How do they fare here?"), page_title="Partnership 3")
    assert [h1.text for h1 in page.iter("h1")] == ["Partnership 3"]
    assert page.findtext(".//title").startswith("Partnership 3 – ")


def test_a_notebook_without_metadata_renders_as_an_internal_page():
    notebook = new_notebook(cells=[new_markdown_cell("Only a sentence.")])
    page, _ = ReportExporter().from_notebook_node(notebook, {"metadata": {"name": "2_my_notes"}})
    root = html.document_fromstring(page)
    assert [h1.text for h1 in root.iter("h1")] == ["2 my notes"]
    assert "Internal" in root.text_content()


def test_a_public_figure_without_alt_text_is_refused_by_cell():
    bare = new_output("display_data", data={"image/svg+xml": PICTURE})
    with pytest.raises(InputFault, match=r"cell 1: a figure without alt text(.|\n)*cell 2"):
        render(code("a", outputs=[bare]), code("b", outputs=[bare]))
    page = parse(code("a", outputs=[bare]), visibility="internal")
    assert page.xpath("//img/@alt") == ["A figure nobody has described."]


def test_an_error_names_its_kind_and_neither_message_nor_trace():
    error = new_output("error", ename="KeyError", evalue="'AB123456C'", traceback=["AB123456C"])
    text = render(code("x", outputs=[error]), visibility="internal")
    assert "Cell 1 failed: KeyError." in text
    assert "AB123456C" not in text


def test_places_in_memory_are_no_part_of_a_page():
    shown = new_output("execute_result", data={"text/plain": "<Thing at 0x7f3a5c>"}, execution_count=1)
    assert "<Thing>" in parse(code("x", outputs=[shown])).text_content()


def test_html_that_a_cell_shows_is_reduced_to_what_a_page_may_hold():
    wild = ("<style>p {}</style><table border='1'><thead><tr><th>a</th></tr></thead><tbody><tr><th>b</th></tr></tbody>"
            "</table><p onclick='x()' style='color:red'>Text <blink>here</blink><script>x()</script></p>"
            "<img src='https://x.org/a.png' alt='x'><a href='javascript:x()'>go</a><a href='https://gov.scot/a'>source</a>")
    page = parse(code("x", outputs=[new_output("display_data", data={"text/html": wild})]))
    article = page.find(".//article")
    assert [th.get("scope") for th in article.iter("th")] == ["col", "row"]
    assert article.xpath("string(.//p)") == "Text here"
    assert article.xpath(".//@onclick | .//@style | .//@border | .//script | .//style | .//img/@src") == []
    assert article.xpath(".//a/@href") == ["https://gov.scot/a"]
    assert article.find(".//table").getparent().get("tabindex") == "0"


def test_the_ids_of_released_cells_reach_the_page():
    frame = frames.counts(("level_safe", "CPP_01", "leaving_care", "base", 20), family="wellbeing_level")
    page = parse(code("x", tabulate.counts(frame, "CPP_01", frames.LABELS)))
    assert {td.get("data-cell"): td.text for td in page.xpath("//td[@data-cell]")} == {"n0": "20"}


def test_verdict_shapes_reach_the_page():
    assert len(parse(code("x", verdicts(frames.claims()))).xpath("//li//svg")) == 3


def test_pictures_pasted_into_a_notebook_are_kept_inside_the_page():
    cell = new_markdown_cell("![A map](attachment:map.png)", attachments={"map.png": {"image/png": "iVBORw0KGgo="}})
    assert parse(cell).xpath("//article//img/@src") == ["data:image/png;base64,iVBORw0KGgo="]


def test_the_same_notebook_gives_the_same_bytes_whenever_it_ran():
    def timed(at):
        cell = code("x", Text("One."))
        cell.metadata["papermill"] = {"start_time": at}
        cell.execution_count = len(at)
        return render(new_markdown_cell("# Title"), cell)

    assert timed("2020-01-01") == timed("2021-12-31T00:00")


def test_a_page_without_figures_weighs_at_most_forty_kilobytes():
    cells = [new_markdown_cell(f"## Section {number}\n\n" + "A sentence of some length. " * 40) for number in range(12)]
    assert len(render(*cells).encode()) <= 40_000


def test_the_page_hides_nothing_under_its_sticky_notice_and_prints():
    style = parse(*REPORT).findtext(".//style")
    for rule in ("scroll-padding-top", "@media print", ":focus-visible", "prefers-reduced-motion"):
        assert rule in style


def luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name, least", [("ink", 7), ("quiet", 7), ("brand", 7), ("alarm", 7)])
def test_every_colour_of_text_is_seven_to_one_on_the_page_s_grounds(name, least):
    style = parse(*REPORT).findtext(".//style")
    colour = re.search(rf"--{name}:\s*(#\w{{6}})", style)[1]
    for ground in ("#ffffff", re.search(r"--soft:\s*(#\w{6})", style)[1], "#f8eaf1"):
        light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= least


def test_charts_and_tables_show_in_jupyterlab_too():
    chart = Chart("<svg/>", "Alt.")
    assert chart._repr_mimebundle_()[0]["image/svg+xml"] == "<svg/>"
    table = Table(frames.ledger()[["sentence", "rows_left"]], "Ledger")
    assert table._repr_mimebundle_()["text/plain"].startswith("Ledger\n")
    assert Text("A.")._repr_mimebundle_()["text/markdown"] == "A."
