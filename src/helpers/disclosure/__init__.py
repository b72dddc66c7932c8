"""Counts → publishable counts: what is withheld, the attack that checks it, and the gate over finished files."""

from helpers.disclosure.audit import Audit, audit
from helpers.disclosure.cells import WITHHELD, cell_id
from helpers.disclosure.protected import Protected, protect
from helpers.disclosure.registry import registry
from helpers.disclosure.release import Release, read_release, write_release
from helpers.disclosure.system import Registry

__all__ = [
    "WITHHELD", "Audit", "Protected", "Registry", "Release", "audit", "cell_id", "protect", "read_release", "registry",
    "write_release",
]
