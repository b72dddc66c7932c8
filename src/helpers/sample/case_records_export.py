"""Case records as the eight partnerships' readers sent them: headers, spellings, and the planted mess."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import RandomState

from helpers.sample.case_records import records
from helpers.sample.chance import some
from helpers.sample.children import LOOKED_AFTER, read_records
from helpers.sample.mess import overwrite, repeat, respell
from helpers.sample.planted import Planted
from helpers.sample.pre_inspection_return import YES_NO, spelled
from helpers.sample.rendering import NOTICE, write_workbook

INDICATORS = ["safe", "healthy", "achieving", "nurtured", "active", "respected", "responsible", "included", "overall"]

# Framework codes head some columns: "2.1" and "2.10" are two columns, not one number.
HEADERS = {
    "partnership": "Partnership", "record_id": "Child reference", "age": "Age", "sex": "Sex",
    "simd_quintile": "SIMD quintile", "legal_basis": "Legal basis", "placement": "Placement type",
    "care_type": "Care type as recorded", "aftercare": "In receipt of aftercare",
    "on_register": "On child protection register", "inspection_date": "Date read",
    "date_entered_care": "Date entered care", "date_left_care": "Date left care", "reader_pair": "Reader pair",
    "sources_read": "Sources read", "qi_reference": "QI ref",
    **{f"level_{name}": f"2.1 Impact – {name}" for name in INDICATORS[:-1]}, "level_overall": "2.1",
    **{f"improvement_{name}": f"1.1 Improvement – {name}" for name in INDICATORS},
    "rating_assessment": "5.3 Assessment", "rating_plan": "5.3", "rating_reviews": "5.3 Reviews",
    "rating_involvement": "5.4", "rating_chronology": "Chronology", "rating_support_to_achieve": "2.10",
    "pathway_plan": "Pathway plan", "accommodation": "Accommodation", "health_assessment": "Health assessment",
    "trusted_adult": "Trusted adult", "learning_or_work": "In learning or work", "reviewed_on_time": "Reviewed on time",
    "placements_count": "Number of placements", "out_of_area": "Placed out of area",
    **{f"risk_{risk}_{what}": f"Risk – {risk.replace('_', ' ')}: {what}"
       for risk in ("immediate", "domestic_abuse", "sexual_exploitation", "neglect")
       for what in ("present", "recognised")},
}
# One partnership's older template names the wellbeing columns otherwise.
OTHER_HEADERS = {
    **{f"level_{name}": f"{name.capitalize()} - level" for name in INDICATORS},
    **{f"improvement_{name}": f"{name.capitalize()} - improvement" for name in INDICATORS},
}
LABELS = {
    "unsatisfactory": "Unsatisfactory", "weak": "Weak", "adequate": "Adequate", "good": "Good",
    "very_good": "Very good", "excellent": "Excellent",
    "got_worse": "Got worse", "stayed_the_same": "Stayed the same", "improved": "Improved", **YES_NO,
}
CARE_TYPE = {
    "at_home": "Looked after at home", "kinship": "Kinship", "foster": "Foster", "residential": "Residential",
    "continuing_care": "Continuing care", "leaving_care": "Aftercare", "not_looked_after": "Not looked after",
}
SOURCES = {"all_services": "All services", "social_work_only": "Social work only"}
ACCOMMODATION = {
    "own_tenancy": "Own tenancy", "supported": "Supported accommodation", "with_family": "With family",
    "with_former_carers": "With former carers", "student": "Student accommodation",
    "temporary_or_homeless": "Temporary or homeless", "other": "Other",
}
SIX_POINT = [name for name in HEADERS if name.startswith(("level_", "rating_"))]
ANSWERS = [*SIX_POINT, *(name for name in HEADERS if name.startswith(("improvement_", "risk_"))),
           "pathway_plan", "health_assessment", "trusted_adult", "learning_or_work", "reviewed_on_time", "out_of_area"]


def write(folder: Path, planted: Planted, frame: pd.DataFrame) -> list[Path]:
    """case_records/CPP_01.xlsx and so on."""
    chance = planted.stream("case_records_export")
    drawn = records(planted, read_records(planted, frame))
    exported = _misspelled(planted, chance, _worded(_spoilt(planted, chance, drawn)))
    exported = _repeated(planted, chance, exported)
    return [_write_one(folder, planted, place.id, exported[exported["workbook"] == place.id])
            for place in planted.partnerships]


def _write_one(folder: Path, planted: Planted, place: str, table: pd.DataFrame) -> Path:
    headers = {**HEADERS, **OTHER_HEADERS} if place == "CPP_06" else HEADERS
    table = table[list(HEADERS)]
    if place == "CPP_03":  # dates typed as text
        table = table.assign(**{name: [day.strftime("%d/%m/%Y") if hasattr(day, "strftime") else day
                                       for day in table[name]]
                                for name in ("inspection_date", "date_entered_care", "date_left_care")})
    if place == "CPP_05":  # bare numbers
        code = {label: number for number, label in enumerate(list(LABELS.values())[:6], start=1)}
        table = table.assign(**{name: [code.get(cell, cell) for cell in table[name]] for name in SIX_POINT})
    return write_workbook(folder / "case_records" / f"{place}.xlsx", table.rename(columns=headers), sheet="Records",
                          dated=planted.files_dated, preamble=[NOTICE, f"Record reading, partnership {place}"])


def _spoilt(planted: Planted, chance: RandomState, drawn: pd.DataFrame) -> pd.DataFrame:
    """Records that cleaning must set aside, or note."""
    def places(mess: str) -> np.ndarray:
        return np.flatnonzero(drawn["spoilt"] == mess)

    spoilt = overwrite(drawn, places("aged_27"), "age", 27)
    spoilt = overwrite(spoilt, places("aftercare_at_15"), "age", 15)
    wrong = places("dates_in_wrong_order")
    before = [day - timedelta(days=400) for day in spoilt["date_entered_care"].iloc[wrong]]
    spoilt = overwrite(spoilt, wrong, "date_left_care", before)
    for place in places("not_in_the_frame"):
        spoilt = overwrite(spoilt, [place], "record_id", f"{spoilt['record_id'].iloc[place][:4]}9901")
    spoilt = overwrite(spoilt, places("no_legal_basis"), "legal_basis", None)
    continuing = (spoilt["care_group"] == "continuing_care") & spoilt["placement"].str.startswith("foster")
    return overwrite(spoilt, some(chance, continuing, planted.rows("case_records", "continuing_care_as_foster")),
                     "care_type", "foster")


def _worded(drawn: pd.DataFrame) -> pd.DataFrame:
    """The records in the export's own words."""
    words = dict.fromkeys(ANSWERS, LABELS)
    words |= {"care_type": CARE_TYPE, "sources_read": SOURCES, "accommodation": ACCOMMODATION}
    return spelled(drawn).assign(
        workbook=drawn["partnership"],
        **{name: drawn[name].astype(object).map(labels) for name, labels in words.items()},
    )


