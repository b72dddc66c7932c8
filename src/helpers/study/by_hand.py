"""A notebook's parameters checked by the notebook itself: run by hand or by plain papermill it refuses what the runner
would."""

import ast
from pathlib import Path

from helpers.study import secrets
from helpers.study.faults import InputFault, nearest
from helpers.study.folder import Study
from helpers.study.kernel import hush, shell
from helpers.study.parameters import Parameter, lines_in

ANCHOR = "study_folder"  # what every notebook of the pipeline declares
INJECTED = "# Parameters"  # how the cell begins that papermill adds
PLACE = "parameters cell"


def check_parameters(study: Study | None = None) -> None:
    """Hold this notebook's parameters, as they are now, against what its parameters cell declares of them.

    Raises InputFault with every fault: a type, a range, a choice, a path, a name that papermill gave and nobody
    declared; with the study also a partnership, extract or family that it does not have. What its secrets stand for
    the kernel shows to nobody from here on. Outside a notebook, or before its parameters cell ran, there is nothing to
    check.
    """
    running = shell()
    cells, place = _parameters_cell(running)
    if place is None:
        return
    known, faults = lines_in(cells[place], PLACE, defaults=False)
    names = {parameter.name for parameter in known}
    faults += [f"{PLACE}: the notebook has no parameter '{name}'; {nearest(name, names)}"
               for cell in cells[place:] if cell.lstrip().startswith(INJECTED)
               for name in _assigned(cell) if name not in names]
    folder = study.folder.parent if study else Path()
    faults += [f"{PLACE}: parameter '{parameter.name}' {words}" for parameter in known
               if (words := _objection(parameter, running.user_ns, study, folder))]
    hush(secrets.value(running.user_ns[parameter.name], [folder]) for parameter in known
         if parameter.form == "secret" and not _objection(parameter, running.user_ns, study, folder))
    if faults:
        raise InputFault(faults)


def _objection(parameter: Parameter, names: dict, study: Study | None, folder: Path) -> str:
    if parameter.name not in names:
        return "is gone; run the parameters cell again."
    value = names[parameter.name]
    return (parameter.objection(value, folder, present=True)
            or (study.objection(parameter.name, value) if study else ""))


def _parameters_cell(running) -> tuple[list[str], int | None]:
    """The cells run so far, and which of them is the parameters cell as it was run last.

    It is the one that declares the study folder, be there a line in it that is none; else one that only declares.
    """
    cells = list(running.user_ns.get("In", [])) if running else []
    declared = {number: names for number, cell in enumerate(cells) if (names := _declared(cell))}
    wanted = ([number for number, names in declared.items() if ANCHOR in names]
              or [number for number, names in declared.items() if len(names) == len(_statements(cells[number]))])
    return cells, wanted[-1] if wanted else None


def _declared(cell: str) -> list[str]:
    """The names that a cell gives a type."""
    return [statement.target.id for statement in _statements(cell)
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)]


def _assigned(cell: str) -> list[str]:
    return [target.id for statement in _statements(cell) if isinstance(statement, ast.Assign)
            for target in statement.targets if isinstance(target, ast.Name)]


def _statements(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except SyntaxError:  # a cell of magics
        return []
