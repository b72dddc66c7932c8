"""How many standard errors an interval reaches, and the interval that reaches so far to either side."""

from scipy.special import ndtri


def errors_reached(confidence: float) -> float:
    """The standard normal quantile at (1 + confidence)/2: 1.96 for 95%."""
    return float(ndtri((1 + confidence) / 2))


class NormalInterval:
    """The interval of a result that has `effect`, `se` and `confidence`: symmetric, by the normal distribution."""

    effect: float
    se: float
    confidence: float

    @property
    def ci_low(self) -> float:
        return self.effect - errors_reached(self.confidence) * self.se

    @property
    def ci_high(self) -> float:
        return self.effect + errors_reached(self.confidence) * self.se
