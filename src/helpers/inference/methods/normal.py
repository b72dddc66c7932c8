"""How many standard errors an interval reaches."""

from scipy.special import ndtri


def errors_reached(confidence: float) -> float:
    """The standard normal quantile at (1 + confidence)/2: 1.96 for 95%."""
    return float(ndtri((1 + confidence) / 2))
