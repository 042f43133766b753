"""Official files recognised by their headers and read as text, whatever their wrapping."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.catalogue import CATALOGUE
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.sources import official_csv, official_file, official_xlsx
from coodiag.coodiag_plugin.sources import workbook as read_workbook
from coodiag.coodiag_plugin.sources.folder import (
    Inventory,
    OfficialFile,
    provenance,
    read_columns,
    scan,
)
from coodiag.coodiag_plugin.sources.official_xlsx import OfficialWorkbook
from coodiag.coodiag_plugin.sources.recognise import catalogue, recognise, year_in_name
from coodiag.coodiag_plugin.sources.workbook import read_sheets

CENSUS = "CODGEO;P20_POP;P14_POP;C20_MEN\n01001;12.5;11;4\n35238;;2;s\n2A004;7;8;9\n"
FILO = "CODGEO;LIBGEO;NBMEN19;Q219\n"


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def workbook(sheets: dict[str, Sequence[Sequence[object]]], shared: bool = False) -> bytes:
    """A minimal xlsx, with inline or shared strings; None leaves a cell out, [] a row out."""
    strings: list[str] = []

    def cell(place: str, value: object) -> str:
        if isinstance(value, (int, float)):
            return f'<c r="{place}"><v>{value}</v></c>'
        if shared:
            strings.append(str(value))
            return f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'

    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        listed = links = ""
        for number, (name, rows) in enumerate(sheets.items(), 1):
            lines = "".join(
                f'<row r="{i}">'
                + "".join(
                    cell(f"{'ABCDEFGH'[j]}{i}", v) for j, v in enumerate(row) if v is not None
                )
                + "</row>"
                for i, row in enumerate(rows, 1)
                if row
            )
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f"<worksheet {main}><sheetData>{lines}</sheetData></worksheet>",
            )
            listed += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
            links += f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"/>'
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{rel}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        items = "".join(f"<si><t>{text}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml", f"<sst {main}>{items}</sst>")
    return stream.getvalue()


def only(folder: Path) -> OfficialFile:
    files = scan(folder).files
    assert len(files) == 1, files
    return files[0]


def reasons(inventory: Inventory) -> dict[str, str]:
    return dict(inventory.ignored)


class TestCatalogue:
    def test_every_row_is_whole(self) -> None:
        text = (CATALOGUE / "datasets.csv").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        assert {line.count(";") for line in lines} == {lines[0].count(";")}

    def test_rows_of_one_family_agree(self) -> None:
        for dataset in catalogue():
            same = [other for other in catalogue() if other.id == dataset.id]
            assert len({other.level for other in same}) == 1, dataset.id

    def test_secrecy_signs_are_states(self) -> None:
        states = {state for dataset in catalogue() for state in dataset.secrecy.values()}
        assert states <= {state.value for state in State if state is not State.KNOWN}


class TestRecognition:
    @pytest.mark.parametrize(
        ("text", "dataset", "vintage"),
        [
            (CENSUS, "rp_base_cc", 2020),
            ("CODGEO;P18_POP;P13_POP;SUPERF;NBMENFISC19;MED19\n35238;1;1;1;1;1\n", "comparateur", 2018),
            (FILO + "35238;Rennes;1;2\n", "filosofi_com", 2019),
            (FILO + "243500139;Rennes Métropole;1;2\n", "filosofi_epci", 2019),
            (FILO + "53;Bretagne;1;2\n52;Pays de la Loire;1;2\n", "filosofi_reg", 2019),
            (FILO + "53;Mayenne;1;2\n52;Haute-Marne;1;2\n", "filosofi_dep", 2019),
            (FILO + "01;Ain;1;2\n2A;Corse-du-Sud;1;2\n", "filosofi_dep", 2019),
            ("CODGEO;NBMENFISC21;MED21;TP6021\n35238;1;2;3\n", "filosofi_cc", 2021),
            ("IRIS;COM;DISP_MED21\n352380101;35238;20000\n", "filosofi_iris", 2021),
            ("CODGEO;LIBGEO;EPCI;LIBEPCI;DEP;REG\n35238;R;243500139;RM;35;53\n", "cog_epci", None),
            ("TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT\nCOM,35238,53,35,Rennes,\n", "cog_communes", None),
            (
                "MOD,DATE_EFF,TYPECOM_AV,COM_AV,LIBELLE_AV,TYPECOM_AP,COM_AP\n32,2022-01-01,COM,01001,X,COM,01002\n",
                "cog_mouvements",
                2022,
            ),
            (
                "dept;siren;raison_sociale;insee;siren_membre;pmun_2025\n35;243500139;RM;35238;213502388;1\n",
                "banatic",
                2025,
            ),
            ("date;code_commune;categorie;nombre_de_demandeurs_d_emploi\n2024-T4;35238;A;10\n", "dares_defm", 2024),
        ],
    )  # fmt: skip
    def test_family_and_year_come_from_the_content(
        self, tmp_path: Path, text: str, dataset: str, vintage: int | None
    ) -> None:
        put(tmp_path, "telechargement.csv", text)
        file = only(tmp_path)
        assert (file.dataset, file.vintage) == (dataset, vintage)

    def test_the_name_only_dates_what_nothing_else_dates(self, tmp_path: Path) -> None:
        put(tmp_path, "EPCI_2020.csv", "CODGEO;EPCI;LIBEPCI\n35238;243500139;RM\n")
        put(tmp_path, "census_2035.csv", CENSUS)
        years = {file.dataset: file.vintage for file in scan(tmp_path).files}
        assert years == {"cog_epci": 2020, "rp_base_cc": 2020}

    def test_a_departement_number_is_no_year(self) -> None:
        assert year_in_name("adresses-22.csv") is None

    def test_the_day_a_file_was_put_online_is_not_its_year(self, tmp_path: Path) -> None:
        rows = [
            ["Géographie au 01/01/2022"],
            ["Mise en ligne le 18/03/2026"],
            [],
            ["CODGEO", "LIBGEO", "DEP", "REG", "EPCI", "ZE2020"],
            ["35238", "Rennes", "35", "53", "243500139", "5315"],
        ]
        put(tmp_path, "table.xlsx", workbook({"COM": rows}))
        assert only(tmp_path).vintage == 2022

    def test_codes_damaged_by_a_spreadsheet_are_used_last(self, tmp_path: Path) -> None:
        header = "CODGEO;EPCI;LIBEPCI\n"
        put(tmp_path, "EPCI_2030.csv", header + "1001;200069193;X\n1002;200069193;X\n")
        put(tmp_path, "EPCI_2020.csv", header + "01001;200069193;X\n")
        files = scan(tmp_path).of("cog_epci")
        assert [file.vintage for file in files] == [2020, 2030]
        assert not files[0].reserve
        assert "zéro" in files[1].reserve

    def test_newest_first(self, tmp_path: Path) -> None:
        for year in ("14", "19", "18"):
            put(tmp_path, f"{year}.csv", f"CODGEO;NBMEN{year};Q2{year}\n35238;1;2\n")
        assert [f.vintage for f in scan(tmp_path).of("filosofi_com")] == [2019, 2018, 2014]

    def test_form_matters(self) -> None:
        columns, sample = ["code", "nom"], [["35238", "Rennes"]]
        found = recognise(columns, sample, "polygon")
        assert found is not None
        assert found.dataset.id == "contours_communes"
        assert recognise(columns, sample, "table") is None


class TestWrappings:
    def test_bom_titles_and_empty_lines(self, tmp_path: Path) -> None:
        text = "Insee - Statistiques;;\nMise en ligne 2022;;\n\n" + CENSUS
        put(tmp_path, "x.csv", text, "utf-8-sig")
        file = only(tmp_path)
        assert (file.encoding, file.header_line) == ("utf-8-sig", 3)
        table = read_columns(file)
        assert list(table.columns) == ["CODGEO", "P20_POP", "P14_POP", "C20_MEN"]
        assert table["CODGEO"].tolist() == ["01001", "35238", "2A004"]
        assert table["P20_POP"].tolist() == ["12.5", "", "7"]

    @pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
    def test_separators(self, tmp_path: Path, separator: str) -> None:
        put(tmp_path, "x.txt", CENSUS.replace(";", separator))
        assert only(tmp_path).separator == separator

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        put(tmp_path, "x.csv", FILO + "35001;Acigné – œuf;1;2\n", encoding)
        assert read_columns(only(tmp_path))["LIBGEO"].tolist() == ["Acigné – œuf"]

    def test_accents_far_into_a_file_that_began_in_ascii(self, tmp_path: Path) -> None:
        rows = "".join(f"35{i % 1000:03d};Commune sans accent;1;2\n" for i in range(8000))
        text = FILO + rows + "35001;Acigné;1;2\n"
        assert len(text) > official_csv.HEAD
        put(tmp_path, "x.csv", text, "cp1252")
        file = only(tmp_path)
        assert file.encoding == "utf-8"
        assert read_columns(file, ["LIBGEO"])["LIBGEO"].iloc[-1] == "Acigné"

    def test_gzip_and_zip(self, tmp_path: Path) -> None:
        put(tmp_path, "sub/x.csv.gz", gzip.compress(CENSUS.encode()))
        with zipfile.ZipFile(tmp_path / "y.zip", "w") as archive:
            archive.writestr("data/base.CSV", CENSUS)
            archive.writestr("meta.CSV", "COD_VAR;LIB_VAR\nP20_POP;Population\n")
            archive.writestr("inner.zip", b"")
        inventory = scan(tmp_path)
        assert {file.name for file in inventory.files} == {"x.csv.gz", "y.zip/data/base.CSV"}
        for file in inventory.files:
            assert len(read_columns(file)) == 3
        assert set(reasons(inventory)) == {"y.zip/meta.CSV", "y.zip/inner.zip"}

    @pytest.mark.parametrize("shared", [False, True])
    def test_workbook(self, tmp_path: Path, shared: bool) -> None:
        header = ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI"]
        body = [["01001", "Ain & C", "200069193", "CC"], [], ["35238", None, 243500139.0, "RM"]]
        rows = [["Titre 2021"], [], header, *body]
        sheets = {"Lisez-moi": [["bonjour"]], "COM": rows}
        escaped = {k: [[str(v).replace("&", "&amp;") if isinstance(v, str) else v for v in r] for r in t] for k, t in sheets.items()}  # fmt: skip
        put(tmp_path, "table.xlsx", workbook(escaped, shared))
        file = only(tmp_path)
        assert (file.sheet, file.header_line, file.vintage) == ("COM", 2, 2021)
        table = read_columns(file)
        assert table["LIBGEO"].tolist() == ["Ain & C", ""]
        assert table["EPCI"].tolist() == ["200069193", "243500139"]

    def test_geojson_head_is_enough(self, tmp_path: Path) -> None:
        ring = [[[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.0]]]
        features = [
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": ring},
                "properties": {"INSEE_COM": "35238", "NOM": "Rennes", "POP_2021": 5},
            }
        ]
        body = {
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
            "features": features,
        }
        put(tmp_path, "a.geojson", json.dumps(body))
        file = only(tmp_path)
        assert (file.dataset, file.vintage, file.key) == ("contours_communes", 2021, "INSEE_COM")
        assert read_columns(file, ["NOM"], keep={"35238"})["NOM"].tolist() == ["Rennes"]
        assert read_columns(file, ["NOM"], keep={"35000"}).empty

    def test_more_cells_than_headers_and_fewer(self, tmp_path: Path) -> None:
        put(tmp_path, "x.csv", "CODGEO;P20_POP;P14_POP\n35238;1;2;;\n35001;3\n")
        table = read_columns(only(tmp_path))
        assert table.to_numpy().tolist() == [["35238", "1", "2"], ["35001", "3", ""]]

    def test_empty_columns_at_the_end(self, tmp_path: Path) -> None:
        put(tmp_path, "x.csv", "CODGEO;P20_POP;P14_POP;;;\n35238;1;2;;;\n")
        assert only(tmp_path).columns == ("CODGEO", "P20_POP", "P14_POP")


class TestReading:
    def test_big_files_are_read_by_pieces(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(official_csv, "CHUNK_ROWS", 10)
        rows = "".join(f"{code:05d};{code};0;0\n" for code in range(1001, 1101))
        put(tmp_path, "x.csv", "CODGEO;P20_POP;P14_POP;C20_MEN\n" + rows)
        file = only(tmp_path)
        assert read_columns(file, ["P20_POP"], keep={"01005", "01099"})["P20_POP"].tolist() == [
            "1005",
            "1099",
        ]
        sizes = []
        read_columns(file, ["CODGEO"], keep=lambda chunk: sizes.append(len(chunk)) or chunk["CODGEO"] == "")  # fmt: skip
        assert sizes == [10] * 10

    def test_columns_come_in_the_order_asked(self, tmp_path: Path) -> None:
        put(tmp_path, "x.csv", CENSUS)
        table = read_columns(only(tmp_path), ["C20_MEN", "CODGEO"])
        assert list(table.columns) == ["C20_MEN", "CODGEO"]
        assert table.iloc[0].tolist() == ["4", "01001"]

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        put(tmp_path, "x.csv", CENSUS)
        with pytest.raises(SourceError, match="ZE2020"):
            read_columns(only(tmp_path), ["ZE2020"])

    def test_cancel_stops_the_reading(self, tmp_path: Path) -> None:
        put(tmp_path, "x.csv", CENSUS)
        progress = Silent()
        progress.cancelled = True
        with pytest.raises(Cancelled):
            read_columns(only(tmp_path), progress=progress)

    def test_provenance_tells_file_and_digest(self, tmp_path: Path) -> None:
        put(tmp_path, "x.csv", CENSUS)
        line = provenance(only(tmp_path), cog=2023)
        assert (line.dataset, line.file, line.vintage, line.cog) == ("rp_base_cc", "x.csv", "2020", "2023")  # fmt: skip
        assert len(line.sha256) == 64
        assert line.producer == "Insee"


class TestRefusals:
    def test_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="does not exist"):
            scan(tmp_path / "nowhere")

    def test_folder_without_anything_usable(self, tmp_path: Path) -> None:
        put(tmp_path, "notes.txt", "bonjour")
        with pytest.raises(InputError, match="1 files looked at"):
            scan(tmp_path)

    def test_what_does_not_belong_is_put_aside_with_a_reason(self, tmp_path: Path) -> None:
        put(tmp_path, "ok.csv", CENSUS)
        put(tmp_path, "siae.csv", "siret;kind;name\n1;ACI;Structure inventée\n")
        put(
            tmp_path,
            "empty.csv",
            "siren,etatAdministratifUniteLegale,categorieJuridiqueUniteLegale\n",
        )
        put(tmp_path, "third.csv", "insee_com,commune,population_2021\n35238,Rennes,1\n")
        put(tmp_path, "answer.json", '{"results": []}')
        page = {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Polygon", "coordinates": []},
                    "properties": {"code_insee": "29019", "nom_officiel": "Brest"},
                }
            ],
            "numberMatched": 1000,
            "numberReturned": 1,
        }
        put(tmp_path, "page.json", json.dumps(page))
        put(tmp_path, "base.parquet", b"PAR1")
        put(tmp_path, "admin.7z", b"7z")
        put(tmp_path, "broken.zip", b"not a zip")
        put(tmp_path, "broken.xlsx", b"not a workbook")
        put(tmp_path, "broken.gpkg", b"not a package")
        put(tmp_path, ".hidden.csv", CENSUS)
        put(tmp_path, "LISEZMOI.pdf", b"%PDF")
        inventory = scan(tmp_path)
        assert [file.name for file in inventory.files] == ["ok.csv"]
        why = reasons(inventory)
        assert set(why) == {
            "siae.csv", "empty.csv", "third.csv", "answer.json", "page.json", "base.parquet",
            "admin.7z", "broken.zip", "broken.xlsx", "broken.gpkg", "LISEZMOI.pdf",
        }  # fmt: skip
        assert "non reconnus" in why["siae.csv"]
        assert "sans aucune ligne" in why["empty.csv"]
        assert "tiers" in why["third.csv"]
        assert "page" in why["page.json"]
        assert "CSV" in why["base.parquet"]
        assert "décompressez" in why["admin.7z"]
        assert all("illisible" in why[f"broken.{kind}"] for kind in ("zip", "xlsx", "gpkg"))

    def test_binary_that_calls_itself_csv(self, tmp_path: Path) -> None:
        put(tmp_path, "ok.csv", CENSUS)
        put(tmp_path, "x.csv", bytes(range(256)) * 20)
        assert "x.csv" in reasons(scan(tmp_path))


class TestMemory:
    def test_a_file_is_looked_at_again_only_when_it_changed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = put(tmp_path, "x.csv", CENSUS)
        first = only(tmp_path)

        def refuse(*_: object) -> None:
            raise AssertionError("the file was opened again")

        with monkeypatch.context() as patch:
            patch.setattr(official_csv, "open_bytes", refuse)
            assert only(tmp_path) == first
        path.write_text(CENSUS.replace("P20", "P21").replace("C20", "C21"))
        os.utime(path, ns=(1, 1))
        assert only(tmp_path).vintage == 2021
        assert official_file.sha256(path)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_document_type_is_refused(tmp_path: Path, part: str) -> None:
    whole = workbook({"COM": [["CODGEO", "LIBGEO"], ["35001", "Acigné"]]})
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(path, "w") as made:
        for name in archive.namelist():
            content = archive.read(name).decode()
            made.writestr(name, BOMB + content if name == part else content)
    with path.open("rb") as stream, pytest.raises(SourceError, match="declares a document type"):
        list(OfficialWorkbook(stream, path.name).rows("COM"))
    with pytest.raises(SourceError, match="declares a document type"):
        read_sheets(path)


def test_a_part_that_would_inflate_too_far_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook({"COM": [["CODGEO", "LIBGEO"], ["35001", "Acigné"]]}))
    for module in (official_xlsx, read_workbook):
        monkeypatch.setattr(module, "LARGEST_IN_MEMORY", 100)
    with path.open("rb") as stream, pytest.raises(SourceError, match="once unpacked"):
        OfficialWorkbook(stream, path.name)
    with pytest.raises(SourceError, match="once unpacked"):
        read_sheets(path)
