"""Small registers for the tests of the first page: one of everything, seen and hidden."""

from datetime import date, timedelta

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.models import AgreementRelation, Gap, ProgrammeInstitution
from partnerships.organisations.models import Organisation
from tests.samples import (
    agreement,
    cohort,
    follow_up,
    funding,
    home,
    organisation,
    partnership,
    place,
    programme,
    somebody,
    visit,
)

EVERYBODY = (Visibility.EVERYONE, Visibility.STAFF, Visibility.MANAGERS)


def a_world(today: date) -> None:
    """Records of every state that the first page counts, each of them once for each visibility."""
    with remembered("for a test"):
        ours = home("Our University")
        country = place("China", kind="country", handle="china")
        province = place("Jiangsu", kind="province", handle="jiangsu", parent=country)
        city = place("Nanjing", handle="nanjing", parent=province)
        secret = place("Secret City", handle="secret", parent=country, visibility=Visibility.MANAGERS)
        for number, seen in enumerate(EVERYBODY):
            for name, where in (("A", country), ("B", province), ("C", city), ("D", secret), ("E", None)):
                partner = organisation(f"{name}{number}", place=where, visibility=seen)
                own = partnership(home=ours, partner=partner, looked_after_by=somebody("staff"))
                Gap.objects.create(
                    record_kind="partnership", record_id=own.pk, field="since", state="not_stated", note=name
                )
            some_agreements(ours, today, seen)
            some_visits(ours, today, seen)
            some_others(ours, today, seen)


def some_agreements(ours: Organisation, today: date, seen: int) -> None:
    """Agreements whose end is near, past, far, unknown; one is renewed by one that managers alone see."""
    near, far = (today + timedelta(days=days) for days in (30, 900))
    ends = {"Near": near.isoformat(), "Far": far.isoformat(), "Past": "2001", "Unknown": "", "Month": "XXXX-05"}
    for name, end in ends.items():
        one = agreement(
            f"{name} {seen}",
            parties=(ours, organisation()),
            signed_on="2000",
            ends_on=end,
            visibility=seen,
            owner=somebody("staff") if name == "Near" else None,
        )
        if not end:
            Gap.objects.create(record_kind="agreement", record_id=one.pk, field="ends_on", state="not_stated")
        if name == "Near":
            Gap.objects.create(record_kind="agreement", record_id=one.pk, field="type", state="not_stated")
        if name == "Past":
            new = agreement(ending="evergreen", signed_on="2001", visibility=Visibility.MANAGERS)
            AgreementRelation.objects.create(agreement=new, kind="renews", to_agreement=one)
    agreement(f"Review {seen}", ending="evergreen", signed_on="2000", review_on=today, visibility=seen)


def some_visits(ours: Organisation, today: date, seen: int) -> None:
    """Visits of every direction in many years, of unknown year, to come, past and called off."""
    for way in ("inbound", "outbound", "virtual"):
        for year in ("", "XXXX-05", "2001/2003", *(str(year) for year in range(2012, 2022))):
            visit(home=ours, direction=way, happens_on=year, status="happened", visibility=seen)
    for when in ("", (today + timedelta(days=9)).isoformat(), "2001", str(today.year), "XXXX-05"):
        visit(home=ours, happens_on=when, status="planned", visibility=seen, owner=somebody("staff"))
    visit(home=ours, happens_on="2020", status="cancelled", visibility=seen)


def some_others(ours: Organisation, today: date, seen: int) -> None:
    """Follow-ups, cohorts and funding."""
    for due in (None, today - timedelta(days=3), today, today + timedelta(days=3)):
        for owner in (None, somebody("staff"), somebody("manager")):
            follow_up(due_on=due, owner=owner, visibility=seen)
    follow_up(done_on=today, visibility=seen)
    shared = programme(home=ours, visibility=seen)
    ProgrammeInstitution.objects.create(programme=shared, organisation=organisation())
    cohort(programme=shared, enters_on=str(today.year), places_agreed=12, started=9)
    cohort(programme=shared)
    for amount, currency in ((100, "GBP"), (200, "GBP"), (300, "CNY"), (None, "GBP"), (None, "")):
        funding(amount=amount, currency=currency, visibility=seen)
