"""Charts for the tests: ordinary ones, and those that data one does not wish for would make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coodiag.coodiag_plugin.core import french
from coodiag.coodiag_plugin.edition.context import Chart, Series

KINDS = (
    "bars", "stacked", "pyramid", "lines", "slope", "lorenz", "index", "radar", "multiples",
)  # fmt: skip
LONG = "Personnes de quinze à vingt-quatre ans ni en emploi ni en formation, hors étudiants"
#: Fewest series of a kind.
_SERIES = {"pyramid": 2, "lorenz": 2, "index": 1, "slope": 4, "multiples": 5}


def chart(
    kind: str,
    categories: Sequence[str],
    columns: Sequence[Sequence[float | None]],
    names: Sequence[str] = (),
    texts: Sequence[Sequence[str]] = (),
    reference: str = "",
) -> Chart:
    """A chart of the figures given, printed as the product prints them."""
    series = tuple(
        Series(
            names[rank] if rank < len(names) else f"Série {rank + 1}",
            tuple(values),
            tuple(texts[rank]) if rank < len(texts) else tuple(map(printed, values)),
        )
        for rank, values in enumerate(columns)
    )
    marks = tuple(f"Point {at + 1}" for at in range(len(categories))) if kind == "lorenz" else ()
    centre = 100.0 if kind == "index" else None
    return Chart(
        kind, "Titre", tuple(categories), series, "%", centre, reference=reference, marks=marks
    )


def printed(value: float | None) -> str:
    if value is None:
        return "s"
    return french.figure(french.Value(value), 1, "%") if abs(value) < 1e7 else f"{value:.2e}"


def ordinary(kind: str) -> Chart:
    """What an atlas holds."""
    territory, county, country = "Pays de Fictange", "Orne", "France"
    if kind == "lorenz":
        across = [0.0, 10.0, 20.0, 40.0, 70.0, 100.0]
        shares = [0.0, 52.0, 80.0, 91.0, 97.0, 100.0]
        found = chart(kind, [""] * 6, [across, shares], ("Communes", "Part des clients"))
        marks = ("", "", "20 % des communes font 80 % des clients", "", "95 % des clients", "")
        return Chart(**{**vars(found), "marks": marks, "most": 100.0})
    if kind == "slope":
        names = ("Ensemble", "Emploi", "Mobilité", "Gouvernance", "Ancrage territorial")
        pairs = [(2.4, 2.9), (2.4, 2.4), (1.8, 3.1), (2.5, 2.8), (2.45, 2.85)]
        return chart(kind, ("2023", "2026"), pairs, names)
    if kind in ("lines", "radar", "multiples"):
        names = (territory, county, country)
        years = (
            ("2011", "2016", "2022") if kind == "lines" else ("Jeunes", "Actifs", "Aînés", "Seuls")
        )
        columns = [[100.0 + 3 * rank * at for at in range(len(years))] for rank in (1, 2, -1)]
        return chart(kind, years, columns, names)
    if kind == "stacked":
        parts = [(40.0, 35.0), (25.0, 30.0), (20.0, 20.0), (15.0, 15.0)]
        return chart(
            kind, (territory, country), parts, ("Industrie", "Commerce", "Public", "Autres")
        )
    categories = ("Sans diplôme", "CAP, BEP", "Bac", "Supérieur")
    columns = [(20.6, 15.0, 11.2, 7.8), (18.0, 14.1, 12.0, 6.0), (17.2, 13.5, 12.4, 6.4)]
    return chart(kind, categories, columns, (territory, county, country), reference=county)


def hostile(kind: str) -> Iterator[tuple[str, Chart]]:
    """What is missing, alike, too long, too many, huge, tiny or under zero."""
    least = _SERIES.get(kind, 1)
    few = ("A", "B", "C")

    def made(categories: Sequence[str], values: Sequence[float | None], **more: object) -> Chart:
        return chart(kind, categories, [values] * least, **more)  # type: ignore[arg-type]

    yield "nothing", chart(kind, (), [()] * least)
    yield "no series", chart(kind, few, [])
    yield "one", made(("Seule",), (12.0,))
    yield "two", made(("2016", "2022"), (12.0, 14.0))
    yield "forty", made([f"Commune {n}" for n in range(40)], [float(n) for n in range(40)])
    yield "forty series", chart(kind, few, [(1.0, 2.0, 3.0)] * 40)
    yield (
        "long",
        chart(
            kind,
            [LONG, LONG + " bis", LONG + " ter"],
            [(1.0, 2.0, 3.0)] * max(least, 3),
            [LONG] * 5,
        ),
    )
    yield (
        "long words",
        made(["Anticonstitutionnellement" * 4] * 3, (1.0, 2.0, 3.0), names=["X" * 90] * 5),
    )
    yield "all absent", made(few, (None, None, None))
    yield "one absent", made(few, (10.0, None, 30.0))
    yield "negative", made(few, (-10.0, -2.0, -30.0))
    yield "either side", made(few, (-10.0, 12.0, -30.0))
    yield "equal", made(few, (10.0, 10.0, 10.0))
    yield "zero", made(few, (0.0, 0.0, 0.0))
    yield "huge", made(few, (1e12, 3.0, 9e307))
    yield "opposed", made(few, (-9e307, 3.0, 9e307))
    yield "tiny", made(few, (1e-12, 3e-300, 0.0))
    yield "signs", made(("5 $ et 10 $", "<b> & \\frac", "a_b^c"), (1.0, 2.0, 3.0))
    yield (
        "long figures",
        made(few, (1.0, 2.0, 3.0), texts=[["123 456 789,0 pour mille habitants"] * 3] * 5),
    )
    yield (
        "references",
        chart(
            kind,
            few,
            [(1.0, 2.0, None), (3.0, 1.0, 2.0), (2.0, 2.0, 2.0), (0.5, 1.0, 9.0)],
            reference="Série 2",
        ),
    )
