"""The posts of a person over time."""

from collections.abc import Sequence
from datetime import date

from partnerships.people.models import Post
from partnerships.values.figures import Figure, Row, Told, Years, draw_term

CAPTION = (
    "Dark: in the post. Light: it began or ended on some day within. Fading: nobody recorded the end or the beginning. "
    "Dotted: no year is known, so it could stand anywhere on its line."
)


def over_time(posts: Sequence[Post], today: date) -> Figure | None:
    """The posts on one axis of years; None where no year is known of any, which the table says as well."""
    if not any(day.year_known for post in posts for day in (post.since, post.until)):
        return None
    years = Years.around([day for post in posts for day in (post.since, post.until)], today)
    description = f"{len(posts)} posts." if len(posts) > 1 else "1 post."
    return Figure(
        "posts",
        "Posts over time",
        description,
        CAPTION,
        ("Post", "From", "To"),
        [row(post, years) for post in posts],
        len(posts),
        years.draw("posts", "Posts over time", description),
    )


def row(post: Post, years: Years) -> Row:
    """One post, with its body where that may be seen."""
    address = post.organisation.get_absolute_url() if post.organisation else ""
    name = Told(str(post), address)
    since = Told(post.since.words or "beginning not recorded", unknown=not post.since.year_known)
    until = Told(post.until.words or "end not recorded", unknown=not post.until.year_known)
    return Row(name, draw_term(years, post.since, post.until), (since, until), (name, since, until))
