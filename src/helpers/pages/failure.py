"""What a run says that did not end well."""

from typing import Any

from helpers.pages.about import About, about
from helpers.pages.frame import render

# Only these carry sentences written to be read by anyone; any other fault's message may quote a record.
SPEAKABLE = {"InputFault", "ReleaseRefused"}
STATES = {
    "failed": "A cell failed", "timeout": "It took too long", "dead kernel": "Its process died",
    "out of memory": "It ran out of memory", "missing output": "It did not write what it should have",
    "cancelled": "It was cancelled", "skipped": "It was not run",
}


def failure_page(record: dict[str, Any], study=None) -> str:
    """What failed, where, why and what to do, in plain words; never source, traceback or a value out of a record."""
    page = About.of(about(study)) if study else About()
    error = record.get("error_name", "")
    message = record.get("message", "") if error in SPEAKABLE else ""
    state = str(record.get("state", ""))
    return render("failure.html.j2", page, title=f"{record['notebook']} did not finish", question="", contents=[],
                  record=record, message=message, error=error, state=STATES.get(state, state.capitalize()),
                  parameters=record.get("parameters") or {})
