"""plan.toml as typed objects: the comparisons and claims that were fixed before anyone looked."""

import math
from typing import Literal

from pydantic import Field, field_validator, model_validator

from helpers.study.strict import Strict

Design = Literal["independent", "paired", "prevalence", "trend"]
Analysis = Literal[
    "ages_16_plus", "pooled", "each_group", "continuing_care_as_group", "continuing_care_as_reference", "age_adjusted",
    "missing_lowest", "missing_highest", "imputed", "beyond_partnerships", "unweighted", "other_test",
]
EVERY = "all"  # instead of names: every analysis that suits the design and the data
Rule = Literal[
    "worse_than_each", "majority", "not_all", "less_well", "majority_of_partnerships", "rising", "falling", "associated"
]


class Contrast(Strict):
    """Two groups compared: `group` against `reference`, both names of study.toml's groups or answers of `by`."""

    group: str
    reference: str


class Pair(Strict):
    """Two items one person answered, compared as first minus second."""

    name: str
    first: str
    second: str


class Series(Strict):
    """A share followed over years: records in `parts` out of `total`, both sums of count columns of one extract."""

    name: str
    title: str
    parts: list[str]
    total: list[str]


class Family(Strict):
    """Comparisons adjusted together: one extract, one design, one kind of statistic."""

    name: str
    title: str
    question: str
    extract: str
    design: Design
    by: str = "care_group"
    contrasts: list[Contrast] = []
    outcomes: list[str] = []
    pairs: list[Pair] = []
    series: list[Series] = []
    population: list[str] = []  # prevalence: the groups counted together; empty = everyone in the extract
    headline: str | None = None
    margin: float  # smallest difference that matters, on the scale of the effect
    margin_reason: str
    sensitivity: list[Analysis | Literal["all"]] = [EVERY]
    publish_by_partnership: bool = False
    exploratory: bool = False

    @property
    def standing(self) -> str:
        """What has to stand wherever the family's results do, if the plan did not fix it beforehand."""
        return "Exploratory: not in the plan fixed beforehand." if self.exploratory else ""

    @property
    def lead(self) -> str:
        """The outcome that reports lead with: the headline, or the first thing compared."""
        first = [*self.outcomes, *(pair.name for pair in self.pairs), *(series.name for series in self.series)]
        return self.headline or first[0]

    @property
    def group(self) -> str | None:
        """The group of the first contrast."""
        return self.contrasts[0].group if self.contrasts else None

    @property
    def reference(self) -> str | None:
        """The reference of the first contrast."""
        return self.contrasts[0].reference if self.contrasts else None

    @field_validator("margin")
    @classmethod
    def _is_a_difference(cls, margin: float) -> float:
        if not 0 < margin < math.inf:
            raise ValueError(f"a margin of {margin:g} is no difference that could matter; give the smallest that does, "
                             "above 0 and on the scale of the effect: 0.05 is five in a hundred.")
        return margin

    @model_validator(mode="after")
    def _has_what_its_design_compares(self):
        needs = {"independent": "contrasts", "paired": "pairs", "prevalence": "outcomes", "trend": "series"}
        needed = needs[self.design]
        if not getattr(self, needed):
            raise ValueError(f"a family of design '{self.design}' needs '{needed}'; add it.")
        if self.design == "independent" and not self.outcomes:
            raise ValueError("a family of design 'independent' needs 'outcomes'; add them.")
        if self.headline and self.headline not in self.outcomes:
            raise ValueError(f"the headline '{self.headline}' is not among its outcomes; add it there.")
        if EVERY in self.sensitivity and len(self.sensitivity) > 1:
            raise ValueError("sensitivity 'all' stands for every analysis; name no other beside it.")
        return self


class Claim(Strict):
    """A published sentence, and the rule by which these data support it, contradict it or leave it unsettled."""

    name: str
    sentence: str
    source: str
    rule: Rule
    family: str
    outcome: str
    threshold: float | None = None  # "majority", "not_all": the share that decides
    age_guard: bool = False  # cannot be supported when the ages-16+ interval crosses no difference
    caveat: str


class OfficialTest(Strict):
    """One question put to a published table: rows against columns of counts."""

    name: str
    question: str
    table: str
    kind: Literal["two_way", "trend"]
    rows: list[str]
    columns: list[str]
    event: str | None = None
    caveat: str


class Plan(Strict):
    """The whole plan."""

    fixed_on: str
    alpha: float = Field(default=0.05, gt=0, lt=0.5)
    power: float = Field(default=0.8, gt=0.5, lt=1)  # of the smallest difference that a comparison could have found
    permutations: int = Field(default=10_000, ge=200)
    seed: int
    families: list[Family]
    claims: list[Claim] = []
    official: list[OfficialTest] = []
