r"""Forms of files that are known and not read: what each is called, and what to do with it.

>>> refusal_of(b"%PDF-1.7")
'a PDF document, which is not read; save what it was made of as .docx, or copy its text into a text file'
>>> refusal_of(b"Title: Baker"), refusal_of_text("From: a@rye.example\nMIME-Version: 1.0\n\nHello", "a.txt")[:9]
('', 'an e-mail')
"""

import re

_SAVE_AS_WORD = "open it in Word or LibreOffice and save it as .docx"
_WRITE_OUT = "write its text into a text file or a Word document"
_EXPORT = "export the postings as JSON, CSV or XLSX"
_UNPACK = "unpack it, or pack it as .zip or .gz"
# By what a file begins with.
_BEGINNINGS = (
    (b"%PDF", "a PDF document", "save what it was made of as .docx, or copy its text into a text file"),
    (b"{\\rtf", "an RTF document", _SAVE_AS_WORD),
    (b"\x89PNG", "a picture", _WRITE_OUT),
    (b"\xff\xd8\xff", "a picture", _WRITE_OUT),
    (b"GIF8", "a picture", _WRITE_OUT),
    (b"PAR1", "a Parquet file", _EXPORT),
    (b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (b"Obj\x01", "an Avro file", _EXPORT),
    (b"BZh", "a file packed by bzip2", _UNPACK),
    (b"\xfd7zXZ\x00", "a file packed by xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a file packed by zstd", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
)
# Files of Microsoft's old form begin alike; streams in them have names.
_STREAMS = (
    ("EncryptedPackage", "a document with a password", "save it without one"),
    ("WordDocument", "an old Word document (.doc)", _SAVE_AS_WORD),
    ("PowerPoint Document", "an old PowerPoint document", _WRITE_OUT),
    ("__substg1.0_", "an Outlook message", "save its attachment, or copy the posting into a text file"),
)
_MAIL = "an e-mail, which is not read; save its attachment, or copy the posting out of it into a text file"
_MAIL_ENDINGS = (".eml", ".mbox", ".mbx")
_HEADER = re.compile(r"([A-Za-z][A-Za-z-]{1,40}):")
_MBOX = re.compile(r"From \S+@\S+ .*\d{4}\s*$")
# No person writes these above a posting.
_OF_MACHINES = frozenset(
    {
        "mime-version",
        "message-id",
        "received",
        "return-path",
        "delivered-to",
        "dkim-signature",
        "content-transfer-encoding",
    }
)
_LINES_LOOKED_AT = 200


def refusal_of(head: bytes) -> str:
    """Say why a file with this beginning is not read, "" if nothing speaks against it."""
    for mark, form, remedy in _BEGINNINGS:
        if head.startswith(mark):
            return f"{form}, which is not read; {remedy}"
    return ""


def refusal_of_streams(content: bytes) -> str:
    """Say why a file of Microsoft's old form is not read, "" if it may be a spreadsheet."""
    for name, form, remedy in _STREAMS:
        if name.encode("utf-16-le") in content:
            return f"{form}, which is not read; {remedy}"
    return ""


def refusal_of_text(text: str, name: str) -> str:
    """Say why a text is not read, "" if it may be a posting: e-mails and folders of them are told by their headers."""
    lines = text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]
    block = lines[: next((number for number, line in enumerate(lines) if not line.strip()), len(lines))]
    names = {match[1].lower() for line in block if (match := _HEADER.match(line))}
    if "from" not in names:
        return ""
    by_name = name.lower().endswith(_MAIL_ENDINGS) and "subject" in names
    return _MAIL if by_name or names & _OF_MACHINES or _MBOX.match(block[0]) else ""
