"""How the answers of a question changed: those gone and new, renamed, relabelled, in another order, cut elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.extracts.codebook_difference.verdict import Change
from helpers.extracts.codebook_workbook.wording import shown
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.spelling import folded
from helpers.extracts.codebooks.variables import Column, Derived, Scale, Variable


@dataclass(frozen=True)
class Question:
    """A column of one wave with its codebook."""

    codebook: Codebook
    column: Variable

    @property
    def scale(self) -> Scale | None:
        return self.codebook.scales.get(self.column.scale or "")

    @property
    def origin(self) -> str:
        """What its answers go by."""
        if self.column.scale:
            return f"scale '{self.column.scale}'"
        if isinstance(self.column.values, str):
            return f"the study's {self.column.values}"
        return "answers of its own" if self.labels else "no list"

    @property
    def labels(self) -> dict[str, str]:
        """Answer → label; none where the study lists them."""
        if self.scale:
            return self.scale.labels
        if isinstance(self.column, Derived) and not self.column.values:
            return {case.value: case.value for case in self.column.cases}
        listed = self.column.values if isinstance(self.column.values, dict) else {}
        return {answer: (spellings or [answer])[0] for answer, spellings in listed.items()}

    def spellings(self, answer: str) -> set[str]:
        """Everything that stands for the answer, folded."""
        if self.scale:
            own = next(level.spellings for level in self.scale.levels if level.name == answer)
        else:
            own = self.column.values.get(answer, []) if isinstance(self.column.values, dict) else []
        return {folded(text) for text in (answer, self.labels[answer], *own)}

    def missing(self, spellings: set[str]) -> str | None:
        """The kind of missing that one of the spellings stands for."""
        kinds = self.codebook.missing_spellings(self.column) if isinstance(self.column, Column) else {}
        return next((kind for kind, texts in kinds.items() if spellings & {folded(text) for text in texts}), None)


def answer_changes(was: Question, now: Question, columns: tuple[str, ...], mapped: dict[str, str]) -> Iterator[Change]:
    """The changes of the answers that `columns` share; `mapped` is what [[earlier]] says of them: there → here."""
    about = now.origin if now.column.scale else f"'{now.column.name}'"
    if was.origin != now.origin:
        yield _change(columns, f"{_names(columns)}: went by {was.origin}, goes by {now.origin}.",
                      *(("yes", "") if was.labels and now.labels else ("judge", "see whether the lists agree")))
    if not was.labels or not now.labels:
        return
    gone = [answer for answer in was.labels if answer not in now.labels]
    added = [answer for answer in now.labels if answer not in was.labels]
    renamed = {there: here for there in gone for here in added
               if mapped.get(there) == here or (there not in mapped and was.spellings(there) & now.spellings(here))}
    for there, here in renamed.items():
        yield _renamed(about, there, here, columns, mapped, now.column.name)
    for answer in gone:
        if answer not in renamed:
            yield _gone(about, answer, was, now, columns, mapped)
    for answer in added:
        if answer not in renamed.values():
            yield _added(about, answer, was, now, columns)
    yield from _of_both(about, was, now, columns, renamed)


def _renamed(about: str, there: str, here: str, columns, mapped: dict[str, str], name: str) -> Change:
    if there in mapped:
        return _change(columns, f"{about}: answer '{there}' is '{here}' now, as [[earlier]] says.")
    return _change(columns, f"{about}: answer '{there}' is probably '{here}' now.", "mapped",
                   earlier={"levels": {column: {there: here} for column in columns}})


def _gone(about: str, answer: str, was: Question, now: Question, columns, mapped: dict[str, str]) -> Change:
    if answer in mapped:
        return _change(columns, f"{about}: answer '{answer}' is gone, and counts as '{mapped[answer]}' by [[earlier]].")
    if kind := now.missing(was.spellings(answer)):
        return _change(columns, f"{about}: answer '{answer}' is gone, and counts as missing now ({shown(kind)}).",
                       "judge", "leave it out of the earlier wave too, by its codebook")
    if was.scale:
        return _change(columns, f"{about}: level '{answer}' is gone.", "no",
                       "with other levels to choose from, the others mean something else")
    return _change(columns, f"{about}: answer '{answer}' is gone.", "judge",
                   "say under levels of [[earlier]] which answer of today it is")


def _added(about: str, answer: str, was: Question, now: Question, columns) -> Change:
    if kind := was.missing(now.spellings(answer)):
        return _change(columns, f"{about}: answer '{answer}' is new, and counted as missing before ({shown(kind)}).",
                       "judge", "leave it out of the later wave too, by its codebook")
    if was.scale:
        return _change(columns, f"{about}: level '{answer}' is new.", "no",
                       "with other levels to choose from, the others mean something else")
    return _change(columns, f"{about}: answer '{answer}' is new.", "judge",
                   "the earlier wave could not choose it, and chose something else")


def _of_both(about: str, was: Question, now: Question, columns, renamed: dict[str, str]) -> Iterator[Change]:
    """What changed about answers that both waves have."""
    both = {there: renamed.get(there, there) for there in was.labels if renamed.get(there, there) in now.labels}
    for there, here in both.items():
        label, other = was.labels[there], now.labels[here]
        if folded(label) != folded(other):
            yield _change(columns, f"{about}: answer '{here}' read '{label}' and reads '{other}'.", "judge",
                          "other words may draw other answers")
        known = {folded(text) for text in (there, here, label, other)}
        before, after = was.spellings(there) - known, now.spellings(here) - known
        if before != after:
            yield Change("reading", columns, f"{about}: answer '{here}' is written otherwise in exports"
                                             f"{_spelled(', with', after - before)}"
                                             f"{_spelled(', without', before - after)}.")
    if list(both.values()) != [answer for answer in now.labels if answer in both.values()]:
        worse = ("no", "what was higher may be lower") if was.scale else ("yes", "")
        yield _change(columns, f"{about}: the answers are in another order.", *worse)
    if was.scale and now.scale:
        yield from _scale(about, was.scale, now.scale, columns, renamed)


def _scale(about: str, was: Scale, now: Scale, columns, renamed: dict[str, str]) -> Iterator[Change]:
    if renamed.get(was.cut or "", was.cut) != now.cut:
        yield _change(columns, f"{about}: cut at '{was.cut}' before, at '{now.cut}' now.", "judge",
                      "level by level they can be compared, in two categories they cannot")
    if (was.above, was.below) != (now.above, now.below):
        yield _change(columns, f"{about}: the two categories were '{was.above}' and '{was.below}', and are "
                               f"'{now.above}' and '{now.below}'.")
    if len(was.levels) == len(now.levels) and was.points != now.points:
        yield _change(columns, f"{about}: the levels count {_figures(was)} in scores before, {_figures(now)} now.",
                      "judge", "answers can be compared, scores made of them cannot")


def _figures(scale: Scale) -> str:
    return ", ".join(f"{point:g}" for point in scale.points)


def _spelled(word: str, spellings: set[str]) -> str:
    return f"{word} {', '.join(repr(text) for text in sorted(spellings))}" if spellings else ""


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"'{column}'" for column in columns)


def _change(columns, sentence: str, comparable="yes", why: str = "", earlier: dict | None = None) -> Change:
    return Change("answers", columns, sentence, comparable, why, earlier or {})
