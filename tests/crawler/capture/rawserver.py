"""A server that sends exactly the bytes it is told to, and remembers every byte both ways."""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

RESET, CLOSE, CUT, HANG = "reset", "close", "cut", "hang"
"""CLOSE ends TLS as it should be ended, CUT only the TCP connection below it."""
Step = bytes | float | int | str
"""Bytes are sent, a fraction is a pause in seconds, a whole number so many MiB of noise, a word one of the above."""
NOISE = os.urandom(1 << 20)

NOT_FOUND: list[Step] = [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]
LONGEST_WAIT = 10.0


@dataclass
class Seen:
    """One request as it arrived, and what was given to the kernel to answer it."""

    target: str
    request: bytes
    port: int
    """Of the listener; a proxy's when it came through one."""
    sent: bytearray = field(default_factory=bytearray)

    @property
    def case(self) -> str:
        return self.target.partition("?")[0].rpartition("/")[2]


class RawServer:
    """Answers ``/<case>`` with the steps of that case, over http, https and as a proxy, on loopback.

    *cases* maps a name to one list of steps per request for it; the last goes on for ever.
    On the *fragile* port every connection dies without a word on its second request.
    """

    def __init__(self, cases: Mapping[str, list[list[Step]]], folder: Path) -> None:
        self.seen: list[Seen] = []
        self._cases = cases
        self._tls = _tls_context(folder)
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._listeners: list[socket.socket] = []
        self.http = self._listen(tls=False)
        self.https = self._listen(tls=True)
        self.fragile = self._listen(tls=False, patience=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for listener in self._listeners:
            listener.close()

    def of(self, case: str, port: int) -> list[Seen]:
        """Return the requests for *case* that came to *port*, in order."""
        with self._lock:
            return [seen for seen in self.seen if seen.case == case and seen.port == port]

    def _listen(self, *, tls: bool, patience: int = 1 << 30) -> int:
        listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listeners.append(listener)
        threading.Thread(target=self._accept, args=(listener, tls, patience), daemon=True).start()
        return listener.getsockname()[1]

    def _accept(self, listener: socket.socket, tls: bool, patience: int) -> None:
        with suppress(OSError):
            while not self._over.is_set():
                connection, _ = listener.accept()
                threading.Thread(target=self._serve, args=(connection, tls, patience), daemon=True).start()

    def _serve(self, connection: socket.socket, tls: bool, patience: int) -> None:
        connection.settimeout(LONGEST_WAIT)
        with suppress(OSError):
            if tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            while (request := _read_request(connection)) is not None:
                if request.startswith(b"CONNECT "):
                    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    connection = self._tls.wrap_socket(connection, server_side=True)
                    continue
                seen = self._remember(request, connection.getsockname()[1])
                patience -= 1
                if patience < 0 or not self._answer(connection, seen):
                    break
        with suppress(OSError):
            connection.close()

    def _remember(self, request: bytes, port: int) -> Seen:
        target = request.split(b" ", 2)[1].decode()
        if target.startswith("http://"):  # asked as a proxy
            target = "/" + target.split("/", 3)[3]
        with self._lock:
            self.seen.append(Seen(target, request, port))
            return self.seen[-1]

    def _answer(self, connection: socket.socket, seen: Seen) -> bool:
        """Play the case; return whether the connection goes on."""
        rounds = self._cases.get(seen.case, [NOT_FOUND])
        turn = len(self.of(seen.case, seen.port))
        for step in rounds[min(turn, len(rounds)) - 1]:
            if isinstance(step, bytes):
                seen.sent += step
                connection.sendall(step)
            elif isinstance(step, float):
                self._over.wait(step)
            elif isinstance(step, int):
                for _ in range(step):
                    connection.sendall(NOISE)
            else:
                self._end(connection, step)
                return False
        return True

    def _end(self, connection: socket.socket, step: str) -> None:
        if step == RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif step == HANG:
            self._over.wait(LONGEST_WAIT)
        elif step == CLOSE and isinstance(connection, ssl.SSLSocket):
            connection.unwrap()
        connection.close()


def _read_request(connection: socket.socket) -> bytes | None:
    received = b""
    while b"\r\n\r\n" not in received:
        block = connection.recv(65536)
        if not block:
            return None
        received += block
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _tls_context(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "loopback.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
