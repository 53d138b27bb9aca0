"""Which stand-ins the engines let through: kinds of markers against sentences that hold one, two or three of them."""

import os
from collections.abc import Iterator

from pipeline.models.lock import compare
from pipeline.models.package import list_packages, model_folders
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.apertium import open_apertium
from pipeline.translation.engines.argos import ArgosEngine
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.engines.firefox import FirefoxEngine
from pipeline.translation.protection import Hidden, Marker, MarkerError, unmask
from pipeline.translation.segmenter import Segmenter
from tests.bench.table import Found, Missing, Note, Row

FORMS = (
    "Q{}Q",
    "XQ{}",
    "PH{}",
    "__{}__",
    "[{}]",
    "[[{}]]",
    "({})",
    "<x{}>",
    "#{}",
    "⟦{}⟧",
    "§{}§",
    "0{}0",
    "https://e.co/{}",
)
SENTENCES = {
    "en": (
        "Send your application to {}.",
        "{} is a family business with forty employees.",
        "Two years of experience with {} are required",
        "We work with {} every day.",
        "Knowledge of {}, or the will to learn it",
        "You will report to the head of {} in Lisbon.",
        "Have a look at {} before you apply.",
        "Good command of {} and {}",
        "{} and {} are part of your daily work.",
        "Call {} or write to {} until Friday.",
        "The contract with {} starts on 3 May and ends when {} is delivered.",
        "Our warehouse in {} delivers to {} twice a week.",
        "You have used {} together with {} before.",
        "From {} to {}, depending on experience",
        "{}, {} and {} are our largest customers.",
        "Write to {}, call {} or visit {}.",
        "You build the services of {} with {} on {}.",
        "Experience with {}, {} or {}",
        "Apply at {} with the number {} and your name {}.",
        "{} bought {} and now belongs to {}.",
        "The team uses {} for planning, {} for drawing and {} for testing.",
    ),
    "es": (
        "Envíe su solicitud a {}.",
        "{} es una empresa familiar con cuarenta empleados.",
        "Se requieren dos años de experiencia con {}",
        "Trabajamos con {} todos los días.",
        "Conocimientos de {} o ganas de aprenderlo",
        "Trabajará con la responsable de {} en Lisboa.",
        "Consulte {} antes de presentar su candidatura.",
        "Buen dominio de {} y {}",
        "{} y {} forman parte de su trabajo diario.",
        "Llame a {} o escriba a {} antes del viernes.",
        "El contrato con {} empieza el 3 de mayo y termina cuando se entregue {}.",
        "Nuestro almacén de {} reparte en {} dos veces por semana.",
        "Ha usado {} junto con {}.",
        "De {} a {}, según la experiencia",
        "{}, {} y {} son nuestros mayores clientes.",
        "Escriba a {}, llame a {} o visite {}.",
        "Construirá los servicios de {} con {} en {}.",
        "Experiencia con {}, {} o {}",
        "Inscríbase en {} con el número {} y su nombre {}.",
        "{} compró {} y ahora pertenece a {}.",
        "El equipo usa {} para planificar, {} para dibujar y {} para probar.",
    ),
    "fr": (
        "Envoyez votre candidature à {}.",
        "{} est une entreprise familiale de quarante salariés.",
        "Deux ans d'expérience avec {} sont nécessaires",
        "Nous travaillons avec {} tous les jours.",
        "Connaissance de {} ou envie de l'apprendre",
        "Vous travaillez avec la responsable de {} à Lisbonne.",
        "Regardez {} avant de postuler.",
        "Bonne maîtrise de {} et {}",
        "{} et {} font partie de votre travail quotidien.",
        "Appelez {} ou écrivez à {} avant vendredi.",
        "Le contrat avec {} commence le 3 mai et finit quand {} est livré.",
        "Notre entrepôt de {} livre à {} deux fois par semaine.",
        "Vous avez utilisé {} avec {}.",
        "De {} à {}, selon l'expérience",
        "{}, {} et {} sont nos plus grands clients.",
        "Écrivez à {}, appelez {} ou visitez {}.",
        "Vous construisez les services de {} avec {} sur {}.",
        "Expérience avec {}, {} ou {}",
        "Inscrivez-vous à {} avec le numéro {} et votre nom {}.",
        "{} a acheté {} et appartient maintenant à {}.",
        "L'équipe utilise {} pour planifier, {} pour dessiner et {} pour tester.",
    ),
}
NEEDS = {
    "argos": "no packages are installed; polypost models install en pt",
    "firefox": "no models are installed; polypost models install --from DIR",
    "apertium": "it is not installed; apt-get install apertium apertium-es-pt",
}
PAIRS = (Pair("en", "pt"), Pair("es", "pt"), Pair("es", "ca"), Pair("fr", "es"), Pair("en", "es"))


