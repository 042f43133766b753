"""Names of a user's files are texts of the report, whatever they look like."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.french import one_way
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.edition.charts import FONTS
from coodiag.coodiag_plugin.edition.html.page import _fonts
from coodiag.tests.unit import html_samples as html
from coodiag.tests.unit import report_samples as samples


@pytest.fixture(scope="module")
def attacked() -> html.Page:
    return html.Page(html.attacked()[1])


@pytest.mark.parametrize("attack", html.ATTACKS)
def test_an_attack_is_a_text(attacked: html.Page, attack: str) -> None:
    plain = " ".join(one_way(attack).split())  # no sign that turns the reading is printed
    assert attacked.text.count(plain) >= 3


def test_no_element_is_born_of_a_name(attacked: html.Page) -> None:
    assert len(attacked.of("script")) == 1
    assert len(attacked.of("style")) == 1
    assert not attacked.of("img")
    handlers = [name for _, held in attacked.elements for name in held if name.startswith("on")]
    assert not handlers


def test_links_go_to_the_web_alone() -> None:
    made = samples.context()
    addresses = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example")
    sources = tuple(
        replace(made.sources[0], title=f"Source {rank}", address=address)
        for rank, address in enumerate((*addresses, "https://exemple.invalid/jeu"))
    )
    page = html.Page(html.report(replace(made, sources=sources)))
    links = [item["href"] for item in page.of("a") if not item["href"].startswith("#")]
    assert links == ["https://exemple.invalid/jeu"]


def test_a_house_brings_its_logo_inside_the_file(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    house = replace(DEFAULT, logo=logo, name='Maison "A" & <B>')
    image = html.Page(html.report(samples.context(), house=house)).of("img")
    assert [item["alt"] for item in image] == ['Maison "A" & <B>']
    assert image[0]["src"].startswith("data:image/svg+xml;base64,")


def test_the_face_of_a_font_is_read_in_it_not_in_its_name(tmp_path: Path) -> None:
    fonts = []
    for face, name in (("Regular", "Maison-Clair.ttf"), ("Bold", "Maison-Gras.TTF")):
        fonts.append(tmp_path / name)
        fonts[-1].write_bytes((FONTS / f"CoodiagSans-{face}.ttf").read_bytes())
    text = str(_fonts(replace(DEFAULT, family="Maison", fonts=tuple(fonts))))
    rules = re.findall(r'family:"Maison";font-weight:(\d+);font-style:(\w+)', text)
    assert rules == [("400", "normal"), ("700", "normal")]
