"""Big files read as a stream: the same rows as a plain parser finds, in bounded memory."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.sources import parquet, record_filter
from coodiag.coodiag_plugin.sources.folder import read_columns, scan
from coodiag.coodiag_plugin.sources.record_filter import Codes, Records
from coodiag.coodiag_plugin.sources.sirene import read_stock
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]

# --- the filter of records, against the csv module --------------------------------------------

CODES = ("35001", "2A004", "97411")
#: Cells that look like a code, hide one, or hold what ends a cell.
CELLS = st.one_of(
    st.sampled_from([*CODES, "35002", "350011", "3500", "x35001", "", "", "a", "é", '"', '""']),
    st.text(alphabet='ab,;"\n\r35001 é', max_size=12),
)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=30)


def sifted(
    data: bytes, place: int, codes: tuple[str, ...] = CODES, header: int = 0, block: int = 1 << 20
) -> tuple[bytes, int]:
    """What comes out of the filter, and the number of records it says it left out."""
    before, record_filter.BLOCK = record_filter.BLOCK, block
    try:
        looked_for = Codes.of(place, codes, "utf-8", ",")
        assert looked_for is not None
        with Records(io.BytesIO(data), looked_for, ",", header) as records:
            return records.read(), records.dropped
    finally:
        record_filter.BLOCK = before


def parsed(data: bytes) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(data.decode(), newline="")) if row]


def holding(rows: list[list[str]], place: int) -> list[list[str]]:
    """Rows with a code at ``place``; a return that is not quoted may have made short rows."""
    return [row for row in rows if len(row) > place and row[place] in CODES]


@given(
    rows=ROWS,
    place=st.integers(0, 2),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    ending=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
    block=st.integers(1, 90),
)
def test_no_wanted_row_is_lost_wherever_blocks_are_cut(
    rows: list[list[str]], place: int, quoting: Any, ending: str, last: bool, block: int
) -> None:
    """Any table that the csv module writes: same rows in the same order, all rows counted."""
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=quoting, lineterminator=ending).writerows(rows)
    text = stream.getvalue()
    data = (text if last else text[: len(text) - len(ending)]).encode()
    kept, dropped = sifted(data, place, block=block)
    everything, found = parsed(data), parsed(kept)
    assert holding(found, place) == holding(everything, place)
    assert len(found) + dropped == len(everything)


@given(
    text=st.text(alphabet='ab,"\n\r35001', max_size=80),
    place=st.integers(0, 2),
    block=st.integers(1, 40),
)
def test_any_text_even_badly_quoted(text: str, place: int, block: int) -> None:
    """Quotes where no writer puts them: what follows is passed whole, so nothing is lost."""
    data = text.encode()
    kept, dropped = sifted(data, place, block=block)
    assert holding(parsed(kept), place) == holding(parsed(data), place)
    assert len(parsed(kept)) + dropped == len(parsed(data))


def test_a_long_quoted_cell_is_no_endless_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_filter, "LONGEST", 1000)
    good = b'a,"' + b"x\n" * 400 + b'"\n35001,b\n'
    assert sifted(good, 0, block=64) == (b"35001,b\n", 1)
    with pytest.raises(EOFError, match="never ends"):
        sifted(b'a,"' + b"x\n" * 4000, 0, block=64)


@pytest.mark.parametrize(
    ("values", "encoding"),
    [
        (["35é01"], "utf-8"),
        ([""], "utf-8"),
        (['3"5'], "utf-8"),
        (["3,5"], "utf-8"),
        (["35001"], "utf-16"),
    ],
)
def test_what_cannot_be_looked_for_in_the_bytes(values: list[str], encoding: str) -> None:
    assert Codes.of(0, values, encoding, ",") is None


def test_no_code_keeps_nothing_and_counts_everything() -> None:
    assert sifted(b"h\n1,2\n3,4\n\n", 1, (), header=1) == (b"h\n", 2)


# --- the same table whatever the wrapping -----------------------------------------------------

TOWN = "99001"
HEADER = "siren,siret,statutDiffusionEtablissement,codeCommuneEtablissement,etatAdministratifEtablissement,enseigne1Etablissement,activitePrincipaleEtablissement,coordonneeLambertAbscisseEtablissement,coordonneeLambertOrdonneeEtablissement"


def stock(rows: int) -> str:
    """A stock of fictitious establishments, one out of fifty in the town, with every oddity."""
    lines = [HEADER]
    for number in range(rows):
        siren = 300_000_000 + number
        town = TOWN if number % 50 == 0 else f"99{number % 899 + 100:03d}"
        sign = ("", f'"ATELIER ""FICTIF"" {number}, SUITE"', "MODÈLE", '"SUR\nDEUX LIGNES"')[
            number % 4
        ]
        lines.append(
            f"{siren},{siren}00011,O,{town},{'AF'[number % 3 == 0]},{sign},81.21Z,{number}.5,67890.25"
        )
    return "\n".join(lines) + "\n"


def put(folder: Path, form: str, text: str) -> Path:
    name = folder / "StockEtablissement_utf8"
    if form == "zip":
        path = name.with_suffix(".zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("StockEtablissement_utf8.csv", text)
        return path
    if form in parquet.ENGINES:
        pytest.importorskip("pyarrow.parquet", reason="pyarrow writes the Parquet of this test")
        pytest.importorskip(form, reason=f"{form} is not installed here: Parquet is not read by it")
        from coodiag.tests.unit.parquet_samples import parquet_of

        path, content = name.with_suffix(".parquet"), parquet_of(text)
    else:
        path = name.with_suffix(f".{form}")
        data = text.encode("utf-8-sig" if form == "csv" else "utf-8")
        content = gzip.compress(data) if form == "csv.gz" else data
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("form", ["csv", "csv.gz", "zip", *parquet.ENGINES])
def test_the_same_table_from_every_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    text = stock(6000)
    if form in parquet.ENGINES:
        monkeypatch.setattr(parquet, "engine", lambda: form)
    path = put(tmp_path, form, text)
    table = read_stock(path, [TOWN])
    rows = [
        row for row in csv.DictReader(io.StringIO(text)) if row["codeCommuneEtablissement"] == TOWN
    ]
    active = [row for row in rows if row["etatAdministratifEtablissement"] == "A"]
    assert list(table["siret"]) == [row["siret"] for row in active]
    assert list(table["enseigne"]) == [row["enseigne1Etablissement"] for row in active]
    assert list(table["x"]) == [
        float(row["coordonneeLambertAbscisseEtablissement"]) for row in active
    ]
    counts = table.attrs["counts"]
    assert (counts["read"], counts["inside"], counts["kept"]) == (6000, len(rows), len(active))
    [file] = scan(tmp_path).files
    assert file.dataset == "sirene_etablissement"
    whole = read_columns(file, ["siret", "enseigne1Etablissement"])
    some = read_columns(
        file, ["enseigne1Etablissement"], keep=[rows[0]["siret"], rows[-1]["siret"]]
    )
    assert len(whole) == whole.attrs["read"] == some.attrs["read"] == 6000
    assert list(some["enseigne1Etablissement"]) == [
        rows[0]["enseigne1Etablissement"],
        rows[-1]["enseigne1Etablissement"],
    ]


def test_parquet_without_a_reader_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "engine", lambda: "")
    (tmp_path / "StockEtablissement_utf8.parquet").write_bytes(b"PAR1")
    put(tmp_path, "csv", stock(60))
    [(name, why)] = scan(tmp_path).ignored
    assert name.endswith(".parquet") and "pip install duckdb" in why and "CSV" in why
    with pytest.raises(SourceError, match="pip install duckdb"):
        read_stock(tmp_path / name, [TOWN])


@pytest.mark.parametrize("form", parquet.ENGINES)
def test_a_damaged_parquet_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    pytest.importorskip(form, reason=f"{form} is not installed here: Parquet is not read by it")
    monkeypatch.setattr(parquet, "engine", lambda: form)
    (tmp_path / "base.parquet").write_bytes(b"PAR1 nothing of the kind PAR1")
    put(tmp_path, "csv", stock(60))
    [(_, why)] = scan(tmp_path).ignored
    assert "illisible" in why


# --- stopping, damage, memory ------------------------------------------------------------------


class Stopped(Silent):
    """A user who asks to stop once the reading has begun."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def check(self) -> None:
        self.looks += 1
        if self.looks > 3:
            raise Cancelled


