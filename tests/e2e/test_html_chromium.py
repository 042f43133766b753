"""``rapport.html`` in a browser without network: no error, search, sorting, maps, keyboard, print."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.tests.e2e import chromium
from coodiag.tests.unit import html_samples as html
from coodiag.tests.unit import report_samples as samples

pytestmark = pytest.mark.skipif(bool(chromium.missing()), reason=chromium.missing() or "there")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Browser]:
    with chromium.browser(tmp_path_factory.mktemp("navigateur")) as window:
        yield window


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clé USB") / "rapport.html"
    path.write_text(html.report(samples.context()), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: chromium.Browser, report: Path) -> chromium.Browser:
    browser.size(1280, 900)
    browser.open(report)
    assert browser.run("return document.documentElement.dataset.pret") == "oui"
    return browser


#: The first map of the report, in a script.
_MAP = "const map = document.querySelector('[data-carte]');"


def test_the_console_stays_silent(page: chromium.Browser) -> None:
    page.run("scrollTo(0, document.body.scrollHeight)")
    assert page.errors() == []


def test_nothing_was_asked_of_any_server(page: chromium.Browser) -> None:
    asked = page.run("return performance.getEntriesByType('resource').map(item => item.name)")
    assert [name for name in asked if not name.startswith("data:")] == []


def test_the_policy_stops_a_script_that_got_in(page: chromium.Browser) -> None:
    page.run(
        "const slip = document.createElement('div');"
        "slip.innerHTML = '<img src=x onerror=\"document.title=1\">';"
        "document.body.append(slip);"
        "const script = document.createElement('script');"
        "script.textContent = 'document.title = 2';"
        "document.body.append(script);"
    )
    assert page.run("return document.title") not in ("1", "2")
    assert any("Content Security Policy" in line for line in page.errors())


def test_attacks_of_names_do_nothing(browser: chromium.Browser, tmp_path: Path) -> None:
    path = tmp_path / "attaque.html"
    path.write_text(html.attacked()[1], encoding="utf-8")
    browser.open(path)
    assert browser.errors() == []
    assert browser.run("return document.title") != "pris"
    # What the script itself writes from names: suggestions, results, tooltip.
    browser.run("document.querySelector('#mots').focus()")
    browser.type("script")
    found = browser.run(
        "return [...document.querySelectorAll('#trouves li')].map(i => i.innerText)"
    )
    assert any("</script>" in text for text in found)
    browser.run(_MAP + "map.querySelector('.cadre').focus()")
    browser.type(chromium.RIGHT)
    assert browser.run("return document.querySelectorAll('#bulle img, #bulle script').length") == 0
    assert browser.run("return document.querySelector('#bulle b').textContent")
    assert browser.errors() == []


def test_search_ignores_accents_and_goes_with_the_keyboard(page: chromium.Browser) -> None:
    page.run("document.querySelector('#mots').focus()")
    page.type("oeuvre")
    found = page.run("return document.querySelector('#trouves li').innerText")
    assert found.startswith("Œuvre-Imaginaire")
    assert (
        page.run("return document.querySelector('#mots').getAttribute('aria-expanded')") == "true"
    )
    page.type(chromium.DOWN)
    active = page.run(
        "return document.querySelector('#mots').getAttribute('aria-activedescendant')"
    )
    assert active == "trouve-0"
    page.type(chromium.ENTER)
    code = samples.CODES[samples.NAMES.index("Œuvre-Imaginaire")]
    assert page.run("return location.hash") in (f"#commune-{code}", "#page-population")
    assert page.run("return document.activeElement.textContent").strip() == "Œuvre-Imaginaire"
    assert page.run("return document.querySelectorAll('.carte .trouve').length") > 10


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("ebauche", "Commune"),
        ("ou vivent", "Carte"),
        ("chomage", "Indicateur"),
        ("prospect", "Glossaire"),
    ],
)
def test_search_finds_pages_communes_indicators_and_words(
    page: chromium.Browser, asked: str, kind: str
) -> None:
    page.run("document.querySelector('#mots').focus()")
    page.type(asked)
    kinds = page.run(
        "return [...document.querySelectorAll('#trouves small')].map(i => i.textContent)"
    )
    assert kind in kinds


def test_a_search_without_answer_says_so(page: chromium.Browser) -> None:
    page.run("document.querySelector('#mots').focus()")
    page.type("zzz")
    assert page.run("return document.querySelector('#trouves').hidden")
    assert page.run("return document.querySelector('#compte').textContent") == "Aucun résultat"


def test_tables_sort_by_value_and_signs_come_last(page: chromium.Browser) -> None:
    page.run(_MAP + "map.querySelector('details').open = true")
    read = (
        _MAP + "const table = map.querySelector('table');"
        "return [...table.tBodies[0].rows].map(row => row.cells[1].dataset.sort || '')"
    )
    head = _MAP + "return map.querySelector('thead th:nth-child(2)').getAttribute('aria-sort')"
    page.run(_MAP + "map.querySelector('thead th:nth-child(2) button').focus()")
    for way, down in (("ascending", False), ("descending", True)):
        page.type(chromium.ENTER)
        assert page.run(head) == way
        order = page.run(read)
        known = [float(item) for item in order if item]
        assert len(known) < len(order) and order[len(known) :] == [""] * (len(order) - len(known))
        assert known == sorted(known, reverse=down)
    page.run(_MAP + "map.querySelector('thead th button').click()")
    names = page.run(
        _MAP + "return [...map.querySelectorAll('tbody th')].map(th => th.textContent)"
    )
    assert names == list(samples.NAMES)
    assert page.run(head) is None


def test_a_map_tells_its_figures_under_the_pointer(page: chromium.Browser) -> None:
    spot = page.run(
        _MAP + "map.scrollIntoView({behavior: 'instant'});"
        "const box = map.querySelector('.carte [data-r=\"1\"]').getBoundingClientRect();"
        "return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]"
    )
    page.hover(*spot)
    shown = page.run(
        "const b = document.querySelector('#bulle'); return b.hidden ? '' : b.innerText"
    )
    assert shown.split("\n")[0] == samples.NAMES[1] and "secret statistique" in shown
    assert page.run(_MAP + "return map.querySelectorAll('tr.on').length") == 1
    page.hover(5, 5)
    assert page.run("return document.querySelector('#bulle').hidden")


def test_a_map_goes_with_the_keyboard(page: chromium.Browser) -> None:
    page.run(
        _MAP + "map.scrollIntoView({behavior: 'instant'}); map.querySelector('.cadre').focus()"
    )
    page.type(chromium.RIGHT + chromium.RIGHT)
    assert page.run("return document.querySelector('#bulle b').textContent") == samples.NAMES[1]
    told = page.run("return document.querySelector('#annonce').textContent")
    assert told.startswith(f"{samples.NAMES[1]}, ") and "secret statistique" in told
    box = _MAP + "return map.querySelector('.carte').getAttribute('viewBox')"
    whole = page.run(box)
    page.type("+")
    assert float(page.run(box).split()[2]) * 2 == float(whole.split()[2])
    page.type("0" + chromium.ESCAPE)
    assert [float(part) for part in page.run(box).split()] == [
        float(part) for part in whole.split()
    ]
    assert page.run("return document.querySelector('#bulle').hidden")


def test_the_legend_dims_the_other_classes(page: chromium.Browser) -> None:
    dimmed = (
        "const map = [...document.querySelectorAll('[data-carte]')]"
        ".find(item => item.querySelectorAll('.aire').length > 1);"
        "const button = map.querySelector('.legende button'); button.click();"
        "return [button.getAttribute('aria-pressed'), button.dataset.k,"
        "[...map.querySelectorAll('.aire')].map(i => [i.dataset.k, i.classList.contains('attenue')])]"
    )
    pressed, kind, looks = page.run(dimmed)
    assert pressed == "true"
    assert all(dim == (look != kind) for look, dim in looks)
    assert page.run(dimmed)[0] == "false"


def test_a_commune_is_found_on_a_map(page: chromium.Browser) -> None:
    page.run(_MAP + "map.querySelector('.outils input').focus()")
    page.type("ebauche")
    assert page.run(_MAP + "return map.querySelectorAll('.trouve').length") == 1
    assert page.run("return document.querySelector('#annonce').textContent").startswith("Ébauche, ")


def test_the_first_key_goes_to_the_content(page: chromium.Browser) -> None:
    page.type(chromium.TAB)
    assert page.run("return document.activeElement.textContent") == "Aller au contenu"
    assert page.run("return document.activeElement.getBoundingClientRect().left") >= 0
    page.type(chromium.ENTER)
    assert page.run("return location.hash") == "#contenu"


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1920])
def test_no_page_is_wider_than_its_window(page: chromium.Browser, width: int) -> None:
    page.size(width, 800)
    wide, window = page.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= window == width


def test_it_prints_on_a4_with_a_map_at_most_on_a_page(
    page: chromium.Browser, tmp_path: Path
) -> None:
    path = tmp_path / "rapport.pdf"
    page.pdf(path)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in told
    printed = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Sommaire" not in printed and "Chercher une" not in printed
    titles = [item.title for chapter in samples.context().chapters for item in chapter.pages]
    for text in printed.split("\f"):
        plain = re.sub(r"\s+", " ", text)
        held = [title for title in titles if re.sub(r"\s+", " ", title) in plain]
        assert len(held) <= 1, held
    both = [
        (item.title, item.chart.categories[0])
        for chapter in samples.context().chapters
        for item in chapter.pages
        if item.chart is not None
    ]
    assert both
    sheets = [re.sub(r"\s+", " ", text) for text in printed.split("\f")]
    parted = [
        title
        for title, name in both
        if not any(re.sub(r"\s+", " ", title) in text and name in text for text in sheets)
    ]  # a chart on the page after its map: only under two legends
    assert len(parted) <= 1, parted
