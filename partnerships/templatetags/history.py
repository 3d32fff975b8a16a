"""How a record's history tells what was done to each row: not what goes without saying on the record's own page."""

from django import template

from partnerships.records.kinds import Kind
from partnerships.values.models import Gap

register = template.Library()
GAP = Gap._meta.model_name


@register.filter
def told_of(row, kind: Kind) -> list:
    """The fields that tell something: of a row that came or went, not the record it hangs on, nor its place there."""
    said = {"order", "record_kind", "record_id", f"{kind.name}_id"}
    return [one for one in row.fields if row.is_record or row.action == "changed" or one.column not in said]


@register.filter
def gap_words(row, kind: Kind) -> str:
    """What came or went with a gap, in a sentence; '' for any other row."""
    if row.kind != GAP or row.action == "changed":
        return ""
    values = {one.column: one.after or one.before for one in row.fields}
    verb = "is kept as" if row.action == "created" else "is no longer kept as"
    words = f"“{kind.label_of(values['field'])}” {verb} {values['state']}."
    return f"{words} {values['note']}" if values.get("note") else words
