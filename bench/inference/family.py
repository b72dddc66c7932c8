"""One family of outcomes to permute: so many records in so many strata, six levels, some answers missing."""

from dataclasses import dataclass

import numpy as np

LEVELS = 6
SHARE = 0.3  # of the records in the group compared
STRATA = 8


@dataclass(frozen=True)
class Data:
    """Records × outcomes of levels, −1 where missing; who is compared; the stratum."""

    codes: np.ndarray
    compared: np.ndarray
    stratum: np.ndarray

    @property
    def strata(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Who is compared and the levels, stratum by stratum."""
        return [(self.compared[self.stratum == code], self.codes[self.stratum == code])
                for code in range(int(self.stratum.max()) + 1)]


def drawn(records: int = 754, outcomes: int = 20, *, missing: float = 0.0, seed: int = 1) -> Data:
    """A made-up family: strata of unequal size, answers of one record going together, a small effect."""
    rng = np.random.default_rng(seed)
    share = np.linspace(1, 3, STRATA)
    stratum = np.repeat(np.arange(STRATA), np.diff(np.rint(np.cumsum([0, *share / share.sum()]) * records)).astype(int))
    compared = rng.random(records) < SHARE
    latent = rng.standard_normal((records, 1)) + rng.standard_normal((records, outcomes)) - 0.15 * compared[:, None]
    codes = np.clip(np.rint(latent + 2.5), 0, LEVELS - 1).astype(np.int64)
    return Data(np.where(rng.random(codes.shape) < missing, -1, codes), compared, stratum)
