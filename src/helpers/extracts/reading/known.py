"""What a codebook calls the headers of an export: its columns, the choices of its questions, what it ignores."""

from fnmatch import fnmatchcase

from helpers.extracts.codebooks.agreement import meanings
from helpers.extracts.codebooks.codebook import Codebook
from helpers.extracts.codebooks.layout import Reading
from helpers.extracts.codebooks.spelling import folded, folded_header
from helpers.extracts.codebooks.variables import Column
from helpers.extracts.reading.table import Header


class Known:
    """What the codebook calls the headers of an export: its columns, their choices, what is ignored."""

    def __init__(self, codebook: Codebook) -> None:
        self._named: dict[str, tuple[Column, str | None]] = {}
        self._patterns: list[tuple[str, Column]] = []
        for column in codebook.columns:
            for name in (column.name, *column.source):
                self._named.setdefault(folded_header(name), (column, None))
            self._patterns += [(_pattern(pattern), column) for pattern in column.patterns]
        for column in codebook.columns:
            for choice, spellings in block_headers(column).items():
                for spelling in spellings:
                    self._named.setdefault(spelling, (column, choice))
        self._spelled = {folded(text) for column in codebook.columns
                         for _, texts in meanings(codebook, column) for text in texts}
        self._ignored = [_pattern(pattern) for pattern in codebook.ignore.columns]
        self._layout = _layout_names(codebook.reading)

    @property
    def names(self) -> set[str]:
        """Every folded header that the codebook states, those of the layout included."""
        return set(self._named) | self._layout

    def find(self, header: Header) -> tuple[Column, str | None] | None:
        """The column, and the choice or item of a block, that a header stands for; patterns come last."""
        for name in header.names:
            if name in self._named:
                return self._named[name]
        fits = [column for name in header.names for pattern, column in self._patterns if fnmatchcase(name, pattern)]
        return (fits[0], None) if fits else None

    def knows(self, header: Header) -> bool:
        """Whether the header stands for a column, or for the layout."""
        return self.find(header) is not None or any(name in self._layout for name in header.names)

    def all_fits(self, header: Header) -> list[str]:
        """The names of the columns whose patterns fit a header that nobody names outright."""
        if any(name in self._named for name in header.names):
            return []
        return list(dict.fromkeys(column.name for name in header.names for pattern, column in self._patterns
                                  if fnmatchcase(name, pattern)))

    def spells(self, label: str) -> bool:
        """Whether the label is a spelling of some answer or kind of missing."""
        return folded(label) in self._spelled

    def ignores(self, header: Header) -> bool:
        """Whether the codebook says that nobody reads the column."""
        return any(fnmatchcase(name, pattern) for name in header.names for pattern in self._ignored)


def _pattern(text: str) -> str:
    """The folded pattern, in which * and ? stand for anything and a bracket, as in Q1[SQ001], for itself."""
    return folded_header(text).replace("[", "[[]")


def _layout_names(reading: Reading) -> set[str]:
    """Headers that stand for the layout and not for a column: keys, questions, answers."""
    names = [*(reading.join.on if reading.join else [])]
    if reading.pivot:
        names += [*reading.pivot.response, reading.pivot.question, reading.pivot.answer]
    if reading.unpivot:
        names += reading.unpivot.keep
    return {folded_header(name) for name in names}


def block_headers(column: Column) -> dict[str, list[str]]:
    """Choice or item of a block → the folded headers its own column may bear in an export.

    Its spellings alone (a code such as Q5_1), and question and choice together as SurveyMonkey ("question | choice"),
    Qualtrics ("question - choice", "question - Selected Choice - choice") and LimeSurvey ("question [choice]") write.
    """
    forms = ("{0} | {1}", "{0} - {1}", "{0} - selected choice - {1}", "{0} [{1}]", "{0}[{1}]", "{0}_{1}")
    return {
        choice: [folded_header(text) for text in (*(form.format(source, spelling) for spelling in (choice, *spellings)
                                                    for source in (column.name, *column.source) for form in forms),
                                                  *spellings)]
        for choice, spellings in column.block.items()
    }
