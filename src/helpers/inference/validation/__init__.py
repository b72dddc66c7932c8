"""Can the methods be trusted on data like these? Simulation under the study's own design, and agreement with R.

`design` reads the study's design; `scenarios` says what may be true; `samples` draws; `methods` are put on trial in
`trial`, families of outcomes in `several`, the other designs in `further`; `verdicts` judges the rates, `readable`
shows them, `store` keeps them. `recovery` draws the whole study anew and `recovered` says what came back. `agreement`
holds the package against R's numbers (reference_cases.json) by `reference_procedures`. No analysis imports this
package: only the notebook that checks the methods, and the tests.
"""

from helpers.inference.validation.agreement import agreement, deviations, reference_cases
from helpers.inference.validation.design import Cells, Design, cells, design
from helpers.inference.validation.further import further
from helpers.inference.validation.methods import METHODS, Method
from helpers.inference.validation.readable import (
    agreement_said,
    agreement_table,
    as_shares,
    blame,
    design_table,
    each_by_itself,
    found,
    headline,
    in_words,
    labels,
    side_by_side,
    worlds,
    worst,
)
from helpers.inference.validation.recovered import recovered_nothing, recovered_said, recovered_table
from helpers.inference.validation.recovery import recovery
from helpers.inference.validation.scenarios import SCENARIOS, Scenario
from helpers.inference.validation.several import several
from helpers.inference.validation.store import save
from helpers.inference.validation.trial import trial

__all__ = [
    "METHODS", "SCENARIOS", "Cells", "Design", "Method", "Scenario", "agreement", "agreement_said", "agreement_table",
    "as_shares", "blame", "cells", "design", "design_table", "deviations", "each_by_itself", "found", "further",
    "headline", "in_words", "labels", "recovered_nothing", "recovered_said", "recovered_table", "recovery",
    "reference_cases", "save", "several", "side_by_side", "trial", "worlds", "worst",
]
