"""How the workshop lists large tables: pages without counting all, and conditions without long lists of values."""

from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from partnerships.records.kinds import kinds

COUNTED = 1_000
DEEPEST = 10_000


class CappedPaginator(Paginator):
    """Counts a thousand rows, or one page beyond the one that was asked for; the last of ten thousand is the last."""

    def __init__(self, *args, asked: int = 1, **kwargs):
        super().__init__(*args, **kwargs)
        self.reach = min(max(COUNTED, asked * self.per_page), DEEPEST)

    @cached_property
    def found(self) -> int:
        """How many rows there are, as far as they are counted: one more than the reach where there are more."""
        return self.object_list.order_by().values("pk")[: self.reach + 1].count()

    @property
    def count(self) -> int:
        """How many rows the pages hold."""
        return min(self.found, DEEPEST)

    @property
    def more_than(self) -> int:
        """The number that is surely exceeded, or 0 where the count is exact."""
        return self.reach if self.found > self.reach else 0


class KindFilter(admin.SimpleListFilter):
    """The kind of record that a row speaks of; the kinds are known without looking through the table."""

    title = "kind of record"
    parameter_name = "record_kind"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        """Every kind of the register."""
        return [(kind.name, kind.plural) for kind in kinds()]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        """The rows of that kind; of one that doesn't exist there are none."""
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class TypedFilter(admin.SimpleListFilter):
    """A condition that is typed, since its values are too many to list."""

    template = "admin/typed_filter.html"
    input_type = "text"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        """Nothing to choose from; a filter without an entry is not drawn at all."""
        return [("", "any")]

    def choices(self, changelist):
        """The other conditions, which the typed one is to keep."""
        yield {"kept": [(name, value) for name, value in changelist.params.items() if name != self.parameter_name]}

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        """The rows for which the condition holds."""
        typed = (self.value() or "").strip()
        return self.narrowed(queryset, typed) if typed else queryset

    def narrowed(self, rows: QuerySet, typed: str) -> QuerySet:
        """The rows for which it holds; said by each condition."""
        raise NotImplementedError


class DayFilter(TypedFilter):
    """The day on which something happened, as the register's own clock tells it."""

    title = "day"
    parameter_name = "day"
    input_type = "date"
    field = "at"

    def narrowed(self, rows: QuerySet, typed: str) -> QuerySet:
        """The rows of that day; what is no day has none."""
        try:
            start = timezone.make_aware(datetime.combine(date.fromisoformat(typed), time.min))
            return rows.filter(**{f"{self.field}__gte": start, f"{self.field}__lt": start + timedelta(days=1)})
        except (ValueError, OverflowError):
            return rows.none()
