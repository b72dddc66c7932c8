"""TOML files read into typed models: what a file does not declare, or declares wrongly, is refused all at once."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.study.faults import InputFault, nearest

Model = TypeVar("Model", bound="Strict")


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_toml(path: Path, model: type[Model]) -> Model:
    """The file as `model`; raises InputFault with one sentence a fault."""
    if not path.is_file():
        raise InputFault(f"{path.as_posix()}: there is no such file; every study needs one.")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputFault(f"{path.as_posix()}: not valid TOML: {error}. Mend the line named.") from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InputFault([_sentence(path, fault, model) for fault in error.errors()]) from None


def _sentence(path: Path, fault, model: type[BaseModel]) -> str:
    place = _place(fault["loc"])
    where = f"{path.as_posix()}, '{place}'" if place else path.as_posix()
    if fault["type"] == "extra_forbidden":
        known = _fields_at(model, fault["loc"][:-1])
        return f"{where}: nobody knows this key; {nearest(fault['loc'][-1], known)}"
    if fault["type"] == "missing":
        return f"{where}: missing; add it."
    if fault["type"] == "value_error":
        return f"{where}: {fault['ctx']['error']}"
    given = fault["input"] if isinstance(fault["input"], str | int | float | bool) else "what stands there"
    return f"{where}: {given!r} does not fit: {fault['msg'].lower()}."


def _place(location: tuple) -> str:
    """families.2.outcomes as a reader counts: families[3].outcomes."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).lstrip(".")


def _fields_at(model: type[BaseModel], location: tuple) -> list[str]:
    """The keys known at a place inside `model`, followed through lists and tables of models."""
    for part in location:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        found = _model_in(field.annotation) if field else None
        model = found or model
    return list(model.model_fields)


def _model_in(annotation) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None
