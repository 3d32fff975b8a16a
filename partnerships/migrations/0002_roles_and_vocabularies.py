"""The four roles, and the terms of the vocabularies with their definitions."""

from django.db import migrations

GROUPS = ("viewer", "staff", "manager", "admin")
OFFICE = "practice of UK international offices"
RECORDS = "documents of the register"

AGREEMENT_TYPES = (
    ("loi", "Letter of Intent", "States what both sides mean to do; binds neither.", OFFICE),
    ("mou", "Memorandum of Understanding", "An umbrella of intent, not binding, under which later agreements stand.", OFFICE),
    ("moa", "Memorandum of Agreement", "Binding terms for one programme or activity, often for five years.", OFFICE),
    ("articulation_rpl", "articulation, by recognition of prior learning",
     "Entry with advanced standing, decided for each student.", OFFICE),
    ("articulation_guaranteed", "articulation, guaranteed",
     "Entry with advanced standing, assured to all who meet its terms.", OFFICE),
    ("exchange_student", "student exchange", "Students go both ways, in balance.", "EWP IIA v7"),
    ("exchange_staff", "staff exchange", "Staff go both ways to teach, do research or be trained.", "EWP IIA v7"),
    ("study_abroad", "study abroad", "Students go one way, and pay for it.", OFFICE),
    ("mobility", "mobility", "Students or staff go to the other side; exchange, balance and fees aren't stated.", RECORDS),
    ("joint_award", "joint award", "One certificate in the name of all who award it.", OFFICE),
    ("dual_award", "dual award", "A certificate from each of the two who award it.", OFFICE),
    ("franchise", "franchise", "The partner teaches a programme of ours that leads to our award.", OFFICE),
    ("validation", "validation", "We approve a programme of the partner's own as leading to our award.", OFFICE),
    ("credit_rating", "credit rating", "We give a credit value to learning that the partner provides.", OFFICE),
    ("flying_faculty", "flying faculty", "Our staff travel to teach our programme at the partner's place.", OFFICE),
    ("branch_campus", "branch campus", "A campus of ours in another country.", OFFICE),
    ("joint_institute", "joint institute", "An institute for teaching, run with a partner and approved by its state.", OFFICE),
    ("joint_programme", "joint programme", "One programme taught with a partner and approved by its state.", OFFICE),
    ("joint_venture_university", "joint-venture university", "A university with a standing of its own, formed by two.", OFFICE),
    ("phd_joint", "joint PhD", "Doctoral study that leads to one degree in both names.", OFFICE),
    ("phd_dual", "dual PhD", "Doctoral study that leads to a degree from each side.", OFFICE),
    ("phd_programme", "PhD programme", "A doctoral programme that is called neither joint nor dual.", RECORDS),
    ("cotutelle", "cotutelle", "Shared supervision of one doctoral student, agreed for that student.", OFFICE),
    ("split_site", "split-site PhD", "Doctoral study whose time is divided between two places.", OFFICE),
    ("doctoral_training", "doctoral training", "Training of doctoral cohorts by several bodies together.", OFFICE),
    ("joint_research_centre", "joint research centre", "A laboratory or institute for research, set up together.", RECORDS),
    ("research_collab", "research collaboration", "The contract of a research project.", "OpenAIRE"),
    ("sponsorship", "sponsorship", "A sponsor's contract: money or goods for a named purpose.", OFFICE),
    ("nda", "confidentiality agreement", "What is told is kept secret.", OFFICE),
    ("government_mou", "Memorandum of Understanding with a government",
     "A memorandum whose other side is a city, a province or a ministry.", RECORDS),
)

VISIT_KINDS = (
    ("courtesy_call", "courtesy call", "A short visit to pay respects; nothing is negotiated.", OFFICE),
    ("leadership", "leadership", "Heads of institutions meet.", OFFICE),
    ("government", "government", "Leaders or officials of a city, province or state take part for it.", OFFICE),
    ("exploratory", "exploratory", "To find out what could be done together.", OFFICE),
    ("project_working", "project working visit", "Work on a project that exists.", OFFICE),
    ("signing_ceremony", "signing", "An agreement is signed.", OFFICE),
    ("site_visit_due_diligence", "site visit for due diligence", "To see for ourselves before an agreement or a placement.", OFFICE),
    ("review_visit", "review visit", "To review an agreement or a programme that runs.", OFFICE),
    ("benchmarking_training", "benchmarking or training", "The visitors come to learn how things are done.", OFFICE),
    ("student_group", "student group", "A group of students, with or without staff.", OFFICE),
    ("promotional_event", "promotional event", "A fair, a talk or a reception that makes an institution known.", OFFICE),
)

