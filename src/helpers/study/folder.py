"""The study folder opened: settings and plan checked against each other, and the tables that stages hand on."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.study.faults import InputFault, nearest
from helpers.study.plan import Family, Plan
from helpers.study.settings import Extract, Settings
from helpers.study.strict import read_toml

if TYPE_CHECKING:
    import pandas as pd  # a quarter of a second, which a command without tables need not wait for


@dataclass(frozen=True)
class Study:
    """One study folder. Paths are kept as given, so that nothing absolute reaches an output."""

    folder: Path
    settings: Settings
    plan: Plan

    @property
    def raw(self) -> Path:
        return self.folder / self.settings.data.raw

    @property
    def published(self) -> Path | None:
        place = self.settings.data.published
        return self.folder / place if place else None

    @property
    def processed(self) -> Path:
        return self.folder / self.settings.data.processed

    @property
    def reports(self) -> Path:
        return self.folder / self.settings.data.reports

    @property
    def codebooks(self) -> Path:
        return self.folder / "codebooks"

    def register(self, release: str) -> Path:
        """Where what a release published is kept."""
        return self.folder / "releases" / f"{release}.json"

    def before(self) -> dict | None:
        """What the release before this one published: `release`, and `figures` by name; None where study.toml names
        none. Raises InputFault where it is not on record.
        """
        name = self.settings.previous
        if not name:
            return None
        try:
            found = json.loads(self.register(name).read_text(encoding="utf-8"))
            return {"release": found["release"], "figures": found["figures"]}
        except (OSError, ValueError, KeyError, TypeError):
            known = sorted(path.stem for path in self.register(name).parent.glob("*.json") if path.stem != name)
            raise InputFault(f"{self._file('study.toml')}, 'previous': what release '{name}' published is not in "
                             f"{self.register(name).as_posix()}; {nearest(name, known)}") from None

    @cached_property
    def plan_hash(self) -> str:
        """SHA-256 of plan.toml as it stands: what binds a release to the plan fixed beforehand."""
        return hashlib.sha256((self.folder / "plan.toml").read_bytes()).hexdigest()

    def extract(self, name: str) -> Extract:
        """The extract of that name; raises InputFault where the study declares none."""
        if name not in self.settings.extracts:
            raise InputFault(f"{self._file('study.toml')}: no extract '{name}'; "
                             + nearest(name, self.settings.extracts))
        return self.settings.extracts[name]

    @property
    def whole_extracts(self) -> dict[str, Extract]:
        """The extracts but for those that are waves of another, which speaks for them."""
        waves = {other for extract in self.settings.extracts.values() for other in extract.waves.values()}
        return {name: extract for name, extract in self.settings.extracts.items() if name not in waves}

    def files(self, name: str) -> list[Path]:
        """The files of an extract, those of its waves one after the other; none where none is there."""
        extract = self.extract(name)
        if extract.waves:
            return [path for other in extract.waves.values() for path in self.files(other)]
        return sorted(path for path in self.raw.glob(extract.files)
                      if path.is_file() and not path.name.startswith(("~$", ".")))

    def family(self, name: str) -> Family:
        """The family of that name; raises InputFault where the plan names none."""
        families = {family.name: family for family in self.plan.families}
        if name not in families:
            raise InputFault(f"{self._file('plan.toml')}: no family '{name}'; {nearest(name, families)}")
        return families[name]

    def partnership(self, name: str) -> str:
        """The partnership's label; raises InputFault where the study has none of that name."""
        if name not in self.settings.partnerships:
            raise InputFault(f"{self._file('study.toml')}: no partnership '{name}'; "
                             + nearest(name, self.settings.partnerships))
        return self.settings.partnerships[name]

    def objection(self, parameter: str, value: object) -> str:
        """Why a value of a parameter that names something of the study does not do, as the end of a sentence; empty
        where it does, or where the parameter names nothing of the study.
        """
        known = {"partnership": self.settings.partnerships, "extract": self.settings.extracts,
                 "family": [family.name for family in self.plan.families]}
        if parameter not in known or value in known[parameter]:
            return ""
        file = "plan.toml" if parameter == "family" else "study.toml"
        return f"is {value!r}, which is not in {file}; {nearest(str(value), known[parameter])}"

    def place(self, path: str) -> Path:
        """The file or folder that a path parameter names, wherever the kernel works; raises InputFault where there is
        none.
        """
        found = self.folder.parent / path
        if not path.strip() or not found.exists():
            raise InputFault(f"{Path(path).as_posix()}: there is nothing; give the path of what exists, as seen from "
                             "the folder that holds the study folder.")
        return found

    def members(self, group: str) -> list[str]:
        """The care groups that a group stands for: its members, or itself."""
        if group not in self.settings.groups:
            raise InputFault(f"{self._file('study.toml')}: no group '{group}'; {nearest(group, self.settings.groups)}")
        return list(self.settings.groups[group].members) or [group]

    @property
    def headline_family(self) -> Family:
        """The family that reports lead with: the first of the plan with a headline, or its first."""
        return next((family for family in self.plan.families if family.headline), self.plan.families[0])

    def label(self, group: str) -> str:
        """How a reader calls a group; a name that is no care group stands as it is."""
        return self.settings.groups[group].label if group in self.settings.groups else group

    def write(self, name: str, table: "pd.DataFrame") -> Path:
        """The table kept in data/processed as `name`.parquet ("release/..." is what public reports may read)."""
        path = self.processed / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        table.to_parquet(path, index=False)
        return path

    def read(self, name: str) -> "pd.DataFrame":
        """The table an earlier stage kept as `name`; raises InputFault where that stage has not run."""
        import pandas as pd

        path = self.processed / f"{name}.parquet"
        if not path.is_file():
            raise InputFault(f"{path.as_posix()}: not made yet; run the notebook that writes it, or `throughcare run`.")
        with path.open("rb") as file:  # opened by Python, so that it can be seen which notebook reads what
            return pd.read_parquet(file)

    def tables(self, prefix: str) -> list[str]:
        """Names of the tables kept below `prefix`, in order."""
        return sorted(path.relative_to(self.processed).with_suffix("").as_posix()
                      for path in (self.processed / prefix).glob("*.parquet"))

    def _file(self, name: str) -> str:
        return (self.folder / name).as_posix()


