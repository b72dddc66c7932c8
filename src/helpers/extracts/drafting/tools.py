"""Columns that survey tools add by themselves, and what becomes of each."""

import re
from collections.abc import Collection
from typing import Literal

from helpers.extracts.codebooks.spelling import folded_header

Use = Literal["ignore", "identifier", "status", "channel", "finished", "progress", "submitted", "drop"]

# SurveyMonkey, Qualtrics, LimeSurvey, SurveyGizmo/Alchemer, Google Forms, Microsoft Forms, Smart Survey, Snap.
_OWN: dict[Use, str] = {
    "identifier": "respondent id|respondentid|response id|responseid|response number|respondent number|respondent|response no|"
                  "user id|userid|contact id|id",
    "status": "status|response type|response status|completion status",
    "channel": "distributionchannel|distribution channel|collector|channel",
    "finished": "finished|completed|is complete",
    "progress": "progress|percent complete|completion rate",
    "submitted": "submitdate|date submitted|completion time|submitted at|submission date|enddate|end date|recordeddate|recorded date",
    "drop": "ipaddress|ip address|ip addr|recipientlastname|recipientfirstname|recipientemail|recipient last name|recipient first name|"
            "recipient email|email address|email|first name|last name|locationlatitude|locationlongitude|location latitude|"
            "location longitude|latitude|longitude|user agent|useragent|username|postal|token|externalreference|"
            "external data reference|external reference|custom data|extended referer|referer|refurl|sessionid|session id|name",
    "ignore": "startdate|start date|start time|time started|started at|date created|date modified|timestamp|datestamp|"
              "duration (in seconds)|duration|time taken|seconds to complete|total time|userlanguage|user language|startlanguage|"
              "start language|language|lastpage|last page|seed|collector id|collectorid|collector nm|legacy comments|"
              "interviewtime|score|sc0|tags|q_recaptchascore|q_relevantidduplicate|q_totalduration|survey id|version",
}
_USES = {name: use for use, names in _OWN.items() for name in names.split("|")}
_ONLY_WITH_OTHERS = {  # words that an instrument may ask for itself, so that they mean the tool only beside its other columns
    "status", "id", "language", "score", "version", "duration", "name", "email", "completed", "tags", "seed", "channel", "progress",
    "respondent", "start date", "end date", "startdate", "enddate", "timestamp", "token", "total time", "first name", "last name",
    "postal", "latitude", "longitude", "finished",
}
_TIMER = re.compile(r"(groep|group|question)?time\d+|.*_(first click|last click|page submit|click count)|.* - (first click|last click|"
                    r"page submit|click count)")
_SIGNS = 2  # of a tool's own columns, that it was a tool that wrote the file

CONSENT = re.compile(
    r"\bconsent|\b(agree|happy|willing|like|want|wish) to (take part|participate|complete (this|the) survey|proceed|continue with)|"
    r"\bdo you agree to\b|\btake part\?")
TEST_ROWS = re.compile(r"(survey )?(preview|test)(ing)?( response| mode)?|spam|.*\(preview\)", re.IGNORECASE)
PARTIAL = re.compile(r"partial|incomplete|disqualified|abandoned|in progress|started|not complete(d)?|unfinished|deleted", re.IGNORECASE)
# What Qualtrics says of how a response came in, in words and in figures, whether or not the file has such rows already.
QUALTRICS_STATUS = {"IP Address": ("0",), "Survey Preview": ("1",), "Survey Test": ("2",), "Imported": ("4",), "Spam": ("8",)}


def signs_of_a_tool(headers: Collection[tuple[str, ...]]) -> bool:
    """Whether some headers are such that only a survey tool writes them; `headers`: the folded names of each."""
    names = [name for each in headers for name in each[:1]]
    return sum(name in _USES for name in names) >= _SIGNS and any(
        name in _USES and name not in _ONLY_WITH_OTHERS for name in names)


def use_of(names: tuple[str, ...], in_tool: bool) -> Use | None:
    """What becomes of a tool's own column with those folded names; None for a column of the instrument."""
    for name in names[:2]:
        if _TIMER.fullmatch(name) and in_tool:
            return "ignore"
        if name in _USES and (in_tool or name not in _ONLY_WITH_OTHERS):
            return _USES[name]
    return None


def asks_consent(wording: str) -> bool:
    """Whether the question asks for consent."""
    return bool(CONSENT.search(folded_header(wording)))
