"""Text of ``docs/indicators.md``: the catalogue of indicators, its formulas, sources and checks.

Written by ``scripts/document.py``; needs no QGIS.
"""

from __future__ import annotations

from collections.abc import Iterator

import alias

alias.load()
from coodiag.coodiag_plugin.analysis.indicators import variable_names  # noqa: E402
from coodiag.coodiag_plugin.core.catalogue import (  # noqa: E402
    Indicator,
    indicators,
    rows,
    themes,
)
from coodiag.coodiag_plugin.core.variables import family  # noqa: E402

HEAD = """# Catalogue of indicators

Written by `scripts/document.py` from `coodiag_plugin/catalogue/`: change the rows there, not this
file. Labels, definitions and caveats are French, as they are printed.

- **Formula**: variables as Insee and the other producers name them, without their vintage
  (`P_POP` is `P18_POP`, `P22_POP`…); `X~` is `X` at the previous census of the same file. A group
  of communes is the sum of the numerators over the sum of the denominators; a published median,
  decile or rate is never recomputed.
- **Years**: all the variables of a formula are of one year, unless the row says so.
- **Secrecy**: `units`, nothing under 3 establishments; `households`, nothing under 11 fiscal
  households; the secrets of the producers are kept everywhere.
- **Reading**: ↑ a high figure is favourable, ↓ it is not, nothing: neither.
- **Check**: official figures with which the tests compare the indicator, and how many
  (`catalogue/indicator_checks.csv`), or why there was nothing to compare it with.
"""
_READING = {"high_good": " ↑", "high_bad": " ↓"}


def catalogue() -> str:
    """The whole document."""
    found = list(indicators().values())
    checks = {row["id"]: row for row in rows("indicator_checks")}
    done = sum(bool(row["against"]) for row in checks.values())
    lines = [HEAD, f"{len(found)} indicators, {done} of them checked against official figures.", ""]
    for theme, label in themes().items():
        mine = [row for row in found if row.theme == theme]
        if mine:
            lines += [f"## {label} ({len(mine)})", "", *_table(mine, checks), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(items: list[Indicator], checks: dict[str, dict[str, str]]) -> Iterator[str]:
    yield "| id | indicator | formula | source | check |"
    yield "|---|---|---|---|---|"
    for item in items:
        cells = (
            f"`{item.id}`",
            _said(item),
            _formula(item),
            _sources(item),
            _check(checks.get(item.id, {})),
        )
        yield "| " + " | ".join(text.replace("|", r"\|") for text in cells) + " |"


def _said(item: Indicator) -> str:
    unit = f" ({item.unit})" if item.unit else ""
    caveat = f" *{item.caveat}*" if item.caveat else ""
    return f"**{item.label}**{unit}{_READING.get(item.direction, '')}. {item.definition}{caveat}"


def _formula(item: Indicator) -> str:
    text = f"`{item.numerator}`"
    if item.denominator:
        text += f" / `{item.denominator}`"
    if item.kind == "evolution":
        text += ", mean yearly rate"
    elif item.kind == "median":
        text += ", published"
    elif item.multiplier != 1:
        text += f" × {item.multiplier:g}"
    if item.secrecy in ("units", "households"):
        text += f"; {item.secrecy}"
    return text + ("; years may differ" if item.years == "mixed" else "")


def _sources(item: Indicator) -> str:
    found = (family(name).source for name in variable_names([item.id]))
    return "; ".join(dict.fromkeys(source for source in found if source))


def _check(row: dict[str, str]) -> str:
    if not row:
        return "not listed"
    if row["why"]:
        return f"none: {row['why']}"
    return f"{row['against']} ({row['level']}: {row['units']} figures)"
