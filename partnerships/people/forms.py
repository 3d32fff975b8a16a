"""How a person is entered: the name as printed, the posts, and how to reach them for a purpose."""

from django import forms

from partnerships.people.models import POLITICAL, ContactPoint, Person, Post
from partnerships.records.forms import MainForm, Notice, RecordForm
from partnerships.records.rows import Rows
from partnerships.values.names import guess_parts

SENSITIVE = (
    "An office in a political party tells of political opinions, which UK GDPR protects as special-category data. "
    "Tick this where a role does so, and record no more of it than the source gives and the office needs."
)


class PersonForm(MainForm):
    """A person; family and given name follow from the printed one unless somebody typed them."""

    family_first = forms.TypedChoiceField(
        label="Which word is the family name?",
        choices=[("", "the last one, as in Tim Jones"), ("yes", "the first one, as in Zhang Wei")],
        coerce=lambda typed: typed == "yes",
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Person
        fields = [
            "name",
            "family_first",
            "title",
            "native_name",
            "family_name",
            "given_name",
            "is_sensitive",
            "visibility",
            "notes",
        ]
        help_texts = {
            "name": "Without the form of address.",
            "family_name": "Left empty, it is taken from the name as printed.",
            "given_name": "Left empty, it is taken from the name as printed.",
            "is_sensitive": SENSITIVE,
        }
        never_unknown = ("family_first",)  # one of the two answers always holds
        brief = ("name", "family_first", "title", "is_sensitive")
        folded = ("How it is sorted", "In the office")
        sections = [
            ("The name", ["name", "family_first", "title", "native_name"]),
            ("How it is sorted", ["family_name", "given_name"]),
            ("In the office", ["is_sensitive", "visibility", "notes"]),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["family_first"] = "yes" if self.initial.get("family_first") in (True, "yes") else ""

    def clean(self) -> dict:
        """Take family and given name from the printed name where nothing was said of either."""
        cleaned = super().clean()
        said = ("family_name", "given_name", "gap_family_name", "gap_given_name")
        if cleaned.get("name") and not any(cleaned.get(name) for name in said):
            parts = guess_parts(cleaned["name"], cleaned.get("family_first", False))
            cleaned["family_name"], cleaned["given_name"] = (part[:80] for part in parts)
        return cleaned


class PostForm(RecordForm):
    """What a person is, where, and from when to when."""

    notices = (
        Notice(
            ("role", "organisation"),
            POLITICAL,
            "This role may tell of political opinions, which are sensitive personal data (UK GDPR). Tick “a role may "
            "be sensitive personal data”, and record no more than the source gives and the office needs.",
            lambda post: post.tells_politics,
        ),
    )

    class Meta:
        model = Post
        fields = ["role", "organisation", "since", "until"]


class ContactPointForm(RecordForm):
    """How a person is reached, and for what."""

    class Meta:
        model = ContactPoint
        fields = ["kind", "value", "purpose"]


PERSON_ROWS = (
    Rows(
        Post,
        PostForm,
        "Posts",
        "post",
        extra=0,
        hint=f"The present one first. {SENSITIVE.partition('. ')[0]}.",
        joins=("organisation",),
        brief=("role", "organisation"),
    ),
    Rows(
        ContactPoint,
        ContactPointForm,
        "Contact points",
        "contact point",
        extra=0,
        hint="As written, and only with the purpose it was given for, such as press enquiries.",
    ),
)
