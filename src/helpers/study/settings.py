"""study.toml as typed objects: who was inspected, which groups, where data lie, what may be published."""

from typing import Literal

from pydantic import Field, model_validator

from helpers.study.faults import nearest
from helpers.study.strict import Strict


class Group(Strict):
    """One care group, or (with `members`) a named set of them."""

    label: str
    one: str = ""  # one of them, in a sentence: "young person leaving care"
    many: str = ""  # them all, in a sentence: "young people leaving care"
    members: list[str] = []
    note: str = ""


class Extract(Strict):
    """One extract: the files that make it up, and the codebook that says what they mean."""

    title: str
    files: str = ""  # a file or a glob below data.raw
    codebook: str
    waves: dict[str, str] = {}  # instead of files: wave → the extract that holds it, earliest first
    within: str | None = None  # the extract that is this one's sampling frame
    post_stratify_to: str | None = None  # of whoever chose to answer: the extract that says who could have

    @property
    def frame(self) -> str | None:
        """The extract that shares are weighted to, where there is one."""
        return self.within or self.post_stratify_to

    @model_validator(mode="after")
    def _comes_from_somewhere(self):
        if bool(self.files) == bool(self.waves):
            raise ValueError("an extract needs either 'files' or 'waves'; give one of them.")
        if self.within and self.post_stratify_to:
            raise ValueError("an extract is either a sample drawn 'within' a frame, or answers to 'post_stratify_to' "
                             "it; give one of them.")
        return self


class Locations(Strict):
    """Where data lie, relative to the study folder."""

    raw: str
    published: str | None = None
    processed: str = "../data/processed"
    reports: str = "../reports"


class Disclosure(Strict):
    """What may leave the building, and who says why."""

    threshold: int = Field(default=5, ge=2)  # counts 1 .. threshold - 1 are protected
    minimum_base: int = Field(default=10, ge=1)  # no percentage on fewer records
    reason: str
    sensitive_outcomes: list[str] = []  # 0% and 100% are protected too


class SignOff(Strict):
    """Who answers for the release."""

    analyst: str = ""
    approver: str = ""
    status: Literal["draft", "approved"] = "draft"


class Settings(Strict):
    """study.toml, whole."""

    title: str
    release: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    previous: str = ""  # the release before this, whose figures lie in releases/
    synthetic: bool
    notice: str  # stands at the head of every page
    period: str
    question: str
    population: str  # what one row of the main extract is, for sentences: "records", "responses"
    caveats: list[str] = []
    data: Locations
    partnerships: dict[str, str]
    groups: dict[str, Group]
    extracts: dict[str, Extract]
    disclosure: Disclosure
    sign_off: SignOff = SignOff()

    @model_validator(mode="after")
    def _members_are_groups(self):
        for name, group in self.groups.items():
            for member in group.members:
                if member not in self.groups or self.groups[member].members:
                    raise ValueError(f"groups.{name} names the member '{member}', which is no care group; "
                                     + nearest(member, [k for k, g in self.groups.items() if not g.members]))
        for name, extract in self.extracts.items():
            if extract.frame is not None and extract.frame not in self.extracts:
                how = "lies within" if extract.within else "is post-stratified to"
                raise ValueError(f"extracts.{name} {how} '{extract.frame}', which is no extract; "
                                 + nearest(extract.frame, self.extracts))
            for wave, other in extract.waves.items():
                files = [known for known, given in self.extracts.items() if given.files]
                if other not in files:
                    raise ValueError(f"extracts.{name}, wave '{wave}': '{other}' is no extract with files; "
                                     + nearest(other, files))
        return self
