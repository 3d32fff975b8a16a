"""Form fields for text, web addresses and honest dates. What was typed always comes back with the error."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .dates import NOTATION, SUFFIXES, HonestDate, parse_typed
from .readback import ReadBackInput
from .text import clean_text
from .validators import A_DAY, plausible_day, web_address


class FieldsOnly(FormHelper):
    """Crispy draws the fields; the template draws the form round them and its token, once."""

    form_tag = False
    disable_csrf = True


class TextField(forms.CharField):
    """Text cleaned by `clean_text`; `multiline` keeps lines, `exact` keeps every byte of a quotation."""

    default_error_messages = {
        "max_length": _("At most %(limit_value)d characters can be kept; this has %(show_value)d."),
    }

    def __init__(self, *, multiline=False, exact=False, **options):
        self.multiline, self.exact = multiline, exact
        if multiline or exact:
            options.setdefault("widget", forms.Textarea)
        super().__init__(strip=not exact, **options)

    def to_python(self, value):
        text = super().to_python(value)
        if self.multiline:
            text = text.replace("\r\n", "\n")  # counted as the browser counts it
        if not text or self.max_length and len(text) > self.max_length:
            return text  # too long: the validator says so, and nothing is spent on cleaning it
        try:
            return clean_text(text, multiline=self.multiline, exact=self.exact)
        except ValueError as error:
            raise ValidationError(str(error), code="characters") from error


class WebAddressField(TextField):
    """An http or https address, and no other."""

    default_validators = [web_address]

    def __init__(self, **options):
        options.setdefault("widget", forms.URLInput)
        options.setdefault("max_length", 500)
        super().__init__(**options)


class DayField(forms.DateField):
    """A day of the calendar, by its figures."""

    default_error_messages = {"invalid": A_DAY}
    default_validators = [plausible_day]

    def __init__(self, **options):
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


class HonestDateWidget(forms.MultiWidget):
    """Two text boxes, `<name>_date` and `<name>_wording`."""

    use_fieldset = True
    template_name = "values/honest_date.html"

    def __init__(self, attrs=None):
        words = forms.TextInput({"maxlength": 200})
        super().__init__({"date": ReadBackInput("date"), "wording": words}, attrs)

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_

    def decompress(self, value):
        if not value:
            return ["", ""]
        return [value.words if value.notation else "", value.wording]


class HonestDateFormField(forms.MultiValueField):
    """A date as people type it and the words of the source; gives an `HonestDate`, an empty one for nothing."""

    widget = HonestDateWidget

    def __init__(self, **options):
        parts = (forms.CharField(required=False), TextField(required=False, max_length=200))
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, data_list) -> HonestDate:
        typed, wording = data_list or ("", "")
        try:
            return parse_typed(typed, wording)
        except ValueError as error:
            hint = gettext("Words such as “last year” belong in the second box.")
            raise ValidationError(f"{error} {hint}", code="date") from error


class HonestDatesForm(forms.ModelForm):
    """A ModelForm that may declare `HonestDateFormField`s: takes them from the record and gives them back to it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in self._honest_dates():
            self.initial.setdefault(name, getattr(self.instance, name))

    def _honest_dates(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, HonestDateFormField)]

    def _get_validation_exclusions(self):
        """Rules about a date hold for all its columns, though they are no fields of the form."""
        written = {name.removesuffix(NOTATION) for name in self.fields if name.endswith(NOTATION)}
        dates = written.union(self._honest_dates())
        return super()._get_validation_exclusions() - {name + suffix for name in dates for suffix in SUFFIXES}  # type: ignore[misc]

    def _post_clean(self):
        for name in self._honest_dates():
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()  # type: ignore[misc]
