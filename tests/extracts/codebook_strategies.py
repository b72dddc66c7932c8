"""Codebooks as nobody would write them: every key filled in, with texts that files and spreadsheets trip over."""

from hypothesis import strategies as st

from helpers.extracts.codebook_workbook.headings import words_of
from helpers.extracts.codebooks.codebook import Codebook, Earlier, Ignore, Linked
from helpers.extracts.codebooks.layout import Join, Pivot, Reading, Unpivot
from helpers.extracts.codebooks.ruled import _MAY_HAVE, _NEEDED, Rule
from helpers.extracts.codebooks.variables import KINDS, Bounds, Case, Column, Derived, Level, Scale, Score

ODD = [
    "", " ", "a", "16", "007", "2.10", "2-1", "-5", "1e5", "inf", "2020-01-31", "31/01/2020", "dd/mm/yyyy", "%d/%m/%Y",
    "=1+1", "+x", "-x", "- x", "@x", "'tis", '"', '"quoted" and more', "“curly”", "„low“", "back\\slash", "a;b", "a: b",
    "a = b", "a, b", "a or b", "one of a", "16 to 25", "from 16", "up to 25", "16 or more", "any", "nothing", "always",
    "not a", "(blank)", "(Blank)", "yes", "TRUE", "tab", "listed", "missing", "line\nbreak", "\n", "a\r\nb", "\r", "\t",
    " lead", "trail ", "no\u00a0break", "\u200f\u05d0", "\x00", "\x07", "\x7f", "_x0041_", "é😀ß", "\ufeff", "\u2028",
    "[x]", "{x}", "# no comment", "a.b", "'''", '"""', "<b>", "&amp;", "\ufffe", "to", "or", "1,204", "x" * 200,
]

texts = st.sampled_from(ODD) | st.text(max_size=8)
listed = st.lists(texts, max_size=3)
some = st.lists(texts, min_size=1, max_size=3)
names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
whole = st.integers(-10**6, 10**6)
numbers = st.floats(allow_nan=False).map(lambda number: number + 0.0)  # no minus nought: it is nought
bounds = whole | numbers | st.dates() | texts
conditions = st.dictionaries(
    names | texts, texts | whole | st.lists(texts | whole, max_size=3)
    | st.builds(Bounds, min=st.none() | bounds, max=st.none() | bounds), max_size=3)
missing = st.dictionaries(st.sampled_from(KINDS), listed, max_size=3)
pairs = st.dictionaries(texts, texts, max_size=3)


def words(model, key):
    return st.sampled_from(words_of(model, key))


def said(**keys):
    """Any of the keys, each as its strategy says: the others stay as usual."""
    return st.fixed_dictionaries({}, optional=keys)


levels = st.builds(Level, name=texts, label=texts, spellings=listed, points=st.none() | numbers)
scales = st.builds(Scale, levels=st.lists(levels, min_size=2, max_size=4), cut=st.none() | texts,
                   above=st.none() | texts, below=st.none() | texts)


@st.composite
def readings(draw):
    keys = draw(said(
        sheet=texts, encoding=texts, undeclared=words(Reading, "undeclared"), style=words(Reading, "style"),
        skip_rows=st.integers(0, 9) | words(Reading, "skip_rows"), delimiter=st.characters(exclude_categories=["Cs"]),
        join=st.builds(Join, sheets=some, on=some),
    ))
    pivot = st.builds(Pivot, response=some, question=texts, answer=texts)
    unpivot = st.builds(Unpivot, keep=some, names=some, value=texts, headings=st.none() | texts,
                        separator=texts.filter(bool))
    keys |= draw(st.just({}) | st.fixed_dictionaries({"pivot": pivot}) | st.fixed_dictionaries({"unpivot": unpivot}))
    if keys.get("style") == "stacked":
        keys |= draw(said(header_rows=st.integers(1, 9)))
    return Reading(**keys)


