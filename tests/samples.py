"""Small records for tests: plain functions, one per kind, that make what they need."""

from collections.abc import Callable
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from partnerships import models
from partnerships.memory import remembered
from partnerships.records import catalogue

numbers = count(1)


def somebody(role: str):
    """An account with a role."""
    user, made = get_user_model().objects.get_or_create(username=f"test-{role}")
    if made:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def organisation(name: str = "", **more) -> models.Organisation:
    """An organisation."""
    return models.Organisation.objects.create(name=name or f"Institute {next(numbers)}", **more)


def home(name: str = "") -> models.Organisation:
    """One of our own institutions."""
    return organisation(name or f"Our University {next(numbers)}", is_home=True)


def place(name: str = "", **more) -> models.Place:
    """A place; a city unless it says otherwise."""
    return models.Place.objects.create(name=name or f"City {next(numbers)}", kind=more.pop("kind", "city"), **more)


def person(name: str = "", **more) -> models.Person:
    """A person."""
    return models.Person.objects.create(name=name or f"Person {next(numbers)}", **more)


def agreement(title: str = "", *, parties: tuple = (), **more) -> models.Agreement:
    """An agreement with two parties."""
    with transaction.atomic():
        made = models.Agreement.objects.create(title=title or f"Agreement {next(numbers)}", **more)
        for order, party in enumerate(parties or (home(), organisation()), 1):
            models.Party.objects.create(agreement=made, organisation=party, order=order)
    return made


def visit(title: str = "", **more) -> models.Visit:
    """An inbound visit."""
    more.setdefault("home", None)
    more["home"] = more["home"] or home()
    more.setdefault("direction", "inbound")
    return models.Visit.objects.create(title=title or f"Visit {next(numbers)}", **more)


def partnership(**more) -> models.Partnership:
    """A partnership of one of ours."""
    return models.Partnership.objects.create(
        home=more.pop("home", None) or home(), partner=more.pop("partner", None) or organisation(), **more
    )


def undertaking(wording: str = "", **more) -> models.Undertaking:
    """A line of cooperation of an organisation, unless it says of what."""
    if not {"partnership", "agreement", "visit", "organisation", "project"} & more.keys():
        more["organisation"] = organisation()
    more.setdefault("standing", "stated")
    return models.Undertaking.objects.create(wording=wording or f"Line {next(numbers)}", **more)


def follow_up(what: str = "", **more) -> models.FollowUp:
    """A follow-up of a visit."""
    if not {"visit", "agreement", "partnership"} & more.keys():
        more["visit"] = visit()
    return models.FollowUp.objects.create(what=what or f"Task {next(numbers)}", **more)


def programme(title: str = "", **more) -> models.Programme:
    """A doctoral programme."""
    return models.Programme.objects.create(
        title=title or f"Programme {next(numbers)}", home=more.pop("home", None) or home(), **more
    )


def cohort(name: str = "", **more) -> models.Cohort:
    """A cohort of a programme."""
    return models.Cohort.objects.create(
        name=name or f"Cohort {next(numbers)}", programme=more.pop("programme", None) or programme(), **more
    )


def funding(title: str = "", **more) -> models.Funding:
    """A sum, or money without one."""
    return models.Funding.objects.create(title=title or f"Fund {next(numbers)}", **more)


def project(title: str = "", **more) -> models.Project:
    """A project."""
    return models.Project.objects.create(title=title or f"Project {next(numbers)}", **more)


def source(title: str = "", **more) -> models.Source:
    """A document."""
    return models.Source.objects.create(title=title or f"Page {next(numbers)}", **more)


def statement(text: str = "", *, about=None, **more) -> models.Statement:
    """What a source says of a record."""
    about = about or organisation()
    more.setdefault("source", None)
    more["source"] = more["source"] or source()
    return models.Statement.objects.create(
        text=text or f"Claim {next(numbers)}",
        record_kind=about._meta.model_name,
        record_id=about.pk,
        paragraph=more.pop("paragraph", 1),
        quotation=more.pop("quotation", "as it says"),
        **more,
    )


FACTORIES: dict[str, Callable] = {
    "organisation": organisation,
    "place": place,
    "person": person,
    "agreement": agreement,
    "visit": visit,
    "partnership": lambda **more: partnership(**more),
    "undertaking": undertaking,
    "followup": follow_up,
    "programme": programme,
    "cohort": cohort,
    "funding": funding,
    "project": project,
    "source": source,
    "statement": statement,
}


def make(kind: str, **more):
    """A record of a kind, known to the catalogue as one made by a form is."""
    with remembered():
        return FACTORIES[kind](**more)


def make_many(kind: str, number: int) -> list:
    """Several records of a kind, made in one go."""
    with remembered():
        return [FACTORIES[kind]() for _ in range(number)]


def known() -> None:
    """Bring the catalogue up to date with rows that a test made directly."""
    catalogue.rebuild()
