"""XML written piece by piece, so that no document is held as a tree; every feed in XML is made with it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

from lxml import etree

XML = "http://www.w3.org/XML/1998/namespace"
LANG = f"{{{XML}}}lang"


class XmlWriter:
    """Writes elements into an open document; a name without a namespace is of `namespace`."""

    def __init__(self, file: Any, namespace: str = "") -> None:
        self._file = file
        self._prefix = f"{{{namespace}}}" if namespace else ""

    def element(
        self, name: str, attributes: Mapping[str, str] | None = None, nsmap: Mapping[str | None, str] | None = None
    ) -> AbstractContextManager[None]:
        """Open an element; it ends with the context."""
        opened: AbstractContextManager[None] = self._file.element(
            name if name.startswith("{") else self._prefix + name, attributes or {}, nsmap=nsmap
        )
        return opened

    def leaf(self, name: str, text: str = "", **attributes: str) -> None:
        """Write an element that holds no other."""
        with self.element(name, attributes):
            if text:
                self._file.write(text)


def serialize_xml(write: Callable[[XmlWriter], None], namespace: str = "") -> bytes:
    """Return the document that `write` writes."""
    buffer = BytesIO()
    with etree.xmlfile(buffer, encoding="utf-8") as file:
        file.write_declaration()
        write(XmlWriter(file, namespace))
    return buffer.getvalue() + b"\n"
