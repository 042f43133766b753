"""The Sirène stock: what is kept, what is masked, and every row accounted for."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.sources import official_csv
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.sirene import read_stock
from coodiag.coodiag_plugin.sources.sirene_columns import COLUMNS, NATURAL_PERSON_NAME

TOWN = "99001"


def text_of(rows: list[dict[str, Any]], separator: str = ",") -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def establishment(number: int, **more: str) -> dict[str, str]:
    siren = f"{900000000 + number}"
    row = {
        "siren": siren,
        "siret": siren + "00011",
        "statutDiffusionEtablissement": "O",
        "trancheEffectifsEtablissement": "12",
        "numeroVoieEtablissement": "4",
        "libelleVoieEtablissement": "RUE FICTIVE",
        "codeCommuneEtablissement": TOWN,
        "etatAdministratifEtablissement": "A",
        "enseigne1Etablissement": "",
        "denominationUsuelleEtablissement": "",
        "activitePrincipaleEtablissement": "81.21Z",
        "caractereEmployeurEtablissement": "O",
    }
    return {**row, **more}


def unit(number: int, **more: str) -> dict[str, str]:
    row = {
        "siren": f"{900000000 + number}",
        "statutDiffusionUniteLegale": "O",
        "etatAdministratifUniteLegale": "A",
        "nomUniteLegale": "",
        "nomUsageUniteLegale": "",
        "denominationUniteLegale": f"SOCIETE FICTIVE {number}",
        "categorieJuridiqueUniteLegale": "5499",
        "economieSocialeSolidaireUniteLegale": "N",
    }
    return {**row, **more}


def point(number: int, **more: str) -> dict[str, str]:
    row = {
        "siret": f"{900000000 + number}00011",
        "x": "352000.5",
        "y": "6789000.5",
        "qualite_xy": "11",
        "epsg": "2154",
        "y_latitude": "48.1",
        "x_longitude": "-1.67",
    }
    return {**row, **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A stock of fictitious units as Insee publishes it, zipped."""
    establishments = [
        establishment(1),
        establishment(2, etatAdministratifEtablissement="F"),
        establishment(3, codeCommuneEtablissement="99002"),
        establishment(4, statutDiffusionEtablissement="P", enseigne1Etablissement="[ND]"),
        establishment(5, enseigne1Etablissement="LE PAIN FICTIF"),
        establishment(6, denominationUsuelleEtablissement="MME ZZFICTIVE COIFFURE"),
        establishment(7, activitePrincipaleEtablissement="4321A"),
        establishment(8, trancheEffectifsEtablissement="NN", caractereEmployeurEtablissement="N"),
        establishment(9, codeCommuneEtablissement="99009"),
        establishment(10, trancheEffectifsEtablissement=""),
    ]
    units = [
        unit(1, economieSocialeSolidaireUniteLegale="O", categorieJuridiqueUniteLegale="9220"),
        *[unit(number) for number in (2, 3, 7, 8, 9)],
        unit(4, denominationUniteLegale="SECRETE FICTIVE"),
        unit(
            5,
            categorieJuridiqueUniteLegale="1000",
            denominationUniteLegale="",
            nomUniteLegale="YYFICTIF",
        ),
        unit(
            6,
            categorieJuridiqueUniteLegale="1000",
            denominationUniteLegale="",
            nomUniteLegale="ZZFICTIVE",
        ),
        unit(10, categorieJuridiqueUniteLegale="5710", economieSocialeSolidaireUniteLegale="O"),
    ]
    points = [
        *[point(number) for number in (1, 2, 3, 4, 5, 6)],
        point(7, qualite_xy="33"),
        point(8, x_longitude="", y_latitude=""),
    ]
    for name, rows in (
        ("StockEtablissement_utf8", establishments),
        ("StockUniteLegale_utf8", units),
        ("GeolocalisationEtablissement", points),
    ):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            separator = ";" if name.startswith("Geo") else ","
            archive.writestr(f"{name}.csv", text_of(rows, separator))
    return tmp_path


