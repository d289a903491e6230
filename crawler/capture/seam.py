"""Every private name of Scrapy and Twisted that the capture leans on. No other module may use one."""

# mypy: disable-error-code="no-untyped-call"
# Twisted says no types for most of what stands here.

from __future__ import annotations

import io
import pkgutil
from contextvars import ContextVar
from types import CodeType
from typing import TYPE_CHECKING, Any, NamedTuple

from OpenSSL import SSL
from scrapy.http import Headers, Response
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import ConnectionDone
from twisted.web.iweb import UNKNOWN_LENGTH

from archive.errors import SeamBroken
from crawler.capture.appetite import is_wanted

try:
    from scrapy.core.downloader.handlers.http11 import (
        HTTP11DownloadHandler,
        _LenientHTTP11ClientFactory,
        _LenientHTTP11ClientProtocol,
        _ScrapyAgent,
    )
    from scrapy.utils._download_handlers import wrap_twisted_exceptions
except ImportError as gone:
    raise SeamBroken(f"Scrapy has changed: {gone}") from gone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.python.failure import Failure
    from twisted.web.client import HTTPConnectionPool
    from twisted.web.iweb import IResponse

    from crawler.capture.tape import Recording, Tape


class Use(NamedTuple):
    """A function of Scrapy or Twisted and the names it must go through for the capture to see the bytes."""

    where: str
    names: tuple[str, ...]


_HTTP11 = "scrapy.core.downloader.handlers.http11:"
_CLIENT = "twisted.web.client:"
_NEWCLIENT = "twisted.web._newclient:"

USES = (
    Use(_HTTP11 + "HTTP11DownloadHandler.__init__", ("_pool",)),
    Use(_HTTP11 + "HTTP11DownloadHandler.download_request", ("_ScrapyAgent", "_pool", "_contextFactory")),
    Use(_HTTP11 + "HTTP11DownloadHandler.close", ("_pool", "closeCachedConnections")),
    Use(_HTTP11 + "_LenientHTTP11ClientProtocol.request", ("request", "transport")),
    Use(_HTTP11 + "_ResponseReader.__init__", ("_bodybuf",)),
    Use(_HTTP11 + "_ResponseReader.dataReceived", ("_bodybuf", "write", "truncate")),
    Use(_HTTP11 + "_ResponseReader._finish_response", ("_bodybuf", "getvalue")),
    Use(_HTTP11 + "_ScrapyAgent._cb_bodyready", ("deliverBody", "_headers_from_twisted_response")),
    Use(_HTTP11 + "_ScrapyAgent._cb_bodydone", ("_headers_from_twisted_response",)),
    Use(_HTTP11 + "_ScrapyAgent._get_agent", ("_BindAddressAgent",)),
    Use(
        _HTTP11 + "_ScrapyAgent.download_request",
        ("_get_agent", "_cb_bodyready", "_cb_bodydone", "_timeout_cl"),
    ),
    Use(_CLIENT + "Agent.request", ("_getEndpoint", "_requestWithEndpoint")),
    Use(_CLIENT + "_HTTP11ClientFactory.__init__", ("_quiescentCallback",)),
    Use(_CLIENT + "_AgentBase._requestWithEndpoint", ("_pool", "getConnection", "request", "persistent")),
    Use(_CLIENT + "HTTPConnectionPool.getConnection", ("_newConnection",)),
    Use(_CLIENT + "HTTPConnectionPool._newConnection", ("_factory",)),
    Use(_NEWCLIENT + "HTTP11ClientProtocol.request", ("writeTo", "transport", "_finishResponse")),
    Use(_NEWCLIENT + "HTTP11ClientProtocol._finishResponse", ()),
    Use(_NEWCLIENT + "HTTP11ClientProtocol.dataReceived", ("_parser",)),
    Use(_NEWCLIENT + "HTTP11ClientProtocol._connectionLost_WAITING", ("_disconnectParser",)),
    Use(_NEWCLIENT + "HTTPClientParser._finished", ("finisher",)),
)


def check_seam() -> None:
    """Raise ``SeamBroken`` naming the first private name that is gone or no longer used where it was."""
    check(USES)


