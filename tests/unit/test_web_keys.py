"""No key in a log, a file, an exception, a repr; and a key goes to its service only."""

from __future__ import annotations

import copy
import gc
import io
import logging
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError
from coodiag.coodiag_plugin.sources.web.faults import Kind
from coodiag.coodiag_plugin.sources.web.keys import HIDDEN, Keys
from coodiag.coodiag_plugin.sources.web.services import services
from coodiag.tests.servers import faulty
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.faulty import FaultyServer
from coodiag.tests.unit.web_samples import Listener, client

SECRET = "c0ffee-invented/key+42"
PROXY_WORD = "p@ss:w0rd-invented"
REQUEST = Request.get("sirene", "echo", {"q": "siret"})


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


def leaks(text: str) -> bool:
    return any(word in text for word in (SECRET, PROXY_WORD, "c0ffee-invented", "w0rd-invented"))


def echo(seen: Seen) -> Response:
    """A refusal that repeats the key, as careless gateways do."""
    key = seen.headers["x-insee-api-key-integration"]
    return Response.of_json({"header": {"statut": 401, "message": f"Key {key} unknown"}}, 401)


def test_the_key_travels_in_the_header_of_its_service(server: FaultyServer, tmp_path: Path) -> None:
    keys = {"sirene": SECRET, "data_inclusion": "another-key"}
    client(tmp_path, server.url, service="sirene", keys=keys).json(REQUEST)
    assert server.log[0].headers["x-insee-api-key-integration"] == SECRET
    assert "authorization" not in server.log[0].headers
    web = client(tmp_path, server.url, service="data_inclusion", keys=keys)
    web.json(Request.get("data_inclusion", "echo"))
    assert server.log[1].headers["authorization"] == "Bearer another-key"
    client(tmp_path, server.url, keys=keys).json(Request.get("geo_api", "echo"))
    assert not leaks(str(server.log[2]))


def test_without_its_key_nothing_is_asked(server: FaultyServer, tmp_path: Path) -> None:
    for keys in ({}, {"sirene": "  "}, {"melodi": SECRET}):
        with pytest.raises(ServiceError) as raised:
            client(tmp_path, server.url, service="sirene", keys=keys).json(REQUEST)
        assert raised.value.kind is Kind.NO_KEY and "API Sirène" in str(raised.value)
    assert server.log == []


def test_a_key_does_not_follow_a_redirect_to_another_host(
    server: FaultyServer, tmp_path: Path
) -> None:
    with FaultyServer() as other:
        server.script(faulty.redirect(f"{other.url}/echo"), faulty.redirect("/echo"))
        web = client(tmp_path, server.url, service="sirene", keys={"sirene": SECRET})
        web.json(REQUEST)
        assert not leaks(str(other.log))
        web.json(Request.get("sirene", "again"))
        assert server.log[-1].headers["x-insee-api-key-integration"] == SECRET
        web.json(Request.get("sirene", f"{other.url}/echo", {"a": 1}))
        assert not leaks(str(other.log)) and len(other.log) == 2


def test_a_key_does_not_travel_in_clear(tmp_path: Path) -> None:
    web = client(tmp_path, "http://sirene.invalid", service="sirene", keys={"sirene": SECRET})
    with pytest.raises(ServiceError) as raised:
        web.json(REQUEST)
    assert raised.value.kind is Kind.CLEAR_KEY


def everything_said(error: BaseException) -> str:
    """The traceback with its causes, and the attributes of every error of the chain."""
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    chain: list[BaseException | None] = [error]
    while chain:
        link = chain.pop()
        if link is not None:
            text += repr(link) + repr(link.args) + repr(vars(link))
            text += repr(vars(getattr(link, "request", None) or Keys({}, {})))
            chain += [link.__cause__, link.__context__]
    return text


