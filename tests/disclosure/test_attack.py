"""The attack: what it proves, held against trying every possibility, and the three failings seen in other tools."""

import ast
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from disclosure.handmade import public, system, table, written
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers.disclosure
from helpers.disclosure.attack import attack
from helpers.disclosure.suppress import suppress


def proven(registry, withheld, secret, **published):
    """least and greatest of one cell, with texts of further cells."""
    cells, sums = public(registry)
    row = attack(written(registry, withheld) | published, cells, sums, [secret], registry.threshold).iloc[0]
    return row["least"], row["greatest"]


def test_a_hidden_count_beside_its_total_comes_back_by_subtraction():
    registry = system({"a": [0], "b": [1], "both": [0, 1]}, [3, 40])
    assert proven(registry, [True, False, False], "a") == (3, 3)


def test_without_the_total_it_is_only_known_not_to_be_zero():
    registry = system({"a": [0], "b": [1], "both": [0, 1]}, [3, 40])
    assert proven(registry, [True, False, True], "a") == (1, np.inf)


def test_where_zeros_are_withheld_too_it_may_be_zero():
    registry = system({"a": [0], "b": [1], "both": [0, 1]}, [3, 40], zero_shown=False)
    assert proven(registry, [True, False, True], "a")[0] == 0


def test_a_part_of_a_withheld_base_may_be_zero():
    bases = {"above": "base", "below": "base"}
    registry = system({"base": [0, 1], "above": [0], "below": [1]}, [3, 1], bases=bases)
    assert proven(registry, [True, True, True], "above")[0] == 0
    assert proven(registry, [True, True, True], "base")[0] == 1
    assert proven(registry, [False, True, True], "above") == (1, 3)


@pytest.mark.parametrize("text, least, greatest", [
    ("35%", 7, 7),              # of 20, only 7 makes 35%
    ("[c]", 0, 20),
])
def test_a_rounded_percentage_on_a_known_base_is_a_whole_number_of_people(text, least, greatest):
    registry = system({"base": [0, 1], "share": [0], "above": [0]}, [7, 13], bases={"share": "base", "above": "base"},
                      kinds={"share": "share", "above": "implied"})
    assert proven(registry, [False, False, False], "above", share=text) == (least, greatest)


def test_a_percentage_with_its_interval_tells_more_than_alone():
    registry = system({"base": [0, 1], "share": [0], "above": [0]}, [403, 597],
                      bases={"share": "base", "above": "base"}, kinds={"share": "share", "above": "implied"})
    alone = proven(registry, [False] * 3, "above", share="40%")
    beside = proven(registry, [False] * 3, "above", share="40% (37 to 43)")
    assert alone == (395, 405)
    assert beside[0] >= alone[0] and beside[1] <= alone[1] and beside != alone


def test_a_percentage_on_a_withheld_base_still_ties_the_two():
    registry = system({"base": [0, 1], "share": [0], "above": [0], "below": [1]}, [5, 5],
                      bases={"share": "base", "above": "base", "below": "base"},
                      kinds={"share": "share", "above": "implied"})
    assert proven(registry, [True, False, False, False], "above", share="50%") == (5, 5)


def test_numbers_that_contradict_each_other_leave_nothing_open():
    registry = system({"a": [0], "b": [1], "both": [0, 1]}, [3, 40])
    cells, sums = public(registry)
    found = attack({"a": "[c]", "b": "40", "both": "30"}, cells, sums, ["a"], 5).iloc[0]
    assert np.isnan(found["least"]) and not found["open"]


@st.composite
def tiny_tables(draw):
    shape = draw(st.sampled_from([(2, 2), (2, 3)]))
    counts = np.array(draw(st.lists(st.integers(0, 5), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])))
    return table(counts.reshape(shape)), draw(st.lists(st.booleans(), min_size=12, max_size=12))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(tiny_tables())
