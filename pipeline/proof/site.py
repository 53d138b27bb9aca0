"""The files of a release as one site: what lies where, which links lead to something, what nobody has looked at."""

import posixpath
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.proof.faults import Fault, UnreadableOutputError


class Site:
    """A published folder whose files are known; `base_url` is where it says that it stands."""

    def __init__(self, root: Path, files: Collection[str], base_url: str = "") -> None:
        self.root = root
        self.files = files
        self.base_url = base_url
        self._read: set[str] = set()

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises UnreadableOutputError if the site has none of that name.
        """
        if path not in self.files:
            raise UnreadableOutputError(path, "", "is missing")
        self._read.add(path)
        return (self.root / path).read_bytes()

    def place_of(self, path: str) -> Path:
        """Return where a file lies, for what is too large to be read at once.

        Raises UnreadableOutputError if the site has none of that name.
        """
        if path not in self.files:
            raise UnreadableOutputError(path, "", "is missing")
        self._read.add(path)
        return self.root / path

    def note(self, path: str) -> None:
        """Count a file as looked at."""
        self._read.add(path)

    def unread(self) -> Iterator[str]:
        """Yield the files that nothing has led to."""
        return (path for path in self.files if path not in self._read)

    def path_of(self, url: str) -> str | None:
        """Return the path of one of our own addresses, None for an address elsewhere."""
        if not self.base_url or not url.startswith(self.base_url):
            return None
        path = unquote(url[len(self.base_url) :].partition("#")[0].partition("?")[0])
        return path + "index.html" if not path or path.endswith("/") else path

    def check_address(self, file: str, place: str, url: str) -> Iterator[Fault]:
        """Check an address that has to be one of ours, and to lead to a file."""
        path = self.path_of(url)
        if path is None:
            yield Fault(file, place, f"leads to {url}, which is not below {self.base_url}")
        elif path not in self.files:
            yield Fault(file, place, f"leads to {url}, and {path} is not there")

    def check_link(self, file: str, place: str, href: str, anchors: Collection[str] = ()) -> Iterator[Fault]:
        """Check a link of a page: it stays within the site, and leads to a file, or to one of the anchors.

        One that begins with "/" is seen from the host; such are on pages that are shown at any address.
        """
        parts = urlsplit(href)
        if not parts.path:
            if parts.fragment and parts.fragment not in anchors:
                yield Fault(file, place, f"leads to {href}, and nothing on the page has that id")
            return
        root = urlsplit(self.base_url).path or "/"
        rooted = parts.path.startswith(root)
        path = unquote(parts.path.removeprefix(root)) if rooted else self.join(file, parts.path)
        if path not in self.files:
            yield Fault(file, place, f"leads to {href}, and {path} is not there")

    @staticmethod
    def join(file: str, href: str) -> str:
        """Return the path that a relative link of a file leads to.

        >>> Site.join("fr/postings/cook.html", "../../de/index.html")
        'de/index.html'
        """
        return _joined(file.rpartition("/")[0], href)


@lru_cache(maxsize=4096)
def _joined(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href)))
