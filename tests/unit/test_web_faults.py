"""Every fault of a service, through the true client: tried again, or told in a sentence."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.sources.web import faults, waits
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError, TryAgain
from coodiag.coodiag_plugin.sources.web.faults import REASONS, SENTENCES, Kind
from coodiag.coodiag_plugin.sources.web.services import services
from coodiag.coodiag_plugin.sources.web.waits import told_wait
from coodiag.tests.servers import faulty
from coodiag.tests.servers.base import LocalServer, Response, Seen
from coodiag.tests.servers.faulty import FaultyServer, page
from coodiag.tests.unit.web_samples import START, FakeClock, Listener, client, items


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


PASSING = {
    "429 with seconds": faulty.busy("7"),
    "429 with a date": faulty.busy(formatdate(START + 7, usegmt=True)),
    "429 with a reset": faulty.busy(ratelimit_reset="7"),
    "429 with nothing": faulty.busy(),
    "500": faulty.failure(500),
    "502": faulty.failure(502),
    "503 with seconds": faulty.failure(503).with_headers(("Retry-After", "7")),
    "504": faulty.failure(504),
    "reset": faulty.reset(),
    "length not honoured": faulty.cut_length(),
    "chunks cut": faulty.cut_chunks(),
    "json cut": faulty.cut_json(),
    "gzip damaged": faulty.bad_gzip(),
}


LEAST = {
    "429 with seconds": 14,
    "429 with a date": 9,
    "429 with a reset": 14,
    "503 with seconds": 14,
}


@pytest.mark.parametrize("name", PASSING)
def test_a_passing_fault_is_tried_again_and_the_answer_is_whole(
    server: FaultyServer, tmp_path: Path, name: str
) -> None:
    server.script(PASSING[name], PASSING[name])
    listener, clock = Listener(), FakeClock()
    web = client(tmp_path, server.url, progress=listener, clock=clock)
    assert web.json(items()) == page(1)
    assert len(server.log) == 3
    assert len(listener.said) == 2, "each wait is said"
    assert "API Découpage administratif" in listener.said[0]
    assert round(clock.slept, 6) >= LEAST.get(name, 3), "1 s then 2 s, or what the service asks"


@pytest.mark.parametrize("name", PASSING)
def test_a_lasting_fault_is_told_after_five_attempts(
    server: FaultyServer, tmp_path: Path, name: str
) -> None:
    server.script(*[PASSING[name]] * 9)
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).json(items())
    assert len(server.log) == 5
    assert told_well(raised.value)


def told_well(error: ServiceError) -> bool:
    """One or two sentences: the service by its name, what happened, what to do."""
    sentence = str(error)
    assert "{" not in sentence and "http://" not in sentence, sentence
    return "API Découpage administratif" in sentence and sentence.endswith(".")


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Response.of_json({"code": 400, "message": "Bad q"}, 400), Kind.REFUSED, "HTTP 400: Bad q)"),
        (Response.of_text("Not Found", status=404), Kind.REFUSED, "HTTP 404: Not Found)"),
        (Response.of_text("", status=414), Kind.REFUSED, "HTTP 414"),
        (faulty.login_page(), Kind.PORTAL, "Wifi de la gare – connexion"),
        (faulty.login_page(content_type="application/json"), Kind.PORTAL, "127.0.0.1"),
        (faulty.login_page(403), Kind.REFUSED, "Wifi de la gare – connexion"),
        (Response(status=407), Kind.PROXY_LOGIN, "HTTP 407"),
        (faulty.brotli(), Kind.ENCODING, "encoding br"),
        (
            Response.typed(b'"\xe9"', "application/json; charset=klingon"),
            Kind.ENCODING,
            "klingon",
        ),
        (Response.typed(b'["\xe9"]', "application/json"), Kind.ENCODING, "utf-8"),
        (faulty.ods_error(), Kind.ERROR_BODY, "Unknown field: xxx"),
        (faulty.busy("3600"), Kind.BUSY, "in 60 min"),
        (faulty.redirect("ftp://127.0.0.1/items"), Kind.REDIRECT, "redirects"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_at_once_in_the_words_of_the_service(
    server: FaultyServer, tmp_path: Path, fault: Response, kind: Kind, words: str
) -> None:
    server.script(fault)
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).json(items(), ods_check)
    assert raised.value.kind is kind
    assert words in str(raised.value)
    assert told_well(raised.value)
    assert len(server.log) == 1, "never tried again"


def ods_check(payload: Any) -> str | None:
    return payload.get("message") if "error_code" in payload else None


def test_a_page_in_another_charset_is_read_as_it_declares(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.script(Response.typed('["é"]'.encode("latin-1"), "application/json;charset=ISO-8859-1"))
    assert client(tmp_path, server.url).json(items()) == ["é"]
    server.script(Response.typed("\ufeffcode;é".encode(), "text/csv"))
    assert client(tmp_path, server.url).text(items(2)) == "code;é"


@pytest.mark.parametrize("chunked", [False, True])
def test_a_table_cut_at_the_end_of_a_line_is_not_taken_for_whole(
    server: FaultyServer, tmp_path: Path, chunked: bool
) -> None:
    """Half a CSV reads as well as a whole one: only the length can tell."""
    table = Response.typed(b"code;n\n" * 5000, "text/csv", chunked=chunked)
    server.script(replace(table, cut_at=7 * 2000), table)
    assert client(tmp_path, server.url).text(items()) == "code;n\n" * 5000
    assert len(server.log) == 2


def test_a_redirect_to_a_login_portal_of_another_host_is_told(
    server: FaultyServer, tmp_path: Path
) -> None:
    with LocalServer() as portal:
        portal.script(faulty.login_page())
        server.script(faulty.redirect(portal.url.replace("127.0.0.1", "localhost") + "/login"))
        with pytest.raises(ServiceError) as raised:
            client(tmp_path, server.url).json(items())
    assert raised.value.kind is Kind.PORTAL
    assert "localhost" in str(raised.value) and "Wifi de la gare" in str(raised.value)


def test_a_redirect_to_data_is_followed_and_a_loop_is_not(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.script(faulty.redirect("/items?page=2"))
    assert client(tmp_path, server.url).json(items(1)) == page(2)
    server.script(*[faulty.redirect("/items?page=3")] * 9)
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).json(items(3))
    assert raised.value.kind is Kind.REDIRECT


@pytest.mark.parametrize(
    "question",
    [
        Request.form("geo_api", "echo", {"q": "1 rue Inventée"}),
        Request.get("geo_api", "echo", {"q": "1 rue Inventée"}, private=True),
    ],
    ids=["body", "private"],
)
def test_a_question_about_a_person_does_not_follow_to_another_host(
    server: FaultyServer, tmp_path: Path, question: Request
) -> None:
    with FaultyServer() as other:
        away = other.url.replace("127.0.0.1", "localhost")
        server.script(faulty.redirect(away + "/echo", 307))
        with pytest.raises(ServiceError) as raised:
            client(tmp_path, server.url).json(question)
        assert raised.value.kind is Kind.REDIRECT
        assert other.log == []


def test_an_incomplete_answer_found_by_the_check_is_asked_again(
    server: FaultyServer, tmp_path: Path
) -> None:
    server.script(Response.of_json({"items": []}))

    def check(payload: Any) -> None:
        if not payload["items"]:
            raise TryAgain

    assert client(tmp_path, server.url).json(items(), check) == page(1)
    assert len(server.log) == 2


def test_statuses_that_a_request_accepts_are_answers(server: FaultyServer, tmp_path: Path) -> None:
    none = Response.of_json({"header": {"statut": 404, "message": "Aucun élément trouvé"}}, 404)
    server.script(none)
    web = client(tmp_path, server.url)
    request = items(1, accept=(404,))
    answer, payload = web.fetch(request, lambda answer: answer.json())
    assert (answer.status, payload["header"]["statut"]) == (404, 404)
    again, _ = web.fetch(request, lambda answer: answer.json())
    assert (again.status, again.state, len(server.log)) == (404, "cache", 1)


def test_no_answer_in_time_is_tried_again_then_told(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script(*[faulty.silent(30)] * 5)
    web = client(tmp_path, server.url, answer_timeout=0.2)
    start = time.monotonic()
    with pytest.raises(ServiceError) as raised:
        web.json(items())
    assert raised.value.kind is Kind.TIMEOUT and told_well(raised.value)
    assert (len(server.log), time.monotonic() - start < 5) == (5, True)


def test_a_body_that_stops_coming_is_a_timeout(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The socket's own limit, without a byte, not the limit of the whole answer."""
    web = client(tmp_path, server.url)
    request = web.caller._session.request  # the time of the service is too long for a test
    monkeypatch.setattr(
        web.caller._session,
        "request",
        lambda *args, **kwargs: request(*args, **{**kwargs, "timeout": (1, 0.2)}),
    )
    server.script(faulty.slow(5))
    assert web.json(items()) == page(1)
    assert len(server.log) == 2


