"""A paper on the web: a server on loopback that answers as the paper does at the time of the clock."""

import hashlib
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Self
from urllib.parse import quote, unquote

from publisher.rendering import DOCUMENTS, page
from publisher.world import Paper, Trouble
from raw_server import Asked, Bytes, RawServer, moved, reply


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, when it came, and what was answered; `wait_s` is the answer's Retry-After."""

    at: datetime
    path: str
    asked: Asked
    status: int
    etag: str | None = None
    last_modified: str | None = None
    wait_s: float = 0.0
    body: bytes = b""

    @property
    def is_conditional(self) -> bool:
        return bool(self.asked.headers.keys() & {"if-none-match", "if-modified-since"})


@dataclass
class PaperServer(RawServer):
    """One paper's server; it keeps its port also while it refuses connections."""

    paper: Paper = field(kw_only=True)
    now: Callable[[], datetime] = field(kw_only=True)
    visits: list[Visit] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._place = socket.socket()
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._place.bind(("127.0.0.1", 0))
        self.base = self.url("")
        self._is_open = False
        self.keep_hours()
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_open:
            self._open()
        super().__exit__()
        self._place.close()

    @property
    def port(self) -> int:
        return int(self._place.getsockname()[1])

    def keep_hours(self) -> None:
        """Listen, or refuse connections, as is due now."""
        trouble = self.paper.trouble_at(self.now(), "/")
        refuses = trouble is not None and trouble.what == "refused"
        if refuses and self._is_open:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._is_open = False
        elif not refuses and not self._is_open:
            self._open()

    def _open(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port), reuse_port=True)
        self._is_open = True
        self._start(self._accept)

    def answer(self, asked: Asked) -> Bytes:
        now, path = self.now(), unquote(asked.path)
        visit, answer = self._visit(asked, now, path)
        self.visits.append(visit)
        return answer

    def _visit(self, asked: Asked, now: datetime, path: str) -> tuple[Visit, bytes]:
        if (trouble := self.paper.trouble_at(now, path)) and trouble.what != "refused":
            return self._troubled(trouble, asked, now, path)
        if path == "/robots.txt":
            body = self.paper.rules_at(now).body
            return Visit(now, path, asked, 200, body=body), reply(200, body, Content_Type="text/plain")
        if path in DOCUMENTS:
            content_type, document = DOCUMENTS[path]
            body = document(self.paper, now, self.base)
            return self._versioned(asked, now, path, content_type, body, self.paper.changed_at(now))
        return self._piece(asked, now, path)

    def _piece(self, asked: Asked, now: datetime, path: str) -> tuple[Visit, bytes]:
        piece = self.paper.by_path.get(path)
        version = piece.at(now) if piece else None
        if piece is None or piece.out_at > now:
            return Visit(now, path, asked, 404), reply(404)
        if version is None:
            return Visit(now, path, asked, piece.gone), reply(piece.gone)
        if version.path != path:
            known = piece.redirects and any(
                each.path == path and each.since <= now for each in piece.versions
            )
            status = 301 if known else 404
            return Visit(now, path, asked, status), moved(301, quote(version.path)) if known else reply(404)
        content_type, body = page(self.paper, piece, version)
        return self._versioned(asked, now, path, content_type, body, version.since)

    def _versioned(
        self, asked: Asked, now: datetime, path: str, content_type: str, body: bytes, changed: datetime
    ) -> tuple[Visit, bytes]:
        """The document, or that it is as it was."""
        headers = {}
        if self.paper.says_version != "date":
            headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:12]} {len(body)}"'
        if self.paper.says_version != "etag":
            headers["Last_Modified"] = format_datetime(changed, usegmt=True)
        said = (asked.headers.get("if-none-match"), asked.headers.get("if-modified-since"))
        held = (headers.get("ETag"), headers.get("Last_Modified"))
        is_known = said[0] == held[0] if said[0] and held[0] else bool(said[1]) and said[1] == held[1]
        status, sent = (304, b"") if is_known else (200, body)
        visit = Visit(now, path, asked, status, *held)
        return visit, reply(status, sent, Content_Type=content_type, **headers)

    def _troubled(self, trouble: Trouble, asked: Asked, now: datetime, path: str) -> tuple[Visit, bytes]:
        if trouble.what == "error":
            return Visit(now, path, asked, 500), reply(500)
        if trouble.what == "empty":
            return Visit(now, path, asked, 200), reply(200)
        wait_s = (trouble.end - now).total_seconds()
        until = f"{wait_s:.0f}" if trouble.under == "/" else format_datetime(trouble.end, usegmt=True)
        return Visit(now, path, asked, 429, wait_s=wait_s), reply(429, Retry_After=until)
