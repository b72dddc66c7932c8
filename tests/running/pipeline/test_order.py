"""The order of runs, on threads instead of notebooks."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

import pytest
from tiny_study import Silence

from helpers.running.outcome import Outcome
from helpers.running.pipeline.order import carry_out, circle, overlap, submit_to


@dataclass(frozen=True)
class Step:
    name: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    notebook: str = "n"


CLEAN, COMPARE = Step("clean", writes=("p/records",)), Step("compare", ("p/records",), ("p/results/level",))
RELEASE, ASIDE = Step("release", ("p/results/*",)), Step("aside")


def carried(steps, work, width=2, **given):
    with ThreadPoolExecutor(width) as threads:
        begin = submit_to(threads, lambda step: work(step) or Outcome(step.name, "n", "done"), lambda step: step)
        return carry_out(steps, begin=begin, width=width, watch=Silence(), **given)


def failing(*names):
    return lambda step: Outcome(step.name, "n", "failed") if step.name in names else None


@pytest.mark.parametrize("one, other, common", [
    ("p/a", "p/a", True), ("p/a", "p/ab", False), ("p/a*", "p/ab", True), ("p/ab", "p/a*", True),
    ("p/a/*", "p/b", False), ("p/*", "p/a/*", True), ("p/a/*", "p/*", True), ("p/a*", "p/b*", False),
])
def test_names_overlap_where_a_table_could_be_both(one, other, common):
    assert overlap(one, other) is common


def test_a_step_begins_after_those_whose_tables_it_reads_whatever_the_order_written():
    seen = []
    carried([RELEASE, COMPARE, CLEAN], lambda step: seen.append(step.name), width=3)
    assert seen == ["clean", "compare", "release"]


def test_what_depends_on_a_failure_is_not_begun_and_the_root_is_named():
    outcomes = carried([CLEAN, COMPARE, RELEASE, ASIDE], failing("clean"))
    assert {name: outcome.state for name, outcome in outcomes.items()} == {
        "clean": "failed", "compare": "skipped", "release": "skipped", "aside": "done"}
    assert outcomes["release"].roots == ("clean",)


def test_everything_waits_for_the_outcomes_it_comes_after():
    before = {"clean": Outcome("clean", "n", "failed")}
    assert carried([ASIDE], failing(), after=before)["aside"].state == "skipped"


def test_no_more_steps_are_under_way_than_the_width():
    now, most = set(), []

    def work(step):
        now.add(step.name)
        most.append(len(now))
        now.discard(step.name)

    carried([Step(str(number)) for number in range(20)], work, width=3)
    assert max(most) <= 3 and len(most) == 20


def test_a_circle_is_shown_along_its_way():
    assert set(circle([Step("a", ("p/b",), ("p/a",)), Step("b", ("p/a",), ("p/b",))])) == {"a", "b"}
    assert circle([CLEAN, COMPARE]) == []


def test_a_worker_that_dies_is_an_outcome():
    def begin(step):
        future = Future()
        future.set_exception(BrokenProcessPool())
        return future

    outcome = carry_out([ASIDE], begin=begin, width=1, watch=Silence())["aside"]
    assert outcome.state == "dead worker"
    assert outcome.remedy == "If the machine was short of memory, run again with --jobs 1."


def test_an_executor_without_workers_is_an_outcome_too():
    def begin(step):
        raise BrokenProcessPool

    assert carry_out([ASIDE], begin=begin, width=1, watch=Silence())["aside"].state == "dead worker"


def test_a_bug_in_the_work_goes_up():
    with pytest.raises(ZeroDivisionError):
        carried([ASIDE], lambda step: 1 / 0)
