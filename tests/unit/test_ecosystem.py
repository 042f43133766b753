"""Places of interest: kinds by vintage, each family of files, merging, nothing about persons."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import InputError, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.sources.ecosystem import COLUMNS, Ecosystem, ecosystem
from coodiag.coodiag_plugin.sources.ecosystem_files import TRUST
from coodiag.coodiag_plugin.sources.ecosystem_kinds import Equipment, chosen, kinds
from coodiag.coodiag_plugin.sources.ecosystem_place import (
    QUALITIES,
    Merged,
    Place,
    degrees,
    distance,
    merge,
    projected,
)
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.names import normalise
from coodiag.coodiag_plugin.sources.online.emplois_inclusion import collect_siae
from coodiag.coodiag_plugin.sources.sirene import read_stock
from coodiag.tests.servers.emplois_inclusion import EmploisInclusionServer, row
from coodiag.tests.unit.inclusion_samples import Desk, scope_of
from hypothesis import given, settings
from hypothesis import strategies as st

COMMUNES = {"53918": "Demoville", "53926": "Fictange", "75056": "Paris"}
SIRET, OTHER = "00000000100011", "00000000200012"
BPE_HEADER = "AN;NOMRS;DEPCOM;TYPEQU;SIRET;LAMBERT_X;LAMBERT_Y;LONGITUDE;LATITUDE;QUALITE_XY;EPSG"


def folder(path: Path, **files: str) -> Path:
    """Files of a data folder by name; ``__`` stands for the dot."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return path


def found(path: Path, communes: dict[str, str] | None = None, **options: object) -> Ecosystem:
    return ecosystem(scan(path), communes or COMMUNES, **options)  # type: ignore[arg-type]


def bpe(*rows: str) -> str:
    return "\n".join([BPE_HEADER, *rows, ""])


# The catalogue.


def test_every_kind_of_the_profile_is_there() -> None:
    wanted = (
        "aci ai ei etti eiti geiq ea esat france_services france_travail mission_locale ccas "
        "cap_emploi plie formation petite_enfance gare caf cpam"
    )
    assert set(wanted.split()) <= set(kinds())


def test_codes_have_the_meaning_of_their_vintage() -> None:
    assert Equipment.read("A128:2020-").holds(2024)
    assert not Equipment.read("A128:2020-").holds(2019)
    assert Equipment.read("A115:-2020").holds(2016)
    assert not Equipment.read("A115:-2020").holds(2021)
    assert Equipment.read("D502").holds(None)


def test_the_labels_of_the_vintage_replace_the_codes() -> None:
    labels = {"Z901": "Implantations France Services (IFS)", "A128": "Mairie annexe"}
    assert kinds()["france_services"].types(2030, labels) == {"Z901"}
    assert kinds()["france_services"].types(2024, {}) == {"A128"}


def test_labels_of_the_real_nomenclatures_find_the_same_codes() -> None:
    """Labels as Insee writes them since 2019."""
    labels = {
        "A115": "Réseau spécialisé Pôle emploi",
        "A122": "Réseau de proximité Pôle emploi",
        "A123": "Réseau partenarial Pôle emploi",
        "A128": "Implantations France Services (IFS)",
        "A129": "Mairie",
        "C301": "Lycée d'enseignement général et/ou technologique",
        "C303": "Lycée d’enseignement technique et/ou professionnel agricole",
        "C402": "Formation santé",
        "C601": "Centre de formation d'apprentis (hors agriculture)",
        "C602": "GRETA",
        "C603": "Centre dispensant de la formation continue agricole",
        "C605": "Centre dispensant des formations d’apprentissage agricole",
        "C609": "Autre formation continue",
        "D502": "Crèche",
        "D605": "Adultes handicapés : travail protégé",
        "E107": "Gare de voyageurs d’intérêt national",
        "E108": "Gare de voyageurs d’intérêt régional",
        "E109": "Gare de voyageurs d’intérêt local",
    }
    for kind in kinds().values():
        expected = {item.code for item in kind.equipments} & set(labels)
        if expected:
            assert kind.types(2019, labels) == expected, kind.id


def test_an_unknown_kind_is_refused_with_those_that_exist() -> None:
    with pytest.raises(InputError, match="aci, ai, ei"):
        chosen(["sorcier"])
    assert [kind.id for kind in chosen(["ei", "aci"])] == ["aci", "ei"]


# Points.


def test_lambert_coordinates_come_to_the_right_degrees() -> None:
    """The origin of Lambert-93 (decree of 2000): 3° E, 46° 30' N is (700 000, 6 600 000)."""
    point = projected("700000", "6600000", "EPSG:2154")
    assert point is not None and distance(point, (3.0, 46.5)) < 0.5


