"""Nothing about a person leaves the confidential folder: every byte of a dossier is searched."""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.privacy import MIN_COUNT, suppressed_keys
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.tests.qgis import dossier_bytes as unpack

#: Columns of the structure's files that tell who somebody is.
NAMES = ("Nom ou raison sociale", "Nom", "Prénom")
REFERENCES = ("N° client", "Identifiant")
PHONES = ("Téléphone", "Tél.")
PEOPLE = ("clients", "beneficiaries")
#: Layers that count the structure's people, with the field of the count.
COUNTED = {"penetration": "count", "recrutement": "count", "chalandise": "clients"}  # fmt: skip


@cache
def people(path: Path) -> tuple[dict[str, str], ...]:
    """Rows of a file of the structure, as written (header found by its column of addresses)."""
    data = path.read_bytes()
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp1252")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    start = next(rank for rank, line in enumerate(lines) if "Adresse" in line)
    return tuple(dict(zip(lines[start], line)) for line in lines[start + 1 :] if any(line))


def everyone(demo: DemoPaths) -> list[dict[str, str]]:
    return [*people(demo.clients), *people(demo.beneficiaries)]


def column(demo: DemoPaths, names: tuple[str, ...]) -> set[str]:
    found = (row.get(name, "").strip() for row in everyone(demo) for name in names)
    return {text for text in found if text}


def public_names(demo: DemoPaths) -> set[str]:
    """Names that stand in a dossier for another reason: communes and their communities."""

    def names(file: str, delimiter: str, label: str) -> set[str]:
        text = (demo.data_folder / file).read_text(encoding="utf-8-sig")
        return {
            unpack.folded(row[label])
            for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)
        }

    return names("v_commune_2024.csv", ",", "LIBELLE") | names("EPCI_2024.csv", ";", "LIBEPCI")


def prospects(dossier: Path) -> list[dict[str, object]]:
    return unpack.rows(dossier / "diagnostic.gpkg", "prospects")


@pytest.fixture(scope="module")
def haystack(demo_run) -> list[unpack.Piece]:  # type: ignore[no-untyped-def]
    """The whole shareable dossier, unpacked."""
    return [unpack.Piece.of(where, data) for where, data in unpack.pieces(demo_run.dossier)]


def found_raw(haystack: list[unpack.Piece], needles: set[str]) -> list[str]:
    """Where any of the texts stands, byte for byte, in UTF-8 or UTF-16."""
    return [
        f"{piece.where}: {needle}"
        for piece in haystack
        for needle in sorted(needles)
        for code in ("utf-8", "utf-16-le", "utf-16-be")
        if needle.encode(code) in piece.data
    ]


def found(haystack: list[unpack.Piece], needles: set[str]) -> list[str]:
    """Where any of the (folded) texts stands as whole words, whatever its case and accents."""
    return [
        f"{piece.where}: {needle}"
        for piece in haystack
        for needle in sorted(needles)
        if piece.holds(needle)
    ]


def found_in_bases(haystack: list[unpack.Piece], needles: set[str]) -> list[str]:
    """The same in the bytes of SQLite, freed pages included: cells touch each other there."""
    return [
        f"{piece.where}: {needle}"
        for piece in haystack
        if piece.data.startswith(b"SQLite format 3")
        for needle in sorted(needles)
        if needle.encode() in piece.data
    ]


def test_the_search_finds_what_is_there(demo_run, haystack) -> None:  # type: ignore[no-untyped-def]
    """A search that cannot find proves nothing: known public texts are found in each kind of file."""
    for text in ("Fictange", "Bellefeinte"):
        places = " ".join(found_raw(haystack, {text}))
        for kind in ("atlas.pdf (text)", "diagnostic.gpkg", "contexte.json"):
            assert kind in places, (kind, places)
        assert found(haystack, {unpack.folded(text)})
    assert "diagnostic.qgz/" in " ".join(found_raw(haystack, {"Noms des communes"}))
    secret = demo_run.dossier / "confidentiel" / "personnes.gpkg"
    text = "\n".join(f"{where}\t{value}" for where, value in unpack.cells(secret))
    inside = [unpack.Piece.of("personnes (cells)", text.encode())]
    base = [unpack.Piece.of("personnes.gpkg", secret.read_bytes())]
    first = everyone(demo_run.demo)[0]
    for name in ("N° client", "Nom ou raison sociale", "Adresse"):
        assert found(inside, {unpack.folded(first[name])}), f"the same search, there: {name}"
        assert found_in_bases(base, {first[name]}), f"the same search, there: {name}"


