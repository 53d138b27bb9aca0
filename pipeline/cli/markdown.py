"""Tables in the Markdown of GitHub and GitLab, for a pull request or the summary of a job."""

import re
from collections.abc import Collection, Iterable, Sequence

_BACKTICKS = re.compile("`+")


def markdown_table(rows: Sequence[Sequence[str]], *, texts: Collection[int] = ()) -> str:
    r"""Return rows as a table under the first of them; the columns `texts` hold what postings say.

    >>> print(markdown_table([("locale", "published", "sentence"), ("fr", "3", "Pay | *now*")], texts={2}))
    | locale | published | sentence |
    | --- | ---: | --- |
    | fr | 3 | `Pay \| *now*` |
    """
    columns = range(len(rows[0]))
    body = rows[1:]
    numbers = {column for column in columns if body and all(row[column].isdigit() for row in body)}
    rule = ["---:" if column in numbers else "---" for column in columns]
    lines = [[code_span(cell) if column in texts else cell for column, cell in enumerate(row)] for row in body]
    return "\n".join(map(_line, [rows[0], rule, *lines]))


def code_span(text: str) -> str:
    """Return a text as code, in which nothing is formatted, linked or sent to somebody as a mention.

    >>> code_span("@team: see `x`"), code_span("")
    ('`` @team: see `x` ``', '')
    """
    flat = " ".join(text.split())
    fence = "`" * (max(map(len, _BACKTICKS.findall(flat)), default=0) + 1)
    pad = " " if "`" in {flat[:1], flat[-1:]} else ""
    return f"{fence}{pad}{flat}{pad}{fence}" if flat else ""


def _line(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
