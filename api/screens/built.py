"""What the build of the screens has left in its folder, in memory by the path it is asked by.

A request names a key of this table and nothing of the file system: what was not in the folder when
it was read does not exist.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct

from api.edge.compressing import taken_encodings

DIST: Final = Path(__file__).resolve().parent.parent / "web" / "dist"
STAND: Final = "index.html"
DESK: Final = "desk.html"
KITCHEN: Final = "kitchen.html"
"""The pages: of the host stand, of the manager's desk, of the kitchen."""
WORKER: Final = "worker.js"
"""The service worker of all pages; its name stays, as browsers ask for it again by its name."""
HASHED: Final = "assets/"
"""In this folder names change with what is in the file."""

TYPES: Final = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}
SHORTER: Final = {"br": ".br", "gzip": ".gz"}
"""Encodings that the build has made beside a file (api/web/vite.config.ts), the best first."""


class BuiltFile(Struct, frozen=True, kw_only=True):
    """A file: its bytes plain and by encoding, its type, the tag of this version."""

    plain: bytes
    encoded: dict[str, bytes]
    media_type: str
    tag: str
    for_ever: bool

    def best(self, accepted: str) -> tuple[str | None, bytes]:
        """The encoding to use and the bytes for a browser that takes these (Accept-Encoding)."""
        taken = taken_encodings(accepted)
        for name in SHORTER:
            if name in self.encoded and name in taken:
                return name, self.encoded[name]
        return None, self.plain


class BuiltScreens:
    """The folder as it was read; read anew once the pages have been built again."""

    def __init__(self, folder: Path = DIST) -> None:
        self.folder = folder
        self._stamp: tuple[int, int] | None = None
        self._files: dict[str, BuiltFile] = {}

    def find(self, name: str) -> BuiltFile | None:
        """The file of this name, as `index.html` or `assets/a.js`; None: there is none.

        After a new build the files of the one before stay: a page loaded then may still want them.
        """
        stamp = self._stamp_now()
        if stamp is not None and stamp != self._stamp:
            self._files |= read_folder(self.folder)
            self._stamp = stamp
        return self._files.get(name)

    def _stamp_now(self) -> tuple[int, int] | None:
        try:
            found = (self.folder / STAND).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino


def read_folder(folder: Path) -> dict[str, BuiltFile]:
    """Every file of a known type, by its path from the folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        media_type = TYPES.get(path.suffix)
        if media_type is None or not path.is_file() or path.is_symlink():
            continue
        name, plain = path.relative_to(folder).as_posix(), path.read_bytes()
        beside = {how: path.with_name(path.name + end) for how, end in SHORTER.items()}
        found[name] = BuiltFile(
            plain=plain,
            encoded={how: each.read_bytes() for how, each in beside.items() if each.is_file()},
            media_type=media_type,
            tag=f'"{sha256(plain).hexdigest()[:20]}"',
            for_ever=name.startswith(HASHED),
        )
    return found