class Told(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.lines.append(template.format(**fields))

    warn = say


def test_active_establishments_of_the_territory(folder: Path) -> None:
    table = read_stock(scan(folder), [TOWN])
    assert list(table.columns) == COLUMNS
    assert list(table["siret"].str[6:9]) == ["001", "004", "005", "006", "007", "008", "010"]
    counts = table.attrs["counts"]
    assert (counts["read"], counts["inside"], counts["closed"], counts["kept"]) == (10, 8, 1, 7)
    assert (counts["masked"], counts["without_point"], counts["at_town"]) == (1, 1, 1)
    row = table.set_index("siret").loc["90000000100011"]
    assert row["nom"] == "SOCIETE FICTIVE 1" and row["naf_label"].startswith(
        "Services relatifs aux"
    )
    assert (row["section"], row["tranche_label"], row["workforce_min"]) == (
        "N",
        "20 à 49 salariés",
        20,
    )
    assert (row["ess"], row["ess_family"], row["employer"]) == (True, "association", True)
    assert (row["lon"], row["lat"], row["epsg"], row["geo_quality"]) == (
        -1.67,
        48.1,
        "EPSG:2154",
        "11",
    )


def test_partial_diffusion_keeps_only_commune_activity_and_size(folder: Path) -> None:
    row = read_stock(folder, [TOWN]).set_index("siret").loc["90000000400011"]
    assert (row["statut"], row["nom"], row["enseigne"], row["epsg"]) == ("P", "", "", "")
    assert row[["lon", "lat", "x", "y"]].isna().all()
    assert (row["codgeo"], row["naf"], row["tranche"]) == (TOWN, "81.21Z", "12")


def test_names_of_natural_persons_never_come_out(folder: Path) -> None:
    table = read_stock(folder, [TOWN])
    names = table.set_index(table["siret"].str[6:9])["nom"]
    assert names["005"] == "LE PAIN FICTIF"
    assert names["006"] == NATURAL_PERSON_NAME, "its trade name carries the family name"
    everything = table.to_csv()
    for word in ("YYFICTIF", "ZZFICTIVE", "SECRETE", "RUE FICTIVE"):
        assert word not in everything


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"naf": ["43"]}, ["007"]),
        ({"naf": ["F", "81.2"]}, ["001", "004", "005", "006", "007", "008", "010"]),
        ({"ess_only": True}, ["001", "010"]),
        ({"workforce_min": 20}, ["001", "004", "005", "006", "007"]),
        ({"workforce_min": 21}, []),
    ],
)
def test_filters(folder: Path, options: dict[str, Any], kept: list[str]) -> None:
    table = read_stock(folder, [TOWN], **options)
    assert list(table["siret"].str[6:9]) == kept
    assert table.attrs["counts"]["filtered"] == 7 - len(kept)


def test_arrays_that_cannot_be_written_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pandas 3 hands out read-only arrays."""
    plain = pd.Series.to_numpy

    def frozen(self: pd.Series, *args: Any, **options: Any) -> Any:
        array = plain(self, *args, **options).view()
        array.flags.writeable = False
        return array

    monkeypatch.setattr(pd.Series, "to_numpy", frozen)
    assert len(read_stock(folder, [TOWN], naf=["F", "81.2"], workforce_min=20)) == 5


def test_commercial_ess_stands_apart(folder: Path) -> None:
    table = read_stock(folder, [TOWN], ess_only=True)
    assert list(table["ess_family"]) == ["association", "société commerciale de l’ESS"]


def test_old_codes_and_arrondissements(folder: Path, tmp_path: Path) -> None:
    table = read_stock(folder, [TOWN], changes={"99009": "99008", "99008": TOWN, "99002": "99003"})
    assert "900000009" in set(table["siren"]) and set(table["codgeo"]) == {TOWN}
    path = tmp_path / "paris.csv"
    path.write_text(
        text_of(
            [
                establishment(1, codeCommuneEtablissement="75103"),
                establishment(2, codeCommuneEtablissement="75056"),
            ]
        ),
        encoding="utf-8",
    )
    assert list(read_stock(path, ["75056"])["codgeo"]) == ["75056", "75056"]
    assert list(read_stock(path, ["75103"])["codgeo"]) == ["75103"]


def test_geo_sirene_extract_in_another_encoding_and_small_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accents beyond the first bytes of a cp1252 file start the reading again: counts stay right."""
    monkeypatch.setattr(official_csv, "CHUNK_ROWS", 300)
    rows = [
        establishment(n, longitude="2.5", latitude="48.5", geo_type="street")
        for n in range(1, 2000)
    ]
    rows[-1]["enseigne1Etablissement"] = "CAFÉ FICTIF"
    rows[5]["geo_type"] = "municipality"
    rows[6].update(longitude="0", latitude="0")
    path = tmp_path / "geo_siret_99.csv"
    path.write_bytes(text_of(rows).encode("cp1252"))
    assert path.stat().st_size > official_csv.HEAD
    table = read_stock(path, [TOWN])
    counts = table.attrs["counts"]
    assert counts["read"] == counts["kept"] == 1999
    assert (counts["at_town"], counts["without_point"]) == (1, 1)
    assert table["enseigne"].iloc[-1] == "CAFÉ FICTIF"
    assert set(table["ess"]) == {None} and set(table["ess_family"]) == {""}