def check(uses: Iterable[Use]) -> None:
    """Raise ``SeamBroken`` naming the first of *uses* that does not hold."""
    for where, names in uses:
        try:
            function = pkgutil.resolve_name(where)
        except (ImportError, AttributeError) as error:
            raise SeamBroken(f"{where.replace(':', '.')} is gone ({error}): {_ADVICE}") from error
        for name in names:
            if name not in _names_in(getattr(function, "__code__", None)):
                raise SeamBroken(f"{where.replace(':', '.')} no longer uses {name}: {_ADVICE}")


def _names_in(code: CodeType | None) -> set[str]:
    """Return the global and attribute names that *code* and the functions inside it use."""
    if code is None:
        return set()
    inside = (_names_in(constant) for constant in code.co_consts if isinstance(constant, CodeType))
    return set(code.co_names).union(*inside)


_ADVICE = "the installed Scrapy or Twisted is not one that the capture knows; see crawler/capture/README.md"

_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


class TapedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler, with a pool whose connections are taped."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        pool = self._pool
        pool._factory = TapedFactory  # noqa: SLF001
        self._pool: Any = TapedPool(pool)
        self._agents: dict[_LeanAgent, Request] = {}

    async def download_taped(self, request: Request, recording: Recording) -> Response:
        """Return Scrapy's response to *request*; *recording* then holds what went over the wire.

        The recording is found by the pool through a context variable: Scrapy's handler and Twisted's agent
        ask for the connection before anything else gets a turn.
        """
        agent = _LeanAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        agent.is_plain = bool(request.meta.get("is_plain"))
        token = _recording.set(recording)
        self._agents[agent] = request
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        finally:
            del self._agents[agent]
            _recording.reset(token)

    def cut_off(self, seconds: float) -> list[Request]:
        """Let what is being downloaded time out in *seconds* at the latest; return the requests for which that is sooner."""
        cut = []
        for agent, request in self._agents.items():
            timeout = getattr(agent, "_timeout_cl", None)
            if timeout is not None and timeout.active() and timeout.getTime() - timeout.seconds() > seconds:
                timeout.reset(seconds)
                cut.append(request)
        return cut


class _LeanAgent(_ScrapyAgent):
    """Scrapy's agent without what it does for every request and needs for few: a third of what one costs."""

    is_plain = False
    """Whether any response does: to find out its kind, for those who parse it, takes as long as to receive it."""

    _headers: Headers | None = None

    def _get_agent(self, request: Request, timeout: float) -> Any:
        agent: Any = super()._get_agent(request, timeout)
        if not request.meta.get("proxy"):
            make = agent._getEndpoint  # noqa: SLF001
            agent._getEndpoint = lambda uri: _Later(make, uri)  # noqa: SLF001
        return agent

    def _headers_from_twisted_response(self, response: Any) -> Headers:  # type: ignore[override]
        """Return the headers, made once: Scrapy makes them when they come, and again when the body has come."""
        if self._headers is None:
            self._headers = super()._headers_from_twisted_response(response)
        return self._headers

    def _cb_bodydone(self, result: Any, url: str) -> Response:
        if not self.is_plain or result.get("stop_download"):
            return super()._cb_bodydone(result, url)
        return Response(
            url=url,
            status=int(result["txresponse"].code),
            headers=self._headers_from_twisted_response(result["txresponse"]),
            body=result.get("body", b""),
            flags=result.get("flags"),
        )


class _Later:
    """An endpoint that is made when somebody connects; most requests go over a connection that is there."""

    def __init__(self, make: Callable[[Any], Any], uri: Any) -> None:
        self._make, self._uri = make, uri

    def connect(self, factory: Any) -> Deferred[Any]:
        """Return the connection."""
        connection: Deferred[Any] = self._make(self._uri).connect(factory)
        return connection

    def __repr__(self) -> str:
        return f"<endpoint of {self._uri.host!r}>"


class TapedPool:
    """The shared pool as Twisted's agent uses it; marks each request with the recording it belongs to."""

    def __init__(self, pool: HTTPConnectionPool) -> None:
        self._pool = pool
        self.persistent = pool.persistent

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:  # noqa: N802  (Twisted's name)
        """Return a connection whose request will be taped."""
        return self._pool.getConnection(key, endpoint).addCallback(_Marking, _recording.get())

    def closeCachedConnections(self) -> Deferred[None]:  # noqa: N802
        """Close what is kept open."""
        closing: Deferred[None] = self._pool.closeCachedConnections()
        return closing