def test_a_name_that_does_not_resolve_is_told_at_once_and_not_asked_again_for_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def resolve(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    clock = FakeClock()
    web = client(tmp_path, "https://service.invalid", clock=clock)
    for number in range(3):
        with pytest.raises(ServiceError) as raised:
            web.json(items(number))
        assert raised.value.kind is Kind.DNS and "service.invalid" in str(raised.value)
    assert asked == ["service.invalid"]
    clock.sleep(61)
    with pytest.raises(ServiceError):
        web.json(items())
    assert len(asked) == 2


def test_a_port_that_nobody_listens_to_is_tried_again_then_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    listener = Listener()
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, url, progress=listener).json(items())
    assert raised.value.kind is Kind.CONNECTION and told_well(raised.value)
    assert len(listener.said) == 4


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("tls")
    files = str(folder / "cert.pem"), str(folder / "key.pem")
    command = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", files[0], "-keyout",
        files[1],
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return files


def test_a_certificate_is_checked_and_an_authority_can_be_added(
    tmp_path: Path, certificate: tuple[str, str]
) -> None:
    with FaultyServer(tls=certificate) as server:
        with pytest.raises(ServiceError) as raised:
            client(tmp_path, server.url).json(items())
        assert raised.value.kind is Kind.CERTIFICATE
        assert "certificate" in str(raised.value) and server.log == []
        assert client(tmp_path, server.url, verify=certificate[0]).json(items()) == page(1)
        with pytest.raises(ServiceError) as raised:
            client(tmp_path, server.url, mode="refresh", verify="nowhere.pem").json(items())
        assert "nowhere.pem" in str(raised.value)


