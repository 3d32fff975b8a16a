"""The fixtures load on both engines, agree with themselves, and hold what the five documents give, and no more."""

import json
import re
from collections import defaultdict
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import TestCase

from partnerships.access.models import Record
from partnerships.management.commands.load_fixtures import ROOMS
from partnerships.models import (
    Agreement,
    Cohort,
    Funding,
    Gap,
    Organisation,
    OrganisationName,
    Party,
    Person,
    Place,
    Programme,
    Project,
    Source,
    Statement,
    Undertaking,
    Visit,
)
from partnerships.sources.models import Basis
from partnerships.values.fields import rebuild_dates
from partnerships.values.gaps import has_value

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
MODELS = list(apps.get_app_config("partnerships").get_models())
RECORDS = [model for model in MODELS if issubclass(model, Record)]
VOCABULARIES = ["agreementtype", "visitkind", "programmetype", "organisationkind", "fundingkind", "activity", "subject"]


def load() -> str:
    """Load the fixtures; what the command says."""
    out = StringIO()
    call_command("load_fixtures", stdout=out)
    return out.getvalue()


def titles(rows, field: str = "title") -> list[str]:
    """One column of the rows."""
    return list(rows.values_list(field, flat=True))


def is_empty(record, field: str) -> bool:
    """Whether nothing stands in a field, a set of rows, or in one row of it that ought to hold something."""
    if field == "signatories":
        return record.parties.filter(signatory__isnull=True).exists()
    if field == "group_size":
        return record.participants.filter(person__isnull=True, group_size__isnull=True).exists()
    value = getattr(record, field)
    return not value.exists() if hasattr(value, "exists") else not has_value(record, field)


