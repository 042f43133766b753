"""Text of ``docs/settings.md``: every setting, from the registry. Written by ``scripts/document.py``."""

from __future__ import annotations

from collections.abc import Iterator

import alias

alias.load()
from coodiag.coodiag_plugin.qgis_bridge.settings.emptying import CONTENTS  # noqa: E402
from coodiag.coodiag_plugin.qgis_bridge.settings.folders import (  # noqa: E402
    OURS,
    REMADE,
    REMADE_VARIABLE,
)
from coodiag.coodiag_plugin.qgis_bridge.settings.registry import (  # noqa: E402
    CACHE_VARIABLE,
    PREFIX,
    Kind,
    Section,
    Setting,
    settings,
)

HEAD = f"""# Settings

Written by `scripts/document.py` from `qgis_bridge/settings/registry.py`: change the registry, not this file.

In QGIS: Settings → Options → Coodiag. What cannot be used is refused there with a sentence, and nothing
is kept before the options are accepted. The algorithms begin with these values each time they are
opened, in QGIS, in a model and in `qgis_process`; what a run is given explicitly always comes first.

What is in force, the first that is there:

1. the environment variable, for the settings that have one;
2. the user's settings of QGIS: group `{PREFIX.rstrip("/")}` of the profile's `QGIS4.ini` or `QGIS3.ini`;
3. what an administrator gives to everybody: the same group in `qgis_global_settings.ini`;
4. the default.

A value that cannot be (a file edited by hand) is told in the log of QGIS, tab Coodiag, and the default
stands in its place. Settings hold no key and no password: a key is an authentication configuration, which
QGIS encrypts; an address with a user or a password in it is refused.
"""
TABLE = "| setting | label | type | default | what it is |\n|---|---|---|---|---|"


def document() -> str:
    """The whole document."""
    lines = [HEAD]
    for section in Section:
        lines += [f"## {section.value}", ""]
        rows = [item for item in settings().values() if item.section is section]
        if section is Section.SERVICES:
            lines += list(_services(rows))
        else:
            lines += [TABLE, *(_row(row) for row in rows), ""]
    lines += list(_folders())
    return "\n".join(lines).rstrip() + "\n"


def _row(row: Setting) -> str:
    variable = f" Environment: `{row.variable}`." if row.variable else ""
    default = f"`{row.default}`" if row.default != "" else ""
    name = f"`{PREFIX}{row.name}`"
    return f"| {name} | {row.label} | {_type(row)} | {default} | {row.help}{variable} |"


def _type(row: Setting) -> str:
    if row.kind is Kind.CHOICE:
        return ", ".join(f"`{word}`" for word in row.options)
    if row.kind is Kind.NUMBER:
        return f"whole number, {row.minimum} to {row.maximum}"
    return row.kind.value


def _services(rows: list[Setting]) -> Iterator[str]:
    keys = [row for row in rows if row.kind is Kind.KEY]
    addresses = [row for row in rows if row.kind is Kind.ADDRESS]
    yield keys[0].help
    yield ""
    yield "| setting | service |\n|---|---|"
    yield from (f"| `{PREFIX}{row.name}` | {row.label} |" for row in keys)
    yield ""
    yield addresses[0].help
    yield ""
    yield "| setting | service | address | environment |\n|---|---|---|---|"
    for row in addresses:
        yield f"| `{PREFIX}{row.name}` | {row.label} | {row.ordinary} | `{row.variable}` |"
    yield ""


def _folders() -> Iterator[str]:
    yield "What can be made or asked again lies in these folders, in the QGIS profile (`coodiag/`) or in"
    yield f"`{OURS}/` of the folder chosen; “Empty what is ticked” removes what they hold, and nothing else:"
    yield ""
    yield "| folder | content |\n|---|---|"
    yield from (f"| `{name}` | {CONTENTS[name]} |" for name in REMADE)
    yield ""
    yield "What a run under way may be at (touched within the hour) stays, and so do the quotas of the services."
    yield "What a person did – `corrections`, `assistant` (the wizard's draft) and any other folder – stays in"
    yield "the QGIS profile and is never emptied."
    yield ""
    yield f"`{CACHE_VARIABLE}` names one folder for all of it, in the place of both;"
    yield f"`{REMADE_VARIABLE}` names the place of what can be made again alone (the plugin gives both to the"
    yield "process in which a diagnosis runs, so that it finds the folders of its user)."