PROGRAMME_TYPES = (
    ("joint_phd", "joint PhD", "One degree in both names, under one set of regulations, for a cohort.", OFFICE),
    ("dual_phd", "dual PhD", "Two degrees, one from each side.", OFFICE),
    ("cotutelle", "cotutelle", "One student with a supervisor on each side, by an agreement for that student.", OFFICE),
    ("split_site", "split-site PhD", "Time is divided between two places; the award may be one side's alone.", OFFICE),
    ("co_supervised", "co-supervised PhD", "One side awards, both supervise.", OFFICE),
    ("employer_researcher", "PhD for a partner's researchers", "The candidates are researchers of the partner.", RECORDS),
    ("sponsored", "sponsored PhD", "A named sponsor pays, and nothing else is known of the arrangement.", RECORDS),
)

ORGANISATION_KINDS = (
    ("university", "university", "Teaches, does research and awards degrees.", OFFICE, "education"),
    ("research_academy", "research academy", "A learned body with research institutes of its own.", RECORDS, "facility"),
    ("research_institute", "research institute", "Does research; alone or as part of a larger body.", OFFICE, "facility"),
    ("industry_research_institute", "industry research institute",
     "Does research for industry, or carries it there.", RECORDS, "facility"),
    ("hospital", "hospital", "Treats the sick; it may teach and do research.", OFFICE, "healthcare"),
    ("municipal_government", "municipal government", "The government of a city.", OFFICE, "government"),
    ("national_government", "national government", "The government of a country.", RECORDS, "government"),
    ("government_office", "office of a government", "A bureau or department of a government.", RECORDS, "government"),
    ("city_council", "city council", "The elected body of a city.", OFFICE, "government"),
    ("party_committee", "party committee", "A committee of a political party; never the government beside it.", RECORDS, "other"),
    ("intergovernmental", "intergovernmental body", "A body whose members are states.", RECORDS, "other"),
    ("publisher_company", "publisher", "A company that publishes.", OFFICE, "company"),
    ("joint_venture_university", "joint-venture university", "A university that two others formed.", OFFICE, "education"),
    ("alliance", "alliance", "A body whose members are institutions.", OFFICE, "other"),
    ("sponsor_company", "sponsor (company)", "A company known as the giver of money.", OFFICE, "company"),
    ("unit", "unit", "A school, institute, centre or platform inside another body.", OFFICE, "other"),
)

FUNDING_KINDS = (
    ("gift", "gift", "Given without a service in return.", "CERIF"),
    ("internal_funding", "internal funding", "An institution's own money.", "CERIF"),
    ("contract", "contract", "Paid for work that is agreed.", "CERIF"),
    ("award", "award", "Given for merit.", "CERIF"),
    ("grant", "grant", "Given for a purpose after a proposal.", "CERIF"),
    ("sponsorship", "sponsorship", "Given by a sponsor, who is named for it.", OFFICE),
    ("partner_match", "matched by the partner", "The partner adds to what we give.", OFFICE),
    ("in_kind", "in kind", "Not money: places, rooms, equipment, time.", OFFICE),
    ("scholarship", "scholarship", "For a student's fees or living.", OFFICE),
    ("joint_fund", "joint fund", "A sum for joint work; who paid in what may be unknown.", OFFICE),
)

ACTIVITIES = (
    ("information_exchange", "information exchange", "Telling each other what is known and planned.", OFFICE),
    ("joint_research", "joint research", "Research done by both.", OFFICE),
    ("joint_courses", "joint education", "Education planned or taught by both, up to the doctorate.", OFFICE),
    ("staff_visits", "staff visits", "Staff and researchers stay at the other side.", OFFICE),
    ("staff_training", "staff training", "Staff are trained.", OFFICE),
    ("student_exchange", "student exchange", "Students go to the other side.", OFFICE),
    ("mobility", "mobility", "Students or researchers go to the other side; which way and on what terms isn't stated.", RECORDS),
    ("joint_publications", "joint publications", "Writing and publishing together.", OFFICE),
    ("conferences", "conferences", "Meetings of scholars, held together.", OFFICE),
    ("technology_transfer", "technology transfer", "Research becomes products and companies.", OFFICE),
    ("industrial_matchmaking", "industrial matchmaking", "Projects and enterprises are brought together.", RECORDS),
    ("talent_training", "talent training", "People are trained for leading work.", RECORDS),
    ("cultural_exchange", "cultural exchange", "Events and work in culture and the arts.", OFFICE),
    ("health_services", "health services", "Services for patients and public health.", RECORDS),
    ("capacity_building", "capacity building", "One side helps the other to do more by itself.", RECORDS),
    ("joint_facilities", "joint facilities", "A campus, laboratory or institute is planned or kept together.", RECORDS),
)

