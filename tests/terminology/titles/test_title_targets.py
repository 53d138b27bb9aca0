"""A title is said in another language only if every word of it is accounted for."""

import pytest
from babel import Locale

from pipeline.terminology.titles.person_forms import Gender
from pipeline.terminology.titles.target import title_target

PT, EN, ES, FR, DE = Locale("pt", "BR"), Locale("en"), Locale("es"), Locale("fr"), Locale("de")


def said(source: str, language: str, locale: Locale, gender: Gender = Gender.PAIRED) -> str:
    """Return a target that can be used, "" without one."""
    target = title_target(source, language, locale, gender=gender, is_name={"Acme", "Porto", "Paris"}.__contains__)
    return target.target if target is not None and target.used else ""


@pytest.mark.parametrize(
    ("source", "language", "locale", "target"),
    [
        ("Lead Product Manager", "en", PT, "Gerente de produto líder"),
        ("Staff Engineer", "en", PT, "Engenheiro(a) staff"),
        ("CIENTISTA DE DADOS SR", "pt", EN, "Senior Data Scientist"),
        ("ANALISTA COMERCIAL SR", "pt", EN, "Senior Commercial Analyst"),
        ("Senior Backend Engineer", "en", DE, "Senior Backend-Ingenieur/in"),
        ("Senior Backend Engineer", "en", ES, "Ingeniero/a de backend sénior"),
        ("Senior Backend Engineer", "en", FR, "Ingénieur(e) backend senior"),
        ("Head of Logistics", "en", FR, "Responsable logistique"),
        ("Pessoa Analista de Dados Pleno", "pt", EN, "Mid-Level Data Analyst"),
        ("Gerente comercial", "pt", ES, "Gerente comercial"),
        ("Vertriebsleiter", "de", EN, "Sales Manager"),
        ("Logistikplaner", "de", EN, "Logistics Planner"),
        ("Chargé(e) de communication", "fr", EN, "Communications Officer"),
        ("Vaga para Enfermeira", "pt", EN, "Nurse"),
        ("Enfermeira", "pt", ES, "Enfermero/a"),
        ("Contrato", "pt", EN, "Contract"),
        ("Manager", "en", DE, "Manager/in"),
        ("Strategy & Operations Manager", "en", DE, "Manager/in Strategie und Operations"),
        ("Strategy and Operations Expert", "en", DE, "Experte/Expertin Strategie und Operations"),
        ("Java Developer", "en", DE, "Java-Entwickler/in"),
        ("Claims Compliance Manager", "en", DE, "Compliance-Manager/in Schaden"),
        ("Claims Compliance Manager", "en", PT, "Gerente de compliance de sinistros"),
        ("Finance and IT Manager", "en", ES, "Gerente de finanzas y TI"),
        ("Sales and IA Manager", "en", ES, ""),
        ("Operations and Innovation Manager", "en", ES, "Gerente de operaciones e innovación"),
        ("Especialista", "pt", EN, ""),
        ("Vendas gerente", "pt", EN, ""),
        ("Claims Compliance Director", "en", DE, ""),
        ("Commercial Nurse", "en", PT, ""),
        ("Community nurse", "en", PT, ""),
        ("Chief Nurse", "en", PT, ""),
        ("Chief Information Security Officer", "en", PT, "Diretor(a) de segurança da informação (CISO)"),
        ("Analista de Suporte N2", "pt", EN, "IT Support Analyst N2"),
        ("Registered Nurse - ICU", "en", PT, "Enfermeiro(a) - UTI"),
        ("Java software engineer", "en", ES, "Ingeniero/a de software Java"),
        ("Java software engineer", "en", DE, "Softwareingenieur/in Java"),
        ("Product Owner com foco em Dados", "pt", FR, "Product Owner données"),
        ("Data Engineers", "en", FR, ""),
        ("Graphic Designers", "en", PT, ""),
        ("Remote Night Shift Nurse", "en", PT, "Enfermeiro(a) (remoto, noturno)"),
        ("Remote night shift", "en", PT, "Remoto, noturno"),
    ],
)
def test_words_stand_in_the_order_of_the_target(source: str, language: str, locale: Locale, target: str) -> None:
    assert said(source, language, locale) == target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Acme | Nurse | Porto", "Acme | Enfermeiro(a) | Porto"),
        ("Everwise | New Product | Nurse | Remote", ""),
        ("Everwise | Nurse | Remote", "Everwise | Enfermeiro(a) | Remoto"),
        ("Nurse @ Everwise | https:/&", "Enfermeiro(a) @ Everwise | https:/&"),
        ('Acme | Nurse | <a href="https://acme.example/', 'Acme | Enfermeiro(a) | <a href="https://acme.example/'),
        ("Nurse | Onsite | ht", "Enfermeiro(a) | Presencial | ht"),
        ("Nurse (Night Shift), Germany", "Enfermeiro(a) (Noturno), Alemanha"),
        ("Manager, Claims Compliance", "Gerente de compliance de sinistros"),
        ("Manager II, Claims Compliance", "Gerente II, Compliance de sinistros"),
        ("16799-Data Engineer II - QA", "16799-Engenheiro(a) de dados II - QA"),
        ("Part-time Cashier", "Operador(a) de caixa (meio período)"),
        ("Data Engineers", "Engenheiros(as) de dados"),
        ("Strategy & Operations Manager", "Gerente de estratégia e operações"),
    ],
)
def test_parts_between_separators_are_said_one_by_one(source: str, target: str) -> None:
    assert said(source, "en", PT) == target


