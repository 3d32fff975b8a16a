"""Who signed for which side, as far as it is known; nothing of it follows from anything else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from partnerships.agreements.models import Agreement, Party
from partnerships.values.dates import SUFFIXES, HonestDate

TO_COME = "This day is still to come, so nobody has signed on it. Leave it empty until somebody has."


class Signatures(models.TextChoices):
    """Of which sides signatures are recorded; none recorded doesn't mean that nobody signed."""

    NEITHER = "neither", "neither side"
    OURS = "ours", "ours only"
    THEIRS = "theirs", "theirs only"
    BOTH = "both", "both sides"


@dataclass(frozen=True)
class Signed:
    """How a party signed, as it is said when an agreement is registered; what stands on `party` is not saved yet."""

    party: Party

    def keep(self) -> None:
        """Save who signed, when and where."""
        days = [f"signed_on{suffix}" for suffix in SUFFIXES]
        self.party.save(update_fields=["signatory", "signed_place", *days])


def is_stated(party: Party) -> bool:
    """Whether anything says that a party signed: by whom, when or where."""
    return bool(party.signatory_id or party.signed_place_id or party.signed_on)


def is_to_come(signed_on: HonestDate, today: date) -> bool:
    """Whether all days that a date may mean lie ahead, so that nobody can have signed on one of them."""
    return bool(signed_on.earliest and signed_on.earliest > today)


def summary(parties: Iterable[Party]) -> Signatures:
    """Of which sides all signatures are recorded, of parties with their organisations."""
    sides: dict[bool, list[bool]] = {True: [], False: []}
    for party in parties:
        sides[party.organisation.is_home].append(is_stated(party))
    ours, theirs = (bool(side) and all(side) for side in (sides[True], sides[False]))
    if ours and theirs:
        return Signatures.BOTH
    return Signatures.OURS if ours else Signatures.THEIRS if theirs else Signatures.NEITHER


def missing(agreement: Agreement, given: Iterable[Signed]) -> str:
    """The names of the parties of which no signature is stated, in a line; "" where all are."""
    stated = {one.party.pk for one in given if is_stated(one.party)}
    parties = agreement.parties.select_related("organisation")
    return " and ".join(str(one) for one in parties if one.pk not in stated and not is_stated(one))
