"""What money adds up to: by currency and stage, never across them; what a sum leaves out is said beside it.

What was committed and what of it was spent are the same money twice, so their sums stand apart. Nothing is converted
unless somebody asks, and each converted sum says by which rate of which day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum
from django.db.models.functions import Cast, Round
from django.utils import timezone

from partnerships.access.scoping import scope
from partnerships.funding.models import ExchangeRate, Funding, Stage
from partnerships.values.draw import plain
from partnerships.values.money import MOST, Money

# Sums of whole pennies, in millions and rest: exact on both engines, and never too large for either.
PENNIES = Cast(Round(F("amount") * 100), BigIntegerField())
MILLION = 1_000_000
SPENT = (Stage.DISBURSEMENT.value, Stage.EXPENDITURE.value)
TOO_LARGE = f"which would come to more than {MOST:,}, the largest amount kept here"
OWNERS = ("agreement", "programme", "project")


@dataclass(frozen=True)
class Total:
    """What the records of one currency and one stage add up to; `stage` is "" where none is recorded."""

    currency: str
    stage: str
    amount: Decimal
    known: int
    about: int

    def words(self, staged: bool) -> str:
        """“Sum of 2 records: GBP 300”; beside sums of stages “Committed, sum of 1 record: about GBP 300”."""
        money = Money(self.amount, self.currency, approximate=bool(self.about))
        about = f", {self.about} of them approximate" if self.about and self.about < self.known else ""
        summed = f"sum of {counted(self.known)}{about}: {money}"
        stage = Stage(self.stage).label if self.stage else "stage not recorded"
        told = f"{stage}, {summed}" if staged else summed
        return told[0].upper() + told[1:]


def counted(number: int) -> str:
    """“1 record”, “3 records”."""
    return f"{number} record" if number == 1 else f"{number} records"


def sums_of(rows: QuerySet) -> tuple[list[Total], int]:
    """The totals by currency and stage, and how many records give no amount; one query."""
    found = rows.order_by().values("currency", "stage")
    found = found.annotate(
        all=Count("pk"),
        known=Count("amount"),
        millions=Sum(PENNIES / MILLION),
        rest=Sum(PENNIES % MILLION),
        about=Count("pk", filter=Q(amount__isnull=False, is_approximate=True)),
    )
    groups = sorted(found, key=lambda one: (one["currency"], [*Stage.values, ""].index(one["stage"])))
    known = [
        Total(one["currency"], one["stage"], amount_of(one), one["known"], one["about"])
        for one in groups
        if one["known"]
    ]
    return known, sum(one["all"] - one["known"] for one in groups)


def amount_of(sums: dict) -> Decimal:
    """The amount that sums of pennies make."""
    return Decimal(sums["millions"] * MILLION + sums["rest"]) / 100


def totals(rows: QuerySet, asked: dict) -> list[str]:
    """What the money adds up to, what that leaves out, and the same in the currency that is asked for."""
    found, without = sums_of(rows)
    staged = any(one.stage for one in found)
    told = [one.words(staged) for one in found]
    if without:
        missing = f"{counted(without)} without an amount"
        told = [f"{told[0]}; {missing}"] if len(told) == 1 else [*told, missing]
    wanted = asked.get("converted_to")
    return told + (converted(found, wanted, timezone.localdate()) if wanted and found else [])


def converted(found: Iterable[Total], wanted: str, today: date) -> list[str]:
    """The totals in another currency, by the newest rate that holds; and what has none, counted; one query."""
    rates = rates_to(wanted, today)
    told, unrated, too_large = [], [], []
    for one in found:
        if one.currency == wanted:
            continue
        rate = rates.get(one.currency)
        if rate is None:
            unrated.append(one)
            continue
        amount = one.amount * rate.factor
        if amount > MOST:
            too_large.append(one)
            continue
        money = Money(amount.quantize(Decimal("0.01"), ROUND_HALF_UP), wanted, approximate=bool(one.about))
        stage = f" {Stage(one.stage).label}" if one.stage else ""
        told.append(f"{one.currency}{stage} converted: {money}, at {rate.words}")
    return [*told, *left_out(unrated, wanted, "without a rate"), *left_out(too_large, wanted, TOO_LARGE)]


def left_out(sums: list[Total], wanted: str, why: str) -> list[str]:
    """Which sums are not converted and why, in a line; none where there are none."""
    named = ", ".join(dict.fromkeys(one.currency for one in sums))
    return [f"Not converted to {wanted}: {counted(sum(one.known for one in sums))} in {named}, {why}"] if sums else []


@dataclass(frozen=True)
class Rate:
    """By what a sum is multiplied, and by whose word of which day."""

    factor: Decimal
    words: str


def rates_to(wanted: str, today: date) -> dict[str, Rate]:
    """The newest rate of each currency, either way round, that holds on `today`."""
    rows = ExchangeRate.objects.filter(Q(to_currency=wanted) | Q(currency=wanted), holds_on__lte=today)
    found: dict[str, Rate] = {}
    for one in rows.order_by("holds_on", "pk"):
        words = (
            f"{one.rate.normalize():f} {one.to_currency} for 1 {one.currency} of {plain(one.holds_on)} ({one.source})"
        )
        if one.to_currency == wanted:
            found[one.currency] = Rate(one.rate, words)
        else:
            found[one.to_currency] = Rate(1 / one.rate, words)
    return found


def currencies_known() -> list[tuple[str, str]]:
    """The currencies into which a sum can be converted, as choices."""
    pairs = ExchangeRate.objects.order_by().values_list("currency", "to_currency").distinct()
    return [(one, one) for one in sorted({one for pair in pairs for one in pair})]


def overspent(funding: Funding, user) -> list[str]:
    """Where more is spent than was committed to one agreement, programme or project, in one currency."""
    if funding.amount is None or funding.stage not in (*SPENT, Stage.COMMITMENT):
        return []
    told = []
    for name in OWNERS:
        owner = getattr(funding, name)
        if owner is None:
            continue
        rows = scope(user, Funding.objects.filter(**{name: owner}, currency=funding.currency))
        sums = {one.stage: one.amount for one in sums_of(rows)[0]}
        spent = max((sums[stage] for stage in SPENT if stage in sums), default=Decimal(0))
        committed = sums.get(Stage.COMMITMENT)
        if committed is not None and spent > committed:
            more = f"{Money(spent, funding.currency)} of {Money(committed, funding.currency)}"
            told.append(f"More is spent than was committed to {owner}: {more}. Look at the amounts and stages.")
    return told
