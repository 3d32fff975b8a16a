"""Our own reference numbers: one after the other within a year, without a gap and never twice."""

from datetime import date

from django.db import transaction

from partnerships.agreements.models import Agreement, ReferenceYear


def next_reference(today: date) -> str:
    """The next reference of the year, such as “A-2026-0001”; those that somebody typed already are passed over.

    The year's row is held until the transaction ends, which must be the one that uses the reference: a transaction
    that is taken back gives its number back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A reference is given inside the transaction that uses it.")
    ReferenceYear.objects.bulk_create([ReferenceYear(year=today.year)], ignore_conflicts=True)
    counter = ReferenceYear.objects.select_for_update().get(year=today.year)
    while True:
        counter.last += 1
        reference = f"A-{today.year}-{counter.last:04}"
        if not Agreement.objects.filter(reference=reference).exists():
            counter.save(update_fields=["last"])
            return reference