def test_what_cannot_be_a_point_is_none() -> None:
    for lon, lat in (("", ""), ("0", "0"), ("200", "45"), ("nan", "1"), ("x", "1")):
        assert degrees(lon, lat) is None
    assert projected("", "1", "EPSG:2154") is None
    assert projected("nan", "1", "EPSG:2154") is None
    assert degrees("-0,5", "48,1") == (-0.5, 48.1)


# Families of files.


def test_equipments_of_the_kinds_with_their_points(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        BPE24__csv=bpe(
            "2024;FRANCE TRAVAIL FICTIF;53918;A122;;432653;6792399;;;Bonne;2154",
            "2024;GARE DE DEMOVILLE;53918;E109;;;;-0.6;48.17;Acceptable;2154",
            "2024;BOULANGERIE;53918;B203;;;;-0.6;48.17;Bonne;2154",
            "2024;GARE D AILLEURS;35238;E107;;;;-1.6;48.1;Bonne;2154",
            "2024;FRANCE TRAVAIL PARIS;75118;A122;;;;2.35;48.89;Mauvaise;2154",
            "2024;FRANCE TRAVAIL SANS POINT;53926;A122;;;;;;;",
        ),
    )
    table = found(path).table.set_index("name")
    assert set(table.index) == {
        "FRANCE TRAVAIL FICTIF",
        "GARE DE DEMOVILLE",
        "FRANCE TRAVAIL PARIS",
        "FRANCE TRAVAIL SANS POINT",
    }
    agency = table.loc["FRANCE TRAVAIL FICTIF"]
    assert distance((agency["lon"], agency["lat"]), (-0.597985, 48.177127)) < 2
    assert (agency["kind"], agency["quality"], agency["source"]) == (
        "france_travail",
        "bonne",
        "BPE",
    )
    assert table.loc["FRANCE TRAVAIL PARIS", "codgeo"] == "75056"
    assert table.loc["FRANCE TRAVAIL PARIS", "quality"] == "approchee"
    assert pd.isna(table.loc["FRANCE TRAVAIL SANS POINT", "lon"])
    assert table.loc["FRANCE TRAVAIL SANS POINT", "quality"] == ""


def test_the_list_of_labels_of_the_folder_is_followed(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        BPE24__csv=bpe("2024;MAISON FICTIVE;53918;A150;;;;-0.6;48.17;Bonne;2154"),
        varmod_bpe_2024__csv=(
            "COD_VAR;LIB_VAR;COD_MOD;LIB_MOD\nDEP;Département;53;Mayenne\n"
            "TYPEQU;Type;A150;Implantation France services\n"
        ),
    )
    assert list(found(path).table["kind"]) == ["france_services"]


def test_an_old_file_does_not_take_the_codes_of_today(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        bpe16__csv=bpe(
            "2016;X;53918;A128;;;;-0.6;48.17;Bonne;2154",
            "2016;GARE;53918;E108;;;;-0.6;48.17;Bonne;2154",
        ),
    )
    assert list(found(path).table["kind"]) == ["gare"]


def test_only_the_newest_vintage_is_read(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        BPE21__csv=bpe("2021;GARE FERMEE;53918;E108;;;;-0.6;48.17;Bonne;2154"),
        bpe24_ensemble_xy__csv=bpe("2024;GARE;53926;E108;;;;-0.52;48.1;Bonne;2154"),
        bpe24_transport_xy__csv=bpe("2024;GARE;53926;E108;;;;-0.52;48.1;Bonne;2154"),
    )
    assert list(found(path).table["name"]) == ["GARE"]


def test_equipments_without_a_point_are_counted_each(tmp_path: Path) -> None:
    """Two nurseries of a commune that are only counted, or stand at its centre, are two."""
    path = folder(
        tmp_path,
        BPE24__csv="AN;DEPCOM;TYPEQU;NB_EQUIP\n2024;53918;D502;3\n2024;53926;D502;1\n",
        bpe24_xy__csv=bpe(*["2024;;53918;D502;;;;-0.6;48.17;Bonne;2154"] * 2),
    )
    table = found(path).table
    assert dict(table["codgeo"].value_counts()) == {"53918": 5, "53926": 1}


def test_the_name_of_an_equipment_that_may_be_a_person_is_not_shown(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        BPE24__csv=bpe(
            "2024;PERSONNE INVENTEE JEANNE;53918;D502;;;;-0.6;48.17;Bonne;2154",
            "2024;PERSONNE INVENTEE PAUL;53918;C609;;;;-0.61;48.17;Bonne;2154",
        ),
    )
    assert set(found(path).table["name"]) == {""}


