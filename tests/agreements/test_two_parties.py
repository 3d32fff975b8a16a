"""An agreement has two parties or more, whoever writes it and by whichever way: the database sees to it at commit."""

import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from partnerships.agreements import constraints
from partnerships.memory import triggers
from partnerships.models import Agreement, Party
from tests.samples import agreement, organisation

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = {"sqlite": "FOREIGN KEY constraint failed", "postgresql": "An agreement needs at least two parties."}


def refused():
    """Expect the refusal of this engine."""
    return pytest.raises(IntegrityError, match=REFUSED[connection.vendor])


def run(sql: str, *params) -> None:
    """Execute SQL without the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def copy_of(one: Agreement, handle: str) -> None:
    """Insert an agreement by SQL alone."""
    columns = [field.column for field in Agreement._meta.concrete_fields if field.column not in ("id", "handle")]
    listed = ", ".join(columns)
    run(
        f"INSERT INTO partnerships_agreement (handle, {listed}) SELECT %s, {listed} FROM partnerships_agreement "  # noqa: S608
        "WHERE id = %s",
        handle,
        one.pk,
    )


def test_the_names_in_the_sql_are_those_of_the_models():
    assert (Agreement._meta.db_table, Party._meta.db_table) == ("partnerships_agreement", "partnerships_party")
    assert Party._meta.get_field("agreement").column == "agreement_id"


def test_an_agreement_with_two_parties_is_kept():
    made = agreement("Exchange", parties=(organisation("A"), organisation("B")))
    assert [str(party) for party in Agreement.objects.get(pk=made.pk).parties.all()] == ["A", "B"]


def test_an_agreement_without_parties_is_refused_at_commit():
    with refused():
        Agreement.objects.create(title="Alone")
    assert Agreement.objects.count() == 0


def test_an_agreement_with_one_party_is_refused_and_leaves_nothing():
    one = organisation()
    with refused(), transaction.atomic():
        made = Agreement.objects.create(title="Half")
        Party.objects.create(agreement=made, organisation=one)
        assert Agreement.objects.count() == 1
    assert (Agreement.objects.count(), Party.objects.count()) == (0, 0)


def test_an_agreement_written_by_sql_alone_is_refused_too():
    made = agreement()
    with refused():
        copy_of(made, "copied")
    with transaction.atomic():
        copy_of(made, "copied")
        copied = Agreement.objects.get(handle="copied").pk
        for other in (organisation().pk, organisation().pk):
            run(
                'INSERT INTO partnerships_party (agreement_id, organisation_id, signed_on_edtf, signed_on_wording, "order")'
                " VALUES (%s, %s, '', '', 0)",
                copied,
                other,
            )
    assert Party.objects.filter(agreement=copied).count() == 2


def test_the_second_last_party_can_not_be_taken_away():
    made = agreement()
    party = made.parties.first()
    with refused():
        party.delete()
    with refused():
        run("DELETE FROM partnerships_party WHERE id = %s", party.pk)
    with refused():
        made.parties.all().delete()
    assert made.parties.count() == 2


def test_a_third_party_may_leave_and_a_party_may_be_exchanged():
    made = agreement(parties=(organisation(), organisation(), organisation("Third")))
    made.parties.get(organisation__name="Third").delete()
    with transaction.atomic():
        made.parties.all().delete()
        for name in ("New", "Newer"):
            Party.objects.create(agreement=made, organisation=organisation(name))
    assert [str(party) for party in made.parties.order_by("pk")] == ["New", "Newer"]


def test_a_party_can_not_be_moved_away_from_an_agreement_of_two():
    made, other = agreement(), agreement()
    party = made.parties.first()
    with refused():
        Party.objects.filter(pk=party.pk).update(agreement=other)
    third = Party.objects.create(agreement=made, organisation=organisation())
    Party.objects.filter(pk=third.pk).update(agreement=other)
    assert (made.parties.count(), other.parties.count()) == (2, 3)


def test_an_agreement_may_be_renumbered_only_together_with_its_parties():
    made = agreement()
    with refused(), transaction.atomic():
        Party.objects.filter(agreement=made).delete()
        Agreement.objects.filter(pk=made.pk).update(id=777)
    with transaction.atomic():
        Agreement.objects.filter(pk=made.pk).update(id=777)
        Party.objects.filter(agreement_id=made.pk).update(agreement_id=777)
    assert Party.objects.filter(agreement_id=777).count() == 2


def test_an_agreement_goes_with_its_parties():
    by_orm, by_sql = agreement(), agreement()
    by_orm.delete()
    with transaction.atomic():
        run("DELETE FROM partnerships_party WHERE agreement_id = %s", by_sql.pk)
        run("DELETE FROM partnerships_agreement WHERE id = %s", by_sql.pk)
    assert (Agreement.objects.count(), Party.objects.count()) == (0, 0)


def test_an_agreement_that_comes_and_goes_in_one_transaction_owes_nothing():
    with transaction.atomic():
        Agreement.objects.create(title="Mistake").delete()
    assert Agreement.objects.count() == 0


def test_what_is_rolled_back_owes_nothing():
    kept = agreement()
    with transaction.atomic(), pytest.raises(RuntimeError), transaction.atomic():
        Agreement.objects.create(title="Alone")
        kept.parties.all().delete()
        raise RuntimeError
    assert (Agreement.objects.count(), kept.parties.count()) == (1, 2)


def fixture(tmp_path, *parties: str) -> str:
    """A fixture with an agreement, and after it its parties."""
    rows = [
        {"model": "partnerships.agreement", "fields": {"handle": "loaded", "title": "Loaded"}},
        *(
            {"model": "partnerships.party", "fields": {"agreement": ["loaded"], "organisation": [handle]}}
            for handle in parties
        ),
    ]
    path = tmp_path / "agreements.json"
    path.write_text(json.dumps(rows))
    return str(path)


def test_a_fixture_may_give_the_parties_after_the_agreement(tmp_path):
    organisation("A", handle="a"), organisation("B", handle="b")
    call_command("loaddata", fixture(tmp_path, "a", "b"), verbosity=0)
    assert Agreement.objects.get().parties.count() == 2


def test_a_fixture_with_too_few_parties_is_refused(tmp_path):
    organisation("A", handle="a")
    with refused():
        call_command("loaddata", fixture(tmp_path, "a"), verbosity=0)
    assert Agreement.objects.count() == 0


def test_an_early_look_at_the_constraints_finds_what_is_owed():
    with transaction.atomic():
        made = Agreement.objects.create(title="Half")
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        for _ in range(2):
            Party.objects.create(agreement=made, organisation=organisation())
        connection.check_constraints()
    assert made.parties.count() == 2


def test_installing_again_changes_nothing_and_what_is_missing_comes_back():
    assert constraints.install(connection) == []
    name, table = sorted(constraints._existing(connection))[0]
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert constraints.install(connection) == [name]
    assert constraints.install(connection) == []


def test_a_rule_of_an_older_version_is_replaced():
    wanted = constraints._existing(connection)
    on, body = "partnerships_party", "AFTER DELETE ON partnerships_party"
    if connection.vendor == "postgresql":
        body += " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION two_parties()"
        run(f"CREATE CONSTRAINT TRIGGER two_parties_left_of_old {body}")
    else:
        run(f"CREATE TRIGGER two_parties_left_of_old {body} BEGIN SELECT 1; END")
    assert ("two_parties_left_of_old", on) in constraints._existing(connection)
    constraints.install(connection)
    assert constraints._existing(connection) == wanted


@pytest.mark.engine("sqlite", "only SQLite rebuilds tables")
def test_the_tables_can_be_rebuilt_while_the_rule_is_lifted():
    made = agreement()
    constraints.before_migrating(using="default", plan=[("a migration", False)])
    triggers.before_migrating(using="default", plan=[("a migration", False)])
    for model in (Agreement, Party):
        with connection.schema_editor() as editor:
            editor._remake_table(model)
    constraints.after_migrating(using="default")
    triggers.after_migrating(using="default")
    with refused():
        made.parties.all().delete()
