"""Suppression: what is withheld, what is not, and that nothing withheld can be worked out."""

import numpy as np
import pytest
from disclosure.handmade import public, system, table, written

from helpers.disclosure.attack import attack
from helpers.disclosure.suppress import suppress
from helpers.study import ReleaseRefused


def withheld(registry, minimum_base=1):
    found = suppress(registry, minimum_base)
    return set(registry.cells["cell"][found.withheld])


def provable(registry, found):
    cells, sums = public(registry)
    texts = written(registry, found.withheld)
    return attack(texts, cells, sums, registry.cells["cell"][found.secret], registry.threshold)


def test_a_small_count_takes_the_only_rectangle_of_other_counts_with_it():
    # With the zeros shown, 3 can trade with 20 along its row, and both with 25 and 18 in the third: no other way.
    registry = table([[3, 0, 20], [0, 30, 40], [25, 15, 18]])
    assert withheld(registry) == {"r0c0", "r0c2", "r2c0", "r2c2"}


def test_a_table_without_small_counts_is_published_whole():
    assert withheld(table([[7, 0, 20], [12, 30, 40]])) == set()


def test_a_lone_small_count_without_totals_takes_nothing_with_it():
    assert withheld(system({"a": [0], "b": [1]}, [3, 40])) == {"a"}


def test_where_counts_are_dear_the_total_goes_instead():
    registry = system({"a": [0], "b": [1], "both": [0, 1]}, [3, 40], costs={"b": 10.0, "both": 1.0})
    assert withheld(registry) == {"a", "both"}


def test_zeros_stay_shown():
    registry = table([[3, 0, 20], [0, 30, 40], [25, 15, 18]])
    assert withheld(registry).isdisjoint(registry.cells["cell"][registry.cells["value"] == 0])


def test_two_small_counts_of_one_base_protect_each_other():
    # 3 and 4 of 7: with the base shown they can be 1 and 6, 4 and 3; nothing else has to go.
    registry = system({"base": [0, 1], "above": [0], "below": [1]}, [3, 4], bases={"above": "base", "below": "base"})
    assert withheld(registry) == {"above", "below"}


def test_with_a_small_base_everything_on_it_goes_zeros_too():
    registry = system({"base": [0, 1], "above": [0], "below": [1]}, [4, 0], bases={"above": "base", "below": "base"})
    assert withheld(registry) == {"base", "above", "below"}


def test_none_and_all_are_withheld_where_the_outcome_is_sensitive():
    sums, bases = {"base": [0, 1], "above": [0], "below": [1]}, {"above": "base", "below": "base"}
    assert withheld(system(sums, [12, 0], bases=bases)) == set()
    assert withheld(system(sums, [12, 0], bases=bases, zero_shown=False)) == {"above", "below"}


def test_a_count_that_is_always_given_away_is_refused_by_name():
    registry = system({"small": [0], "rows_kept": [0]}, [3], kinds={"rows_kept": "coverage"})
    with pytest.raises(ReleaseRefused, match=r"cannot be protected whatever else is withheld.*: small"):
        suppress(registry, 1)


def test_a_sum_of_two_withheld_counts_is_open_from_two():
    registry = system({"a": [0], "b": [1], "both": [0, 1], "c": [2], "all": [0, 1, 2]}, [1, 2, 40])
    found = suppress(registry, 1)
    proof = provable(registry, found).set_index("cell")
    assert proof["open"].all() and proof.loc["both", "least"] == 2


def test_a_sum_under_another_name_is_withheld_under_both():
    assert withheld(system({"here": [0], "there": [0], "big": [1]}, [2, 30])) == {"here", "there"}


@pytest.mark.parametrize("seed", range(6))
def test_every_small_count_of_a_random_table_stays_open(seed):
    counts = np.random.default_rng(seed).negative_binomial(1, 0.06, (5, 4))
    registry = table(counts)
    found = suppress(registry, 1)
    assert provable(registry, found)["open"].all()
    totals_shown = registry.cells[~found.withheld]
    assert (totals_shown["value"] == totals_shown["low"]).all()


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_withheld_that_could_be_shown(seed):
    registry = table(np.random.default_rng(seed).negative_binomial(1, 0.06, (4, 4)))
    found = suppress(registry, 1)
    for extra in np.flatnonzero(found.withheld & ~found.secret):
        fewer = found.withheld.copy()
        fewer[extra] = False
        cells, sums = public(registry)
        texts = written(registry, fewer)
        assert not attack(texts, cells, sums, registry.cells["cell"][found.secret], 5)["open"].all()


def test_the_same_table_gives_the_same_cells_again():
    counts = np.random.default_rng(9).negative_binomial(1, 0.06, (6, 5))
    assert withheld(table(counts)) == withheld(table(counts))
