"""Whatever a table holds, its draft cleans it at once: every column declared, every label known, nothing lost."""

from extracts.drafts import csv_rows, drafted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.study import InputFault

# Texts that trip readers: missing words, marks that mean something elsewhere, labels alike but for their spelling.
TEXTS = [
    "Yes", "no ", "N/A", "", "Strongly agree", "AGREE", "disagree", "SD", "Missing", "present", "not asked", "picked",
    "1", "2",
    "5", "99", "3 - Good", "A B", "a_b", "A-B", "c", "z", ":", "01", "007", "2.10", "2.1", "12/01/2020", "13/13/2020",
    "Don't know", "-", "?", "=1+1", "@x", "[a]", "*", "yes; no", "no; maybe", "1,204", "12%", "Ünï", "UNI",
    "“quoted”",
    '"quoted"', "Low", "High", "\u200bYes", "TRUE", "-9", "Other", "Under 18", "18-24", "25+", "daily", "None", "null",
    "ﬁ",
    "5=Agree", "A,B", "B,C", "some words that nobody else says", "line\nbreak",
]
HEADERS = [
    "Age", "Q1", "Q1_1", "Q1_2", "q1_1", "Partnership", "Care group", "wave", "Record ID", "Status", "Finished",
    "Progress",
    "Collector", "Is it?", "Rate [a]", "Rate [b]", "What? | A", "What? | B", "A", "B", "age", "Date", "Consent", "[x]",
    "*", "Name",
    "missing", "not_asked", "Select all that apply - A", "Select all that apply - B", "Other:What", "2019",
    "<b>Bold</b>", "ünï",
]


@st.composite
def tables(draw):
    """A header and rows; each column says few different things, as columns do."""
    headers = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=7, unique=True))
    rows = draw(st.sampled_from([1, 3, 10, 60]))
    random = draw(st.randoms(use_true_random=False))
    said = [draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=5)) for _ in headers]
    columns = [["R1", *(random.choice(texts) for _ in range(rows))] for texts in said]
    return [[*headers, "Case ref"], *([*(column[at] for column in columns), f"R{at}"] for at in range(rows + 1))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables(), delimiter=st.sampled_from([",", ";", "\t"]))
def test_any_table_is_drafted_and_cleaned_without_a_fault(table, delimiter, tmp_path):
    try:
        made = drafted(csv_rows(tmp_path / "a.csv", table, delimiter))
    except InputFault as fault:
        assert "no column with answers" in str(fault)
        return
    ledger = made.cleaned.ledger
    left_out = ledger.loc[ledger["severity"].isin(["quarantine", "exclude"]), "rows_caught"].sum()
    assert len(made.cleaned.table) + left_out == ledger.iloc[0]["rows_left"]
