"""Official nomenclatures: shapes of codes, labels, and the ESS rule."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.nomenclatures import (
    COMMERCIAL_ESS,
    OTHER_ESS,
    NafFilter,
    ess_family,
    ess_legal_forms,
    in_statistical_perimeter,
    naf_code,
    naf_label,
    naf_section,
    tranches,
)


def test_naf_codes() -> None:
    assert naf_code("8899B") == naf_code(" 88.99b ") == "88.99B"
    assert naf_code("57.10") == naf_code("") == ""
    assert naf_section("88.99B") == "Q" and naf_label("88.99B") == "Action sociale sans hébergement"
    assert naf_section("81.21Z") == "N" and naf_label("N").startswith("Activités de services admin")
    assert naf_label("00.00Z") == ""


def test_every_division_has_a_section() -> None:
    divisions = [f"{n:02d}" for n in range(100) if naf_label(f"{n:02d}.00Z")]
    assert len(divisions) == 88
    assert {naf_section(f"{d}.00Z") for d in divisions} == set("ABCDEFGHIJKLMNOPQRSTU")


def test_workforce_classes_follow_each_other() -> None:
    codes = [
        "NN",
        "00",
        "01",
        "02",
        "03",
        "11",
        "12",
        "21",
        "22",
        "31",
        "32",
        "41",
        "42",
        "51",
        "52",
        "53",
    ]
    assert list(tranches()) == codes
    lows = [tranches()[code].minimum for code in codes]
    assert lows == [0, 0, 1, 3, 6, 10, 20, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000]


@pytest.mark.parametrize(
    ("codes", "kept", "dropped"),
    [
        ([], ["01.11Z", ""], []),
        (["N"], ["81.21Z", "77.11A"], ["84.11Z", ""]),
        (["81.2"], ["81.21Z", "81.29B"], ["81.30Z"]),
        (["8121z", "43"], ["81.21Z", "43.99C"], ["81.22Z"]),
    ],
)
def test_naf_filter(codes: list[str], kept: list[str], dropped: list[str]) -> None:
    chosen = NafFilter(codes)
    assert all(chosen.keeps(code) for code in kept)
    assert not any(chosen.keeps(code) for code in dropped)


@pytest.mark.parametrize("code", ["Z", "8", "04", "ABC", "81-2"])
def test_naf_filter_refuses_by_name(code: str) -> None:
    with pytest.raises(InputError, match=code):
        NafFilter([code])


def test_ess_families() -> None:
    assert ess_family("9220") == "association" and ess_family("5458") == "coopérative"
    assert ess_family("8210") == "mutuelle" and ess_family("9300") == "fondation"
    assert ess_family("5710") == COMMERCIAL_ESS and ess_family("7410") == OTHER_ESS
    assert not in_statistical_perimeter("5710") and not in_statistical_perimeter("9220", "94.20Z")


@pytest.mark.real
def test_ess_rule_against_the_flag_of_sirene(real_data: Path) -> None:
    """3 375 units flagged by Sirène (digital activities): each falls where its legal form says.

    The perimeter by legal form finds every flagged unit but the commercial companies and three
    oddities (a foreign company, a GIP, another person of private law).
    """
    with (real_data / "social" / "ess_flag_sirene_numerique.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        units = [
            (row["categorieJuridiqueUniteLegale"], row["activitePrincipaleUniteLegale"])
            for row in csv.DictReader(stream)
            if row["economieSocialeSolidaireUniteLegale"] == "O"
        ]
    families: dict[str, int] = {}
    for form, naf in units:
        families[ess_family(form)] = families.get(ess_family(form), 0) + 1
        assert in_statistical_perimeter(form, naf) == (form in ess_legal_forms())
    assert len(units) == 3375
    assert families == {
        "association": 2365,
        "coopérative": 210,
        "fondation": 4,
        COMMERCIAL_ESS: 794,
        OTHER_ESS: 2,
    }
