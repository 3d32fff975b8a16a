"""Whether something happened of late: signs of life from any rows, as expressions in the query itself.

A sign counts as certain only where it lies wholly after the day since when is asked; where its dates don't tell, it
makes a life possible, and never more.
"""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Case, CharField, Exists, Q, QuerySet, TextChoices, Value, When

from partnerships.values.prepared import Once


class Life(TextChoices):
    """Whether something happened of late, or lies ahead."""

    RECENT = "recent", "something happened, or lies ahead"
    POSSIBLE = "possible", "perhaps: the dates do not tell"
    NONE = "none", "nothing is recorded"


SIGNS = "#signs"  # where a record's page tells its signs of life


def nothing_for(months: int) -> str:
    """What a record without a sign of life is told to have."""
    return f"Nothing is recorded for {months} months."


Signs = tuple[Q, Q]  # what is certainly of late, and what possibly is


def quiet_since(today: date, months: int) -> date:
    """The first day of the last so many months; what is older is no sign of life any more."""
    return today - relativedelta(months=months)


def signs(rows: QuerySet, since: date, *dates: str) -> Signs:
    """Whether one of these rows has one of these honest dates of late; a date stands behind a foreign key, or not."""
    recent, possible = Q(pk__in=[]), Q(pk__in=[])
    for name in dates:
        recent |= Q(**{f"{name}_earliest__gte": since})
        possible |= there(name) & ~Q(**{f"{name}_latest__lt": since})
    rows = rows.order_by()
    return Q(Exists(rows.filter(recent))), Q(Exists(rows.filter(possible)))


def there(name: str) -> Q:
    """That the record which has the date is there at all."""
    behind = name.rpartition("__")[0]
    return Q(**{f"{behind}__isnull": False}) if behind else Q()


def life_of(*found: Signs) -> Once:
    """The life that these signs tell, as a database expression."""
    recent, possible = Q(pk__in=[]), Q(pk__in=[])
    for certainly, perhaps in found:
        recent |= certainly
        possible |= perhaps
    life = Case(
        When(recent, then=Value(Life.RECENT)),
        When(possible, then=Value(Life.POSSIBLE)),
        default=Value(Life.NONE),
        output_field=CharField(),
    )
    return Once(life)