SUBJECTS = (
    ("advanced-manufacturing", "Advanced manufacturing", "New ways of making things.", ""),
    ("anthropology", "Anthropology", "The study of people and their cultures.", "0314"),
    ("archaeology", "Archaeology", "The study of the past by what it left.", "0222"),
    ("biodiversity-protection", "Biodiversity protection", "Keeping the variety of life.", ""),
    ("bioinformatics", "Bioinformatics", "Computing with data of biology.", ""),
    ("biomedical-engineering", "Biomedical engineering", "Engineering for medicine.", ""),
    ("biomedical-technologies", "Biomedical technologies", "Techniques against disease and for regeneration.", ""),
    ("biomedicine", "Biomedicine", "Biology in the service of medicine.", ""),
    ("brain-health", "Brain health", "Health of the brain, in research and for patients.", ""),
    ("brain-image-data-analysis", "Brain image data analysis", "Reading images of the brain by computing.", ""),
    ("brain-science", "Brain science", "How the brain works.", ""),
    ("chemistry", "Chemistry", "The science of substances.", "0531"),
    ("clean-energy", "Low-carbon clean energy", "Energy with little carbon.", "0713"),
    ("clinical-medicine", "Clinical medicine", "Medicine at the patient.", "0912"),
    ("covid-19", "COVID-19", "The disease and what followed from it.", ""),
    ("data-science", "Data science", "Drawing knowledge from data.", ""),
    ("device-and-education-policy", "Device and education policy", "Policy for devices and for education.", ""),
    ("device-development", "Device development", "Making devices, here for medicine.", ""),
    ("education", "Education", "Teaching and learning, as a field.", ""),
    ("electronics", "Electronics", "Circuits and devices.", "0714"),
    ("energy", "Energy research", "Winning, storing and using energy.", "0713"),
    ("environmental-protection", "Environmental protection", "Keeping air, water and land.", ""),
    ("health", "Health", "Health as a field, not further divided.", "0910"),
    ("health-related-data-science", "Health-related data science", "Data science for health.", ""),
    ("heritage", "Heritage", "What is inherited and kept.", ""),
    ("humanities", "Humanities", "Humanities, not further divided.", "0220"),
    ("imaging", "Imaging", "Making images for science and medicine.", ""),
    ("integrated-energy-systems", "Integrated energy systems", "Energy of several kinds in one system.", "0713"),
    ("law", "Law", "The study of law.", "0421"),
    ("medicine", "Medicine", "The study of disease and healing.", "0912"),
    ("nanoparticle-technology", "Nanoparticle technology", "Making and using very small particles.", ""),
    ("one-belt-one-road", "‘One Belt One Road’ Initiative", "The initiative and what follows from it.", ""),
    ("product-development", "Product development", "From an invention to a product.", ""),
    ("public-affairs", "Public affairs", "Public service and its staff.", ""),
    ("public-health", "Public health", "Health of the population.", ""),
    ("recycling", "Recycling solutions", "Using things again.", ""),
    ("shakespeare", "Shakespeare", "Shakespeare's works and how they are read and played.", "0232"),
    ("social-sciences", "Social Sciences", "Social sciences, not further divided.", "0310"),
    ("sustainable-development", "Sustainable development", "Development that can go on.", ""),
    ("technology-innovation", "Technology innovation", "New techniques put to use.", ""),
    ("trade-relations", "Trade relations", "Trade between countries.", ""),
)

FIELDS = ("code", "label", "definition", "source")
VOCABULARIES = {
    "AgreementType": [dict(zip(FIELDS, row, strict=True)) for row in AGREEMENT_TYPES],
    "VisitKind": [dict(zip(FIELDS, row, strict=True)) for row in VISIT_KINDS],
    "ProgrammeType": [dict(zip(FIELDS, row, strict=True)) for row in PROGRAMME_TYPES],
    "OrganisationKind": [dict(zip((*FIELDS, "ror_type"), row, strict=True)) for row in ORGANISATION_KINDS],
    "FundingKind": [dict(zip(FIELDS, row, strict=True)) for row in FUNDING_KINDS],
    "Activity": [dict(zip(FIELDS, row, strict=True)) for row in ACTIVITIES],
    "Subject": [
        {"code": code, "label": label, "definition": definition, "source": RECORDS, "isced_code": isced}
        for code, label, definition, isced in SUBJECTS
    ],
}


def add(apps, schema_editor):
    """Make the groups and the terms that aren't there; a term that an office has edited stays as it is."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in GROUPS:
        groups.get_or_create(name=name)
    for model, terms in VOCABULARIES.items():
        rows = apps.get_model("partnerships", model).objects.using(schema_editor.connection.alias)
        for term in terms:
            rows.get_or_create(code=term["code"], defaults=term)


def remove(apps, schema_editor):
    """Take away what nothing uses; groups with members and terms in use stay, and `add` finds them again."""
    alias = schema_editor.connection.alias
    apps.get_model("auth", "Group").objects.using(alias).filter(name__in=GROUPS, user__isnull=True).delete()
    for model, terms in VOCABULARIES.items():
        kind = apps.get_model("partnerships", model)
        unused = {f"{link.field.related_query_name()}__isnull": True for link in kind._meta.related_objects}
        rows = kind.objects.using(alias)
        idle = rows.filter(code__in=[term["code"] for term in terms], **unused).values_list("pk", flat=True)
        rows.filter(pk__in=list(idle)).delete()


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(add, remove)]