@pytest.mark.parametrize(
    "fault",
    [echo, faulty.reset(), faulty.cut_chunks(), faulty.bad_gzip(), faulty.login_page(),
     faulty.busy("900"), faulty.failure(500), faulty.brotli(), faulty.redirect("ftp://x/")],
)  # fmt: skip
def test_no_key_is_said_whatever_goes_wrong(
    server: FaultyServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: Response
) -> None:
    caplog.set_level(logging.DEBUG)
    listener = Listener()
    server.script(*[fault] * 5)
    web = client(tmp_path, server.url, service="sirene", keys={"sirene": SECRET}, progress=listener)
    with pytest.raises(ServiceError) as raised:
        web.json(REQUEST)
    assert not leaks(everything_said(raised.value))
    assert not leaks(caplog.text) and caplog.records, "the libraries log at this level"
    assert not leaks(" ".join(listener.said + listener.warned))
    for thing in (web, web.caller, web.caller.settings, web.cache, REQUEST, web.origins):
        assert not leaks(repr(thing))
    assert_no_file_leaks(tmp_path)


def assert_no_file_leaks(folder: Path) -> None:
    for path in folder.rglob("*"):
        assert not leaks(str(path))
        assert not path.is_file() or not leaks(path.read_bytes().decode("latin-1"))


def test_the_words_of_a_service_are_kept_but_for_the_key(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.script(echo)
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url, service="sirene", keys={"sirene": SECRET}).json(REQUEST)
    assert raised.value.kind is Kind.KEY_REFUSED
    assert f"Key {HIDDEN} unknown" in str(raised.value)


def test_an_answer_that_repeats_the_key_is_used_and_not_kept(
    server: FaultyServer, tmp_path: Path
) -> None:
    web = client(tmp_path, server.url, service="sirene", keys={"sirene": SECRET})
    assert SECRET in web.text(REQUEST)
    web.download(Request.get("sirene", "file"), tmp_path / "file.bin")
    assert_no_file_leaks(tmp_path)
    web.json(Request.get("sirene", "items", {"page": 1}))
    assert web.cache.usage().files == 1


def test_the_word_of_the_proxy_is_not_said(tmp_path: Path) -> None:
    proxy = "http://marie:p%40ss%3Aw0rd-invented@127.0.0.1:9"
    web = client(tmp_path, "http://service.invalid", proxies={"http": proxy})
    with pytest.raises(ServiceError) as raised:
        web.json(Request.get("geo_api", "echo"))
    assert raised.value.kind is Kind.PROXY
    assert not leaks(everything_said(raised.value)) and not leaks(repr(web.caller.settings))
    assert Keys({}, {"http": proxy}).hide(f"by {PROXY_WORD}") == f"by {HIDDEN}"


def test_keys_are_neither_shown_nor_written() -> None:
    keys = Keys({"sirene": SECRET}, {})
    assert repr(keys) == "Keys(sirene)"
    for write in (lambda: pickle.dump(keys, io.BytesIO()), lambda: copy.deepcopy(keys)):
        with pytest.raises(TypeError, match="never written"):
            write()
    assert keys.hide("c0ffee-invented%2Fkey%2B42") == HIDDEN, "escaped as in a URL"


def test_no_exchange_keeps_a_key_once_it_is_over(server: FaultyServer, tmp_path: Path) -> None:
    web = client(tmp_path, server.url, service="sirene", keys={"sirene": SECRET})
    web.json(REQUEST)
    gc.collect()
    held = [item for item in gc.get_objects() if type(item).__name__ == "PreparedRequest"]
    assert not any(leaks(repr(vars(item))) for item in held)
    assert "X-INSEE" not in repr(web.caller._session.headers)


def test_every_service_that_wants_a_key_names_a_header() -> None:
    wanting = {service.id: service.key for service in services().values() if service.key}
    assert set(wanting) == {"sirene", "data_inclusion", "openrouteservice"}
    assert all(key.count("{key}") == 1 and ": " in key for key in wanting.values())
