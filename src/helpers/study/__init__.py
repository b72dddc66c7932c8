"""The study folder as typed objects: it refuses what it does not know."""

from helpers.study.faults import InputFault, ReleaseRefused, nearest
from helpers.study.folder import Study, open_study
from helpers.study.plan import EVERY, Claim, Contrast, Family, OfficialTest, Pair, Plan, Series
from helpers.study.settings import Extract, Group, Settings
from helpers.study.strict import Strict, read_toml

__all__ = [
    "EVERY", "Claim", "Contrast", "Extract", "Family", "Group", "InputFault", "OfficialTest", "Pair", "Plan",
    "ReleaseRefused", "Series", "Settings", "Strict", "Study", "nearest", "open_study", "read_toml",
]