def test_only_the_expected_files_are_in_the_dossier(demo_run) -> None:  # type: ignore[no-untyped-def]
    names = {path.relative_to(demo_run.dossier).as_posix() for path in demo_run.dossier.rglob("*")}
    assert names == {
        "atlas.pdf",
        "coodiag.json",
        "confidentiel",
        "confidentiel/personnes.gpkg",
        "contexte.json",
        "diagnostic.gpkg",
        "diagnostic.qgz",
        "diaporama.pdf",
        "indicateurs.json",
        "indicateurs.xlsx",
        "journal.txt",
        "rapport.html",
        "rapport.odt",
        "synthese.pdf",
    }
    assert (demo_run.dossier / "confidentiel").stat().st_mode & 0o077 == 0, "for its owner only"


def test_nothing_refers_to_the_confidential_folder(haystack) -> None:  # type: ignore[no-untyped-def]
    hits = found_raw(haystack, {"personnes.gpkg", "confidentiel/"})
    assert not hits, hits


def test_no_name_of_a_person_is_in_the_dossier(demo_run, haystack) -> None:  # type: ignore[no-untyped-def]
    """Names of the beneficiaries and of the clients who are persons, and of all other clients."""
    known = public_names(demo_run.demo)  # town halls and communities are clients too
    listed = {unpack.folded(str(row["nom"])) for row in prospects(demo_run.dossier)}
    wanted = set()
    for row in everyone(demo_run.demo):
        for name in ("Nom ou raison sociale", "Nom"):
            text = re.sub(r"^=\w+\(.*,\s*\"|\"\)$", "", row.get(name, "").strip())
            wanted.add(unpack.folded(text))
    wanted = {text for text in wanted if len(text) > 4} - known
    # A prospect that bears the very name of a client is another establishment (its SIRET differs).
    homonyms = wanted & listed
    assert len(homonyms) <= len(wanted) / 20, "otherwise the test would look away"
    assert len(wanted - homonyms) > 1000
    written = {
        text
        for text in column(demo_run.demo, NAMES[:2])
        if unpack.folded(text) in wanted - homonyms
    }
    assert not (hits := found_in_bases(haystack, written)), hits
    hits = found(haystack, wanted - homonyms)
    assert not hits, hits


def test_no_identifier_of_a_person_is_in_the_dossier(demo_run, haystack) -> None:  # type: ignore[no-untyped-def]
    references = {unpack.folded(text) for text in column(demo_run.demo, REFERENCES)}
    phones = {re.sub(r"\D", "", text)[-9:] for text in column(demo_run.demo, PHONES)}
    assert len(references) > 1200 and len(phones) > 300
    assert not (hits := found(haystack, references)), hits
    written = column(demo_run.demo, (*REFERENCES, *PHONES))
    assert not (hits := found_in_bases(haystack, written)), hits
    shape = re.compile(r"(?<!\d)(?:33 ?|0)?([1-9](?: ?\d\d){4})(?!\d)")
    assert shape.search("33 6 39 98 89 14") and shape.search("0639988914")
    for piece in haystack:
        numbers = {text.replace(" ", "") for text in shape.findall(piece.text)}
        assert not numbers & phones, piece.where


def sirets(rows: tuple[dict[str, str], ...]) -> set[str]:
    found = (re.sub(r"\D", "", row.get("SIRET", "")) for row in rows)
    return {text for text in found if len(text) == 14}


def refused(demo: DemoPaths) -> set[str]:
    """SIRETs of clients whose row has nothing to place it by."""
    lost = [
        row for row in people(demo.clients) if not row["CP"].strip() and not row["Ville"].strip()
    ]
    return sirets(tuple(lost))


