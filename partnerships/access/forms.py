"""What somebody may choose for themselves."""

from crispy_forms.helper import FormHelper
from django import forms

from partnerships.access.models import Preferences


class PreferencesForm(forms.ModelForm):
    """Theme, density, the order of scripts in names, whether letters come and whether keys act."""

    class Meta:
        model = Preferences
        fields = ["theme", "density", "names", "keys_act", "gets_letters"]
        widgets = dict.fromkeys(["theme", "density", "names"], forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class LookForm(forms.ModelForm):
    """Theme and density alone, as the switch of every page sends them; what it leaves out stays as it is."""

    class Meta:
        model = Preferences
        fields = ["theme", "density"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.data):
            del self.fields[name]