def open_study(folder: str | Path = "study") -> Study:
    """The study in `folder`, looked for here and, for a notebook opened in its own folder, above.

    Raises InputFault with every fault of study.toml, or of plan.toml, at once.
    """
    place = _find(Path(folder))
    settings = read_toml(place / "study.toml", Settings)
    study = Study(place, settings, read_toml(place / "plan.toml", Plan))
    if faults := _plan_faults(study):
        raise InputFault(faults)
    return study


def _find(folder: Path) -> Path:
    for above in (Path(), *(Path("/".join([".."] * depth)) for depth in (1, 2, 3))):
        if (above / folder / "study.toml").is_file():
            return above / folder
    raise InputFault(f"{folder.as_posix()}: no study.toml in that folder, here or above. Give --study the folder "
                     "that holds study.toml.")


def _plan_faults(study: Study) -> list[str]:
    """What plan.toml names that study.toml, or the plan itself, does not have."""
    place, settings, faults = study._file("plan.toml"), study.settings, []
    families = {family.name for family in study.plan.families}
    for family in study.plan.families:
        if family.extract not in settings.extracts:
            faults.append(f"{place}, family '{family.name}': no extract '{family.extract}'; "
                          + nearest(family.extract, settings.extracts))
        named = [group for pair in family.contrasts for group in (pair.group, pair.reference)] + family.population
        for group in named if family.by == "care_group" else []:
            if group not in settings.groups:
                faults.append(f"{place}, family '{family.name}': no group '{group}'; {nearest(group, settings.groups)}")
    for claim in study.plan.claims:
        if claim.family not in families:
            faults.append(f"{place}, claim '{claim.name}': no family '{claim.family}'; "
                          + nearest(claim.family, families))
    return faults
