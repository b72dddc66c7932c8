"""The pre-inspection return: one workbook a partnership, listing every child it answers for."""

from pathlib import Path

import pandas as pd

from helpers.sample.chance import some
from helpers.sample.mess import repeat, respell
from helpers.sample.planted import Planted
from helpers.sample.rendering import NOTICE, write_workbook

HEADERS = {
    "partnership": "Partnership", "record_id": "Child reference", "age": "Age at return date", "sex": "Sex",
    "simd_quintile": "SIMD quintile", "legal_basis": "Legal basis", "placement": "Placement type",
    "aftercare": "In receipt of aftercare", "on_register": "On child protection register",
    "referred": "Referred for voluntary measures (last 12 months)",
}
SEX = {"male": "Male", "female": "Female"}
LEGAL_BASIS = {
    "cso_home": "CSO - at home", "cso_away": "CSO - away from home", "interim_cso": "Interim CSO",
    "s25": "Section 25", "permanence_order": "Permanence order", "none": "None",
}
PLACEMENT = {
    "at_home": "At home with parents", "kinship": "With friends or relatives (kinship)",
    "foster_provided": "Foster carers provided by local authority",
    "foster_purchased": "Foster carers purchased by local authority",
    "prospective_adopters": "With prospective adopters", "other_community": "Other community",
    "local_authority_home": "Local authority home", "voluntary_home": "Voluntary home",
    "residential_school": "Residential school", "secure": "Secure accommodation",
    "other_residential": "Other residential", "none": "Not in a placement",
}
YES_NO = {"yes": "Yes", "no": "No"}


def write(folder: Path, planted: Planted, frame: pd.DataFrame) -> list[Path]:
    """pre_inspection_return/CPP_01.xlsx and so on."""
    chance = planted.stream("pre_inspection_return")
    return_ = respell(
        spelled(frame), chance, ["legal_basis"], of=LEGAL_BASIS["cso_away"], into=["Supervision requirement"],
        rows=planted.rows("pre_inspection_return", "old_legal_terms"),
    )
    twice = some(chance, return_["partnership"].isin(["CPP_02", "CPP_04"]),
                 planted.rows("pre_inspection_return", "child_listed_twice"))
    return_ = repeat(return_, twice)
    return [
        write_workbook(
            folder / "pre_inspection_return" / f"{place.id}.xlsx",
            return_.loc[return_["partnership"] == place.id, list(HEADERS)].rename(columns=HEADERS),
            sheet="Children", dated=planted.files_dated,
            preamble=[NOTICE, f"Pre-inspection return, partnership {place.id}, return date {place.inspected:%d/%m/%Y}",
                      "No names, CHI numbers, dates of birth or postcodes, please."],
        )
        for place in planted.partnerships
    ]


def spelled(frame: pd.DataFrame) -> pd.DataFrame:
    """The children's columns in the return's own words."""
    return frame.assign(
        sex=frame["sex"].map(SEX), legal_basis=frame["legal_basis"].map(LEGAL_BASIS),
        placement=frame["placement"].map(PLACEMENT),
        **{column: frame[column].map(YES_NO) for column in ("aftercare", "on_register", "referred")},
    )