def test_no_siret_of_a_client_is_in_the_dossier(demo_run, haystack) -> None:  # type: ignore[no-untyped-def]
    known = sirets(people(demo_run.demo.clients)) - refused(demo_run.demo)
    assert len(known) > 150
    assert not (hits := found(haystack, known) + found_in_bases(haystack, known)), hits
    for piece in haystack:
        long = {word for word in piece.words if len(word) > 14 and word.isdigit()}
        assert not any(siret in word for word in long for siret in known), piece.where
    assert not known & {str(row["siret"]) for row in prospects(demo_run.dossier)}


def test_a_client_without_an_address_is_not_offered_as_a_prospect(demo_run) -> None:  # type: ignore[no-untyped-def]
    lost = refused(demo_run.demo)
    assert lost, "the demonstration holds such a row"
    assert not lost & {str(row["siret"]) for row in prospects(demo_run.dossier)}


def test_no_address_of_a_person_is_in_the_dossier(demo_run, haystack) -> None:  # type: ignore[no-untyped-def]
    """Number and street as written, street alone as written and as the BAN spells it."""
    known = public_names(demo_run.demo)
    lines = {unpack.folded(text) for text in column(demo_run.demo, ("Adresse",))}
    people_layer = demo_run.dossier / "confidentiel" / "personnes.gpkg"
    for role in ("clients", "beneficiaries"):
        for row in unpack.rows(people_layer, role):
            lines.add(unpack.folded(str(row["geo_label"] or "")))
    streets = {re.sub(r"^\d+( (bis|ter|quater|[a-d]))? ", "", line) for line in lines}
    labels = {re.sub(r" \d{5} .*$", "", street) for street in streets}
    wanted = {text for text in lines | streets | labels if len(text) > 6 and " " in text} - known
    assert len(wanted) > 1500
    hits = found(haystack, wanted)
    assert not hits, hits
    written = {text for text in column(demo_run.demo, ("Adresse",)) if len(text) > 8}
    assert not (hits := found_in_bases(haystack, written)), hits


def test_no_word_of_the_import_or_of_the_geocoder_is_in_the_dossier(haystack) -> None:  # type: ignore[no-untyped-def]
    columns = {"geo_label", "geo_score", "row_id", "geo_note", "complement", "turnover"}
    # a column of the table of metadata, by the standard of GeoPackage
    standard = b"row_id_value"
    pieces = [replace(piece, data=piece.data.replace(standard, b"")) for piece in haystack]
    hits = found_raw(pieces, columns)
    assert not hits, hits


def test_no_exact_position_of_a_person_is_in_the_dossier(demo_run, haystack) -> None:  # type: ignore[no-untyped-def]
    """Neither as bytes of a geometry nor as digits in a text.

    A client who is an establishment of the public register may stand where the register puts it.
    """
    layer = demo_run.dossier / "confidentiel" / "personnes.gpkg"
    gpkg = demo_run.dossier / "diagnostic.gpkg"
    public = {
        (round(x, 3), round(y, 3))
        for table in ("etablissements", "prospects", "sites")
        for x, y in unpack.positions(gpkg, table)
    }
    points = {p for role in ("clients", "beneficiaries") for p in unpack.positions(layer, role)}
    wanted = {p for p in points if (round(p[0], 3), round(p[1], 3)) not in public}
    assert len(wanted) > 600
    packed = {struct.pack("<d", x) + struct.pack("<d", y) for x, y in wanted}
    data = (demo_run.dossier / "diagnostic.gpkg").read_bytes()
    assert not any(position in data for position in packed), "the position of a person"
    easts = {f"{x:.1f}" for x, _ in wanted}
    for piece in haystack:
        if piece.where.endswith((".qgs", ".json", ".txt", "(cells)")):
            numbers = {text.decode() for text in re.findall(rb"\b\d{6}\.\d", piece.data)}
            assert not easts & numbers or piece.where.endswith("(cells)"), piece.where


def test_no_establishment_shared_tells_a_client_apart(demo_run) -> None:  # type: ignore[no-untyped-def]
    """Establishments of the layer carry no name and no identifier."""
    found = unpack.rows(demo_run.dossier / "diagnostic.gpkg", "etablissements")
    assert not {"siret", "siren", "nom", "name", "adresse", "address"} & set(found[0])


