"""The study folder as typed objects: it refuses what it does not know."""

from helpers.study.by_hand import check_parameters
from helpers.study.faults import InputFault, ReleaseRefused, nearest
from helpers.study.folder import Study, open_study
from helpers.study.parameters import Parameter, parameters_in
from helpers.study.plan import EVERY, Claim, Contrast, Family, OfficialTest, Pair, Plan, Series
from helpers.study.secrets import Secret, secret
from helpers.study.settings import Extract, Group, Settings
from helpers.study.strict import Strict, read_toml

__all__ = [
    "EVERY",
    "Claim",
    "Contrast",
    "Extract",
    "Family",
    "Group",
    "InputFault",
    "OfficialTest",
    "Pair",
    "Parameter",
    "Plan",
    "ReleaseRefused",
    "Secret",
    "Series",
    "Settings",
    "Strict",
    "Study",
    "check_parameters",
    "nearest",
    "open_study",
    "parameters_in",
    "read_toml",
    "secret",
]