def variable(scale_names):
    values = st.dictionaries(texts, listed, max_size=3) | st.sampled_from(["partnerships", "groups"])
    return {"question": texts, "unit": texts, "sensitive": st.booleans(), "personal": words(Column, "personal"),
            "values": values, **({"scale": st.sampled_from(scale_names)} if scale_names else {})}


@st.composite
def columns(draw, name, scale_names):
    keys = draw(said(
        **variable(scale_names), source=listed, patterns=listed, format=texts | listed, required=st.booleans(),
        optional=st.booleans(), asked_if=conditions, missing=missing, undeclared=words(Column, "undeclared"),
        items=st.dictionaries(texts, listed, max_size=3),
        separator=texts.filter(bool), picked=listed, not_picked=listed, none_picked=words(Column, "none_picked")))
    return Column(name=name, label=draw(texts), type=draw(words(Column, "type")), **keys)


@st.composite
def derived(draw, name, scale_names):
    keys = draw(said(**variable(scale_names), otherwise=st.sampled_from(KINDS)))
    if draw(st.booleans()):
        return Derived(name=name, label=draw(texts), type="count", years_between=[draw(texts), draw(texts)], **keys)
    cases = draw(st.lists(st.builds(Case, value=texts, when=conditions, because=texts), min_size=1, max_size=3))
    kind = draw(st.sampled_from(["nominal", "binary", "ordinal"]))
    return Derived(name=name, label=draw(texts), type=kind, cases=cases, **keys)


@st.composite
def scores(draw, name, scale_names):
    keys = draw(said(**variable(scale_names), reversed=listed, how=words(Score, "how")))
    return Score(name=name, label=draw(texts), items=draw(some), minimum=draw(st.integers(1, 9)), **keys)


_RULE = {
    "column": texts.filter(bool), "columns": st.lists(texts, min_size=2, max_size=2), "pattern": texts.filter(bool),
    "values": st.lists(texts | whole, min_size=1, max_size=3), "min": bounds.filter(lambda end: end != ""),
    "max": bounds.filter(lambda end: end != ""), "where": conditions.filter(bool), "then": conditions.filter(bool),
    "parts": conditions, "extract": texts.filter(bool), "keep": words(Rule, "keep"), "minimum": st.integers(1, 9),
    "rounded_to": st.floats(0, allow_nan=False, exclude_min=True), "remedy": texts,
}


@st.composite
def rules(draw):
    """A rule with the keys that its check needs, and any that it may have."""
    check = draw(words(Rule, "check"))
    needed = [*_NEEDED[check], *(["min"] if check == "range" else [])]
    allowed = {key: _RULE[key] for key in ("remedy", "where", *_MAY_HAVE.get(check, [])) if key not in needed}
    return Rule(name=draw(names), severity=draw(words(Rule, "severity")), sentence=draw(texts), check=check,
                **draw(st.fixed_dictionaries({key: _RULE[key] for key in needed}, optional=allowed)))


linked = st.builds(Linked, extract=texts, on=some, columns=pairs.filter(bool), keep=words(Linked, "keep"),
                   by=st.none() | texts, where=conditions, count=st.none() | names, absent=st.sampled_from(KINDS))
earlier = st.builds(Earlier, extract=texts, columns=pairs, levels=st.dictionaries(texts, pairs, max_size=2))


@st.composite
def codebooks(draw):
    """Any codebook whose names are unlike and whose scales are there."""
    scaled = draw(st.dictionaries(texts, scales, max_size=2))
    clean = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    first, second = sorted([draw(st.integers(1, len(clean))), draw(st.integers(1, len(clean)))])
    return Codebook(
        instrument=draw(names), title=draw(texts), scales=scaled, **draw(said(
            row=texts, person=listed, reading=readings(), missing=missing, ignore=st.builds(Ignore, columns=listed),
            linked=st.lists(linked, max_size=2), rules=st.lists(rules(), max_size=2),
            earlier=st.lists(earlier, max_size=2))),
        columns=[draw(columns(name, list(scaled))) for name in clean[:first]],
        scores=[draw(scores(name, list(scaled))) for name in clean[first:second]],
        derived=[draw(derived(name, list(scaled))) for name in clean[second:]])