def test_clients_cannot_be_found_by_taking_the_prospects_from_the_register(demo_run) -> None:  # type: ignore[no-untyped-def]
    """What any holder of the dossier and of the public Sirène stock can do."""
    demo = demo_run.demo
    listed = prospects(demo_run.dossier)
    divisions = {str(row["naf"])[:2] for row in listed}
    with zipfile.ZipFile(demo.data_folder / "StockEtablissement_utf8.zip") as archive:
        stock = csv.DictReader(
            io.TextIOWrapper(archive.open("StockEtablissement_utf8.csv"), "utf-8")
        )
        register = {
            row["siret"]
            for row in stock
            if row["etatAdministratifEtablissement"] == "A"
            and row["statutDiffusionEtablissement"] == "O"
            and row["activitePrincipaleEtablissement"][:2] in divisions
            and row["codeCommuneEtablissement"] in {str(item["codgeo"]) for item in listed}
        }
    left = register - {str(row["siret"]) for row in listed}
    exposed = len(left & sirets(people(demo.clients)))
    assert exposed < len(left) / 4, f"{exposed} of the {len(left)} that are left are clients"


# --- counts of people ------------------------------------------------------------------------


def test_no_count_of_one_to_four_people_is_in_an_attribute(demo_run) -> None:  # type: ignore[no-untyped-def]
    gpkg = demo_run.dossier / "diagnostic.gpkg"
    seen = 0
    for table, field in COUNTED.items():
        for row in unpack.rows(gpkg, table):
            value = row[field]
            seen += value is not None
            assert value is None or value == 0 or value >= MIN_COUNT, (table, row[field])  # type: ignore[operator]
            for other in ("outliers", "unlinked"):
                assert not 0 < int(row.get(other) or 0) < MIN_COUNT, (table, other)  # type: ignore[call-overload]
    assert seen > 12


def test_a_hidden_count_hides_all_that_tells_it(demo_run) -> None:  # type: ignore[no-untyped-def]
    for table in ("penetration", "recrutement"):
        hidden = 0
        for row in unpack.rows(demo_run.dossier / "diagnostic.gpkg", table):
            if row["count_etat"] != "secret":
                continue
            hidden += 1
            for name in ("count", "rate", "low", "high", "shrunk", "index", "share"):
                assert row[name] is None and row[f"{name}_etat"] == "secret", (table, name)
            # the only type that is told by the need alone
            assert table != "recrutement" or row["type"] in (None, "sans_besoin")
        assert hidden > 3


def test_commune_tables_hide_what_the_layers_hide(demo_run) -> None:  # type: ignore[no-untyped-def]
    gpkg = demo_run.dossier / "diagnostic.gpkg"
    for table, label in (
        ("penetration", "Clients entreprises"),
        ("recrutement", "Bénéficiaires de la structure"),
    ):
        state = {row["codgeo"]: row["count_etat"] for row in unpack.rows(gpkg, table)}
        printed = {
            row["codgeo"]: row["colonne_1"]
            for row in unpack.rows(gpkg, "fiches_tableau")
            if row["indicateur"] == label
        }
        assert set(printed) == set(state)
        for code, text in printed.items():
            assert (text == "s") == (state[code] == "secret"), (table, code)


def true_counts(demo_run, role: str) -> Counter[str]:  # type: ignore[no-untyped-def]
    """People by commune of the territory, from the confidential layer and the commune shapes."""
    from qgis.core import QgsGeometry, QgsPointXY, QgsVectorLayer

    gpkg = demo_run.dossier / "diagnostic.gpkg"
    communes = QgsVectorLayer(f"{gpkg}|layername=communes", "c", "ogr")
    shapes = [(item["codgeo"], QgsGeometry(item.geometry())) for item in communes.getFeatures()]
    counts: Counter[str] = Counter({code: 0 for code, _ in shapes})
    for person in unpack.rows(demo_run.dossier / "confidentiel" / "personnes.gpkg", role):
        if role == "clients" and not person["siret"]:
            continue  # the demonstration has more businesses: they alone are compared
        x, y = unpack.point(person["geom"])
        place = QgsGeometry.fromPointXY(QgsPointXY(x, y))
        code = next((code for code, shape in shapes if shape.intersects(place)), None)
        if code:
            counts[code] += 1
    return counts