def test_extract_with_few_columns(tmp_path: Path) -> None:
    path = tmp_path / "extrait.csv"
    path.write_text(
        "SIRET;CodeCommuneEtablissement;coordonneeLambertAbscisseEtablissement;coordonneeLambertOrdonneeEtablissement\n"
        "90000000100011;99001;352000,5;6789000\n90000000200011;99002;;\n",
        encoding="utf-8",
    )
    table = read_stock(path, [TOWN])
    assert len(table) == 1 and table["x"][0] == 352000.5 and table["epsg"][0] == "EPSG:2154"
    with pytest.raises(SourceError, match="ESS"):
        read_stock(path, [TOWN], ess_only=True)


def test_repeated_establishments_count_once_and_the_newest_file_wins(tmp_path: Path) -> None:
    new, old = tmp_path / "new.csv", tmp_path / "old.csv"
    new.write_text(
        text_of([establishment(1, etatAdministratifEtablissement="F"), establishment(2)])
    )
    old.write_text(
        text_of([establishment(1), establishment(2), establishment(3), establishment(3)])
    )
    table = read_stock([new, old], [TOWN])
    assert list(table["siret"].str[6:9]) == ["002", "003"]
    counts = table.attrs["counts"]
    assert (counts["inside"], counts["duplicates"], counts["closed"], counts["kept"]) == (
        6,
        3,
        1,
        2,
    )


def test_without_unit_file_a_trade_name_is_not_shown(tmp_path: Path) -> None:
    """Nobody can tell whether it is the name of a natural person."""
    path = tmp_path / "extrait.csv"
    rows = [
        establishment(1, denominationUsuelleEtablissement="ZZFICTIVE JEANNE"),
        establishment(2, enseigne1Etablissement="ATELIER FICTIF"),
    ]
    path.write_text(text_of(rows), encoding="utf-8")
    assert list(read_stock(path, [TOWN])["nom"]) == ["", "ATELIER FICTIF"]


def test_the_reconciliation_is_said(folder: Path) -> None:
    told = Told()
    read_stock(folder, [TOWN], progress=told)
    text = "\n".join(told.lines)
    assert "10 rows read, 8 in the territory" in text and "1 have partial diffusion" in text


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read_stock(tmp_path / "nowhere.csv", [TOWN])
    other = tmp_path / "other.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(SourceError, match="No Sirène establishment file"):
        read_stock(other, [TOWN])
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK not a zip")
    with pytest.raises(SourceError, match=r"broken\.zip"):
        read_stock(broken, [TOWN])


@pytest.mark.real
def test_real_files_of_another_kind_are_not_taken_for_a_stock(real_data: Path) -> None:
    """An extract by IRIS without SIRET is refused; the header sample of 2019 is read, all closed."""
    with pytest.raises(SourceError, match="No Sirène establishment file"):
        read_stock(real_data / "sirene" / "sirene_67_par_iris_2010.csv", ["67482"])
    sample = real_data / "sirene" / "sample_StockEtablissement_geo_columns.csv"
    table = read_stock(sample, ["35238"])
    assert table.empty and table.attrs["counts"]["read"] == 3
    inventory = scan(real_data / "sirene")
    assert [file.path.name for file in inventory.of("sirene_etablissement")] == [sample.name]
