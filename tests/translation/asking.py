"""Sources asked for and recalled by their text alone, on one route."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from babel import Locale

from pipeline.model.outcome import EngineUse
from pipeline.model.segment import UnitKey
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.ladder import Output
from pipeline.translation.lettering import Evidence
from pipeline.translation.memory_file import open_memory
from pipeline.translation.preparation import Preparation
from pipeline.translation.routes import Route, Step
from pipeline.translation.translator import Translator


def ask(one: Translator, route: Route, sources: Iterable[str]) -> list[EngineUse]:
    """Have sources translated; return what was asked."""
    uses: list[EngineUse] = []
    one.translate([route], [UnitKey("offer", source) for source in sources], uses.append)
    return uses


def recall(one: Translator, route: Route, sources: Iterable[str]) -> dict[str, Output]:
    """Return what is remembered of sources, without the origin, which is the route's."""
    outputs = one.recall([route], [UnitKey("offer", source) for source in sources])
    return {key.source: replace(output, origin=None) for key, output in outputs.items()}


# Sources with what has to come out of them as it went in.
KEPT = {
    "Write to jobs@a.example or call Acme.": ("jobs@a.example", "Acme"),
    "We use C++, Node.js and {name} every day.": ("C++", "Node.js", "{name}"),
    "Read <b>our page</b> at https://a.example/jobs before you apply.": ("<b>", "</b>", "https://a.example/jobs"),
}


def assert_markers_survive(engine: Engine, folder: Path) -> None:
    """Translate sentences with addresses, names, placeholders and markup from English, and look for each of those."""
    route = Route(steps=(Step(engine=engine, pair=Pair("en", "pt")),))
    with open_memory(folder / "memory.sqlite3") as memory:
        translator = Translator(
            memory=memory,
            refuse=lambda _source, _target: (),
            locale=Locale("pt", "BR"),
            preparation=Preparation(evidence=Evidence(language="en", names=("Acme",))),
        )
        ask(translator, route, KEPT)
        outputs = recall(translator, route, KEPT)
    assert {source: output.failures for source, output in outputs.items()} == dict.fromkeys(KEPT, ())
    assert [source for source in KEPT if outputs[source] == Output(target=source)] == []
    lost = [(source, span) for source, spans in KEPT.items() for span in spans if span not in outputs[source].target]
    assert lost == []
