"""Every source string is collected, translated, and translated with care."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.words import N_, Words

ROOT = Path(__file__).resolve().parents[2]
#: Arguments of calls that hand on a source string collected where it is written: the texts of the
#: dialogs (a test in QGIS reads them all), and the templates of errors, progress and ``Words``.
HANDED_ON = {
    *("self.LABEL", "self.GROUP", "self.HELP", "help_text", "label", "text"),
    *("template", "error.template", "self.template"),
    # the words of a ready model, which are those of processing_algorithms/models/definitions.py
    *("super().displayName()", "super().group()", "name", "content['component_description']"),
    *("parameter.description()", "parameter.help()", "output.description()"),
    # what the windows show of a row of data, marked where it is written: settings, steps, keys
    *("setting.label", "setting.help", "self.setting.help", "rows[0].help", "title", "heading"),
    *("spoken", "self.session.content(part.name)", "table[name]", "words", "words[value]"),
    *("step.TITLE", "step.HELP", "self.steps[row + 1].TITLE"),
}


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translate", ROOT / "scripts" / "translate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translate = tool()
MESSAGES: dict[str, str] = translate.known()
SOURCES: list[str] = translate.collect()


def calls() -> Iterator[tuple[str, ast.Call, ast.expr]]:
    """Every call that shows a source string: where, the call, the argument."""
    for path in translate.modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                argument = translate.template(node)
                if argument is not None:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, argument


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


def tags(text: str) -> list[str]:
    return re.findall(r"</?\w+[^<>]*>", text)


def test_the_collection_finds_each_way_of_writing_a_source_string() -> None:
    module = ast.parse(
        "LABEL = 'one'\n"
        "T = N_('two ' 'pieces')\n"
        "raise InputError('three', hint=Words('four'))\n"
        "self.add(parameter, 'five')\n"
        "names.add(1, 'not this')\n"
        "progress.warn('six')\n"
        "other('not that')\n"
    )
    assert set(translate.strings(module)) == {"one", "two pieces", "three", "four", "five", "six"}


def test_the_file_holds_every_source_string_and_no_other() -> None:
    assert sorted(MESSAGES) == SOURCES, "run scripts/translate.py"
    assert len(SOURCES) > 400


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_string_is_translated_with_its_fields_and_its_html(source: str) -> None:
    french = MESSAGES[source]
    assert french.strip() == french != ""
    assert fields(french) == fields(source)
    assert tags(french) == tags(source)


@pytest.mark.parametrize("source", SOURCES)
def test_a_translation_keeps_to_french_typography(source: str) -> None:
    words = re.sub(r"<[^<>]*>|\{\".*\"\}+|\{\"[^{}]*\}", " ", MESSAGES[source])
    assert "'" not in words and '"' not in words and "“" not in words
    assert not re.search(r"« |«[^\u00a0]|[^\u00a0]»| [:;!?%]", words)
    assert not re.search(r"[^\W\d_}][!?]|[}\d)]%", words)


def marked_tables() -> dict[tuple[str, str], bool]:
    """Constants of modules that hold source strings: module, name → whether all are collected."""
    found: dict[tuple[str, str], bool] = {}
    for path in translate.modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                keys = {
                    key
                    for part in ast.walk(node)
                    if isinstance(part, ast.Dict)
                    for key in part.keys
                }
                parts = [part for part in ast.walk(node) if part not in keys]
                texts = {text for part in parts if (text := translate.literal(part))}
                marked = set(translate.strings(node))
                fits = bool(marked) and not {text for text in texts - marked if " " in text}
                found[str(path.relative_to(ROOT)), node.targets[0].id] = fits
    return found


def test_no_call_builds_its_source_string() -> None:
    """A formatted string is never found in the .ts file: only literals, or what is handed on."""
    tables = marked_tables()
    assert tables["coodiag_plugin/qgis_bridge/dependencies.py", "_ADVICE"]
    built = []
    for place, _, argument in calls():
        constant = argument.value if isinstance(argument, ast.Subscript) else argument
        name = ast.unparse(constant)
        name = name.removeprefix("common.").removeprefix("cap.")  # shared by several algorithms
        here = tables.get((place.rpartition(":")[0], name))
        elsewhere = [fits for (_, other), fits in tables.items() if other == name]
        marked = here if here is not None else bool(elsewhere) and all(elsewhere)
        handed = ast.unparse(argument) in HANDED_ON or marked
        done = isinstance(argument, ast.Call) and ast.unparse(argument.func) == "tr"
        if translate.literal(argument) is None and not handed and not done:
            built.append(f"{place}: {ast.unparse(argument)}")
    assert not built


def test_no_english_hides_in_a_field() -> None:
    """A piece of a sentence given as a field is ``Words``, never a bare text of two words."""
    hidden = []
    for place, call, _ in calls():
        for keyword in call.keywords:
            inside = [
                argument
                for node in ast.walk(keyword.value)
                if isinstance(node, ast.Call)
                for argument in [translate.template(node)]
            ]
            for node in ast.walk(keyword.value):
                text = translate.literal(node) if isinstance(node, ast.expr) else None
                if text and node not in inside and re.search(r"[a-z]{2,} [a-z]{2,}", text):
                    hidden.append(f"{place}: {keyword.arg}={text!r}")
    # The example of MAPPING quotes a French header, on purpose.
    assert [item for item in hidden if "Adresse du client" not in item] == []


def test_the_compiled_file_is_up_to_date(tmp_path: Path) -> None:
    if translate.lrelease() is None:
        pytest.skip("lrelease is not installed (Debian: qttools5-dev-tools)")
    translate.compile_to(tmp_path / "again.qm")
    assert (tmp_path / "again.qm").read_bytes() == translate.QM.read_bytes(), (
        "run scripts/translate.py"
    )


def test_words_read_in_english_without_a_border() -> None:
    assert N_("Rows read") == "Rows read"
    error = InputError("No “{name}”. {hint}", name="X", hint=Words("Did you mean {a}?", a="Y"))
    assert str(error) == "No “X”. Did you mean Y?"