@pytest.mark.parametrize("form", ["csv", "zip"])
def test_cancel_is_heard_between_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(record_filter, "BLOCK", 4096)
    path = put(tmp_path, form, stock(20_000))
    with pytest.raises(Cancelled):
        read_stock(path, [TOWN], progress=Stopped())


def test_damage_in_the_middle_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, "zip", stock(20_000))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 400] = bytes(400)
    path.write_bytes(bytes(content))
    with pytest.raises(SourceError, match="Download it again"):
        read_stock(path, [TOWN])


def test_stray_quotes_lose_no_row(tmp_path: Path) -> None:
    """A sign with a quote that nobody doubled, as a hand-made extract may have."""
    lines = stock(2000).splitlines()
    lines[701] = (
        lines[701].replace(",,81", ',LE 5" FICTIF,81').replace(",MODÈLE,", ',LE 5" FICTIF,')
    )
    path = tmp_path / "e.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    plain = pd.read_csv(path, dtype=str, keep_default_na=False)
    wanted = plain[
        (plain["codeCommuneEtablissement"] == TOWN)
        & (plain["etatAdministratifEtablissement"] == "A")
    ]
    table = read_stock(path, [TOWN])
    assert list(table["siret"]) == list(wanted["siret"]) and table.attrs["counts"]["read"] == len(
        plain
    )


READER = """
import importlib.util, re, sys
root, path = sys.argv[1:]
spec = importlib.util.spec_from_file_location(
    "coodiag", root + "/__init__.py", submodule_search_locations=[root])
package = importlib.util.module_from_spec(spec)
sys.modules["coodiag"] = package
spec.loader.exec_module(package)
from coodiag.coodiag_plugin.sources.sirene import read_stock

def peak():  # not getrusage: its figure starts from that of the parent
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read()).group(1))

before = peak()
table = read_stock(path, ["99001"])
print(len(table), table.attrs["counts"]["read"], before, peak())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is read from /proc")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """300 000 rows, 60 MB of text: a process of its own stays far under what they would take.

    The bound is that of the issue, 300 MB for the whole process, and 60 MB above what the imports
    alone take: the rows of the territory and some blocks, not the file.
    """
    wide = "," + ",".join(f"REMPLISSAGE FICTIF {rank}" for rank in range(5))
    lines = stock(300_000).replace('"SUR\nDEUX LIGNES"', "SUR DEUX LIGNES").splitlines()
    header = lines[0] + "".join(f",complement{rank}" for rank in range(5))
    path = put(tmp_path, "zip", "\n".join([header, *(line + wide for line in lines[1:])]) + "\n")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(READER), str(ROOT), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept, read, before, peak = map(int, done.stdout.split())
    assert (kept, read) == (4000, 300_000)
    assert peak < 300 * 1024, f"{peak / 1024:.0f} MB"
    assert peak - before < 60 * 1024, f"{(peak - before) / 1024:.0f} MB for the reading"
