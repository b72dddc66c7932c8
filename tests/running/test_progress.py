"""What whoever watches is told."""

import io

from helpers.running import Progress
from helpers.running.outcome import Outcome, listed, skipped


class Terminal(io.StringIO):
    def isatty(self):
        return True


class After:
    name = notebook = "3_after"


def told(stream, *outcomes):
    watch = Progress(stream, total=2)
    for outcome in outcomes:
        watch.began(outcome.run)
        watch.ended(outcome)
    return stream.getvalue()


GOOD = Outcome("1_clean[a]", "1_clean", "done", seconds=1.25, warnings=1)
BAD = Outcome("2_compare", "2_compare", "failed", seconds=3)


def test_away_from_a_terminal_each_finished_run_is_one_line():
    assert told(io.StringIO(), GOOD, BAD) == (
        "[1/2] 1_clean[a]: done, 1.2 s, 1 warning\n[2/2] 2_compare: failed, 3.0 s\n")


def test_on_a_terminal_only_failures_stay():
    screen = told(Terminal(), GOOD, BAD)
    assert "\r\x1b[K[0/2] 0 s  1_clean[a]" in screen
    assert [line.rpartition("\x1b[K")[2] for line in screen.split("\n")][:-1] == ["[2/2] 2_compare: failed, 3.0 s"]


def test_a_run_not_begun_says_because_of_whom():
    assert told(io.StringIO(), skipped(After(), [BAD])) == "[1/2] 3_after: not run, because of 2_compare\n"


def test_a_long_row_of_names_is_cut_and_counted():
    assert [listed("a"), listed("ab"), listed("abc"), listed("abcd")] == [
        "a", "a and b", "a, b and c", "a, b, c and 1 more"]
