"""What became of an undertaking: what shows it, and the follow-ups that keep the promise."""

from django.db.models import Prefetch, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.access.models import Record
from partnerships.access.roles import Role
from partnerships.records.columns import draw_record, hidden
from partnerships.records.kinds import Column
from partnerships.undertakings.models import EVIDENCE_OF, Evidence, Undertaking
from partnerships.values.draw import draw_status, draw_text, joined
from partnerships.visits.filters import state_of
from partnerships.visits.models import FollowUp
from partnerships.visits.records.follow_ups import TONES

NOTHING_YET = "nothing recorded yet"


def with_what_became(rows: QuerySet, look) -> list[Undertaking]:
    """The undertakings with their evidence and follow-ups, as far as the reader may see these; three queries."""
    shown = look.seen(Evidence.objects.select_related(*EVIDENCE_OF, "cohort__programme"))
    found = list(
        rows.prefetch_related(Prefetch("shown_by", shown), Prefetch("follow_ups", look.seen(FollowUp.objects.all())))
    )
    for line in found:
        for follow_up in line.follow_ups.all():
            follow_up.state = state_of(follow_up, look.today)
    return found


def draw_evidence(one: Evidence, role: Role) -> SafeString:
    """The record, or the note, with what it shows."""
    what = draw_record(one.record, role) if isinstance(one.record, Record) else draw_text(str(one.record))
    return format_html("{}: {}", what, draw_text(one.words)) if one.words and not hidden(one.record, role) else what


def draw_became(line: Undertaking, role: Role) -> SafeString:
    """All that is recorded, one per line; in violet words, that there is nothing yet."""
    drawn = [draw_text(line.evidence)] if line.evidence else []
    drawn += [draw_evidence(one, role) for one in line.shown_by.all()]
    drawn += [
        format_html("{} {}", draw_record(one, role), draw_status(one.state.label, TONES[one.state]))
        for one in line.follow_ups.all()
    ]
    if not drawn:
        return format_html('<span class="unk">{}</span>', NOTHING_YET)
    return joined([format_html('<span class="line">{}</span>', one) for one in drawn], SafeString(""))


BECAME = Column("became", "What became of it", lambda line: line, draw=draw_became)
