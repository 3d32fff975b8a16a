"""A renewal starts from a copy, leaves the old agreement as it is, and never overlaps it unnoticed."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.agreements.lives import overlap
from partnerships.models import Agreement, AgreementRelation
from tests.asking import signed_in, words_of
from tests.filling import form_of
from tests.samples import agreement, home, organisation, undertaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(db) -> Agreement:
    """An agreement with two parties, two areas and an end."""
    one = agreement(
        "Memorandum",
        parties=(home("University of Leeds"), organisation("Southeast University")),
        signed_on="2022-05",
        ends_on="2027-12-31",
        notice_period="6 months",
    )
    undertaking("Talent training", agreement=one, standing="established", order=1)
    undertaking("Medicine", agreement=one, standing="agreed", order=2)
    return one


def test_a_part_of_an_agreement_is_renewed_from_a_copy_and_the_old_one_stays(old):
    client, address = signed_in("staff"), f"{old.get_absolute_url()}renew/"
    sent = form_of(client, address)
    assert (sent["title"], sent["signed_on_date"], sent["undertakings-TOTAL_FORMS"]) == ("Memorandum", "", "2")
    answer = client.post(address, sent | {"starts_on_date": "2027-06-01", "undertakings-1-DELETE": "on"}, follow=True)
    made = Agreement.objects.exclude(pk=old.pk).get()
    assert [str(one) for one in made.parties.all()] == ["University of Leeds", "Southeast University"]
    assert [(one.wording, one.standing) for one in made.undertakings.all()] == [("Talent training", "planned")]
    assert [(one.kind, one.to_agreement) for one in made.relations.all()] == [("renews", old)]
    assert (made.notice_period, made.ends_on.words, old.undertakings.count()) == ("6 months", "", 2)
    words = words_of(answer.content.decode())
    assert "It begins 1 June 2027, before “Memorandum” ends (31 December 2027): the two overlap." in words


def test_the_form_says_what_is_renewed_or_amended_also_when_it_comes_back(old):
    client = signed_in("staff")
    for verb, title in (("renew", "Renewal of “Memorandum”"), ("amend", "Amendment of “Memorandum”")):
        address = f"{old.get_absolute_url()}{verb}/"
        for answer in (client.get(address), client.post(address, form_of(client, address) | {"title": ""})):
            page = answer.content.decode()
            assert (page.split("<title>")[1].startswith(title), f"<h1>{title}</h1>" in page) == (True, True)


def test_an_amendment_begins_with_the_parties_and_leaves_the_agreement_as_it_is(old):
    client, address = signed_in("staff"), f"{old.get_absolute_url()}amend/"
    assert client.post(address, form_of(client, address)).status_code == 303
    made = Agreement.objects.exclude(pk=old.pk).get()
    assert (made.title, made.undertakings.count(), made.notice_period) == ("Amendment of Memorandum", 0, "")
    assert [str(one) for one in made.parties.all()] == ["University of Leeds", "Southeast University"]
    assert [(one.kind, one.to_agreement, one.number) for one in made.relations.all()] == [("amends", old, None)]
    Agreement.objects.filter(pk=old.pk).update(event="terminated")
    told = client.get(address, follow=True).content.decode()
    assert "“Memorandum” was terminated, so that nothing can amend it." in words_of(told)


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2028-01-01", "2027-12-31", ""),
        ("2027-12", "2027", "It begins December 2027 and “Old” ends 2027: the two may overlap."),
        ("2026", "2027-12-31", "It begins 2026, before “Old” ends (31 December 2027): the two overlap."),
        ("", "2027", ""),
        ("XXXX-05", "2027", ""),
        ("2027", "2020/..", ""),
    ],
)
def test_an_overlap_is_told_as_surely_as_the_dates_are_known(starts, ends, words):
    newer, older = Agreement(title="New", starts_on=starts), Agreement(title="Old", ends_on=ends)
    assert overlap(AgreementRelation(agreement=newer, to_agreement=older, kind="renews")) == words


def test_what_was_terminated_is_not_renewed_by_any_way(old):
    Agreement.objects.filter(pk=old.pk).update(event="terminated")
    answer = signed_in("staff").get(f"{old.get_absolute_url()}renew/", follow=True)
    assert "“Memorandum” was terminated, so that nothing can renew it." in words_of(answer.content.decode())
    client, address = signed_in("staff"), "/agreements/new/"
    row = {"kind": "renews", "to_agreement": str(old.pk), "number": "", "note": ""}
    sent = form_of(client, address) | {"title": "New", "agreementrelations-TOTAL_FORMS": "1"}
    sent |= {
        f"partys-{place}-organisation": str(party.organisation_id) for place, party in enumerate(old.parties.all())
    }
    refused = client.post(address, sent | {f"agreementrelations-0-{name}": value for name, value in row.items()})
    assert ("It was terminated" in refused.content.decode(), Agreement.objects.count()) == (True, 1)
    with pytest.raises(ValidationError, match="It was terminated"):
        AgreementRelation(
            agreement=agreement("New"), to_agreement=Agreement.objects.get(pk=old.pk), kind="renews"
        ).full_clean()


@pytest.mark.parametrize(("kind", "number"), [("renews", 1), ("amends", 0)])
def test_only_an_amendment_has_a_number(old, kind, number):
    with pytest.raises(ValidationError):
        AgreementRelation(agreement=agreement("New"), to_agreement=old, kind=kind, number=number).full_clean()


def test_a_number_of_an_amendment_is_given_once(old):
    AgreementRelation.objects.create(agreement=agreement("First"), to_agreement=old, kind="amends", number=1)
    with pytest.raises(ValidationError, match="has an amendment of this number already"):
        AgreementRelation(agreement=agreement("Second"), to_agreement=old, kind="amends", number=1).full_clean()


def test_the_page_of_a_numbered_amendment_tells_its_number(old):
    amendment = agreement("First amendment")
    AgreementRelation.objects.create(agreement=amendment, to_agreement=old, kind="amends", number=1200)
    page = words_of(signed_in("viewer").get(amendment.get_absolute_url()).content.decode())
    assert "amends Memorandum 1,200" in page


def test_the_line_of_life_reaches_all_that_the_reader_sees_and_nothing_behind_what_is_hidden(old):
    newer, amended, hidden, behind = (agreement(title) for title in ("Newer", "Amendment", "Hidden", "Behind"))
    for one, kind, other in (
        (newer, "renews", old),
        (amended, "amends", newer),
        (hidden, "renews", newer),
        (behind, "renews", hidden),
        (agreement("Twin"), "possibly_same", old),
    ):
        AgreementRelation.objects.create(agreement=one, kind=kind, to_agreement=other)
    Agreement.objects.filter(pk=hidden.pk).update(visibility=3)
    staff = signed_in("staff")
    page = words_of(staff.get(f"{amended.get_absolute_url()}line/").content.decode())
    assert [title for title in ("Memorandum", "Newer", "Amendment", "Hidden", "Behind", "Twin") if title in page] == [
        "Memorandum",
        "Newer",
        "Amendment",
    ]
    manager = words_of(signed_in("manager").get(f"{old.get_absolute_url()}line/").content.decode())
    assert "Behind renews Hidden" in manager


def test_a_renewal_can_be_changed_after_the_renewed_agreement_was_terminated(old):
    newer = agreement("Newer")
    AgreementRelation.objects.create(agreement=newer, to_agreement=old, kind="renews", order=1)
    Agreement.objects.filter(pk=old.pk).update(event="terminated")
    client, address = signed_in("staff"), f"{newer.get_absolute_url()}edit/"
    assert client.post(address, form_of(client, address) | {"purpose": "Exchange"}).status_code == 303
    assert Agreement.objects.get(pk=newer.pk).purpose == "Exchange"
