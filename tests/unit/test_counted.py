"""Counts of equipments, inclusion enterprises and France services by commune."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.values import ABSENT
from coodiag.coodiag_plugin.core.variables import family
from coodiag.coodiag_plugin.sources.counted import REGISTER, Condition, counted
from coodiag.coodiag_plugin.sources.counting import count
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.recognise import datasets
from coodiag.tests.unit.counted_world import (
    EPCI,
    NAMES,
    Geography,
    Log,
    changes,
    counts,
    numbers,
    places,
    put,
    table,
    tables,
)
from hypothesis import given
from hypothesis import strategies as st

BPE = "AN;DEPCOM;TYPEQU"
SIAE = "siret,type,raison_sociale,enseigne,code_postal,ville,departement,code_commune"
HOUSES = "lib_fs;insee_com;longitude;latitude;format_fs"
#: A town hall in each commune: the file covers them.
HALLS = [f"2024;{code};A129" for code in NAMES]


def bpe(*rows: str) -> str:
    return table(BPE, *HALLS, *rows)


@pytest.mark.parametrize("name", counted())
def test_a_counted_variable_is_known_of_the_other_catalogues(name: str) -> None:
    item = counted()[name]
    files = family(name).datasets
    if item.family == REGISTER:
        assert "sirene_etablissement" in files
    else:
        assert files <= set(datasets()) and any(item.family in file for file in files)


def test_every_figure_of_places_is_counted_somewhere() -> None:
    """Variables of the two themes are counted, or stand in a table of a known family."""
    for row in indicators().values():
        if row.theme not in ("equipements", "ess"):
            continue
        for text in (row.numerator, row.denominator):
            for name in text.replace("+", " ").replace("-", " ").split():
                counts_rows = name.startswith(("BPE_", "SIR_", "SIAE_", "QPV_", "FS_", "DI_"))
                assert counts_rows == (name in counted()), name


def test_codes_before_and_after_2024_are_the_same_equipment(tmp_path: Path) -> None:
    put(tmp_path, BPE24__csv=bpe("2024;53910;D265", "2024;53910;D265", "2024;53911;D307"))
    put(tmp_path, bpe21__csv=table(BPE, "2021;53910;D201", "2021;53912;D301"))
    by_year = {found.year: found for found in tables(tmp_path, "BPE_GENERALISTE", "BPE_PHARMACIE")}
    assert sorted(by_year) == [2021, 2024]
    now, then = by_year[2024].values, by_year[2021].values
    assert numbers(now["BPE_GENERALISTE"]) == {"53910": 2}
    assert numbers(now["BPE_PHARMACIE"]) == {"53911": 1}
    assert numbers(then["BPE_GENERALISTE"]) == {"53910": 1}
    assert numbers(then["BPE_PHARMACIE"]) == {"53912": 1}


def test_a_commune_without_a_row_has_none_where_the_file_covers_it(tmp_path: Path) -> None:
    put(tmp_path / "whole", BPE24__csv=bpe("2024;53910;D307"))
    whole = counts(tmp_path / "whole", "BPE_PHARMACIE")
    assert all(whole[code].number == (1 if code == "53910" else 0) for code in NAMES)
    put(tmp_path / "extract", BPE24__csv=table(BPE, "2024;53910;D307", "2024;53911;A129"))
    extract = counts(tmp_path / "extract", "BPE_PHARMACIE")
    assert {code: value.number for code, value in extract.items()} == {"53910": 1, "53911": 0}


def test_nine_communes_in_ten_of_an_epci_make_it_covered(tmp_path: Path) -> None:
    rows = [f"2024;{code};D307" for code in EPCI[:9]]
    put(tmp_path, BPE24__csv=table(BPE, *rows))
    found = counts(tmp_path, "BPE_PHARMACIE")
    assert found[EPCI[9]].number == 0, "the tenth commune of the EPCI"
    assert "53930" not in found, "nine in eleven of the département are not enough"
    put(tmp_path / "less", BPE24__csv=table(BPE, *rows[:8]))
    assert set(counts(tmp_path / "less", "BPE_PHARMACIE")) == set(EPCI[:8])


def test_a_type_that_stands_nowhere_is_not_told(tmp_path: Path) -> None:
    put(tmp_path, BPE24__csv=bpe("2024;53910;C201"))
    assert counts(tmp_path, "BPE_LYCEE") == {} and numbers(counts(tmp_path, "BPE_COLLEGE"))


def test_what_begins_alike_is_counted_together(tmp_path: Path) -> None:
    put(tmp_path, BPE24__csv=bpe("2024;53910;F101", "2024;53910;F121", "2024;53911;F303"))
    assert numbers(counts(tmp_path, "BPE_SPORT")) == {"53910": 2}
    assert numbers(counts(tmp_path, "BPE_CULTURE")) == {"53911": 1}


def test_the_labels_of_the_vintage_come_before_the_codes(tmp_path: Path) -> None:
    labels = table(
        "COD_VAR;COD_MOD;LIB_MOD", "TYPEQU;D777;Centre social", "TYPEQU;D265;Plombier",
        "TYPEQU;D778;Médecin généraliste",
    )  # fmt: skip
    rows = ("2024;53910;D777", "2024;53911;D265", "2024;53912;D778", "2024;53913;D307")
    put(tmp_path, BPE24__csv=bpe(*rows), varmod_bpe_2024__csv=labels)
    assert numbers(counts(tmp_path, "BPE_CENTRE_SOCIAL")) == {"53910": 1}
    assert numbers(counts(tmp_path, "BPE_GENERALISTE")) == {"53912": 1}
    assert numbers(counts(tmp_path, "BPE_PHARMACIE")) == {"53913": 1}, "no label is a pharmacy"


def test_the_newest_year_of_a_file_and_the_number_of_a_row(tmp_path: Path) -> None:
    rows = [f"2019;{code};A129;1" for code in NAMES]
    more = ("2019;53910;D307;4", "2018;53911;D307;9")
    put(tmp_path, bpe__csv=table(f"{BPE};NB_EQUIP", *rows, *more))
    (found,) = tables(tmp_path, "BPE_PHARMACIE")
    assert found.year == 2019 and numbers(found.values["BPE_PHARMACIE"]) == {"53910": 4}


def test_a_code_has_its_meaning_in_some_vintages_only() -> None:
    condition = Condition.read("typequ=A115:-2020,A122:2021-")
    cells = pd.Series(["A115", "A122"])
    assert condition.keeps(cells, 2019).tolist() == [True, False]
    assert condition.keeps(cells, 2024).tolist() == [False, True]
    assert condition.keeps(cells, None).tolist() == [False, True], "undated: taken as recent"


def pd_series(*cells: str):
    import pandas as pd

    return pd.Series(cells)


def test_communes_that_merged_are_summed_and_split_ones_absent(tmp_path: Path) -> None:
    moved = changes(
        ("2022-01-01", "53940", ("53910",)), ("2022-01-01", "53941", ("53911", "53912"))
    )
    rows = ("2020;53940;D307", "2020;53910;D307", "2020;53941;D307", "2020;53913;D307")
    halls = [f"2020;{code};A129" for code in NAMES if code not in ("53911", "53912")]
    put(tmp_path, bpe20__csv=table(BPE, *halls, *rows))
    found = counts(tmp_path, "BPE_PHARMACIE", places(Geography(changes=moved)))
    assert numbers(found) == {"53910": 2, "53913": 1}
    assert {found.get(code, ABSENT) for code in ("53911", "53912")} == {ABSENT}


def test_arrondissements_are_added_to_their_commune(tmp_path: Path) -> None:
    geography = Geography(names={"75056": "Paris"})
    put(tmp_path, BPE24__csv=table(BPE, "2024;75101;D307", "2024;75120;D307"))
    assert numbers(counts(tmp_path, "BPE_PHARMACIE", places(geography))) == {"75056": 2}


def test_an_enterprise_of_several_types_counts_once_in_all_of_them(tmp_path: Path) -> None:
    rows = (
        "16000000000011,ACI,A,,53100,Fictive 10,53,53910",
        "16000000000011,EI,A,,53100,Fictive 10,53,53910",
        "16000000000011,ACI,A,,53100,Fictive 10,53,53910",
        "16000000000029,EITI,B,,53100,Fictive 11,53,53911",
    )
    put(tmp_path, siae__csv=table(SIAE, *rows))
    found = tables(tmp_path, "SIAE_TOUTES", "SIAE_ACI", "SIAE_EI", "SIAE_AI", "SIAE_EA")[0].values
    assert numbers(found["SIAE_TOUTES"]) == {"53910": 1, "53911": 1}
    assert numbers(found["SIAE_ACI"]) == {"53910": 1}
    assert numbers(found["SIAE_EI"]) == {"53910": 1, "53911": 1}
    assert found["SIAE_AI"]["53912"].number == 0, "the list of the département has none"
    assert "SIAE_EA" not in found, "the list does not hold that type any more"


def test_an_enterprise_without_a_code_is_placed_by_its_town(tmp_path: Path) -> None:
    rows = (
        "16000000000011,ACI,A,,53100,FICTIVE 10 CEDEX 2,53,",
        "16000000000029,ACI,B,,53100,L’autre Ville,53,",
        "16000000000037,ACI,C,,53100,Nulle Part,53,",
        "16000000000045,ACI,D,,35000,Rennes,35,",
    )
    put(tmp_path, siae__csv=table(SIAE, *rows))
    log = Log()
    found = counts(tmp_path, "SIAE_ACI", log=log)
    assert numbers(found) == {"53910": 1, "53930": 1}
    assert len(log.warnings) == 1 and "1 rows" in log.warnings[0], "the one of another département"


def test_two_towns_of_one_name_are_no_place(tmp_path: Path) -> None:
    geography = Geography(names={**NAMES, "53931": "Fictive 10"})
    put(tmp_path, siae__csv=table(SIAE, "16000000000011,ACI,A,,53100,Fictive 10,53,"))
    log = Log()
    assert numbers(counts(tmp_path, "SIAE_ACI", places(geography), log)) == {}
    assert log.warnings


def test_france_services_cover_the_departement_that_they_name(tmp_path: Path) -> None:
    geography = Geography(names={**NAMES, "35001": "Acigné"})
    put(tmp_path, fs__csv=table(HOUSES, "Un;53910;;;", "Deux;53910;;;"))
    found = counts(tmp_path, "FS_ESPACES", places(geography))
    assert numbers(found) == {"53910": 2} and found["53911"].number == 0
    assert "35001" not in found, "an extract tells nothing of another département"
    rows = [f"Maison {n};53910;;;" for n in range(1200)]
    put(tmp_path / "national", fs__csv=table(HOUSES, *rows))
    assert counts(tmp_path / "national", "FS_ESPACES", places(geography))["35001"].number == 0


def test_a_structure_of_several_publishers_counts_once(tmp_path: Path) -> None:
    header = "id,source,nom,siret,code_insee,reseaux_porteurs"
    rows = (
        "1,x,Entraide,16000000000011,53910,", "2,y,L'entraide,16000000000011,53910,",
        "3,x,Le Relais,,53910,", "4,y,LE RELAIS,,53910,", "5,x,,,53911,", "6,x,,,53911,",
    )  # fmt: skip
    put(tmp_path, di__csv=table(header, *rows))
    assert numbers(counts(tmp_path, "DI_STRUCTURES")) == {"53910": 2, "53911": 2}


def test_a_damaged_file_is_put_aside_and_the_others_are_read(tmp_path: Path) -> None:
    damaged = bpe("2024;53910;D307") + '2024;"53910;D307\n'
    put(tmp_path, BPE24__csv=damaged, bpe_old__csv=bpe("2024;53911;D307"))
    log = Log()
    (found,) = count(scan(tmp_path), ["BPE_PHARMACIE"], places(), log)
    assert numbers(found.values["BPE_PHARMACIE"]) == {"53911": 1}
    assert len(log.warnings) == 1 and "BPE24.csv" in log.warnings[0]


codes = st.sampled_from([*NAMES, "35238"])
kinds = st.sampled_from(["D265", "D307", "A129", "F101", "F307"])


@given(st.lists(st.tuples(codes, kinds), max_size=60), st.randoms(use_true_random=False))
def test_counts_in_are_counts_out_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], shuffle
) -> None:
    """Sum over the communes = rows of the file that are of the type, in any order."""
    lines = [f"2024;{code};{kind}" for code, kind in rows]
    folder = tmp_path_factory.mktemp("bpe")
    names = ("BPE_GENERALISTE", "BPE_PHARMACIE", "BPE_SPORT")
    results = []
    for turn in range(2):
        put(folder / str(turn), BPE24__csv=table(BPE, "2024;53910;A129", *lines))
        (found,) = tables(folder / str(turn), *names)
        results.append({name: numbers(cells) for name, cells in found.values.items()})
        shuffle.shuffle(lines)
    assert results[0] == results[1]
    expected = Counter(kind for _, kind in rows)
    for name, kind in zip(names, ("D265", "D307", "F101")):
        assert sum(results[0].get(name, {}).values()) == expected[kind]
