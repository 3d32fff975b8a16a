"""How a delegation visit is logged, from nearly nothing to everything, and how a follow-up is entered."""

from datetime import date

import pytest

from partnerships.models import FollowUp, Gap, Visit
from tests.asking import errors_of, submitted
from tests.samples import agreement, home, organisation, person, place, somebody, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides(db) -> dict:
    """The least that a visit is logged with: which way, and two sides."""
    return {
        "direction": "inbound",
        "home": home("University of Leeds").pk,
        "partner": organisation("Nanjing Municipal Government").pk,
        "status": "happened",
    }


def test_a_visit_is_logged_with_its_two_sides_and_called_by_them(sides):
    answer = submitted("visits", **sides)
    logged = Visit.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, logged.get_absolute_url())
    assert (logged.title, logged.happens_on.words, logged.status) == (
        "Nanjing Municipal Government at University of Leeds",
        "",
        "happened",
    )


@pytest.mark.parametrize(
    ("direction", "title"),
    [
        ("outbound", "University of Leeds at Nanjing Municipal Government"),
        ("virtual", "University of Leeds with Nanjing Municipal Government"),
    ],
)
def test_the_title_says_who_went_where(sides, direction, title):
    submitted("visits", **sides | {"direction": direction})
    assert Visit.objects.get().title == title


def test_a_title_that_was_typed_is_kept(sides):
    submitted("visits", **sides | {"title": "City leaders"})
    assert Visit.objects.get().title == "City leaders"


def test_without_title_and_partner_nobody_would_know_the_visit(sides):
    answer = submitted("visits", **sides | {"partner": ""})
    assert "Give the visit a title, or choose the partner" in errors_of(answer)
    assert Visit.objects.count() == 0
    submitted("visits", **sides | {"partner": "", "title": "A delegation"})
    assert [(one.title, one.partner) for one in Visit.objects.all()] == [("A delegation", None)]


def test_the_home_is_one_of_our_own_and_the_partner_another(sides):
    answer = submitted("visits", **sides | {"home": organisation().pk})
    assert "That choice is not one of the available choices" in errors_of(answer)
    answer = submitted("visits", **sides | {"partner": sides["home"]})
    assert "The partner must be another organisation than our own." in errors_of(answer)
    assert Visit.objects.count() == 0


def test_a_past_date_guesses_no_status(sides):
    del sides["status"]
    answer = submitted("visits", **sides | {"happens_on_date": "May 2019"})
    assert "This field is required" in errors_of(answer)


def test_a_date_may_be_a_month_of_an_unknown_year_or_mere_words(sides):
    submitted("visits", **sides | {"title": "A", "happens_on_date": "May"})
    submitted("visits", **sides | {"title": "B", "happens_on_wording": "earlier this year"})
    submitted("visits", **sides | {"title": "C", "gap_happens_on": "not_stated"})
    assert [one.happens_on.words for one in Visit.objects.order_by("title")] == [
        "May, year not stated",
        "“earlier this year”",
        "",
    ]
    assert [(gap.field, gap.state) for gap in Gap.objects.all()] == [("happens_on", "not_stated")]


def rows_of(prefix: str, *rows: dict) -> dict:
    """The inputs of child rows."""
    inputs = {f"{prefix}-TOTAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        inputs |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return inputs


def test_a_delegation_is_logged_completely(sides):
    zhang, frampton = person("Zhang Jinghua"), person("Jon Frampton")
    campus, council = place("Edgbaston campus", kind="site"), organisation("Birmingham City Council")
    memorandum = agreement("Memorandum")
    answer = submitted(
        "visits",
        **sides,
        **rows_of(
            "participants",
            {"side": "visitor", "person": zhang.pk, "role": "head", "organisation": sides["partner"]},
            {"side": "visitor", "group": "Fellow delegates"},
            {"side": "host", "person": frampton.pk, "role": "greeter"},
        ),
        **rows_of(
            "itineraryitems",
            {"kind": "welcome", "title": "Welcome", "place": campus.pk, "led_by": frampton.pk},
            {"kind": "external_call", "title": "Meeting", "organisation": council.pk},
        ),
        **rows_of("undertakings", {"wording": "Talent exchange", "standing": "asked", "by": zhang.pk}),
        **rows_of("visitagreements", {"agreement": memorandum.pk, "kind": "followed"}),
        **rows_of("followups", {"what": "Answer", "owner": somebody("staff").pk, "due_on": "2026-03-01"}),
    )
    assert answer.status_code == 303
    logged = Visit.objects.get()
    assert [(str(one), one.side, one.role, one.order) for one in logged.participants.all()] == [
        ("Zhang Jinghua", "visitor", "head", 1),
        ("Fellow delegates", "visitor", "", 2),
        ("Jon Frampton", "host", "greeter", 3),
    ]
    assert [(one.title, str(one.place or ""), str(one.organisation or "")) for one in logged.itinerary.all()] == [
        ("Welcome", "Edgbaston campus", ""),
        ("Meeting", "", "Birmingham City Council"),
    ]
    assert [(one.wording, one.standing, str(one.by)) for one in logged.undertakings.all()] == [
        ("Talent exchange", "asked", "Zhang Jinghua")
    ]
    assert [str(one) for one in logged.agreements.all()] == ["Memorandum: the visit followed the signing"]
    assert [(one.what, one.due_on, str(one.owner)) for one in logged.follow_ups.all()] == [
        ("Answer", date(2026, 3, 1), "test-staff")
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"group": "A group and a person", "person": "one"},
        {"role": "head"},
        {"person": "one", "group_size": "3"},
    ],
)
def test_a_participant_is_a_person_or_a_group_and_only_a_group_has_a_number(sides, row):
    row = {name: person().pk if value == "one" else value for name, value in row.items()}
    answer = submitted("visits", **sides, **rows_of("participants", {"side": "visitor"} | row))
    assert answer.status_code == 422
    assert "Choose a person, or describe an unnamed group; only a group has a number." in answer.content.decode()
    assert Visit.objects.count() == 0


def test_a_follow_up_belongs_to_exactly_one_record():
    one, signed = visit(), agreement()
    for belongs in ({}, {"visit": one.pk, "agreement": signed.pk}):
        answer = submitted("follow-ups", what="Answer", **belongs)
        assert "A follow-up belongs to exactly one visit, agreement or partnership." in errors_of(answer)
    answer = submitted("follow-ups", what="Answer", agreement=signed.pk)
    assert answer.status_code == 303
    assert [(one.what, one.belonging) for one in FollowUp.objects.all()] == [("Answer", signed)]


def test_the_form_of_a_follow_up_knows_the_visit_that_the_address_names():
    from tests.asking import signed_in

    one = visit("City leaders")
    page = signed_in("staff").get(f"/follow-ups/new/?visit={one.pk}").content.decode()
    assert f'<option value="{one.pk}" selected>City leaders</option>' in page
    assert "gap_visit" not in page
