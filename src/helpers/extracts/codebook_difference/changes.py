"""How one codebook differs from another: every key of every entry, as typed changes."""

from collections.abc import Iterator, Sequence

from helpers.extracts.codebook_difference.answers import Question, answer_changes
from helpers.extracts.codebook_difference.entries import other_changes
from helpers.extracts.codebook_difference.keys import entry_changes, setting_changes
from helpers.extracts.codebook_difference.renames import probable
from helpers.extracts.codebook_difference.verdict import Change
from helpers.extracts.codebook_workbook.wording import shown
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.codebooks.variables import KINDS, Column, Variable

_ANSWERS = ("scale", "values")  # compared answer by answer


def difference(old: Codebook, new: Codebook) -> list[Change]:
    """Every change from the earlier codebook to the later one, grouped by kind of change, in the codebooks' order."""
    there, here = ({column.name: column for column in codebook.columns} for codebook in (old, new))
    mapped = {now: was for entry in new.earlier for now, was in entry.columns.items() if now in here and was in there}
    gone = [column for name, column in there.items() if name not in here and name not in mapped.values()]
    added = [column for name, column in here.items() if name not in there and name not in mapped]
    renamed = probable(gone, added)
    matched = {name: name for name in here if name in there} | mapped | {now: was for now, (was, _) in renamed.items()}
    pairs = [(there[was], here[name]) for name in here if (was := matched.get(name))]
    found = [
        *_gone_or_new("gone", [column for column in gone if column.name not in matched.values()]),
        *_gone_or_new("new", [column for column in added if column.name not in matched]),
        *(_renamed(there[was], here[now], alike, old) for now, (was, alike) in renamed.items()),
        *(_mapped(was, now) for now, was in mapped.items() if now != was),
        *_columns(pairs), *_answers(old, new, pairs), *_missing(old, new, pairs), *other_changes(old, new),
        *setting_changes(old, new),
    ]
    return sorted(found, key=lambda change: _ORDER.index(change.kind))


_ORDER = ("gone", "new", "renamed", "reworded", "type", "answers", "missing", "asked", "handling", "made", "rules",
          "reading")


def _gone_or_new(kind, columns: Sequence[Column]) -> Iterator[Change]:
    which = "earlier" if kind == "gone" else "later"
    for column in columns:
        yield Change(kind, (column.name,), f"'{column.name}' ({_words(column)}).", "no",
                     f"only the {which} wave asked it")


def _renamed(was: Column, now: Column, alike: float, old: Codebook) -> Change:
    sentence = f"'{was.name}' ({_words(was)}) is probably '{now.name}' ({_words(now)}) now: {alike:.0%} alike."
    if was.type != now.type:
        return Change("renamed", (now.name,), sentence, "no", f"it was {shown(was.type)} and is {shown(now.type)}")
    if was.personal or now.personal:
        return Change("renamed", (now.name,), sentence, "no", "what is personal is not kept")
    return Change("renamed", (now.name,), sentence, "mapped",
                  earlier={"extract": old.instrument, "columns": {now.name: was.name}})


def _mapped(was: str, now: str) -> Change:
    return Change("renamed", (now,), f"'{was}' is '{now}' now, as [[earlier]] says.")


def _words(column: Variable) -> str:
    return column.question or column.label


def _columns(pairs: Sequence[tuple[Column, Column]]) -> Iterator[Change]:
    for was, now in pairs:
        yield from entry_changes("columns", was.model_dump(by_alias=True), now.model_dump(by_alias=True), (now.name,),
                                 name=f"'{now.name}'", besides=("name", *_ANSWERS))
        yield from _items(was, now)


def _items(was: Column, now: Column) -> Iterator[Change]:
    """The items of a matrix question, each of which is a question of its own."""
    for item in dict.fromkeys([*was.items, *now.items]):
        made, about = (f"{now.name}_{item}",), f"'{now.name}', item '{item}'"
        if item not in was.items or item not in now.items:
            kind, which = ("gone", "earlier") if item in was.items else ("new", "later")
            yield Change(kind, made, f"{about}.", "no", f"only the {which} wave asked it")
            continue
        before, after = ([folded(text) for text in column.items[item]] for column in (was, now))
        if before[:1] != after[:1]:
            yield Change("reworded", made, f"{about}: was {_first(was, item)}, is {_first(now, item)}.", "judge",
                         "other words may draw other answers")
        elif before != after:
            yield Change("reading", made, f"{about}: is headed otherwise in exports.")


def _first(column: Column, item: str) -> str:
    return f"'{(column.items[item] or [item])[0]}'"


def _answers(old: Codebook, new: Codebook, pairs: Sequence[tuple[Column, Column]]) -> Iterator[Change]:
    """The changes of answers, once for all questions that share a scale."""
    derived = [(was, now) for now in new.derived for was in old.derived if was.name == now.name]
    levels = {here: how for entry in new.earlier for here, how in entry.levels.items()}
    groups: dict[tuple, list[tuple[Variable, Variable]]] = {}
    for was, now in [*pairs, *derived]:
        alone = (was.name, now.name) if not (was.scale and now.scale) or now.name in levels else ()
        groups.setdefault((was.scale, now.scale, *alone), []).append((was, now))
    for group in groups.values():
        was, now = group[0]
        for change in answer_changes(Question(old, was), Question(new, now), tuple(now.name for _, now in group),
                                     levels.get(now.name, {})):
            earlier = {"extract": old.instrument, **change.earlier} if change.earlier else {}
            yield Change(change.kind, change.columns, change.sentence, change.comparable, change.why, earlier)


def _missing(old: Codebook, new: Codebook, pairs: Sequence[tuple[Column, Column]]) -> Iterator[Change]:
    yield from _kinds("everywhere", old.missing, new.missing, ())
    for was, now in pairs:
        yield from _kinds(f"'{now.name}'", was.missing, now.missing, (now.name,))


def _kinds(about: str, was: dict, now: dict, columns: tuple[str, ...]) -> Iterator[Change]:
    """Spellings that stand for a kind of missing in one wave, and for another, or none, in the other."""
    before, after = ({folded(text): kind for kind, texts in kinds.items() for text in texts} for kinds in (was, now))
    for kind in KINDS:
        if (kind in was) != (kind in now) and not was.get(kind) and not now.get(kind):
            yield Change("missing", columns, f"{about}: {shown(kind)} is {'no longer' if kind in was else 'now'} said "
                                             "to have no spelling.")
    for spelling in dict.fromkeys([*before, *after]):
        one, other = before.get(spelling), after.get(spelling)
        written = f"'{spelling}'" if spelling else "an empty cell"
        if one and other and one != other:
            yield Change("missing", columns, f"{about}: {written} meant {shown(one)}, and means {shown(other)}.",
                         "judge", "answers can be compared, counts of missing by kind cannot")
        elif one != other:
            known = f"no longer stands for {shown(one)}" if one else f"stands for {shown(other)}"
            yield Change("missing", columns, f"{about}: {written} {known}.")