def test_a_bus_stands_nowhere_exactly(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        fs__csv=(
            "id_fs;lib_fs;insee_com;format_fs;longitude;latitude\n"
            "1;France services A;53918;Espace;-0.6;48.17\n"
            "2;France services B;53926;Bus_équivalent;-0.52;48.1\n"
        ),
    )
    table = found(path).table.set_index("codgeo")
    assert dict(table["quality"]) == {"53918": "acceptable", "53926": "approchee"}


SIAE = "siret;type;raison_sociale;enseigne;code_postal;ville;departement;code_commune;longitude;latitude\n"


def test_an_enterprise_is_placed_by_the_file_else_by_its_town(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        siae__csv=SIAE
        + f"{SIRET};ACI;ATELIER UN;;53900;DEMOVILLE CEDEX 9;53;53926;-0.52;48.1\n"
        + f"{OTHER};EI;ATELIER DEUX;;53900;Demoville Cedex;53;;;\n"
        + "00000000300013;EI;ATELIER TROIS;;53900;Ailleurs;53;;;\n"
        + "00000000400014;EI;ATELIER QUATRE;;35000;Demoville;35;;;\n"
        + "00000000600016;EI;ATELIER SIX;;53900;Demoville;53;35238;-1.6;48.1\n"
        + "00000000500015;EITI;ATELIER CINQ;;75018;Paris 18e Arrondissement;75;;;\n",
    )
    table = found(path).table.set_index("name")
    assert dict(table["codgeo"]) == {
        "ATELIER UN": "53926",
        "ATELIER DEUX": "53918",
        "ATELIER CINQ": "75056",
    }
    assert table.loc["ATELIER UN", "lon"] == -0.52 and pd.isna(table.loc["ATELIER DEUX", "lon"])


def test_one_siret_under_two_types_is_two_places(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        siae__csv=SIAE
        + f"{SIRET};ACI;ATELIER;;53900;Demoville;53;53918;-0.6;48.17\n"
        + f"{SIRET};EI;ATELIER;;53900;Demoville;53;53918;-0.6;48.17\n",
    )
    assert list(found(path).table["kind"]) == ["aci", "ei"]


INCLUSION = "id;source;nom;siret;code_insee;longitude;latitude;adresse_certifiee;reseaux_porteurs\n"


def test_a_structure_of_two_networks_is_of_both_kinds(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        di__csv=INCLUSION
        + f"d--1;dora;Maison fictive;{SIRET};53918;-0.6;48.17;True;ccas-cias|france-service\n"
        + f"d--2;dora;Sans réseau;{OTHER};53918;-0.6;48.17;True;\n",
    )
    table = found(path).table
    assert list(table["kind"]) == ["france_services", "ccas"]
    assert set(table["quality"]) == {"bonne"}


def test_the_same_place_of_three_sources_is_one_row_with_the_best_point(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        fs__csv=(
            "id_fs;lib_fs;insee_com;longitude;latitude\n1;France services Fictive;53918;-0.6;48.17\n"
        ),
        di__csv=INCLUSION
        + "d--1;dora;FRANCE SERVICES FICTIVE;;53918;-0.6005;48.1701;True;france-service\n",
        BPE24__csv=bpe("2024;;53918;A128;;;;-0.6004;48.17;Acceptable;2154"),
    )
    (line,) = found(path).table.to_dict("records")
    assert line["source"] == "Liste France services, data·inclusion, BPE"
    assert line["name"] == "France services Fictive"
    assert (line["lon"], line["quality"]) == (-0.6005, "bonne")


def test_a_folder_without_places_is_refused(tmp_path: Path) -> None:
    path = folder(
        tmp_path, v_commune__csv="TYPECOM,COM,REG,DEP,LIBELLE\nCOM,53918,52,53,Demoville\n"
    )
    with pytest.raises(SourceError, match="no file with places of interest"):
        found(path)


# Merging.

LON = st.sampled_from([None, -0.6, -0.6005, -0.62])
PLACES = st.builds(
    Place,
    st.sampled_from(["aci", "ei"]),
    st.sampled_from(["", "Un", "UN", "Deux"]),
    st.sampled_from(["", SIRET, OTHER]),
    st.sampled_from(TRUST),
    st.sampled_from(["53918", "53926"]),
    LON.map(lambda lon: None if lon is None else (lon, 48.17)),
).map(
    lambda place: Place(
        *(place.kind, place.name, place.siret, place.source, place.codgeo, place.point),
        "bonne" if place.point else "",
    )
)


@given(st.lists(PLACES, max_size=12))
@settings(max_examples=200)
def test_merging_loses_no_place_and_never_joins_two_sirets(places: list[Place]) -> None:
    groups = merge(places, TRUST, Silent())
    parts = [part for group in groups for part in group.parts]
    assert sorted(map(repr, parts)) == sorted(map(repr, places))
    for group in groups:
        assert len({part.kind for part in group.parts}) == 1
        assert len({part.siret for part in group.parts} - {""}) <= 1
        assert group.located.quality == min(
            (part.quality for part in group.parts), key=QUALITIES.index
        )


