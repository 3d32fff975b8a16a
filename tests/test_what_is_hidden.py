"""What somebody may not see is neither shown on a form, nor lost when they save it."""

import pytest

from partnerships.access.models import Visibility
from partnerships.memory import remembered
from partnerships.values.models import Gap
from tests.asking import listed, signed_in
from tests.filling import form_of
from tests.samples import agreement, home, organisation, person, place, programme, statement, visit

pytestmark = pytest.mark.django_db


def test_a_hidden_place_is_not_on_the_form_of_a_visit_and_stays_when_staff_save():
    client = signed_in("staff")
    with remembered():
        record = visit("Theirs", place=place("Hidden City", visibility=Visibility.MANAGERS))
    address = f"/visits/{record.pk}/edit/"
    sent = form_of(client, address)
    assert ("place" in sent, "Hidden City" in client.get(address).content.decode()) == (False, False)
    answer = client.post(address, sent | {"title": "Theirs, at last"})
    assert (answer.status_code, answer.get("Location")) == (303, f"/visits/{record.pk}/")
    record.refresh_from_db()
    assert (record.title, record.place.name) == ("Theirs, at last", "Hidden City")


def test_a_hidden_place_stays_when_staff_save_what_they_see_of_a_programme():
    client = signed_in("staff")
    with remembered():
        seen, hidden = place("Seen City"), place("Hidden City", visibility=Visibility.MANAGERS)
        record = programme("Joint PhD")
        record.places.set([seen, hidden])
    address = f"/programmes/{record.pk}/edit/"
    assert "Hidden City" not in client.get(address).content.decode()
    sent = form_of(client, address) | {"title": "Joint PhD in Energy", "places": [seen.pk]}
    answer = client.post(address, sent)
    assert (answer.status_code, answer.get("Location")) == (303, f"/programmes/{record.pk}/")
    record.refresh_from_db()
    assert record.title == "Joint PhD in Energy"
    assert sorted(one.name for one in record.places.all()) == ["Hidden City", "Seen City"]


def test_a_hidden_signatory_is_in_no_list_and_no_export_of_agreements():
    with remembered():
        record = agreement("Seen")
        record.parties.filter(order=1).update(signatory=person("Hidden Person", visibility=Visibility.MANAGERS))
    client = signed_in("viewer")
    assert "Hidden Person" not in client.get("/agreements/").content.decode()
    assert "Hidden Person" not in client.get(record.get_absolute_url()).content.decode()
    table = b"".join(client.get("/agreements/export.csv").streaming_content).decode()
    assert ("Hidden Person" in table, "withheld for" in table) == (False, True)


def test_who_said_it_is_not_told_where_that_person_is_hidden():
    with remembered():
        about = organisation("Seen Institute")
        statement("It is said.", about=about, said_by=person("Hidden Person", visibility=Visibility.MANAGERS))
    page = signed_in("viewer").get(about.get_absolute_url()).content.decode()
    assert ("It is said." in page, "Hidden Person" in page) == (True, False)


def test_the_first_page_counts_no_gap_of_a_hidden_record():
    with remembered():
        record = agreement("Hidden", visibility=Visibility.MANAGERS)
        Gap.objects.create(record_kind="agreement", record_id=record.pk, field="ends_on", state="not_stated")
    assert "1 value</span>" not in signed_in("viewer").get("/").content.decode()


def test_the_conditions_of_a_list_are_drawn_anew_when_what_they_name_is_hidden():
    with remembered():
        country = place("Railland", kind="country")
    client = signed_in("viewer")
    assert "Railland" in client.get("/places/").content.decode()
    with remembered():
        type(country).objects.filter(pk=country.pk).update(visibility=Visibility.MANAGERS)
    assert "Railland" not in client.get("/places/").content.decode()


def test_a_home_that_managers_alone_see_can_be_filtered_by_them_alone():
    with remembered():
        ours = home("Our Hidden College")
        type(ours).objects.filter(pk=ours.pk).update(visibility=Visibility.MANAGERS)
    assert signed_in("manager").get(f"/visits/?home={ours.handle}").status_code == 200
    assert signed_in("viewer").get(f"/visits/?home={ours.handle}").status_code == 400


def test_staff_save_an_agreement_of_which_one_party_is_hidden_from_them():
    client = signed_in("staff")
    with remembered():
        seen, hidden = home("Ours"), organisation("Hidden Institute", visibility=Visibility.MANAGERS)
        record = agreement("Between two", parties=(seen, hidden))
    address = f"/agreements/{record.pk}/edit/"
    sent = form_of(client, address) | {"title": "Between the two"}
    answer = client.post(address, sent)
    assert (answer.status_code, answer.get("Location")) == (303, f"/agreements/{record.pk}/")
    assert record.parties.count() == 2


def test_a_hidden_place_is_not_drawn_on_the_form_of_a_programme():
    with remembered():
        hidden = place("Hidden City", visibility=Visibility.MANAGERS)
        record = programme("Joint PhD")
        record.places.set([hidden])
    page = signed_in("staff").get(f"/programmes/{record.pk}/edit/").content.decode()
    assert ('name="places"' in page, "Hidden City" in page) == (True, False)
    assert f'<option value="{hidden.pk}"' not in page.split('name="places"')[1].split("</select>")[0]


def test_a_field_sent_twice_is_refused_and_nothing_is_saved():
    client = signed_in("staff")
    sent = form_of(client, "/places/new/") | {"name": ["First", "Second"], "kind": "city"}
    assert client.post("/places/new/", sent).status_code == 400
    assert client.get("/places/?q=Second").content.decode().count("<tr><td") == 0
    assert client.get("/search/?q=a&q=b").status_code == 400
    assert client.get("/places/pick/?q=a&q=b").status_code == 400


def test_a_list_is_not_sorted_by_names_that_are_hidden():
    with remembered():
        hidden = place("Aaa Hidden", visibility=Visibility.MANAGERS)
        for name, where in (("First", place("Bbb")), ("Last", hidden), ("Middle", place("Ccc"))):
            organisation(f"Sorted {name}", place=where)
    names = ["Sorted First", "Sorted Middle", "Sorted Last"]
    assert listed("organisations", "viewer", q="Sorted", sort="place") == names
    assert listed("organisations", "manager", q="Sorted", sort="place") == [names[2], *names[:2]]


def test_a_rule_of_one_each_does_not_say_that_a_hidden_record_exists():
    client = signed_in("staff")
    with remembered():
        agreement("Hidden", reference="MOU-7", visibility=Visibility.MANAGERS)
        record = agreement("Seen")
    address = f"{record.get_absolute_url()}edit/"
    answer = client.post(address, form_of(client, address) | {"reference": "MOU-7"})
    page = answer.content.decode()
    assert (answer.status_code, "can’t be given" in page, "Another agreement" in page) == (422, True, False)