class _Marking:
    """A connection, or Twisted's retrying face of one; the mark stays on the request through its retries."""

    def __init__(self, connection: Any, recording: Recording | None) -> None:
        self._connection, self._recording = connection, recording

    def request(self, request: Any) -> Any:
        request.tearsheet_recording = self._recording
        return self._connection.request(request)


class TapedProtocol(_LenientHTTP11ClientProtocol):
    """One connection; whatever passes while a request is on its way goes to that request's tape too."""

    _tape: Tape | None = None

    def request(self, request: Any) -> Deferred[IResponse]:
        """Send *request* and tape it, if it is marked."""
        recording: Recording | None = getattr(request, "tearsheet_recording", None)
        if recording is None:
            return super().request(request)
        connection: Any = self.transport
        tape = self._tape = recording.begin(getattr(connection.getPeer(), "host", None))
        write_to = type(request).writeTo
        request.writeTo = lambda transport: write_to(request, _Tee(transport, tape.send))
        return super().request(request).addCallback(_spare_heap, recording)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        """Tape *data* before Twisted parses it."""
        if self._tape is not None:
            if not self._tape.received:  # only now is the TLS handshake surely over
                self._tape.tls_version, self._tape.cipher = _tls_facts(self.transport)
            self._tape.receive(data)
        super().dataReceived(data)
        if self._tape is not None and self._parser is None:
            self._tape.give_up()

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802
        if self._tape is not None:
            self._tape.end(len(rest or b""))
            self._tape = None
        super()._finishResponse(rest)

    def connectionLost(self, reason: Failure) -> None:  # type: ignore[override]  # noqa: N802
        """Tell the tape how the connection ended, then Twisted."""
        if self._tape is not None:
            self._tape.lose(cleanly=reason.check(ConnectionDone) is not None)
        super().connectionLost(reason)
        self._tape = None


class TapedFactory(_LenientHTTP11ClientFactory):
    """Makes taped connections."""

    def buildProtocol(self, addr: IAddress | None) -> TapedProtocol:  # noqa: ARG002, N802
        """Return a connection that goes back to the pool as Twisted's do."""
        return TapedProtocol(self._quiescentCallback)


class _Tee:
    """A transport that tells *listen* what is written to it."""

    def __init__(self, transport: Any, listen: Callable[[bytes], None]) -> None:
        self._transport, self._listen = transport, listen

    def write(self, data: bytes) -> None:
        self._listen(data)
        self._transport.write(data)

    def writeSequence(self, data: Any) -> None:  # noqa: N802
        self.write(b"".join(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _SparingBuffer(io.BytesIO):
    """Stands in for the buffer in which Scrapy gathers a body; forgets one that is not wanted, or grows too long."""

    def __init__(self, recording: Recording) -> None:
        super().__init__()
        self._recording = recording

    def write(self, data: Any) -> int:
        recording = self._recording
        if recording.heap_limit and self.tell() + len(data) > recording.heap_limit:
            recording.is_body_wanted = False
            self.seek(0)
            self.truncate()
        return super().write(data) if recording.is_body_wanted else len(data)


def _spare_heap(response: Any, recording: Recording) -> Any:
    """Return *response*, whose body will come to Scrapy only if it is wanted. All of it is taped all the same."""
    deliver = response.deliverBody

    def deliver_sparingly(reader: Any) -> None:
        kinds = response.headers.getRawHeaders(b"content-type", [b""])
        length = None if response.length == UNKNOWN_LENGTH else int(response.length)
        if not is_wanted(kinds[-1].decode("latin-1"), length, recording.heap_limit):
            recording.is_body_wanted = False
        reader._bodybuf = _SparingBuffer(recording)  # noqa: SLF001
        deliver(reader)

    response.deliverBody = deliver_sparingly
    return response


def _tls_facts(transport: Any) -> tuple[str | None, str | None]:
    handle = transport.getHandle()
    if not isinstance(handle, SSL.Connection):
        return None, None
    return handle.get_protocol_version_name(), handle.get_cipher_name()
