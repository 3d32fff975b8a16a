"""What is done with people: somebody is recorded from a name, and what they are, in one go."""

from partnerships.organisations.models import Organisation
from partnerships.people.models import Person, Post
from partnerships.values.names import guess_parts


def record_person(
    *,
    name: str,
    family_first: bool = False,
    post: str = "",
    organisation: Organisation | None = None,
    **columns,
) -> Person:
    """A new person with at most one post; family and given name follow from the printed one unless they are given."""
    if not (columns.get("family_name") or columns.get("given_name")):
        columns["family_name"], columns["given_name"] = (part[:80] for part in guess_parts(name, family_first))
    person = Person.objects.create(name=name, family_first=family_first, **columns)
    if post:
        add_post(person, post, organisation)
    return person


def add_post(person: Person, role: str, organisation: Organisation | None) -> Post:
    """One more post; a person of whom it tells politics is marked so."""
    post = Post.objects.create(person=person, role=role, organisation=organisation, order=person.posts.count() + 1)
    if post.tells_politics and not person.is_sensitive:
        person.is_sensitive = True
        person.save(update_fields=["is_sensitive"])
    return post
