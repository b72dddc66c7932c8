"""What a page says of the study and release it belongs to."""

import re
from dataclasses import dataclass, field
from typing import Any

from helpers import __version__

LICENCE = "MIT licence"


@dataclass(frozen=True)
class About:
    """The study as the foot and head of a page name it. Plain values: they travel in a notebook's metadata."""

    title: str = ""
    visibility: str = "internal"  # a page nobody declared public is not
    notice: str = ""
    synthetic: bool = False
    release: str = ""
    plan_hash: str = ""
    period: str = ""
    status: str = ""
    page_title: str = ""
    navigation: list[dict[str, Any]] = field(default_factory=list)  # [{title, href, current?}]
    version: str = __version__
    licence: str = LICENCE

    @classmethod
    def of(cls, metadata: dict[str, Any]) -> "About":
        """What a notebook's `throughcare` metadata say; what this page has no use for is passed over."""
        return cls(**{key: value for key, value in metadata.items() if key in cls.__dataclass_fields__})

    @property
    def public(self) -> bool:
        return self.visibility == "public"

    @property
    def strip(self) -> str:
        """The first sentence of the notice: what stays in sight."""
        return re.split(r"(?<=[.!?])\s", self.notice, maxsplit=1)[0] or ("Synthetic sample." if self.synthetic else "")

    @property
    def notice_rest(self) -> str:
        return self.notice[len(self.strip):].strip()

    @property
    def plan(self) -> str:
        """The plan's hash, short enough to read out."""
        return self.plan_hash[:12]


def about(study, *, visibility: str = "internal", navigation: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The metadata a page needs of a study, as the runner keeps them in a notebook under `throughcare`."""
    settings = study.settings
    return {
        "title": settings.title, "visibility": visibility, "notice": settings.notice, "synthetic": settings.synthetic,
        "release": settings.release, "plan_hash": study.plan_hash, "period": settings.period,
        "status": settings.sign_off.status, "navigation": navigation or [],
    }
