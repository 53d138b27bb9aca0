"""A server that shows a release and tells open pages when another one has taken its place."""

import hashlib
import time
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from importlib.resources import files
from pathlib import Path

SCRIPT = "/.polypost/reload.js"
RELEASES = "/.polypost/releases"
_TAG = f'<script src="{SCRIPT}" defer></script>\n</head>'.encode()
_LOOK_EVERY = 0.5  # seconds
# Something has to be written now and then, else nobody notices that a page was closed.
_LOOKS_PER_SIGN = 20


def current_release(out: Path) -> str:
    """Name what `out` holds: its release, or for a plain folder when its list of languages was last written."""
    try:
        written = (out / "languages.json").stat().st_mtime_ns
    except OSError:  # between two releases
        return ""
    return hashlib.sha256(f"{out.resolve()}\0{written}".encode()).hexdigest()[:16]


class ReloadingHandler(SimpleHTTPRequestHandler):
    """Serves files as they are, but pages with one script more."""

    def do_GET(self) -> None:
        """Answer with the script, the stream of releases, a page, or any other file."""
        path = self.path.partition("?")[0]
        page = Path(self.translate_path(path + "index.html" if path.endswith("/") else path))
        if path == SCRIPT:
            self._send((files("pipeline.cli") / "reload.js").read_bytes(), "text/javascript; charset=utf-8")
        elif path == RELEASES:
            self._tell_releases(Path(self.directory))
        elif page.suffix == ".html" and page.is_file():
            self._send(page.read_bytes().replace(b"</head>", _TAG, 1), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _tell_releases(self, out: Path) -> None:
        """Write an event for the release that is there and for each that follows, until the page is gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        told, looks = "", 0
        try:
            while True:
                release = current_release(out)
                if release and release != told:
                    told = release
                    self.wfile.write(f"data: {release}\n\n".encode())
                elif looks % _LOOKS_PER_SIGN == 0:
                    self.wfile.write(b": still here\n\n")
                looks += 1
                time.sleep(_LOOK_EVERY)
        except ConnectionError:
            return
