"""On the page of a record that is evidence: which undertakings it shows to have come to something."""

from partnerships.records.columns import record, text
from partnerships.records.kinds import Panel

SHOWS = Panel(
    "Evidence for",
    lambda one, look: look.seen(one.evidence_for.select_related("undertaking")),
    (record("undertaking", "Undertaking"), text("words", "What it shows", may_be_empty=True)),
)
