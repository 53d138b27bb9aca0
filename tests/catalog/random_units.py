"""Random catalogs: everything that a unit may hold in the house form."""

from hypothesis import strategies as st

from pipeline.catalog.incoming import posting_reference
from pipeline.catalog.layout import house_headers
from pipeline.catalog.po_file import Catalog
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.text import is_visible
from pipeline.model.unit import (
    DELIBERATELY_EMPTY,
    EngineOrigin,
    Extras,
    OriginKind,
    Provenance,
    Suggestion,
    Unit,
    digest,
)

HEADERS = house_headers("en", parse_locale("ar"))
# One line, as segments are, in scripts and signs that break PO tools.
LETTERS = st.sampled_from(
    [
        *"aB \"\\'%{}#:|~,.",
        "é",
        "ß",
        "ا",
        "ة",
        "\u200f",
        "働",
        "🎓",
        "👩‍🔧",
        "\uf8d0",
        "\u2060",
        "\xa0",
        "C++",
        "msgid ",
    ]
)
LINE = st.lists(LETTERS, min_size=1, max_size=12).map("".join)
COMMENT = LINE.map(str.strip).filter(lambda text: bool(text) and text[0] not in "#:|~,.\xa0" and text[-1] != "\xa0")
# A person's target may hold what no segment does.
TYPED = st.one_of(LETTERS, st.sampled_from(["\n", "\t", "\u2028", "\x85", "\\n"]))
TARGET = st.lists(TYPED, min_size=1, max_size=12).map(lambda parts: "".join(parts).strip("\n"))
TARGET = TARGET.filter(lambda target: target == DELIBERATELY_EMPTY or is_visible(target))
WORD = st.text("abcdefgh0123456789.-", min_size=1, max_size=8)
ENGINE = st.builds(EngineOrigin, engine=WORD, model=WORD, route=st.sampled_from(["en→ar", "en→fr→ar"]))
CONTEXT = st.sampled_from(["title", "heading", "requirements", "requirements|a b", "offer|ü/x", ""])
KEY = st.builds(UnitKey, CONTEXT, LINE)
REFERENCE = st.sampled_from(["a b", "acme:4711", "ü/x", "p%20", "x~y", "🎓"]).map(posting_reference)
FLAGS = st.sampled_from([(), ("no-c-format",), ("no-wrap",), ("no-c-format", "no-wrap")])


@st.composite
def random_units(
    draw: st.DrawFn, keys: st.SearchStrategy[UnitKey] = KEY, targets: st.SearchStrategy[str] = TARGET
) -> Unit:
    target = draw(st.one_of(st.just(""), targets))
    retired = bool(target) and draw(st.booleans())
    doubtful = bool(target) and draw(st.booleans())
    engine = draw(ENGINE)
    made = draw(st.sampled_from([target, "something else"]))
    plural = bool(target) and draw(st.integers(0, 5)) == 0
    return Unit(
        key=draw(keys),
        target=target,
        doubtful=doubtful,
        retired=retired,
        provenance=draw(
            st.sampled_from(
                [
                    None,
                    Provenance(kind=OriginKind.ENGINE, digest=digest(made), engine=engine),
                    Provenance(
                        kind=OriginKind.ENGINE,
                        digest=digest(made),
                        engine=engine,
                        asked=draw(COMMENT),
                        repair=draw(st.sampled_from(["", "parts"])),
                        risk=draw(st.one_of(st.none(), st.integers(0, 100))),
                    ),
                    Provenance(kind=OriginKind.MEMORY, digest=digest(made), context="employment type"),
                ]
            )
        ),
        previous=draw(st.one_of(st.none(), keys)) if doubtful or not target else None,
        suggestion=Suggestion(engine=engine, target=draw(COMMENT)) if doubtful and draw(st.booleans()) else None,
        attempt=draw(st.one_of(st.none(), ENGINE)),
        findings=tuple(draw(st.lists(st.sampled_from(["numbers", "length", "quotes"]), max_size=2, unique=True))),
        neighbours=tuple(draw(st.lists(COMMENT, max_size=3))) if doubtful or not target else (),
        references=tuple(draw(st.lists(REFERENCE, max_size=3, unique=True))),
        extras=Extras(
            notes=tuple(draw(st.lists(COMMENT, max_size=2))),
            remarks=tuple(draw(st.lists(COMMENT.map("see ".__add__), max_size=2))),
            flags=draw(FLAGS),
            plural_source=draw(LINE) if plural else "",
            plural_targets=(target, *(draw(targets) for _ in range(5))) if plural else (),
        ),
    )


def random_catalogs(max_size: int = 6) -> st.SearchStrategy[Catalog]:
    """Live units before obsolete ones, each key once: as merging returns them."""
    lists = st.lists(random_units(), max_size=max_size, unique_by=lambda unit: unit.key)
    extra = st.sampled_from([(), (("X-Generator", "Poedit 3.4"),), (("PO-Revision-Date", "2026-11-01 10:00+0100"),)])
    return st.builds(
        lambda units, more, notes: Catalog(
            headers=HEADERS[:6] + more + HEADERS[6:],
            notes=notes,
            units=tuple(sorted(units, key=lambda unit: unit.retired)),
        ),
        lists,
        extra,
        st.sampled_from([(), ("Stellenanzeigen auf Arabisch",), ("one", "two 🎓")]),
    )
