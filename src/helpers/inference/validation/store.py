"""What the checks found, kept in data/processed."""

import pandas as pd

from helpers.study import Study


def save(study: Study, headline: pd.DataFrame, agreement: pd.DataFrame) -> None:
    """Keeps the two frames as validation/headline and validation/agreement."""
    study.write("validation/headline", headline)
    study.write("validation/agreement", agreement)
