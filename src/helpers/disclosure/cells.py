"""What a number is called and how it is written: cell ids, counts, whole percentages, one symbol."""

import math

WITHHELD = "[c]"  # confidential, as the UK Analysis Function defines it; the same for every reason to withhold
NOT_APPLICABLE = "[z]"  # a share of nobody
EVERYWHERE = "all"  # all partnerships together

# Decimals of what is published besides counts. Finer figures would let a withheld count be solved back out of them.
EFFECT_DECIMALS = 2
STATISTIC_DECIMALS = 1
YEARLY_DECIMALS = 4  # a change of share a year rests on sums of annual returns, never on single records
P_DECIMALS = (3, 2, 1)  # the finest that tells no withheld count
CLAIM_DECIMALS = 3  # a claim's sentence gives its estimate one decimal of a percentage point finer


def cell_id(family: str, outcome: str, partnership: str, group: str, answer: str, analysis: str = "main") -> str:
    """The name under which a number is registered, released and found again in a finished page."""
    stage = family if analysis == "main" else f"{family}@{analysis}"
    return ".".join([stage, outcome, partnership, group, answer])


def count_text(count: int) -> str:
    """1,234 as a reader sees it."""
    return f"{int(count):,}"


def whole_percent(share: float, step: int = 1) -> int:
    """The share as whole percent in steps of `step`, rounded as every report rounds it."""
    return step * int(f"{100 * share / step:.0f}")


def rounded_p(p_value: float, decimals: int) -> float:
    """The p-value in so many decimals; what would round to 0 is the smallest step, so that p is never understated.

    Three decimals do round to 0: a reader sees "< 0.001".
    """
    return max(round(p_value, decimals), 0.0 if decimals == max(P_DECIMALS) else 10.0**-decimals)


def percent_text(share: float, step: int = 1) -> str:
    """62% as a reader sees it; [z] where there is nobody to have a share of."""
    return NOT_APPLICABLE if math.isnan(share) else f"{whole_percent(share, step)}%"