class TheRegister(TestCase):
    """What is there once the fixtures are loaded."""

    @classmethod
    def setUpTestData(cls):
        """Load them once."""
        cls.said = load()

    def test_the_command_says_in_one_line_what_it_loaded(self):
        assert self.said == (
            "Loaded 40 organisations, 9 people, 7 agreements, 4 visits, 3 programmes, 4 funding, "
            f"51 undertakings, {Statement.objects.count()} statements, {Gap.objects.count()} gaps.\n"
        )

    def test_loading_again_changes_nothing(self):
        Organisation.objects.filter(handle="jitri").update(description="As the office has it")
        before = {model: model._base_manager.count() for model in MODELS}
        assert load() == "The fixtures are loaded already; nothing was changed.\n"
        assert {model: model._base_manager.count() for model in MODELS} == before
        assert Organisation.objects.get(handle="jitri").description == "As the office has it"

    def test_a_rebuild_changes_nothing(self):
        lines = set(apps.get_model("partnerships", "Entry").objects.values_list("kind", "record_id", "names_key"))
        places = set(Place.objects.values_list("handle", "lineage"))
        assert sum(rebuild_dates(model) for model in MODELS) == 0
        call_command("rebuild", stdout=StringIO())
        assert set(Place.objects.values_list("handle", "lineage")) == places
        assert (
            set(apps.get_model("partnerships", "Entry").objects.values_list("kind", "record_id", "names_key")) == lines
        )

    def test_everything_passes_the_checks_of_its_forms(self):
        for model in MODELS:
            for row in model._base_manager.all() if model._meta.model_name not in ("entry", "change") else ():
                row.clean_fields()
                row.clean()

    def test_every_record_has_a_handle_that_can_be_read(self):
        random = re.compile(r"[0-9a-f]{12}")
        assert [row for model in RECORDS for row in model.objects.all() if random.fullmatch(row.handle)] == []

    def test_every_gap_stands_on_an_empty_field_and_names_its_source(self):
        sources, filled = set(Source.objects.values_list("pk", flat=True)), []
        for gap in Gap.objects.all():
            record = apps.get_model("partnerships", gap.record_kind).objects.get(pk=gap.record_id)
            if not is_empty(record, gap.field) or gap.state != "not_stated" or gap.source_id not in sources:
                filled.append(str(gap))
        assert filled == []

    def test_every_agreement_visit_cohort_and_sum_says_what_is_not_stated_of_it(self):
        asked = {
            Agreement: ["type", "signed_on", "signed_place", "starts_on", "ends_on", "ending", "notice_period"],
            Visit: ["kind", "partner", "happens_on", "place", "purpose"],
            Programme: ["type", "agreement", "starts_on", "ends_on", "audience", "aims"],
            Cohort: ["enters_on", "status", "places_agreed", "nominated", "admitted", "started", "awarded"],
            Funding: ["kind", "funder", "recipient", "amount", "currency", "given_on"],
            Project: ["status", "starts_on", "ends_on"],
            Organisation: ["kind", "place", "founded_on"],
            Source: ["publisher", "dated_on", "url"],
        }
        gaps = set(Gap.objects.values_list("record_kind", "record_id", "field"))
        unsaid = [
            (str(record), field)
            for model, fields in asked.items()
            for record in model.objects.all()
            for field in fields
            if not has_value(record, field) and (model._meta.model_name, record.pk, field) not in gaps
        ]
        assert unsaid == []

    def test_every_statement_speaks_of_a_record_that_is_there(self):
        lost = [
            one.handle
            for one in Statement.objects.all()
            if not apps.get_model("partnerships", one.record_kind).objects.filter(pk=one.record_id).exists()
        ]
        assert lost == []

    def test_every_record_rests_on_a_statement(self):
        spoken = set(Statement.objects.values_list("record_kind", "record_id"))
        bare = [
            str(row)
            for model in RECORDS
            if model is not Statement
            for row in model.objects.all()
            if (model._meta.model_name, row.pk) not in spoken
        ]
        assert bare == []

    def test_a_field_that_a_statement_speaks_of_belongs_to_its_record(self):
        more = {"agreement": {"signatories"}, "visit": {"group_size"}}
        strange = []
        for one in Statement.objects.exclude(field=""):
            model = apps.get_model("partnerships", one.record_kind)
            if not hasattr(model, one.field) and one.field not in more.get(one.record_kind, ()):
                strange.append((one.handle, one.field))
        assert strange == []

    def test_a_quotation_has_at_most_fifteen_words(self):
        assert [one.handle for one in Statement.objects.all() if len(one.quotation.split()) > 15] == []

    def test_what_is_general_knowledge_is_places_names_and_the_meaning_of_words(self):
        known = Statement.objects.filter(basis=Basis.GENERAL)
        assert set(known.values_list("record_kind", "field")) == {
            ("place", "native_name"),
            ("place", "parent"),
            ("place", "kind"),
            ("organisation", "names"),
            ("organisation", "kind"),
            ("person", "family_name"),
            ("programme", "type"),
        }
        assert not known.exclude(source=None).exists()
        native = OrganisationName.objects.filter(kind="native").exclude(value="西交利物浦大学")
        assert native.count() == known.filter(field="names").count()

    def test_which_name_is_the_family_name_is_general_knowledge_of_each_person(self):
        known = Statement.objects.filter(record_kind="person", field="family_name")
        assert {one.basis for one in known} == {Basis.GENERAL}
        assert sorted(known.values_list("record_id", flat=True)) == sorted(Person.objects.values_list("pk", flat=True))

    def test_the_kind_of_every_place_has_a_basis(self):
        spoken = Statement.objects.filter(record_kind="place", field="kind").values_list("record_id", flat=True)
        assert sorted(spoken) == sorted(Place.objects.values_list("pk", flat=True))

    def test_every_undertaking_says_on_what_its_standing_rests(self):
        rests = Statement.objects.filter(record_kind="undertaking", field="standing", basis__in=Basis.quoted())
        assert sorted(rests.values_list("record_id", flat=True)) == sorted(
            Undertaking.objects.values_list("pk", flat=True)
        )
        aims = Undertaking.objects.filter(standing="aim").order_by("organisation__handle")
        assert set(aims.values_list("organisation__handle", flat=True)) == {"birmingham-guangzhou-centre", "nblsri"}
        assert not Undertaking.objects.filter(standing="stated").exists()

    def test_an_activity_is_recorded_where_the_words_name_one_and_a_gap_where_not(self):
        told = Gap.objects.filter(record_kind="undertaking", field="activities").values_list("record_id", flat=True)
        bare = Undertaking.objects.filter(activities=None).values_list("pk", flat=True)
        assert sorted(told) == sorted(bare)
        found = Undertaking.objects.filter(agreement__handle="west-china-mobility-agreements")
        assert {code for one in found for code in one.activities.values_list("code", flat=True)} == {"mobility"}

    def test_every_activity_and_subject_of_a_line_rests_on_words_of_a_source(self):
        for field in ("activities", "subjects"):
            rests = Statement.objects.filter(record_kind="undertaking", field=field, basis__in=Basis.quoted())
            tagged = Undertaking.objects.exclude(**{field: None}).order_by("pk").distinct()
            assert sorted(set(rests.values_list("record_id", flat=True))) == list(tagged.values_list("pk", flat=True))

    def test_a_remark_of_the_register_is_nobody_s_saying(self):
        said = Statement.objects.filter(said_by__isnull=False)
        assert not said.filter(text__contains="speaks of").exclude(kind="strategy").exists()
        assert not said.filter(field__in=["standing", "status", "programme", "parent", "kind"]).exists()

    def test_a_name_that_no_document_prints_is_not_called_official(self):
        ours = Organisation.objects.exclude(names__kind="official")
        assert sorted(titles(ours, "handle")) == [
            "china-institute",
            "chinese-government",
            "nanjing-culture-bureau",
            "the-sunday-times",
        ]
        assert not ours.filter(notes="").exists()

    def test_a_statement_is_a_sentence_that_stands_by_itself(self):
        bare = re.compile(r"(It|They|He|She|In|To|For|Until) ")
        strange = [
            (one.handle, one.text)
            for one in Statement.objects.all()
            if len(one.text.split()) < 3 or one.text[-1:] not in (".", "”") or bare.match(one.text)
        ]
        assert strange == []

    def test_the_statements_command_prints_a_list_of_objects_and_nothing_else(self):
        out = StringIO()
        call_command("statements", stdout=out)
        rows = json.loads(out.getvalue())
        assert len(rows) == Statement.objects.count() + Gap.objects.count()
        assert {tuple(row) for row in rows} == {
            ("document", "paragraph", "quote", "record", "field", "kind", "basis", "note")
        }
        assert {tuple(row["record"]) for row in rows} == {("kind", "title")}
        assert [row for row in rows if not row["record"]["title"]] == []
        assert {row["basis"] for row in rows if row["quote"]} == {"stated", "implied", "by context"}
        assert {row["basis"] for row in rows if not row["quote"]} == {"not stated", "general knowledge"}

    def test_there_are_seven_agreements_and_one_is_a_memorandum(self):
        assert sorted(titles(Agreement.objects.all(), "handle")) == [
            "jitri-phd-agreement",
            "jitri-shanghai-2022",
            "nanjing-mou",
            "nblsri-agreement",
            "southeast-joint-research-institute",
            "west-china-mobility-agreements",
            "xjtu-dual-phd-agreement",
        ]
        assert titles(Agreement.objects.filter(type__code__contains="mou"), "handle") == ["nanjing-mou"]
        assert titles(Agreement.objects.filter(type=None).order_by("handle"), "handle") == [
            "jitri-shanghai-2022",
            "nblsri-agreement",
        ]
        assert Agreement.objects.get(stands_for="unknown").handle == "west-china-mobility-agreements"

    def test_a_party_need_not_be_a_signatory(self):
        signed = Party.objects.filter(signatory__isnull=False).order_by("agreement__handle", "order")
        assert list(signed.values_list("agreement__handle", "organisation__handle", "signatory__name")) == [
            ("jitri-phd-agreement", "university-of-birmingham", "Adam Tickell"),
            ("jitri-phd-agreement", "jitri", "Qing Liu"),
            ("nanjing-mou", "university-of-birmingham", "Tim Jones"),
        ]

    def test_the_memorandum_was_signed_in_may_of_no_year_and_covers_five_areas(self):
        memorandum = Agreement.objects.get(handle="nanjing-mou")
        assert (memorandum.signed_on.notation, memorandum.signed_on.wording) == ("XXXX-05", "in May")
        assert titles(memorandum.undertakings, "wording") == [
            "Research and innovation",
            "Industrial matchmaking, technology transfer and commercialisation",
            "Talent training",
            "Academic and people-to-people exchange",
            "Medicine and health",
        ]

    def test_there_are_two_visits_each_way(self):
        assert sorted(Visit.objects.values_list("direction", "title")) == [
            ("inbound", "Nanjing city leaders at the University of Birmingham"),
            ("inbound", "Southeast University leaders at Birmingham"),
            ("outbound", "Adam Tickell in Nanjing"),
            ("outbound", "Tim Jones in Nanjing"),
        ]
        asked = Undertaking.objects.filter(visit__handle="nanjing-leaders-at-birmingham")
        assert list(asked.values_list("wording", "standing", "by__name")) == [
            ("Intensify industrial innovation collaboration", "asked", "Zhang Jinghua"),
            ("Increase sci-tech innovation and talent exchanges", "asked", "Zhang Jinghua"),
            ("Strengthen university-to-university relationships", "asked", "Zhang Jinghua"),
        ]

    def test_one_sum_of_four_is_stated_and_six_projects_are_one_record(self):
        assert sorted(Funding.objects.values_list("title", "currency")) == [
            ("BP sponsorship", ""),
            ("Birmingham-JITRI fund for joint projects", "GBP"),
            ("Further funding for brain health", ""),
            ("United Nations sponsorship", ""),
        ]
        assert titles(Funding.objects.exclude(amount=None), "amount") == [2_700_000]
        assert list(Project.objects.filter(funding__handle="jitri-fund").values_list("stands_for", "how_many")) == [
            ("number", 6)
        ]

    def test_two_programmes_are_called_dual(self):
        assert titles(Programme.objects.filter(type__code="dual_phd")) == [
            "Dual PhD with XJTU",
            "UoL/DICP dual PhD programme in Energy research",
        ]

    def test_six_organisations_are_named_in_more_than_one_document(self):
        documents = defaultdict(set)
        for body, source in Statement.objects.filter(record_kind="organisation", basis__in=Basis.quoted()).values_list(
            "record_id", "source"
        ):
            documents[body].add(source)
        several = [body for body, found in documents.items() if len(found) > 1]
        assert sorted(titles(Organisation.objects.filter(pk__in=several), "name")) == [
            "Jiangsu Industry Technology Research Institute",
            "Nanjing Municipal Government",
            "Southeast University",
            "University of Birmingham",
            "University of Birmingham China Institute",
            "Xi'an Jiaotong-Liverpool University",
        ]

    def test_an_abbreviation_that_no_document_uses_is_not_recorded(self):
        acronyms = OrganisationName.objects.filter(kind="acronym").order_by("value")
        assert titles(acronyms, "value") == ["CASS", "DICP", "JITRI", "NBLSRI", "SYSU", "UoL", "XJTLU", "XJTU"]

    def test_every_term_has_a_definition_and_every_role_a_group(self):
        for name in VOCABULARIES:
            assert apps.get_model("partnerships", name).objects.exists()
            assert not apps.get_model("partnerships", name).objects.filter(definition="").exists()
        assert sorted(titles(Group.objects.all(), "name")) == ["admin", "manager", "staff", "viewer"]


def test_there_is_one_file_for_each_room_that_is_loaded():
    assert sorted(path.stem for path in FIXTURES.iterdir()) == sorted(ROOMS)


def test_fixtures_name_records_by_handle_and_terms_by_code():
    numbered = []
    for room in ROOMS:
        for row in json.loads((FIXTURES / f"{room}.json").read_text(encoding="utf-8")):
            if "pk" in row or ("record_id" in row["fields"] and ":" not in row["fields"]["record_id"]):
                numbered.append(row)
    assert numbered == []