def test_it_proves_exactly_what_trying_every_possibility_proves(drawn):
    registry, choice = drawn
    small = registry.cells["value"].between(1, 4).to_numpy()
    withheld = small & np.resize(choice, len(small))
    if not withheld.any():
        return
    shown, rows = registry.cells[~withheld], registry.cells["row"].to_numpy()
    sums = registry.sums.toarray()
    # No atom is above its row's total where that is shown; where it is not, six bounds what is tried on both sides.
    tried = np.array(list(product(range(7), repeat=sums.shape[1])))
    fits = (tried @ sums[shown["row"]].T == shown["value"].to_numpy()).all(axis=1)
    fits &= (tried @ sums[rows[withheld]].T >= 1).all(axis=1)
    target = int(np.flatnonzero(withheld)[0])
    values = (tried[fits] @ sums[rows[target]].T)
    least, greatest = proven(registry, withheld, registry.cells["cell"][target])
    assert least == values.min()
    assert greatest == values.max() or greatest > 6


# ---- what goes wrong elsewhere ---------------------------------------------------------------------------------------

def test_a_total_known_from_elsewhere_gives_away_what_recomputed_margins_hid():
    registry = system({"a": [0], "b": [1], "c": [2], "all": [0, 1, 2]}, [3, 20, 30])
    recomputed = proven(registry, [True, False, False, True], "a")
    assert recomputed == (1, np.inf)
    assert proven(registry, [True, False, False, True], "a", all="53") == (3, 3)


def test_totals_are_never_recomputed_from_what_is_left():
    registry = table([[3, 20, 30], [25, 12, 40], [8, 9, 50]])
    found = suppress(registry, 1)
    texts = written(registry, found.withheld)
    assert texts["r0"] == "53" and texts["all"] == "197"


def test_one_more_in_each_row_and_column_leaves_a_narrow_range():
    # The usual rule hides 3 and three partners; beside a partner of 1 the range is 1 to 3, not 1 to 4.
    registry = table([[3, 1, 20], [6, 9, 30], [25, 15, 40]])
    usual = registry.cells["cell"].isin(["r0c0", "r0c1", "r1c0", "r1c1"]).to_numpy()
    assert proven(registry, usual, "r0c0") == (1, 3)
    ours = suppress(registry, 1)
    cells, sums = public(registry)
    found = attack(written(registry, ours.withheld), cells, sums, registry.cells["cell"][ours.secret], 5)
    assert found["open"].all()


def three_tables(girls, boys):
    """The same table for girls, for boys and for both, each with its margins, as sums over one set of atoms."""
    places = np.arange(2 * girls.size).reshape(2, *girls.shape)
    tables = {}
    for name, parts in (("girls", places[:1]), ("boys", places[1:]), ("both", places)):
        sums = {f"{name} r{i}c{j}": parts[:, i, j].tolist() for i, j in np.ndindex(girls.shape)}
        sums |= {f"{name} r{i}": parts[:, i].ravel().tolist() for i in range(girls.shape[0])}
        sums |= {f"{name} c{j}": parts[:, :, j].ravel().tolist() for j in range(girls.shape[1])}
        tables[name] = sums | {f"{name} all": parts.ravel().tolist()}
    return tables


def test_linked_tables_protected_one_by_one_are_solved_jointly_and_protected_jointly_are_not():
    girls = np.array([[3, 20, 31, 18], [22, 14, 9, 12], [17, 2, 25, 30], [26, 19, 11, 4]])
    boys = np.array([[21, 13, 2, 25], [4, 18, 27, 16], [12, 24, 15, 3], [19, 8, 22, 28]])
    atoms, tables = np.concatenate([girls.ravel(), boys.ravel()]), three_tables(girls, boys)
    joint = system({name: inside for sums in tables.values() for name, inside in sums.items()}, atoms)
    alone = set()
    for sums in tables.values():
        one = system(sums, atoms)
        alone |= set(one.cells["cell"][suppress(one, 1).withheld])
    cells, told = public(joint)
    secret = joint.cells["cell"][joint.secret]
    apart = attack(written(joint, joint.cells["cell"].isin(alone)), cells, told, secret, 5)
    assert (apart["least"] == apart["greatest"]).sum() >= 4
    together = attack(written(joint, suppress(joint, 1).withheld), cells, told, secret, 5)
    assert together["open"].all()


def test_the_attack_shares_nothing_with_the_suppression():
    source = (Path(helpers.disclosure.__file__).parent / "attack.py").read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    modules = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    modules += [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    assert not [module for module in modules if module.startswith("helpers")]