@given(st.lists(PLACES, max_size=10), st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order(places: list[Place], random: object) -> None:
    mixed = list(places)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert merge(places, TRUST, Silent()) == merge(mixed, TRUST, Silent())


def test_places_are_the_same_by_siret_name_or_nearness() -> None:
    here, near, far = (-0.6, 48.17), (-0.6015, 48.17), (-0.604, 48.17)
    one = Place("aci", "Atelier Fictif", SIRET, TRUST[1], "53918", here, "bonne")

    def same(**changes: object) -> bool:
        other = Place(
            **{**vars(one), "source": TRUST[2], "siret": "", **changes}  # type: ignore[arg-type]
        )
        return Merged([one]).takes(other)

    assert distance(here, near) < 200 < distance(here, far)
    assert same(siret=SIRET, name="Tout autre", point=far), "another source, the same SIRET"
    assert not same(siret=SIRET, point=far, source=TRUST[1]), "one source tells two places"
    assert same(name="ATELIER-FICTIF", point=near)
    assert not same(point=far)
    assert not same(siret=OTHER, point=near), "two SIRETs are two places"
    assert same(point=None) and not same(point=None, codgeo="53926")
    assert same(name="", point=near) and not same(name="", point=near, source=TRUST[1])
    assert not same(name="", point=None)
    assert not same(name="Autre", point=here)


# The demonstration and real data.


def test_the_register_gives_organisations_only(demo: DemoPaths) -> None:
    inventory = scan(demo.data_folder)
    codes = sorted({line["COM"] for line in _communes(demo)})
    register = read_stock(inventory, codes)
    result = ecosystem(inventory, dict.fromkeys(codes, ""), register=register)
    known = register.set_index("siret")
    assert list(result.table.columns) == COLUMNS and len(result.table) > 20
    told = [line for line in result.table.to_dict("records") if "Sirène" in line["source"]]
    assert len(told) > 20
    for line in told:
        unit = known.loc[line["siret"]]
        assert unit["statut"] == "O" and unit["legal_form"] not in ("", "1000")
        assert line["name"] == unit["nom"] != "Entrepreneur individuel"
    again = ecosystem(inventory, dict.fromkeys(codes, ""))
    pd.testing.assert_frame_equal(again.table, result.table)


def test_training_and_childcare_without_employees_are_left_out(demo: DemoPaths) -> None:
    inventory = scan(demo.data_folder)
    codes = sorted({line["COM"] for line in _communes(demo)})
    register = read_stock(inventory, codes)
    result = ecosystem(
        inventory, dict.fromkeys(codes, ""), wanted=("formation",), register=register
    )
    expected = register[
        (register["naf"] == "85.59A")
        & (register["statut"] == "O")
        & (register["legal_form"] != "1000")
        & ((register["employer"] == True) | (register["workforce_min"] >= 1))  # noqa: E712
    ]
    assert sorted(result.table["siret"]) == sorted(expected["siret"])


def _communes(demo: DemoPaths) -> list[dict[str, str]]:
    with (demo.data_folder / "v_commune_2024.csv").open(encoding="utf-8", newline="") as stream:
        return [line for line in csv.DictReader(stream) if line["TYPECOM"] == "COM"]


def test_real_enterprises_of_the_service_come_back_in_their_town(
    tmp_path: Path, real_data: Path
) -> None:
    """The real list of 2020, served as the service does, read for the towns of département 35."""
    path = real_data / "social" / "siae.csv"
    if not path.is_file():
        pytest.skip(f"not there: {path.name}")
    with path.open(encoding="utf-8", newline="") as stream:
        real = [line for line in csv.DictReader(stream) if line["department"] == "35"]
    towns = {"35238": "Rennes", "35288": "Saint-Malo", "35236": "Redon", "35115": "Fougères"}
    by_name = {normalise(name): code for code, name in towns.items()}
    rows = [row(line["siret"], line["kind"], line["name"], "35", line["city"], "") for line in real]
    expected = sorted(
        (line["siret"], line["kind"].lower(), by_name[normalise(line["city"])])
        for line in real
        if normalise(line["city"]) in by_name
    )
    with EmploisInclusionServer(rows=rows) as server:
        desk = Desk(tmp_path, "emplois_inclusion", server.url)
        collect_siae(desk.web, scope_of(list(towns)), desk.depot, desk.progress)
    table = ecosystem(scan(desk.depot.folder), towns).table
    assert expected and sorted(zip(table["siret"], table["kind"], table["codgeo"])) == expected
