"""Word documents as Word writes them, for tests: their parts in short, packed."""

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = {
    **{f"Heading{level}": f"heading {level}" for level in range(1, 4)},
    "Title": "Title",
    "ListParagraph": "List Paragraph",
}
_BULLETS, _NUMBERS = 1, 2
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
LINK = f'<Relationship Id="link" Type="{_OFFICE}/hyperlink" Target="https://rye.example/apply" TargetMode="External"/>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; what is no markup is one plain run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def bold(text: str) -> str:
    return paragraph(run(text, "<w:b/>"))


def bullet(text: str, level: int = 0, kind: int = _BULLETS) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{kind}"/></w:numPr>'
    return paragraph(text, style="ListParagraph", properties=place)


def numbered(text: str) -> str:
    return bullet(text, kind=_NUMBERS)


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def parts_of(*body: str, relations: str = "") -> dict[str, bytes]:
    """Return the parts of a document by their names."""
    levels = {
        kind: "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{form}"/></w:lvl>' for n in range(9))
        for kind, form in ((_BULLETS, "bullet"), (_NUMBERS, "decimal"))
    }
    numbering = "".join(f'<w:abstractNum w:abstractNumId="{n}">{each}</w:abstractNum>' for n, each in levels.items())
    numbering += "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in levels)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    spaces = (
        f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    main = f'<Relationship Id="main" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    written = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>',
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{_PACKAGE}/metadata/core-properties"/>',
        "word/document.xml": f"<w:document {spaces}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/numbering.xml": f"<w:numbering {spaces}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {spaces}>{styles}</w:styles>",
    }
    return {name: f"{HEAD}{content}".encode() for name, content in written.items()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # without the time of day
    return out.getvalue()


def document(*body: str, relations: str = "", further: Mapping[str, str] | None = None) -> bytes:
    """Return a document of these paragraphs and tables; `further` are parts beside the usual ones."""
    return packed(
        {
            **parts_of(*body, relations=relations),
            **{name: text.encode() for name, text in (further or {}).items()},
        }
    )


def notes(text: str) -> str:
    return f'{HEAD}<w:footnotes xmlns:w="{_W}"><w:footnote w:id="7">{paragraph(text)}</w:footnote></w:footnotes>'


def comments(text: str) -> str:
    return f'{HEAD}<w:comments xmlns:w="{_W}"><w:comment w:id="3">{paragraph(text)}</w:comment></w:comments>'
