"""What the sources say about one record: its statements, by field, and where they differ."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope_to
from partnerships.sources.models import Basis, Rank, Statement
from partnerships.values.prepared import Given, prepared


@dataclass(frozen=True)
class Evidence:
    """The statements about a record or one of its fields, the preferred first."""

    statements: list[Statement]

    def for_field(self, name: str) -> "Evidence | None":
        """What is said about one field, or None where nothing is."""
        found = [one for one in self.statements if one.field == name]
        return Evidence(found) if found else None

    @cached_property
    def first(self) -> Statement:
        """The statement that is shown beside the field."""
        return self.statements[0]

    @cached_property
    def shown(self) -> list[Statement]:
        """The statements that are cited beside the field: the first of each basis, so that none hides a weaker one."""
        if self.differs or not self.quoted:
            return [self.first]
        firsts = {one.basis: one for one in reversed(self.quoted)}
        return [firsts[basis] for basis in Basis.quoted() if basis in firsts]

    @cached_property
    def differs(self) -> bool:
        """Whether sources disagree: one is preferred above others, or one is deprecated."""
        return len(self.statements) > 1 and any(one.rank != Rank.NORMAL for one in self.statements)

    @cached_property
    def quoted(self) -> list[Statement]:
        """Those that rest on words of a source."""
        return [one for one in self.statements if one.basis in Basis.quoted()]

    @cached_property
    def added(self) -> list[Statement]:
        """Those that no document gives: general knowledge, and what is expressly not stated."""
        return [one for one in self.statements if one.basis not in Basis.quoted()]

    @cached_property
    def sources(self) -> int:
        """How many sources speak."""
        return len({one.source_id for one in self.quoted})


ORDER = {Rank.PREFERRED: 0, Rank.NORMAL: 1, Rank.DEPRECATED: 2}


@prepared
def statements_for(role: Role) -> QuerySet:
    """The statements about a record, with their sources, as far as a role sees them."""
    about = Statement.objects.filter(record_kind=Given("kind"), record_id=Given("record_id"))
    found = scope_to(role, about).select_related("source", "said_by").defer("source__text")
    return found.order_by("source__file_name", "paragraph", "pk")


def evidence_of(kind: str, record_id: int, user) -> Evidence:
    """All statements about a record that the user may see, in one query."""
    found = statements_for(role_of(user), kind=kind, record_id=record_id)
    for one in found:
        if one.said_by and one.said_by.visibility > role_of(user):
            one.said_by = None
    return Evidence(sorted(found, key=lambda one: (one.basis not in Basis.quoted(), ORDER[Rank(one.rank)])))
