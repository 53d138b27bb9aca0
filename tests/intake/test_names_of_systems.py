"""What well-known systems and job boards call the fields of a posting in their exports and answers."""

import pytest

from pipeline.intake.formats.generic import field_of
from pipeline.intake.reading.locations import read_where
from pipeline.intake.reading.values import Doubts, read_text
from pipeline.model.posting import Location

# By system: each of its names and the field that it is, as its documentation has them.
NAMES = {
    "Workday": "title=title locationsText=locations postedOn=date_posted jobReqId=id timeType=employment_type "
    "jobDescription=description primaryLocation=locations Requisition_Title=title Job_Requisition_ID=id",
    "SuccessFactors": "jobReqId=id externalTitle=title externalJobDescription=description "
    "postingStartDate=date_posted postingEndDate=valid_through",
    "Taleo": "primaryLocation=locations unpostingDate=valid_through requisitionNumber=id "
    "externalDescription=description contestNumber=id postingDate=date_posted",
    "BambooHR": "jobOpeningName=title employmentStatusLabel=employment_type atsLocation=locations "
    "jobOpeningShareUrl=url datePosted=date_posted",
    "USAJOBS": "PositionTitle=title PositionURI=url PositionLocationDisplay=locations JobSummary=description "
    "PublicationStartDate=date_posted ApplicationCloseDate=valid_through OrganizationName=organization PositionID=id "
    "PositionRemuneration=salary PositionSchedule=employment_type",
    "Bundesagentur für Arbeit": "titel=title refnr=id arbeitgeber=organization arbeitsort=locations "
    "aktuelleVeroeffentlichungsdatum=date_posted stellenbeschreibung=description arbeitszeit=hours "
    "stellenangebotsTitel=title stellenlokationen=locations verguetungsangabe=salary externeUrl=url",
    "France Travail": "intitule=title lieuTravail=locations dateCreation=date_posted typeContrat=employment_type "
    "entreprise=organization salaire=salary dureeTravailLibelle=employment_type",
    "JobTech": "headline=title employer=organization workplace_address=locations publication_date=date_posted "
    "application_deadline=valid_through webpage_url=url working_hours_type=employment_type",
    "NAV": "title=title employer=organization workLocations=locations applicationDue=valid_through "
    "published=date_posted sourceurl=url",
    "Reed": "jobId=id jobTitle=title jobDescription=description employerName=organization locationName=locations "
    "minimumSalary=salary_min maximumSalary=salary_max expirationDate=valid_through jobUrl=url",
    "Himalayas": "companyName=organization locationRestrictions=applicant_countries pubDate=date_posted "
    "applicationLink=url minSalary=salary_min maxSalary=salary_max",
    "The Muse": "name=weak_title contents=description publication_date=date_posted locations=locations",
    "Adzuna": "title=title redirect_url=url contract_time=employment_type salary_min=salary_min created=date_posted",
    "Bullhorn": "publicDescription=description dateAdded=date_posted address=locations salaryUnit=salary_unit",
    "Pinpoint": "deadline_at=valid_through workplace_type=remote compensation_minimum=salary_min "
    "compensation_maximum=salary_max compensation_currency=salary_currency compensation_frequency=salary_unit",
    "InfoJobs": "titulo=title empresa=organization provincia=region fechaPublicacion=date_posted "
    "tipoContrato=employment_type descripcion=description",
    "Gupy": "careerPageName=organization jobUrl=url publishedDate=date_posted applicationDeadline=valid_through "
    "isRemoteWork=remote",
    "EURES": "jobVacancyTitle=title creationDate=date_posted positionScheduleCode=employment_type",
    "LinkedIn": "partnerJobId=id applyUrl=url company=organization workplaceTypes=remote",
}
PAIRS = [(system, *pair.split("=")) for system, pairs in NAMES.items() for pair in pairs.split()]


@pytest.mark.parametrize(("system", "name", "field"), PAIRS, ids=[f"{system} {name}" for system, name, _ in PAIRS])
def test_name_of_a_system_is_that_of_a_field(system: str, name: str, field: str) -> None:
    assert field_of(name) == field, system


def test_objects_of_systems_name_what_they_are() -> None:
    assert read_text({"nom": "Le Four"}, "organization", Doubts()) == "Le Four"
    assert read_text({"display_name": "Rye"}, "organization", Doubts()) == "Rye"
    place = {"libelle": "75 - PARIS", "latitude": 48.8, "codePostal": "75015", "commune": "75115"}
    assert read_where(place, Doubts()).locations == (Location(country="FR", city="PARIS", postal_code="75015"),)