def _misspelled(planted: Planted, chance: RandomState, exported: pd.DataFrame) -> pd.DataFrame:
    """The planted spellings, outside the workbook of bare numbers."""
    def rows(mess: str) -> int:
        return planted.rows("case_records", mess)

    numbers, rest = exported[exported["workbook"] == "CPP_05"], exported[exported["workbook"] != "CPP_05"]
    rest = respell(rest, chance, SIX_POINT, of="Very good", into=["5: very good", "5: Very good", "5"],
                   rows=rows("number_and_label"))
    rest = respell(rest, chance, SIX_POINT, of="Adequate", into=["Satisfactory"], rows=rows("satisfactory"))
    rest = respell(rest, chance, SIX_POINT, of="Good", into=[" GOOD ", "good", "Good  "],
                   rows=rows("spaces_and_capitals"))
    rest = respell(rest, chance, ["qi_reference"], of="2.1", into=["2-1"],
                   rows=rows("quality_indicator_codes"))
    looked_after = rest["care_type"].isin([CARE_TYPE[group] for group in LOOKED_AFTER])
    rest = overwrite(rest, some(chance, looked_after, rows("not_applicable_spelled")), "accommodation", "n/a")
    return pd.concat([rest, numbers]).sort_index(kind="stable")


def _repeated(planted: Planted, chance: RandomState, exported: pd.DataFrame) -> pd.DataFrame:
    """Rows sent twice: in one workbook alike, in a neighbour's less complete."""
    whole = exported["spoilt"] == ""
    exported = repeat(exported, some(chance, whole & (exported["workbook"] == "CPP_01"),
                                     planted.rows("case_records", "exact_duplicates")))
    shared = some(chance, (exported["spoilt"] == "") & (exported["workbook"] == "CPP_02"),
                  planted.rows("case_records", "record_in_two_workbooks"))
    copies = exported.iloc[shared].assign(workbook="CPP_03", rating_assessment=None, rating_plan=None,
                                          rating_reviews=None, trusted_adult="DK")
    return pd.concat([exported, copies], ignore_index=True)