def rows() -> Iterator[Found]:
    """Yield how the marker that each engine is given stands beside the best of the others."""
    installed = list(engines())
    for name, need in NEEDS.items():
        if name not in {engine.name for engine in installed}:
            yield Missing(what=f"markers that survive, {name}", need=need)
    for engine in installed:
        for pair in PAIRS:
            if not engine.covers(pair):
                continue
            what = f"markers that survive, {engine.name} {pair}, {engine.marker.form}"
            size = f"{len(SENTENCES[pair.source])} sentences"
            own = survival(engine, pair, engine.marker.form)
            best = max(survival(engine, pair, form) for form in FORMS if form != engine.marker.form)
            if best:
                yield Row(what=what, size=size, ours=(own,), peer=(best,), against="the best other", at_least=1)
            else:
                yield Note(what=what, text=f"{own:.0f} of {len(SENTENCES[pair.source])}, of the others none")


def survival_table() -> list[tuple[str, ...]]:
    """Return the table: a row a kind of marker, a column an engine and pair, in how many sentences all survived."""
    columns = [(engine, pair) for engine in engines() for pair in PAIRS if engine.covers(pair)]
    heading = ("marker", *(f"{engine.name} {pair}" for engine, pair in columns))
    return [heading, *((form, *(f"{survival(engine, pair, form):.0f}" for engine, pair in columns)) for form in FORMS)]


def engines() -> Iterator[Engine]:
    """Yield the engines that are installed here."""
    segmenter = Segmenter()
    yield BergamotEngine(segmenter)
    packages = compare(list_packages(model_folders(os.environ)), ()).packages
    for name, make in (("argos", ArgosEngine), ("firefox", FirefoxEngine)):
        own = [package for package in packages if package.engine == name]
        if own:
            yield make(own, segmenter)
    apertium = open_apertium(os.environ)
    if apertium is not None:
        yield apertium


def survival(engine: Engine, pair: Pair, form: str) -> float:
    """Return in how many sentences every marker came out once and no word was marked as unknown."""
    marker = Marker(form=form)
    sentences = SENTENCES[pair.source]
    asked = [masked(sentence, marker) for sentence in sentences]
    answers = engine.translate(asked, pair)
    return sum(
        survived(answer, sentence.count("{}"), marker) and not engine.flaws(question, answer)
        for sentence, question, answer in zip(sentences, asked, answers, strict=True)
    )


def masked(sentence: str, marker: Marker) -> str:
    """Return a sentence with numbered markers in its places."""
    pieces = sentence.split("{}")
    numbered = (marker.form.replace("{}", str(number)) + piece for number, piece in enumerate(pieces[1:]))
    return pieces[0] + "".join(numbered)


def survived(answer: str, count: int, marker: Marker) -> bool:
    """Tell whether each of `count` markers is in the answer once."""
    try:
        unmask(answer, [Hidden(text="x")] * count, marker)
    except MarkerError:
        return False
    return True


def main() -> None:
    """Print the table."""
    table = survival_table()
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())  # noqa: T201


if __name__ == "__main__":
    main()
