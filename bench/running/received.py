"""The fixed workload's data: four small extracts of made-up answers, spelt carelessly, the same for the same seed."""

from pathlib import Path

import numpy as np
import pandas as pd

PARTNERSHIPS = [f"CPP_{number:02}" for number in range(1, 9)]
GROUPS = ["Leaving care", "Looked after"]
WELLBEING = ["Very poor", "Poor", "Adequate", "Good", "Very good", "Excellent"]
AGREEMENT = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]
SEED = 20200115


def write(folder: Path, seed: int = SEED) -> None:
    """records.csv, staff.csv, young_people.csv and parents.csv in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    for name, extract in (("records", _records), ("staff", _staff), ("young_people", _young_people),
                          ("parents", _parents)):
        extract(rng).to_csv(folder / f"{name}.csv", index_label="id", lineterminator="\n")


def _records(rng: np.random.Generator, size: int = 3000) -> pd.DataFrame:
    group = rng.choice(GROUPS, size, p=[0.3, 0.7])
    level = rng.normal(2.8, 1.2, size) - 0.3 * (group == GROUPS[0])
    born = pd.Timestamp("2002-01-01") + pd.to_timedelta(rng.integers(0, 5000, size), unit="D")
    return pd.DataFrame({
        "partnership": rng.choice(PARTNERSHIPS, size), "group": _careless(rng, group),
        "born": born.strftime("%d/%m/%Y"), "placements": rng.poisson(2.2, size),
        "wellbeing": _careless(rng, np.array(WELLBEING)[np.clip(level.round().astype(int), 0, 5)]),
    })


def _staff(rng: np.random.Generator, size: int = 2000) -> pd.DataFrame:
    opinion = rng.normal(2.6, 0.8, size)
    answers = {f"q{number}": _careless(rng, np.array(AGREEMENT)[_levels(opinion + rng.normal(0, 0.8, size))])
               for number in range(1, 7)}
    return pd.DataFrame({"partnership": rng.choice(PARTNERSHIPS, size),
                         "role": rng.choice(["Social work", "Health", "Education"], size), **answers})


def _young_people(rng: np.random.Generator, size: int = 1200) -> pd.DataFrame:
    hope = rng.normal(6.2, 2.0, size)
    return pd.DataFrame({
        "partnership": rng.choice(PARTNERSHIPS, size), "age": rng.integers(11, 26, size),
        "safe": _careless(rng, np.where(rng.random(size) < 0.8, "Yes", "No")),
        "hopeful": np.clip(hope.round(), 0, 10), "listened": np.clip((hope + rng.normal(0, 1.5, size)).round(), 0, 10),
    })


def _parents(rng: np.random.Generator, size: int = 800) -> pd.DataFrame:
    heard = rng.normal(2.4, 1.1, size)
    return pd.DataFrame({
        "partnership": rng.choice(PARTNERSHIPS, size), "months": rng.gamma(2, 4, size).round(1),
        "heard": _careless(rng, np.array(AGREEMENT)[_levels(heard)]),
        "helped": _careless(rng, np.array(AGREEMENT)[_levels(heard + rng.normal(0.2, 0.9, size))]),
    })


def _levels(values: np.ndarray) -> np.ndarray:
    return np.clip(values.round().astype(int), 0, len(AGREEMENT) - 1)


def _careless(rng: np.random.Generator, words: np.ndarray) -> np.ndarray:
    """The words with spaces and capitals as people type them, and one in twenty-five missing."""
    spelt = [np.char.upper(words.astype(str)), np.char.add(" ", words.astype(str)), words.astype(str)]
    chosen = np.choose(rng.choice(3, len(words), p=[0.1, 0.1, 0.8]), spelt)
    return np.where(rng.random(len(words)) < 0.04, "", chosen)