@pytest.mark.parametrize(
    "source",
    [
        "Senior Backend Whisperer",
        "Clojure/Haskell Web Developer",
        "Enterprise Growth Account Executive",
        "Marketing Planning and Operations Manager",
        "Associate, Finance",
        "We go on",
        "Go to market manager",
        "Nurse!",
        "Whisperer II",
        "Remote whisperer",
        "Sales head of",
        "metal drawing machine operator",
    ],
)
def test_a_word_that_is_not_known_leaves_the_title_to_an_engine(source: str) -> None:
    assert said(source, "en", PT) == ""


def test_what_is_known_is_a_suggestion_and_the_rest_is_asked() -> None:
    target = title_target("Nurse, Delivery Whispering", "en", PT)
    assert target is not None
    assert (target.target, target.used, target.asked) == (
        "Enfermeiro(a), Delivery Whispering",
        False,
        ("Delivery Whispering",),
    )
    assert target.source == "Nurse, Delivery Whispering"


@pytest.mark.parametrize(
    ("gender", "locale", "target"),
    [
        (Gender.PAIRED, PT, "Enfermeiro(a)"),
        (Gender.MASCULINE, PT, "Enfermeiro"),
        (Gender.FEMININE, PT, "Enfermeira"),
        (Gender.NEUTRAL, PT, "Pessoa enfermeira"),
        (Gender.PAIRED, ES, "Enfermero/a"),
        (Gender.FEMININE, FR, "Infirmière"),
        (Gender.PAIRED, DE, "Pflegefachkraft"),
        (Gender.NEUTRAL, DE, "Pflegefachkraft"),
        (Gender.NEUTRAL, ES, "Enfermero/a"),
    ],
)
def test_people_are_named_in_the_form_of_the_locale(gender: Gender, locale: Locale, target: str) -> None:
    assert said("Nurse", "en", locale, gender) == target


@pytest.mark.parametrize(
    ("source", "language", "locale", "target"),
    [
        ("Software Developer (m/f/d)", "en", DE, "Softwareentwickler/in (m/w/d)"),
        ("Softwareentwickler (m/w/d), Paris", "de", FR, "Développeur logiciel (F/H/X), Paris"),
        ("Softwareentwickler:in", "de", FR, "Développeur/euse logiciel"),
        ("Infirmier H/F", "fr", DE, "Pflegefachkraft m/w"),
        ("Engenheiro (a) de Dados", "pt", EN, "Data Engineer"),
        ("Verkäufer/Verkäuferin", "de", EN, "Sales Assistant"),
        ("Grutier / Grutière", "fr", EN, "Crane Operator"),
        ("Développeur / Développeuse web (H/F)", "fr", EN, "Web Developer (m/f)"),
    ],
)
def test_a_gender_mark_is_neither_lost_nor_invented(source: str, language: str, locale: Locale, target: str) -> None:
    assert said(source, language, locale) == target


@pytest.mark.parametrize(
    ("language", "locale"), [("ja", PT), ("en", Locale("ja")), ("en", EN), ("en", Locale("pt", "PT"))]
)
def test_a_language_without_words_says_nothing(language: str, locale: Locale) -> None:
    assert title_target("Nurse", language, locale) is None


def test_a_text_without_a_known_word_or_of_any_length_is_no_title() -> None:
    assert title_target("Zenefits", "en", PT) is None
    assert title_target("nurse " * 100_000, "en", PT) is None
