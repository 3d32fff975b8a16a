"""Form fields: errors are sentences, and what was typed comes back."""

from datetime import date

import pytest
from django import forms
from django.db import models
from django.test.utils import isolate_apps

from partnerships.values.dates import HonestDate
from partnerships.values.fields import HonestDateField
from partnerships.values.forms import HonestDateFormField, HonestDatesForm, TextField, WebAddressField
from partnerships.values.notation import accepted_forms


class DateForm(forms.Form):
    signed_on = HonestDateFormField(label="Signed", required=False)


class TextForm(forms.Form):
    note = TextField(max_length=5, required=False)


@pytest.fixture
def record_form():
    with isolate_apps("partnerships"):

        class Treaty(models.Model):  # noqa: DJ008 -- never shown
            title = models.CharField(max_length=20)
            signed_on = HonestDateField("signed on")

            class Meta:
                app_label = "partnerships"

        class TreatyForm(HonestDatesForm):
            signed_on = HonestDateFormField(required=False)

            class Meta:
                model = Treaty
                fields = ("signed_on", "title")

        yield TreatyForm


def test_a_typed_date_and_its_wording_become_an_honest_date():
    form = DateForm({"signed_on_date": "Sep 2015", "signed_on_wording": " Sept.  2015 "})
    assert form.is_valid()
    assert form.cleaned_data == {"signed_on": HonestDate("2015-09", "Sept. 2015", date(2015, 9, 1), date(2015, 9, 30))}


def test_nothing_and_words_alone_are_dates_too():
    for data, expected in (({}, HonestDate()), ({"signed_on_wording": "last year"}, HonestDate(wording="last year"))):
        form = DateForm(data)
        assert form.is_valid()
        assert form.cleaned_data == {"signed_on": expected}


def test_a_refused_date_is_explained_and_kept_as_typed():
    form = DateForm({"signed_on_date": "3/4/26 <b>", "signed_on_wording": "spring"})
    assert form.errors == {
        "signed_on": [
            f"“3/4/26 <b>” is not a date that can be read. {accepted_forms()} "
            "Words such as “last year” belong in the second box."
        ]
    }
    html = str(form["signed_on"])
    assert 'value="3/4/26 &lt;b&gt;"' in html
    assert 'value="spring"' in html
    assert "style=" not in html


def test_each_box_has_a_label_of_its_own():
    html = str(DateForm()["signed_on"])
    assert [f'for="id_signed_on_{number}"' in html for number in (0, 1)] == [True, True]
    assert [f'id="id_signed_on_{number}"' in html for number in (0, 1)] == [True, True]


def test_an_unchanged_date_counts_as_unchanged():
    initial = {"signed_on": HonestDate.from_notation("2015-09", "Sept")}
    same = {"signed_on_date": "September 2015", "signed_on_wording": "Sept"}
    assert DateForm(same, initial=initial).changed_data == []
    assert DateForm(same | {"signed_on_date": "2016"}, initial=initial).changed_data == ["signed_on"]


def test_a_required_date_must_be_given():
    with pytest.raises(forms.ValidationError):
        HonestDateFormField().clean(["", ""])


def test_a_model_form_takes_the_date_from_the_record_and_gives_it_back(record_form):
    model = record_form._meta.model
    record = model(title="x", signed_on="XXXX-05")
    assert 'value="May, year not stated"' in str(record_form(instance=record)["signed_on"])
    form = record_form({"title": "x", "signed_on_date": "2015-09"}, instance=record)
    assert form.is_valid()
    assert form.instance.signed_on == HonestDate.from_notation("2015-09")


def test_a_refused_date_leaves_the_record_as_it_was(record_form):
    record = record_form._meta.model(title="x", signed_on="XXXX-05")
    form = record_form({"title": "x", "signed_on_date": "soon"}, instance=record)
    assert list(form.errors) == ["signed_on"]
    assert record.signed_on == HonestDate.from_notation("XXXX-05")


@pytest.mark.parametrize(
    ("note", "error"),
    [
        ("abcdef", "At most 5 characters can be kept; this has 6."),
        ("x" * 2**20, f"At most 5 characters can be kept; this has {2**20}."),
        ("a\x00", "The text holds a NUL character, which cannot be kept. Delete it and try again."),
    ],
)
def test_refused_text_is_explained(note, error):
    assert TextForm({"note": note}).errors == {"note": [error]}


def test_text_is_cleaned_or_left_exact():
    assert TextField().clean(" a \t b ") == "a b"
    assert TextField(multiline=True).clean(" a \r\n b ") == "a \n b"
    assert TextField(exact=True).clean(" a \r\n b ") == " a \r\n b "


def test_a_web_address_is_http_or_refused():
    assert WebAddressField().clean(" https://example.org/ ") == "https://example.org/"
    with pytest.raises(forms.ValidationError) as refused:
        WebAddressField().clean("javascript:alert(1)")
    assert refused.value.messages == ["Enter a web address that begins with http:// or https://."]
