"""What nobody means to send: every page answers it with a sentence, and none with an error of its own."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import CharField, SlugField, TextField
from django.test import Client

from partnerships.models import FollowUp, Party, Place
from partnerships.records.kinds import kind_of, kinds
from partnerships.values.columns import AddressField, CleanText
from partnerships.values.fields import NotationColumn
from tests.asking import errors_of, signed_in, submitted
from tests.samples import agreement, make, somebody

pytestmark = pytest.mark.django_db
UNSEEN = {"change", "submission", "entry", "gap"}  # written by the register alone


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in kinds()])
def test_a_form_survives_rubbish_in_every_field(kind):
    client = signed_in("staff")
    fields = kind.form(user=somebody("staff")).fields
    for rubbish in ("²", "\x00", "9" * 40):
        sent = dict.fromkeys(fields, rubbish) | {f"{name}_date": rubbish for name in fields}
        assert not kind.form(sent, user=somebody("staff")).is_valid()
    page = client.get(f"/{kind.path}/new/", dict.fromkeys(fields, rubbish))
    assert page.status_code == 200
    assert client.post(f"/{kind.path}/new/", sent | {"token": "x" * 20}).status_code in (400, 422)


def test_the_workshop_refuses_rows_and_words_that_cannot_be():
    client = signed_in("admin")
    for marked in ("²", "1\x00"):
        sent = {"action": "delete_selected", "_selected_action": marked}
        assert client.post("/admin/partnerships/agreement/", sent).status_code == 400
    assert client.get("/admin/autocomplete/", {"term": "\x00"}).status_code == 400


def test_somebody_whose_account_is_closed_is_told_so():
    user = get_user_model().objects.create_user("gone", password="a long enough one", is_active=False)
    answer = Client().post("/accounts/login/", {"login": user.username, "password": "a long enough one"}, follow=True)
    assert answer.status_code == 200
    assert "gone" not in Client().get("/", follow=True).content.decode()


def test_parties_that_are_taken_away_below_two_are_refused_by_the_form(django_user_model):
    client, record = signed_in("staff"), make("agreement")
    page = client.get(f"/agreements/{record.pk}/edit/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page).group(1)
    parties = list(Party.objects.filter(agreement=record))
    sent = {"token": token, "version": re.search(r'name="version" value="(\d+)"', page).group(1)}
    sent |= {"title": record.title, "stands_for": "one"}
    for name, rows in (("partys", parties), ("undertakings", []), ("agreementrelations", [])):
        sent |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            sent |= {f"{name}-{number}-id": row.pk, f"{name}-{number}-organisation": row.organisation_id}
    answer = client.post(f"/agreements/{record.pk}/edit/", sent | {"partys-0-DELETE": "on"})
    assert (answer.status_code, Party.objects.filter(agreement=record).count()) == (422, 2)
    assert agreement().parties.count() == 2


def test_a_tree_of_places_is_refused_where_it_gets_too_deep():
    client, parent = signed_in("staff"), None
    for number in range(60):
        sent = {"token": f"{number:020}", "name": f"Place {number}", "kind": "site", "parent": parent or ""}
        sent |= {f"relations-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
        answer = client.post("/places/new/", sent)
        if answer.status_code != 303:
            break
        parent = Place.objects.latest("pk").pk
    assert (answer.status_code, 20 < Place.objects.count() < 60) == (422, True)


@pytest.mark.parametrize(
    "day", ["3/4/26", "1", "99", "0001-01-01", "01/01/0099", "1799-12-31", "2201-01-01", "04.03.2026"]
)
def test_a_day_is_taken_in_two_forms_only_and_the_refusal_names_them(day):
    sentence = "Enter a day as 2026-03-04 or 04/03/2026, its year with four figures, from 1800 to 2200."
    answer = submitted("follow-ups", what="Call", visit=make("visit").pk, due_on=day, done_on=day)
    assert errors_of(answer).count(sentence) == 2
    listed = signed_in("viewer").get("/follow-ups/", {"due_from": day})
    assert (listed.status_code, sentence in listed.content.decode()) == (400, True)


@pytest.mark.parametrize("day", ["2026-03-04", "04/03/2026", "4/3/2026"])
def test_a_day_is_read_as_the_british_write_it(day):
    assert submitted("follow-ups", what="Call", visit=make("visit").pk, due_on=day).status_code == 303
    assert [str(one.due_on) for one in FollowUp.objects.all()] == ["2026-03-04"]


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name) for kind in kinds()])
def test_remarks_have_a_limit_on_every_form(kind):
    form = kind.form({"notes": "a" * 20_001}, user=somebody("staff"))
    assert form.errors["notes"] == ["At most 20000 characters can be kept; this has 20001."]


def test_remarks_are_counted_as_the_browser_counts_them():
    assert submitted("places", name="Xi'an", kind="city", notes="a\r\n" * 10_000).status_code == 303
    assert len(Place.objects.get().notes) == 19_999


def test_every_free_text_has_a_limit_and_is_cleaned_wherever_it_is_entered():
    models = [one for one in apps.get_app_config("partnerships").get_models() if one._meta.model_name not in UNSEEN]
    loose = [
        f"{model._meta.model_name}.{one.name}"
        for model in models
        for one in model._meta.concrete_fields
        if isinstance(one, CharField | TextField) and one.editable and not one.choices
        if not isinstance(one, CleanText | AddressField | NotationColumn | SlugField) or not one.max_length
    ]
    assert loose == []


@pytest.mark.parametrize("kind", ["organisation", "place", "person", "source"])
def test_a_name_that_shows_nothing_is_no_name(kind):
    kind = kind_of(kind)
    name = next(name for name in ("name", "title") if name in kind.form.base_fields)
    for nothing in ("\u200b", "\u3164", "\u2060\ufeff", "\u00ad"):
        assert "This field is required." in errors_of(submitted(kind.path, **{name: nothing, "kind": "city"}))
