"""A notebook's parameters checked by the notebook itself: run by hand or by plain papermill it refuses what the runner
would."""

import ast
import sys

from helpers.study.faults import InputFault, nearest
from helpers.study.folder import Study
from helpers.study.parameters import Parameter, parameters_in

INJECTED = "# Parameters"  # how the cell begins that papermill adds
PLACE = "parameters cell"


def check_parameters(study: Study | None = None) -> None:
    """Hold this notebook's parameters, as they are now, against what its parameters cell declares of them.

    Raises InputFault with every fault: a type, a range, a choice, a path, a name that papermill gave and nobody
    declared; with the study also a partnership, extract or family that it does not have. Outside a notebook, or before
    its parameters cell ran, there is nothing to check.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    cells = list(shell.user_ns.get("In", [])) if shell else []
    place = next((number for number in reversed(range(len(cells))) if _declares(cells[number])), None)
    if place is None:
        return
    known = parameters_in(cells[place], PLACE)
    names = {parameter.name for parameter in known}
    faults = [f"{PLACE}: the notebook has no parameter '{name}'; {nearest(name, names)}"
              for cell in cells[place:] if cell.lstrip().startswith(INJECTED)
              for name in _assigned(cell) if name not in names]
    faults += [f"{PLACE}: parameter '{parameter.name}' {words}" for parameter in known
               if (words := _objection(parameter, shell.user_ns, study))]
    if faults:
        raise InputFault(faults)


def _objection(parameter: Parameter, names: dict, study: Study | None) -> str:
    if parameter.name not in names:
        return "is gone; run the parameters cell again."
    value = names[parameter.name]
    return parameter.objection(value, present=True) or (study.objection(parameter.name, value) if study else "")


def _declares(cell: str) -> bool:
    """Whether every line of a cell is `name: type = value`, which no other cell is made of."""
    statements = _statements(cell)
    return bool(statements) and all(isinstance(each, ast.AnnAssign) for each in statements)


def _assigned(cell: str) -> list[str]:
    return [target.id for statement in _statements(cell) if isinstance(statement, ast.Assign)
            for target in statement.targets if isinstance(target, ast.Name)]


def _statements(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except SyntaxError:  # a cell of magics
        return []
