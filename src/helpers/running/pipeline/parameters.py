"""What a notebook declares of its parameters, for people, for programs, and for what a run gives."""

from dataclasses import asdict
from pathlib import Path

from helpers.running.pipeline.notebook import read_cells
from helpers.study import InputFault, Parameter, nearest, parameters_in
from helpers.study.secrets import REFERENCE

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
FORMS = {"date": {"format": "date"}, "secret": {"pattern": f"^({REFERENCE.pattern})$"},
         "path": {"format": "path"}}  # no format of the standard's: a path with a space in it is no URI


def contract(path: Path) -> list[Parameter]:
    """The notebook's parameters in order; raises InputFault with every line that is no parameter line."""
    cells = [cell.source for cell in read_cells(path) if cell.kind == "code" and "parameters" in cell.tags]
    if len(cells) > 1:
        raise InputFault(f"{path.name}: {len(cells)} cells are tagged 'parameters'; keep one.")
    return parameters_in(cells[0], f"{path.name}, parameters cell") if cells else []


def faults_in(run: str, known: list[Parameter], given: dict[str, object], folder: Path | None = None) -> list[str]:
    """One sentence for every value a run gives, or leaves as it is, that its notebook does not declare or allow.

    Paths are as seen from `folder`, where the notebook will work; without it only their form is looked at.
    """
    by_name = {parameter.name: parameter for parameter in known}
    faults = [f"run '{run}': the notebook has no parameter '{name}'; {nearest(name, by_name)}"
              for name in given if name not in by_name]
    values = {**{parameter.name: parameter.default for parameter in known if folder}, **given}
    for name, value in values.items():
        words = name in by_name and by_name[name].objection(value, folder or Path(), present=folder is not None)
        if words:  # the name of a run holds its values, perhaps the secret itself
            shown = run.partition("[")[0] if any(parameter.form == "secret" for parameter in known) else run
            faults.append(f"run '{shown}': parameter '{name}' {words}")
    return faults


def described(known: list[Parameter]) -> list[dict]:
    """The contract as plain data, for machines."""
    return [{key: value for key, value in asdict(parameter).items()
             if value not in ((), None) and (key, value) != ("form", "")} for parameter in known]


def schema(title: str, known: list[Parameter]) -> dict:
    """The contract as JSON Schema 2020-12, for programs that make or check what a run gives."""
    properties = {}
    for each in known:
        keys = {"type": JSON_TYPES[each.type], **FORMS.get(each.form, {}), "description": each.help,
                "default": each.default, "enum": list(each.choices), "minimum": each.low, "maximum": each.high}
        properties[each.name] = {key: value for key, value in keys.items()
                                 if key == "default" or value not in ("", [], None)}
    return {"$schema": SCHEMA, "title": title, "type": "object", "properties": properties,
            "additionalProperties": False}
