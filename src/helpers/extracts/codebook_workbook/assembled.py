"""What the rows of a workbook say put together as a codebook's content, with the cell that each part came from."""

from dataclasses import dataclass, field

from helpers.extracts.codebook_workbook.filled import Filled, Row
from helpers.extracts.codebook_workbook.sheets import SHEETS
from helpers.study import nearest

Part = tuple[str | int, ...]  # of the content: ("columns", 3, "label")

_OWNERS = ("columns", "scores", "derived")  # entries that other sheets name


@dataclass
class Assembled:
    """The content, path → cell, and what is wrong; below a `faulty` path nothing more need be said."""

    content: dict = field(default_factory=dict)
    cells: dict[Part, str] = field(default_factory=dict)
    faulty: set[Part] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    owners: dict[str, Part] = field(default_factory=dict)  # clean name → the entry that has it

    def note(self, path: Part, row: Row) -> None:
        """Remember which cells a path's parts came from."""
        self.cells |= {(*path, key): cell for key, cell in row.at.items()}
        if row.unread:
            self.faulty.add(path)


def assembled(found: Filled) -> Assembled:
    """The content of a codebook, and every fault of how its rows go together."""
    made = Assembled(faults=list(found.faults))
    _settings(found.settings, made)
    for sheet in SHEETS:
        if sheet.section:
            _entries(sheet.section, found.rows.get(sheet.title, []), made)
    for row in found.rows.get("Scales", []):
        _level(row, made)
    for row in found.rows.get("Answers", []):
        _answer(row, made)
    for row in found.rows.get("Items", []):
        _item(row, made)
    for row in found.rows.get("Missing", []):
        _missing(row, made)
    for row in found.rows.get("Cases", []):
        _case(row, made)
    _scales_known(made)
    return made


def _settings(row: Row, made: Assembled) -> None:
    for key, value in row.said.items():
        *above, last = key.split(".")
        place = made.content
        for part in above:
            place = place.setdefault(part, {})
        place[last] = value
    made.cells |= {tuple(key.split(".")): cell for key, cell in row.at.items()}
    made.faulty |= {tuple(key.split(".")) for key in row.unread}


def _entries(section: str, rows: list[Row], made: Assembled) -> None:
    for number, row in enumerate(rows):
        path = (section, number)
        made.content.setdefault(section, []).append(dict(row.said))
        made.note(path, row)
        name = row.said.get("name")
        if section in _OWNERS and name in made.owners:
            made.faults.append(f"{row.at['name']}: '{name}' is declared already in "
                               f"{made.cells[(*made.owners[name], 'name')]}; keep one.")
        elif section in _OWNERS and name is not None:
            made.owners[name] = path


def _level(row: Row, made: Assembled) -> None:
    name = _needed(row, "scale", made)
    if name is None:
        return
    scale = made.content.setdefault("scales", {}).setdefault(name, {"levels": []})
    path = ("scales", name, "levels", len(scale["levels"]))
    level = dict(row.said)
    del level["scale"]
    for key in ("cut", "above", "below"):
        said = level.pop(key, None)
        if said is not None and scale.setdefault(key, said) != said:
            made.faults.append(f"{row.at[key]}: '{said}', and another row of the scale '{name}' has '{scale[key]}'; "
                               "keep one.")
        if said is not None:
            made.cells.setdefault(("scales", name, key), row.at[key])
    scale["levels"].append(level)
    made.cells.setdefault(path[:3], row.at["scale"])
    made.note(path, row)


def _answer(row: Row, made: Assembled) -> None:
    answer, owner = _needed(row, "answer", made), _owner(row, made, *_OWNERS)
    if answer is None or owner is None:
        return
    listed = owner.setdefault("values", {})
    if isinstance(listed, str):
        made.faults.append(f"{row.at['column']}: '{owner['name']}' takes its answers from the study's {listed}; "
                           "delete this row, or say listed there.")
    elif answer in listed:
        made.faults.append(f"{row.at['answer']}: '{owner['name']}' has the answer '{answer}' already; keep one.")
    else:
        listed[answer] = row.said.get("spellings", [])


def _item(row: Row, made: Assembled) -> None:
    item, owner = _needed(row, "item", made), _owner(row, made, "columns")
    if item is None or owner is None:
        return
    if item in owner.setdefault("items", {}):
        made.faults.append(f"{row.at['item']}: '{owner['name']}' has the item '{item}' already; keep one.")
    else:
        owner["items"][item] = row.said.get("spellings", [])


def _missing(row: Row, made: Assembled) -> None:
    kind = _needed(row, "kind", made)
    owner = _owner(row, made, "columns") if "column" in row.said else made.content
    if kind is None or owner is None:
        return
    kinds = owner.setdefault("missing", {})
    if kind in kinds:
        made.faults.append(f"{row.at['kind']}: stands there already for the same column; put all spellings in one row.")
    else:
        kinds[kind] = row.said.get("spellings", [])


def _case(row: Row, made: Assembled) -> None:
    if (owner := _owner(row, made, "derived")) is None:
        return
    case = dict(row.said)
    path = (*made.owners[case.pop("column")], "cases", len(owner.setdefault("cases", [])))
    owner["cases"].append(case)
    made.note(path, row)


def _needed(row: Row, key: str, made: Assembled):
    if key not in row.said and key not in row.unread:
        made.faults.append(f"{row.at[key]}: is empty; fill it in, or empty the whole row.")
    return row.said.get(key)


def _owner(row: Row, made: Assembled, *sections: str) -> dict | None:
    """The entry that the row names as its column."""
    name = _needed(row, "column", made)
    known = {known: path for known, path in made.owners.items() if path[0] in sections}
    if name is not None and name not in known:
        made.faults.append(f"{row.at['column']}: there is no column '{name}'; {nearest(name, known)}")
    if name not in known:
        return None
    section, number = known[name]
    return made.content[section][number]


def _scales_known(made: Assembled) -> None:
    known = [*made.content.get("scales", {}), "picked"]
    for section in _OWNERS:
        for number, entry in enumerate(made.content.get(section, [])):
            if (scale := entry.get("scale")) is not None and scale not in known:
                made.faults.append(f"{made.cells[section, number, 'scale']}: there is no scale '{scale}'; "
                                   + nearest(scale, known[:-1]))
