"""Units as tests speak of them."""

from pipeline.catalog.incoming import Incoming, posting_reference
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Unit, digest

ARGOS = EngineOrigin(engine="argos", model="1.9", route="en→fr")
BERGAMOT = EngineOrigin(engine="bergamot", model="tiny", route="en→fr")


def key(source: str, context: str = "requirements") -> UnitKey:
    return UnitKey(context, source)


def references(*postings: str) -> tuple[str, ...]:
    return tuple(map(posting_reference, postings))


def incoming(source: str, *postings: str, context: str = "requirements") -> Incoming:
    return Incoming(key=key(source, context), references=references(*(postings or ("acme-1",))))


def empty(source: str, *postings: str, context: str = "requirements") -> Unit:
    return Unit(key=key(source, context), references=references(*(postings or ("acme-1",))))


def persons(source: str, target: str, *postings: str, context: str = "requirements", doubtful: bool = False) -> Unit:
    return Unit(
        key=key(source, context),
        target=target,
        doubtful=doubtful,
        references=references(*(postings or ("acme-1",))),
    )


def engines(source: str, target: str, *postings: str, context: str = "requirements", doubtful: bool = True) -> Unit:
    return Unit(
        key=key(source, context),
        target=target,
        doubtful=doubtful,
        provenance=Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=ARGOS),
        references=references(*(postings or ("acme-1",))),
    )