@pytest.mark.parametrize(
    ("table", "role", "label"),
    [
        ("penetration", "clients", "Clients entreprises"),
        ("recrutement", "beneficiaries", "Bénéficiaires de la structure"),
    ],
)
def test_hidden_counts_of_the_real_layers_cannot_be_solved(
    demo_run,
    table: str,
    role: str,
    label: str,  # type: ignore[no-untyped-def]
) -> None:
    """With the printed total, each hidden count may still take several values."""
    gpkg = demo_run.dossier / "diagnostic.gpkg"
    truth = true_counts(demo_run, role)
    shown = {row["codgeo"]: row["count"] for row in unpack.rows(gpkg, table)}
    assert set(shown) == set(truth)
    for code, value in shown.items():
        assert value is None or value == truth[code], (table, code)
    hidden = {code for code, value in shown.items() if value is None}
    assert suppressed_keys(dict(truth)) <= hidden
    total = next(
        int(re.sub(r"\D", "", str(row["colonne_2"])))
        for row in unpack.rows(gpkg, "fiches_tableau")
        if row["indicateur"] == label
    )
    assert total == sum(truth.values())
    left = total - sum(int(value) for value in shown.values() if value is not None)
    assert left == sum(truth[code] for code in hidden)
    several = possible(len(hidden), left)
    assert all(len(values) > 1 for values in several), "a cell can be told from the total"


def possible(cells: int, total: int) -> list[set[int]]:
    """Values that each hidden cell may take when it holds 1 to 4, or one of them any number."""
    low, high = cells, cells * (MIN_COUNT - 1)
    if not low < total < high:
        return [set(range(total + 1))] * cells if cells > 1 and total not in (low, high) else [{1}]
    return [
        {value for value in range(1, MIN_COUNT) if low - 1 <= total - value <= high - MIN_COUNT + 1}
    ] * cells


def test_possible_agrees_with_brute_force() -> None:
    for cells in (2, 3, 4):
        for total in range(cells + 1, cells * 4):
            worlds = [w for w in product(range(1, 5), repeat=cells) if sum(w) == total]
            assert {w[0] for w in worlds} == possible(cells, total)[0]


def test_zones_do_not_subtract_to_a_few_people(demo_run) -> None:  # type: ignore[no-untyped-def]
    """Zones of one kind are nested: no two of their counts differ by 1 to 4, nor from the whole."""
    gpkg = demo_run.dossier / "diagnostic.gpkg"
    for table in ("chalandise",):
        chains: dict[object, list[int]] = defaultdict(lambda: [0])
        whole: dict[object, float] = {}
        for row in unpack.rows(gpkg, table):
            if row["clients"] is not None:
                chains[row["site"]].append(int(row["clients"]))  # type: ignore[call-overload]
                whole[row["site"]] = 100 * row["clients"] / row["share"]  # type: ignore[operator]
        for site, counts in chains.items():
            steps = [*sorted(counts), round(whole[site])]
            for inner, outer in zip(steps, steps[1:]):
                assert outer == inner or outer - inner >= MIN_COUNT, (table, site, steps)


# --- network ---------------------------------------------------------------------------------


def test_no_socket_is_opened_and_nothing_is_asked_of_the_network(demo_run) -> None:  # type: ignore[no-untyped-def]
    assert demo_run.sockets == []
    assert [url for url in demo_run.requests if not url.startswith("file:")] == []


def test_no_path_and_no_user_of_this_machine_is_in_the_dossier(demo_run, haystack) -> None:  # type: ignore[no-untyped-def]
    import getpass
    import socket

    here = {str(demo_run.dossier), str(demo_run.demo.data_folder.parent), str(Path.home())}
    hits = found_raw(haystack, here | {".en-cours"})
    assert not hits, hits
    names = {getpass.getuser(), socket.gethostname()}
    for piece in haystack:
        if piece.where.endswith((".qgs", "(information)", ".json", ".txt")):
            for word in names:
                assert not piece.holds(unpack.folded(word)), (piece.where, word)
    owners = {
        row["owner"] for row in unpack.rows(demo_run.dossier / "diagnostic.gpkg", "layer_styles")
    }
    assert not owners & names
