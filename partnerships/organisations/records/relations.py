"""Relations of organisations and places, as tables on the pages of either."""

from django.db.models import Q

from partnerships.organisations.models import (
    Relation,
)
from partnerships.records.columns import honest, record, text


def told(relations, one) -> list[Relation]:
    """Each relation as said of this record: `words`, and the record `other` at its other end."""
    found = []
    for relation in relations:
        relation.words, relation.other = relation.said_of(one)
        found.append(relation)
    return found


def relations_of(one, look, *ends: str) -> list[Relation]:
    """The relations that start or end at a record, in one query."""
    here = Q()
    for end in ends:
        here |= Q(**{end: one})
    rows = look.seen(Relation.objects.filter(here))
    return told(rows.select_related("organisation", "place", "to_organisation", "to_person", "to_place"), one)


RELATION_COLUMNS = (
    text("words", "Relation", sort=()),
    record("other", "Other side", sort=()),
    honest("since", "Since", may_be_empty=True),
    text("note", "Note", may_be_empty=True),
)
