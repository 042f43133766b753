"""A structure's file from its bytes to the table and the issues."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.sources.columns import FIELDS, synonyms, words_of
from coodiag.coodiag_plugin.sources.issues import SENTENCES, issue, summary
from coodiag.coodiag_plugin.sources.structure_file import (
    ImportedTable,
    import_table,
    parse_mapping,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

spec = importlib.util.spec_from_file_location(
    "workbook_writer", Path(__file__).with_name("workbook_writer.py")
)
assert spec is not None and spec.loader is not None
writer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(writer)


def made(folder: Path, text: str, role: str = "clients", **options: object) -> ImportedTable:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return import_table(path, role, **options)  # type: ignore[arg-type]


def codes(table: ImportedTable, line: int | None = None) -> list[str]:
    return [item.code for item in table.issues if line in (None, item.line)]


DIRTY = """Clients de l'association Les Ateliers Inventés;;;;;;;;;;
;;;;;;;;;;
N° client;Raison sociale;Adresse;CP;Ville;SIRET;APE;CA HT;Nb heures;Date d'entrée;Téléphone
1;Société Fictive;12 rue du Lac;1400;Bourg;73282932000074;8899B;1 234,50 €;7h30;01/02/2024;+33 6 39 98 00 01
2;Café Imaginaire;CS 12345 - 3 rue du Port;35042;RENNES CEDEX 9;7,32829E+13;88.99;(120,00);12;2024-02-30;=cmd
3;GÃ©rance InventÃ©e;5 place Vide;;35600 REDON;732829320;;abc;n/a;45323;
4;Sans Lieu;;;;;;5;;;
4;Autre Société;8 quai Faux;2A004;Ajaccio;;;;;;
1;SOCIETE FICTIVE;12, rue du lac;01400;BOURG;732 829 320 00074;88.99B;1234,5;7,5;1 févr. 2024;+33639980001
Total;;;;;;;1 119,50;;;
;;;;;;;;;;
"""


def test_a_real_mess(tmp_path: Path) -> None:
    table = made(tmp_path, DIRTY)
    assert table.mapping == {
        "ref": "N° client",
        "name": "Raison sociale",
        "address": "Adresse",
        "postcode": "CP",
        "city": "Ville",
        "siret": "SIRET",
        "naf": "APE",
        "turnover": "CA HT",
        "hours": "Nb heures",
        "date": "Date d'entrée",
    }
    assert table.columns == (
        *("row_id", "ref", "name", "address", "complement", "postcode", "city", "citycode"),
        *("siret", "naf", "turnover", "hours", "date", "Téléphone"),
    )
    assert table.rows[0] == {
        "row_id": "c000004",
        "ref": "1",
        "name": "Société Fictive",
        "address": "12 rue du Lac",
        "complement": None,
        "postcode": "01400",
        "city": "Bourg",
        "citycode": None,
        "siret": "73282932000074",
        "naf": "88.99B",
        "turnover": 1234.5,
        "hours": 7.5,
        "date": "2024-02-01",
        "Téléphone": "+33 6 39 98 00 01",
    }
    second = table.rows[1]
    assert (second["address"], second["complement"]) == ("3 rue du Port", "CS 12345")
    assert (second["postcode"], second["city"], second["turnover"]) == ("35042", "RENNES", -120.0)
    assert (second["siret"], second["date"], second["Téléphone"]) == (None, None, "cmd")
    third = table.rows[2]
    assert (third["name"], third["postcode"], third["city"]) == (
        "Gérance Inventée",
        "35600",
        "REDON",
    )
    assert (third["turnover"], third["hours"], third["date"]) == (None, None, "2024-02-01")
    assert (table.rows[3]["citycode"], table.rows[3]["postcode"]) == ("2A004", None)
    assert (table.rows_in, table.rows_out, table.refused, table.duplicates) == (7, 4, 2, 1)
    assert table.lines == [4, 5, 6, 8]
    assert codes(table, 4) == ["postcode_zero"]
    assert sorted(codes(table, 5)) == [
        *("bp", "cedex", "date_bad", "formula", "naf_incomplete", "siret_scientific"),
    ]
    assert sorted(codes(table, 6)) == [
        *("date_serial", "mojibake", "number_bad", "postcode_in_city", "siren_only"),
    ]
    assert codes(table, 7) == ["nowhere"]
    assert sorted(codes(table, 8)) == ["postcode_is_citycode"]
    assert codes(table, 9) == ["duplicate"]
    assert codes(table, 10) == ["total"]
    refused = next(item for item in table.issues if item.code == "siret_scientific")
    assert (refused.column, refused.value) == ("SIRET", "7,32829E+13")


def test_the_journal_quotes_no_cell(tmp_path: Path) -> None:
    table = made(tmp_path, DIRTY)
    text = "\n".join(summary(table.issues))
    assert "Code postal sans son zéro de tête\u00a0: 1." in text
    for word in ("Fictive", "rue", "7328", "Imaginaire", "{"):
        assert word not in text


def test_same_reference_is_kept_and_flagged(tmp_path: Path) -> None:
    table = made(tmp_path, "ref;nom;ville\n7;A;Rennes\n7;B;Redon\n")
    assert table.rows_out == 2
    assert codes(table) == ["same_ref"]
    assert "ligne 2" in table.issues[0].problem


def test_identical_rows_without_identity_are_other_people(tmp_path: Path) -> None:
    table = made(tmp_path, "cp;commune\n35000;Rennes\n35000;Rennes\n", "beneficiaries")
    assert (table.rows_out, table.duplicates) == (2, 0)
    assert codes(table) == ["same_without_identity"]
    assert table.rows[1]["row_id"] == "b000003"


def test_names_in_other_scripts_are_not_one(tmp_path: Path) -> None:
    table = made(tmp_path, "nom;ville\nИван;Rennes\nОльга;Rennes\n")
    assert table.rows_out == 2


def test_columns_inverted_in_the_whole_file(tmp_path: Path) -> None:
    table = made(tmp_path, "nom;CP;Ville\nA;Rennes;35000\nB;Redon;35600\nC;35200;Rennes\n")
    assert [(row["postcode"], row["city"]) for row in table.rows] == [
        ("35000", "Rennes"),
        ("35600", "Redon"),
        ("35200", "Rennes"),
    ]
    assert codes(table) == ["swapped_columns", "inverted"]


def test_whole_address_in_one_cell(tmp_path: Path) -> None:
    table = made(
        tmp_path,
        'nom;Adresse complète\nA;"12 rue du Lac, 35000 Rennes"\nB;"Bât C\n3 quai Faux\n35600 REDON"\n',
    )
    assert table.columns == ("row_id", "name", "address", "complement", "postcode", "city")
    assert table.rows[1] == {
        "row_id": "c000003",
        "name": "B",
        "address": "3 quai Faux",
        "complement": "Bât C",
        "postcode": "35600",
        "city": "REDON",
    }


def test_address_in_several_columns(tmp_path: Path) -> None:
    table = made(
        tmp_path,
        "N°;Type voie;Nom de la voie;CP;Commune\n12;rue;du Lac;35000;Rennes\n3;quai;Faux;35000;Rennes\n",
    )
    assert [row["address"] for row in table.rows] == ["12 rue du Lac", "3 quai Faux"]
    assert table.mapping["address"] == "N° + Type voie + Nom de la voie"


def test_a_code_full_of_postcodes_is_a_postcode(tmp_path: Path) -> None:
    table = made(tmp_path, "nom;code;ville\nA;35000;Rennes\nB;35600;Redon\nC;35000;Rennes\n")
    assert table.mapping["postcode"] == "code"
    table = made(tmp_path, "nom;code;ville\nA;X1;Rennes\nB;X2;Redon\nC;X3;Rennes\n")
    assert table.mapping["ref"] == "code"


def test_exact_names_win_over_partial_ones_and_nothing_is_mapped_twice(tmp_path: Path) -> None:
    table = made(
        tmp_path,
        "Adresse mail;Adresse de facturation;Adresse;Ville de naissance;Ville;Date de naissance;Date d'entrée;Nom du référent;Nom;CA 2022;CA 2023\n"
        "a@exemple.test;1 rue X;2 rue Y;Paris;Rennes;01/01/1990;01/02/2024;Mme Z;Fictif;5;6\n",
    )
    assert table.mapping == {
        "name": "Nom",
        "address": "Adresse",
        "city": "Ville",
        "turnover": "CA 2023",
        "date": "Date d'entrée",
    }
    assert len(set(table.mapping.values())) == len(table.mapping)
    assert {"Adresse mail", "Adresse de facturation", "Date de naissance", "CA 2022"} <= set(
        table.columns
    )


def test_the_fuller_of_two_equal_columns_wins(tmp_path: Path) -> None:
    table = made(tmp_path, "Ville;Nom;Ville\n;A;Rennes\n;B;Redon\n")
    assert table.mapping["city"] == "Ville_2"
    assert codes(table) == ["duplicate_header"]


def test_a_header_that_its_cells_contradict_loses_no_value(tmp_path: Path) -> None:
    table = made(tmp_path, "nom;ville;heures\nA;Rennes;matin\nB;Redon;soir\n")
    assert "hours" not in table.mapping
    assert [row["heures"] for row in table.rows] == ["matin", "soir"]
    assert codes(table) == ["column_not_used"]


def test_a_site_column_is_a_name_in_a_file_of_sites(tmp_path: Path) -> None:
    text = "Site;Ville\nNord;Rennes\nSud;Redon\n"
    assert made(tmp_path, text, "sites").mapping == {"name": "Site", "city": "Ville"}
    assert made(tmp_path, text, "clients").mapping == {"site": "Site", "city": "Ville"}


def test_headers_repeated_and_footers(tmp_path: Path) -> None:
    table = made(
        tmp_path,
        "nom;ville;ca\nA;Rennes;1\nNom;Ville;CA\nB;Redon;2\nTotal général;;3\nSource : comptabilité;;\n",
    )
    assert codes(table) == ["repeated_header", "total", "total"]
    assert (table.rows_in, table.rows_out, table.refused) == (5, 2, 3)


def test_a_client_named_total_is_a_client(tmp_path: Path) -> None:
    table = made(tmp_path, "nom;adresse;ville\nTotal Fictif;1 rue X;Rennes\n")
    assert table.rows_out == 1


def test_no_header_is_read_by_content(tmp_path: Path) -> None:
    table = made(tmp_path, "A;1 rue du Lac;35000;Rennes\nB;2 rue du Port;35600;Redon\n")
    assert table.mapping == {"address": "colonne_2", "postcode": "colonne_3", "city": "colonne_4"}
    assert codes(table)[0] == "no_header"


def test_reserved_and_empty_columns(tmp_path: Path) -> None:
    table = made(
        tmp_path, "fid;nom;ville;;geo_score;commentaire\n1;A;Rennes;;0.9;\n2;B;Redon;;0.8;\n"
    )
    assert table.columns == ("row_id", "name", "city", "fid_2", "geo_score_2", "commentaire")
    assert codes(table) == ["renamed_column", "renamed_column"]


def test_decimal_commas_and_dots_by_column(tmp_path: Path) -> None:
    table = made(tmp_path, "nom;ville;ca\nA;Rennes;1.234\nB;Redon;12,5\n")
    assert [row["turnover"] for row in table.rows] == [1234.0, 12.5]


def test_a_workbook_of_numbers_and_dates(tmp_path: Path) -> None:
    path = writer.write_xlsx(
        tmp_path / "t.xlsx",
        {
            "Feuil1": {
                1: ["Bénéficiaires"],
                3: [
                    "Matricule",
                    "Nom",
                    "Adresse",
                    "CP",
                    "Ville",
                    "Entrée le",
                    "Date d'entrée",
                    "Heures",
                ],
                4: [
                    12,
                    "Fictif",
                    "1 rue X\n01400 Bourg",
                    1400,
                    "Bourg",
                    None,
                    ("date", 45323),
                    12.345,
                ],
                6: [13, "Inventé", "2 rue X", None, "35000 Rennes", None, "31/02/2024", "12,5"],
            }
        },
    )
    table = import_table(path, "beneficiaries")
    first, second = table.rows
    assert (first["row_id"], first["ref"], first["address"]) == ("b000004", "12", "1 rue X")
    assert (first["postcode"], first["date"], first["hours"]) == ("01400", "2024-02-01", 12.345)
    assert (second["postcode"], second["date"], second["hours"]) == ("35000", None, 12.5)
    assert table.sheet == "Feuil1"


def test_mapping_by_hand(tmp_path: Path) -> None:
    text = "Qui;Où ça;Truc\nA;Rennes;8899B\nB;Redon;8899B\n"
    table = made(tmp_path, text, mapping={"name": "qui", "city": "Où ça", "naf": "Truc"})
    assert table.mapping == {"name": "Qui", "city": "Où ça", "naf": "Truc"}
    table = made(tmp_path, "nom;ville;naf\nA;Rennes;8899B\n", mapping={"naf": ""})
    assert table.mapping == {"name": "nom", "city": "ville"}
    assert "naf_2" in table.columns


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"ville": "Ville"}, ("“ville”", "Fields: ref, name, address")),
        ({"city": "Bourgade"}, ("“Bourgade”", "Columns: Nom, Ville")),
        ({"city": "Ville", "name": "ville"}, ("two fields",)),
    ],
)
def test_mapping_that_names_what_is_not_there(
    tmp_path: Path, mapping: dict[str, str], words: tuple[str, ...]
) -> None:
    with pytest.raises(InputError) as caught:
        made(tmp_path, "Nom;Ville\nA;Rennes\n", mapping=mapping)
    assert all(word in str(caught.value) for word in words)


def test_parse_mapping() -> None:
    assert parse_mapping("  ") == {}
    assert parse_mapping('{"city": "Ville"}') == {"city": "Ville"}
    for text in ("{city: Ville}", '["city"]', '{"city": 3}'):
        with pytest.raises(InputError, match="MAPPING"):
            parse_mapping(text)


def test_a_table_without_any_place_names_its_columns(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        made(tmp_path, "Nom;Téléphone\nA;0639980001\n")
    assert "Columns seen: Nom, Téléphone" in str(caught.value)
    assert '{"address"' in str(caught.value)


def test_no_row_that_can_be_used(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="None of the"):
        made(tmp_path, "Nom;Ville\nA;\nB;\n")


def test_unknown_role(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a role"):
        made(tmp_path, "Nom;Ville\nA;Rennes\n", "clientes")


def test_cancel(tmp_path: Path) -> None:
    progress = Silent()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        made(tmp_path, "Nom;Ville\nA;Rennes\n", progress=progress)


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "Rennes",
            "35000",
            "1400",
            "Total",
            "12 rue du Lac",
            "A",
            "=x",
            "NULL",
            "35042 RENNES CEDEX",
        ]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters='\r\n"\0'), max_size=12),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=12))
def test_rows_in_are_rows_out_refused_and_duplicates(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    header = "nom;adresse;cp;ville;ca\nSûr;1 rue Fixe;35000;Rennes;1\n"
    body = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    table = made(tmp_path, header + body + "\n")
    assert table.rows_in == table.rows_out + table.refused + table.duplicates
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert table.rows_in == len(filled) + 1
    assert len({row["row_id"] for row in table.rows}) == table.rows_out
    assert all(tuple(row) == table.columns for row in table.rows)
    assert all(
        row["address"] or row["postcode"] or row["city"] or row.get("citycode")
        for row in table.rows
    )
    again = made(tmp_path, header + body + "\n")
    assert again == table


def test_the_catalogue_of_columns_is_sound() -> None:
    known = {*FIELDS, "number", "repetition", "street_type", "street"}
    assert {entry.field for entry in synonyms()} == known
    for role in ("clients", "beneficiaries", "sites"):
        seen: dict[str, str] = {}
        for entry in synonyms(role):
            for synonym in entry.exact:
                assert seen.setdefault(synonym, entry.field) == entry.field, synonym


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("CodePostal", ("code", "postal")),
        ("N° de client", ("n", "client")),
        ("Chiffre d'affaires", ("chiffre", "affaires")),
        ("ADRESSE_2", ("adresse", "2")),
        ("Adresse2", ("adresse", "2")),
        ("Dénomination", ("denomination",)),
    ],
)
def test_words_of_headers(header: str, words: tuple[str, ...]) -> None:
    assert words_of(header) == words


def test_every_code_has_its_sentences() -> None:
    for code, (problem, action) in SENTENCES.items():
        made_issue = issue(3, "Ville", "x", code, 2)
        assert "{" not in made_issue.problem + made_issue.action
        assert problem and action
