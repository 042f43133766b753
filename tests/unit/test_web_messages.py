"""The services' own words, in every shape that they document."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from coodiag.coodiag_plugin.sources.web.messages import is_page, words_of
from coodiag.coodiag_plugin.sources.web.services import Service, base_url, services
from coodiag.tests.servers.faulty import LOGIN

XML = """<?xml version="1.0" encoding="UTF-8"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
<ows:Exception exceptionCode="InvalidParameterValue" locator="typeName">{}</ows:Exception>
</ows:ExceptionReport>"""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        # géocodage (SOURCES §1.4)
        (
            {"code": 400, "message": "Failed parsing query", "detail": ["q: required param", "b"]},
            "Failed parsing query : q: required param ; b",
        ),
        ({"code": 500, "message": "An unexpected error has occurred"}, "An unexpected error has occurred"),
        # navigation (§2.1)
        (
            {"error": {"errorType": "x", "message": "Parameter 'resource' not found."}},
            "Parameter 'resource' not found",
        ),
        ({"error": {"message": " No iso found "}}, "No iso found"),
        ({"error": "Not found"}, "Not found"),
        # Valhalla (§3.1), openrouteservice (§3.3)
        (
            {"error_code": 171, "error": "No suitable edges near location", "status_code": 400},
            "No suitable edges near location",
        ),
        ({"error": {"code": 3004, "message": "Too far"}, "info": {"engine": {}}}, "Too far"),
        ({"error": "Access to this API has been disallowed"}, "Access to this API has been disallowed"),
        # Sirène (§4.4) and its gateway (§4.1)
        (
            {"header": {"statut": 404, "message": "Aucun élément trouvé pour q=siret:1"}},
            "Aucun élément trouvé pour q=siret:1",
        ),
        ({"message": "Rate limit exceeded !", "http_status_code": 429}, "Rate limit exceeded !"),
        # recherche d'entreprises (§5)
        ({"erreur": "Veuillez indiquer au moins un paramètre de recherche."},
         "Veuillez indiquer au moins un paramètre de recherche"),
        # Opendatasoft (§9)
        ({"error_code": "ODSQLError", "message": "Unknown field: xxx"}, "Unknown field: xxx"),
        ({"errorcode": 10002, "error": "Too many requests on the domain"}, "Too many requests on the domain"),
        # emplois de l'inclusion (§10.1): a list, refusals by field, DRF
        (["Les paramètres `code_insee` et `distance_max_km` sont obligatoires."],
         "Les paramètres `code_insee` et `distance_max_km` sont obligatoires"),
        ({"distance_max_km": ["Assurez-vous que cette valeur est inférieure ou égale à 100."]},
         "distance_max_km: Assurez-vous que cette valeur est inférieure ou égale à 100"),
        ({"detail": "Pas de ville avec pour code_insee 12345"}, "Pas de ville avec pour code_insee 12345"),
        # data.inclusion (§10.2)
        ({"detail": [{"loc": ["query", "size"], "msg": "too big", "type": "value_error"}]},
         "query.size: too big"),
        ({"detail": "This `code_commune` does not exist."}, "This `code_commune` does not exist"),
        ({}, ""), ([], ""), ({"ok": False, "data": None}, ""),
    ],
)  # fmt: skip
def test_json(answer: object, words: str) -> None:
    assert words_of(json.dumps(answer, ensure_ascii=False).encode(), "application/json") == words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (XML.format("<ows:ExceptionText>Unknown type &quot;a&quot;</ows:ExceptionText>"),
         'Unknown type "a"'),
        (XML.format("<ows:ExceptionText><![CDATA[bad\nfilter]]></ows:ExceptionText>"), "bad filter"),
        (XML.format(""), "InvalidParameterValue"),
        ("<ServiceExceptionReport><ServiceException code='x'>No layer</ServiceException>"
         "</ServiceExceptionReport>", "No layer"),
        ("Le serveur a rencontré une erreur inattendue.", "Le serveur a rencontré une erreur inattendue"),
        ("  Not\n Found \n", "Not Found"),
        ("{not json", "{not json"),
        (LOGIN, "Wifi de la gare – connexion"),
        ("<html><body>429 Too Many Requests</body></html>", "HTML"),
        ("\ufeff", ""),
    ],
)  # fmt: skip
def test_xml_html_and_text(answer: str, words: str) -> None:
    assert words_of(answer.encode()) == words


def test_long_words_are_cut() -> None:
    assert len(words_of(b"x " * 1000)) == 300


@pytest.mark.parametrize(
    ("content", "content_type", "page"),
    [
        (LOGIN.encode(), "", True),
        (b"\xef\xbb\xbf  <HTML lang=fr>", "application/json", True),
        (b"<!-- portal --> <html>", "", True),
        (b"<p>x", "text/html; charset=utf-8", True),
        (b'{"a": "<html>"}', "text/html", False),
        (b"<?xml version='1.0'?><kml/>", "application/xml", False),
        (b"code;nom", "text/csv", False),
        (b"", "text/html", False),
    ],
)
def test_a_web_page_is_told_from_data(content: bytes, content_type: str, page: bool) -> None:
    assert is_page(content, content_type) is page


@pytest.mark.parametrize("service", services().values(), ids=lambda service: service.id)
def test_a_row_of_the_catalogue_is_complete(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.title and service.attribution and service.id == service.id.lower()
    parts = urlsplit(service.base_url)
    assert parts.scheme == "https" or parts.hostname == "localhost"
    assert not service.base_url.endswith("/")
    assert base_url(service, {}) == service.base_url
    assert base_url(service, {service.id: "http://127.0.0.1:1/"}) == "http://127.0.0.1:1"
    monkeypatch.setenv(f"COODIAG_URL_{service.id.upper()}", "http://127.0.0.1:2")
    assert base_url(service, {service.id: "http://127.0.0.1:1/"}) == "http://127.0.0.1:2"
