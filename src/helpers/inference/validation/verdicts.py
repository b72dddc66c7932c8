"""What a rate says of a method, in plain words: never more than so many samples can tell."""

import numpy as np

BEYOND = 3  # Monte Carlo standard errors: a trial has a hundred rates, and at 2 several would be blamed by chance

AS_CLAIMED = "within chance of {target:.0%}: less than {leeway:.1f} points off"
ABOVE = {
    "error": "rejects a true null too often",
    "family error": "finds something too often where nothing is",
    "coverage": "covers more often than it says",
    "false assurance": "declares no important difference too often where there is one",
}
BELOW = {
    "error": "rejects a true null too rarely: cautious",
    "family error": "finds something too rarely where nothing is: cautious",
    "coverage": "misses the true value too often",
    "false assurance": "declares no important difference more rarely than it may: cautious",
}
DETECTS = "rejects a null that is false here, in {observed:.0%} of samples"
CLAIMS_NOTHING = {
    "assurance": "declares no important difference, as it is, in {observed:.0%} of samples",
}


def verdict(measure: str, observed: float, target: float, samples: int) -> str:
    """One phrase on one rate; `target` is what the method claims, NaN where it claims nothing."""
    if not samples or np.isnan(observed):
        return "not estimable"
    if np.isnan(target):
        return CLAIMS_NOTHING.get(measure, DETECTS).format(observed=observed)
    leeway = BEYOND * resolution(target, samples)
    if observed > target + leeway:
        return ABOVE[measure]
    if observed < target - leeway:
        return BELOW[measure]
    return AS_CLAIMED.format(target=target, leeway=100 * leeway)


def resolution(target: float, samples: int) -> float:
    """The standard error of a rate that is as claimed."""
    return float(np.sqrt(target * (1 - target) / samples))