def test_a_redirect_out_of_https_is_not_followed(
    server: FaultyServer, tmp_path: Path, certificate: tuple[str, str]
) -> None:
    with FaultyServer(tls=certificate) as safe:
        safe.script(faulty.redirect(server.url + "/items?page=1"))
        with pytest.raises(ServiceError) as raised:
            client(tmp_path, safe.url, verify=certificate[0]).json(items())
    assert raised.value.kind is Kind.REDIRECT and server.log == []


class Proxy(LocalServer):
    """A proxy that wants a password, or answers for the service when it gets one."""

    def answer(self, seen: Seen) -> Response:
        if "proxy-authorization" not in seen.headers:
            return Response(status=407, headers=(("Proxy-Authenticate", 'Basic realm="r"'),))
        return Response.of_json({"through": seen.path})


def test_a_proxy_that_wants_a_password_is_told(tmp_path: Path) -> None:
    with Proxy() as proxy:
        for url in ("http://service.invalid", "https://service.invalid"):
            proxies = {"http": proxy.url, "https": proxy.url}
            with pytest.raises(ServiceError) as raised:
                client(tmp_path, url, proxies=proxies).json(items())
            assert raised.value.kind is Kind.PROXY_LOGIN, url
        assert [seen.method for seen in proxy.log] == ["GET", "CONNECT"]


def test_a_proxy_with_its_password_is_used_but_for_the_hosts_excluded(
    server: FaultyServer, tmp_path: Path
) -> None:
    with Proxy() as proxy:
        user = proxy.url.replace("http://", "http://marie:s3cret-word@")
        proxies = {"http": user, "http://127.0.0.1": ""}
        through = client(tmp_path, "http://service.invalid", proxies=proxies)
        assert through.json(items()) == {"through": "/items"}
        direct = client(tmp_path, server.url, proxies=proxies)
        assert direct.json(items()) == page(1)
        assert "s3cret-word" not in repr(through.caller.settings)


def test_a_proxy_that_is_not_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        proxies = {"https": f"http://127.0.0.1:{free.getsockname()[1]}"}
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, "https://service.invalid", proxies=proxies).json(items())
    assert raised.value.kind is Kind.PROXY


