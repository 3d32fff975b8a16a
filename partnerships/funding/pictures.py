"""Funding by currency. Sums of different currencies share no axis, so a bar counts records and says their sum."""

from django.db.models import Count, Q, QuerySet, Sum

from partnerships.records.listing import list_address
from partnerships.values.figures import Figure, Row, Told, draw_axis, draw_share
from partnerships.values.money import Money

CURRENCIES = 8


def by_currency(funding: QuerySet) -> Figure:
    """How many records give a sum in each currency and what they add up to, and how many give none; one query."""
    known, about = Count("amount"), Count("amount", filter=Q(is_approximate=True))
    groups = (
        funding.order_by().values("currency").annotate(all=Count("pk"), known=known, about=about, sum=Sum("amount"))
    )
    found = sorted(groups, key=lambda one: (-one["known"], one["currency"]))
    silent = sum(one["all"] - one["known"] for one in found)
    sums = [one for one in found if one["known"]]
    most = max([one["known"] for one in sums] + [silent])
    rows = [row(one, most) for one in sums[:CURRENCIES]]
    if silent:
        name, none = Told("no amount stated", unknown=True), Told("not stated", unknown=True)
        told = Told(counted(silent), list_address("funding", amount_known="no"))
        rows.append(Row(name, draw_share(silent, most, "open"), (told,), (name, told, none)))
    description = f"{sum(one['known'] for one in sums):,} records with an amount, {silent:,} without."
    return Figure(
        "funding",
        "Funding by currency",
        description,
        "A bar is as long as its number of records; the sum stands beside it. Dashed: the source gives no amount.",
        ("Currency", "Records", "Sum"),
        rows,
        sum(one["all"] for one in found),
        draw_axis("funding", "Funding by currency", description),
    )


def row(one: dict, most: int) -> Row:
    """One currency."""
    told = Told(counted(one["known"]), list_address("funding", currency=one["currency"], amount_known="yes"))
    total = Told(Money(one["sum"], one["currency"], approximate=bool(one["about"])).words())
    name = Told(one["currency"])
    return Row(name, draw_share(one["known"], most), (told, total), (name, told, total))


def counted(number: int) -> str:
    """“1 record”, “3 records”."""
    return f"{number:,} record" if number == 1 else f"{number:,} records"
