"""planted.toml as an object: the numbers the generator reads, and one stream of chance an extract."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np

FILE = Path(__file__).with_name("planted.toml")


@dataclass(frozen=True)
class Partnership:
    """One partnership: its size in each extract, the share of leavers in its records, and its latent quality."""

    id: str
    frame: int
    records: int
    leavers: float
    quality: float
    staff: int
    inspected: date


@dataclass(frozen=True)
class Planted:
    """The planted file, and the seed in use."""

    seed: int
    files_dated: date
    partnerships: list[Partnership]
    truths: dict[str, dict]
    mess: dict[tuple[str, str], int]

    def values(self, truth: str) -> dict:
        """The parameters of one truth."""
        return self.truths[truth]["values"]

    def rows(self, extract: str, mess: str) -> int:
        """How many rows of an extract one kind of mess affects."""
        return self.mess[extract, mess]

    @property
    def quality(self) -> dict[str, float]:
        return {partnership.id: partnership.quality for partnership in self.partnerships}

    def stream(self, extract: str) -> np.random.RandomState:
        """The extract's own stream, so that a change to one extract leaves the others as they were.

        RandomState, since numpy promises that its stream never changes; only uniforms are drawn from it, since
        normals pass through the machine's own logarithm.
        """
        return np.random.RandomState([self.seed, crc32(extract.encode())])


def read_planted(seed: int | None = None) -> Planted:
    """The planted file with its own seed, or with `seed`."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Planted(
        seed=content["seed"] if seed is None else seed,
        files_dated=date.fromisoformat(content["files_dated"]),
        partnerships=[
            Partnership(**{**row, "inspected": date.fromisoformat(row["inspected"])}) for row in content["partnerships"]
        ],
        truths={truth["name"]: truth for truth in content["truths"]},
        mess={(mess["extract"], mess["name"]): mess["rows"] for mess in content["mess"]},
    )
