"""No row disappears silently: received = kept + quarantined + excluded, whatever the rows and the rules are."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.extracts import accounted, clean
from helpers.extracts.cleaning.ledger import Ledger
from helpers.extracts.cleaning.rules import Applied

RULES = {
    "range": 'check = "range"\ncolumn = "age"\nmax = 25',
    "unique": 'check = "unique"\ncolumns = ["record"]\nkeep = "most_complete"',
    "twice": 'check = "exact_duplicate"',
    "weak": 'check = "row_is"\nif = { level_safe = ["weak", "missing"] }',
    "answered": 'check = "answered"\ncolumns = ["level_safe", "age"]\nminimum = 1',
}
AGE = '[[columns]]\nname = "age"\nlabel = "Age"\ntype = "count"\n'
row = st.tuples(st.sampled_from("1234"), st.sampled_from(["Good", "weak", "DK", "", "4"]),
                st.sampled_from(["7", "7", "7", "30", "", "x"])).map(",".join)
line = st.one_of(row, row, row, st.sampled_from(["", ",,", "1,Good", "1,Good,7,7"]))


@given(rows=st.lists(line, min_size=1, max_size=12),
       rules=st.lists(st.tuples(st.sampled_from(sorted(RULES)), st.sampled_from(["note", "quarantine", "exclude"])),
                      max_size=5, unique_by=lambda rule: rule[0]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_received_is_kept_and_quarantined_and_excluded(make, rows, rules):
    written = [f'[[rules]]\nname = "{name}"\nseverity = "{severity}"\nsentence = "s"\n{RULES[name]}\n'
               for name, severity in rules]
    rows = [*rows, "5,Good,7", "6,Good,7", "7,Good,7", "8,Good,7", *["9,Good,7"] * sum("x" in line for line in rows)]
    cleaned = clean(make(AGE, *written, file="Record ID,Safe,age\n" + "\n".join(rows) + "\n"), "records")
    counted = accounted(cleaned.ledger)
    assert counted["received"] == len(rows)
    assert counted["received"] == counted["kept"] + counted["quarantined"] + counted["excluded"]
    assert counted["kept"] == len(cleaned.table) == len(cleaned.missing)
    assert counted["quarantined"] == len(cleaned.quarantine)
    assert (cleaned.ledger["rows_in"].iloc[1:].to_numpy() == cleaned.ledger["rows_left"].iloc[:-1].to_numpy()).all()
    assert (cleaned.table.isna() == cleaned.missing.notna()).all(axis=None), "a value or a kind of missing, never both"


def test_the_ledger_reads_from_received_to_kept():
    ledger = Ledger(10, "record")
    ledger.note("seen", "Seen.", 3)
    ledger.step(Applied("old", "quarantine", "Too old.", "", (), lambda rows: rows), 2)
    ledger.step(Applied("odd", "note", "Odd.", "", (), lambda rows: rows), 4)
    expected = pd.DataFrame(
        [[1, "received", "", "Received, one row a record.", 10, 0, 10], [2, "seen", "note", "Seen.", 10, 3, 10],
         [3, "old", "quarantine", "Too old.", 10, 2, 8], [4, "odd", "note", "Odd.", 8, 4, 8],
         [5, "kept", "", "Kept for analysis.", 8, 0, 8]],
        columns=["step", "rule", "severity", "sentence", "rows_in", "rows_caught", "rows_left"])
    pd.testing.assert_frame_equal(ledger.frame(8), expected)
    assert accounted(expected) == {"received": 10, "kept": 8, "quarantined": 2, "excluded": 0}


def test_a_ledger_that_does_not_add_up_is_a_bug_and_says_so():
    with pytest.raises(RuntimeError, match="leaves 10 rows and the table has 9: one is unaccounted for"):
        Ledger(10, "record").frame(9)