def test_a_disk_that_refuses_is_told(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coodiag.coodiag_plugin.sources.web.cache.write_whole", full)
    with pytest.raises(ServiceError) as raised:
        client(tmp_path, server.url).json(items())
    assert raised.value.kind is Kind.DISK and "No space left" in str(raised.value)


def test_what_a_service_asks_to_wait_is_read_in_every_form() -> None:
    now = START
    assert told_wait({"retry-after": "34"}, now) == 34
    assert told_wait({"retry-after": formatdate(now + 34, usegmt=True)}, now) == 34
    assert told_wait({"retry-after": formatdate(now - 34, usegmt=True)}, now) == 0
    assert told_wait({"ratelimit-reset": "12"}, now) == 12
    assert told_wait({"x-ratelimit-reset": str(int(now) + 12)}, now) == 12
    assert told_wait({"x-rate-limit-reset": str((int(now) + 12) * 1000)}, now) == 12
    assert told_wait({"retry-after": "soon", "ratelimit-reset": "3"}, now) == 3
    assert told_wait({"retry-after": "soon"}, now) is None
    assert told_wait({}, now) is None


def test_a_quota_told_as_spent_is_waited_for_before_the_next_request(
    server: FaultyServer, tmp_path: Path
) -> None:
    clock = FakeClock()
    spent = Response.of_json([]).with_headers(
        ("RateLimit-Remaining", "0"), ("RateLimit-Reset", "9")
    )
    server.script(spent)
    web = client(tmp_path, server.url, clock=clock)
    web.json(items(1))
    web.json(items(2))
    assert 8.9 <= clock.slept <= 9.3


def test_waits_grow_without_end_nor_chance() -> None:
    found = [waits.backoff(attempt, "seed") for attempt in range(1, 12)]
    assert found == [waits.backoff(attempt, "seed") for attempt in range(1, 12)]
    for attempt, wait in enumerate(found, 1):
        base = min(2 ** (attempt - 1), 60)
        assert base <= wait <= base * 1.25


def test_attempts_end_within_five_minutes(server: FaultyServer, tmp_path: Path) -> None:
    server.script(*[faulty.busy("110")] * 9)
    clock = FakeClock()
    with pytest.raises(ServiceError):
        client(tmp_path, server.url, clock=clock).json(items())
    assert clock.slept <= waits.BUDGET and len(server.log) == 3


def test_every_kind_has_its_sentence_and_every_retry_its_reason() -> None:
    assert set(SENTENCES) == set(Kind)
    assert set(REASONS) == faults.PASSING
    known = {"service", "host", "status", "detail", "attempts", "minutes"}
    for sentence in SENTENCES.values():
        assert set(re.findall(r"{(\w+)}", sentence)) <= known and "{service}" in sentence


def test_requests_that_fail_together_tell_each_wait_once(
    server: FaultyServer, tmp_path: Path
) -> None:
    """Four requests at once to a server that is down: the log would say everything four times."""
    server.stop()
    gate, listener = threading.Barrier(4), Listener()
    web = client(tmp_path, server.url, service="valhalla", progress=listener, clock=waits.Clock())

    def ask(number: int) -> None:
        gate.wait()
        with pytest.raises(ServiceError):
            web.json(Request.get("valhalla", "isochrone", {"n": number}))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ask, range(1, 5)))
    assert [line[-9:] for line in listener.said] == ["(2 of 3).", "(3 of 3)."]


@pytest.mark.parametrize("name", ["valhalla", "addok", "openrouteservice_serveur"])
def test_a_server_of_the_user_is_to_be_started(tmp_path: Path, name: str) -> None:
    service = services()[name]
    assert service.is_own and not services()["geo_api"].is_own
    for kind in faults.OWN_SENTENCES:
        told = str(ServiceError(kind, service, host="localhost", attempts=3))
        assert "internet" not in told and service.title in told and told.endswith(".")
        known = {"service", "host", "attempts"}
        assert set(re.findall(r"{(\w+)}", faults.OWN_SENTENCES[kind])) <= known
    assert "Start it" in str(ServiceError(Kind.CONNECTION, service, host="localhost"))
    assert "internet connection" in str(ServiceError(Kind.CONNECTION, services()["geo_api"]))
