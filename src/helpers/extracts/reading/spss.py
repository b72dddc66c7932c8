"""SPSS files as sheets of texts: each value by its label, as a reader of the data would say it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.extracts.reading.coded import Coded, coded
from helpers.extracts.reading.sheet import Sheet
from helpers.study import InputFault

SPSS = {".sav", ".zsav", ".por"}


@dataclass(frozen=True)
class Variable:
    """One variable: its name and wording, its labels in the order of their codes, and its cells."""

    name: str
    wording: str
    labels: dict[str, str]  # code as text → label
    cells: Coded
    declared_missing: int  # cells whose code the file itself declares missing, without a label to say why


def spss_sheet(path: Path, place: str, spelled: Callable[[str], bool]) -> Sheet:
    """The file with two head rows (names; wordings), rows numbered by case; raises InputFault.

    `spelled`: whether a label is one that the codebook knows, see `spss_variables`.
    """
    variables = spss_variables(path, place, spelled)
    head = [[variable.name for variable in variables], [variable.wording for variable in variables]]
    lost = sum(variable.declared_missing for variable in variables)
    notes = (("declared_missing", "The SPSS file itself declares the value missing and does not say why: read as "
              "blank.", lost),) if lost else ()
    return Sheet(head, {at: variable.cells for at, variable in enumerate(variables)}, 1,
                 len(variables[0].cells) if variables else 0, style="spss", notes=notes)


def spss_variables(path: Path, place: str,
                   spelled: Callable[[str], bool] = lambda label: False) -> list[Variable]:
    """Every variable of the file; raises InputFault where it, or what reads it, is wanting.

    A number some of whose values have no label (an age with 0 as "Under one" and 99 as "Refused") is read as numbers,
    but where the label counts: the file declares its code missing, or it is `spelled` in the codebook.
    """
    try:
        import pyreadstat
    except ImportError:
        raise InputFault(f"{place}: reading SPSS files takes the package pyreadstat; install it (pip install "
                         "pyreadstat), or have the file exported as CSV with labels.") from None
    read = pyreadstat.read_por if path.suffix.lower() == ".por" else pyreadstat.read_sav
    more = {} if path.suffix.lower() == ".por" else {"user_missing": True}
    try:
        data, meta = read(str(path), output_format="dict", **more)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OverflowError, ValueError):
        raise InputFault(f"{place}: no SPSS file that can be read; save it again, or export it as CSV with labels.",
                         "data") from None
    return [_variable(name, data[name], meta, place, spelled) for name in meta.column_names]


def _variable(name: str, values, meta, place: str, spelled: Callable[[str], bool]) -> Variable:
    codes = meta.variable_value_labels.get(name, {})
    in_order = sorted(codes, key=lambda code: (isinstance(code, str), code))
    labels = {_text(code): codes[code].strip() for code in in_order}
    _refuse_shared_labels(labels, name, place)
    ranges = getattr(meta, "missing_ranges", {}).get(name, [])
    distinct, codes = np.unique(np.array([_text(value) for value in values], dtype=object).astype(str),
                                return_inverse=True)
    lost = [text not in labels and _declared(text, ranges) for text in distinct]
    numbers = any(_is_number(text) and text not in labels and not gone
                  for text, gone in zip(distinct, lost, strict=True))
    said = {code: label for code, label in labels.items()
            if not numbers or spelled(label) or _declared(code, ranges)}
    shown = ["" if gone else said.get(text, text) for text, gone in zip(distinct, lost, strict=True)]
    cells = coded(np.array(shown, dtype=object)[codes]) if len(codes) else coded([])
    return Variable(name, (meta.column_names_to_labels.get(name) or "").strip(), labels, cells,
                    int(np.isin(codes, np.flatnonzero(lost)).sum()))


def _refuse_shared_labels(labels: dict[str, str], name: str, place: str) -> None:
    """Two codes under one label would silently become one answer."""
    owner: dict[str, str] = {}
    for code, label in labels.items():
        if owner.setdefault(label.casefold(), code) != code:
            raise InputFault(f"{place}, variable '{name}': the codes {owner[label.casefold()]} and {code} bear the "
                             f"same label '{label}'; give each its own in SPSS.", "data")


def _declared(text: str, ranges: list) -> bool:
    """Whether the file declares the value missing: SPSS keeps up to three values or a range and a value."""
    for bounds in ranges:
        low, high = bounds["lo"], bounds["hi"]
        if isinstance(low, str):
            if text == low.strip():
                return True
        elif text and _is_number(text) and low <= float(text) <= high:
            return True
    return False


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def _text(value) -> str:
    """The value as text: whole numbers without a point, system-missing as nothing, dates as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    number = float(value)
    if np.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() else repr(number)
