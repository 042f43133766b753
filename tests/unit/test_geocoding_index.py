"""The SQLite index of BAN files: built once, whole or not at all, shared between processes."""

from __future__ import annotations

import gzip
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import ban_build, ban_index
from coodiag.coodiag_plugin.geocoding.ban_file import ban_files
from coodiag.coodiag_plugin.geocoding.ban_index import open_index
from coodiag.coodiag_plugin.geocoding.choices import cached_index
from coodiag.coodiag_plugin.geocoding.words import street_name
from coodiag.tests.unit.geocoding_samples import HEADER, lines, write_ban

ROOT = Path(__file__).resolve().parents[2]


def streets(path: Path, cache: Path, code: str = "99001") -> list[str]:
    with open_index([path], cache, Silent()) as index:
        return [street.name for street in index.table(code).streets]


def indexes(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.sqlite"))


def test_content_of_the_index(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    with open_index([ban], tmp_path / "cache", Silent()) as index:
        assert index.addresses == len(lines()) - 1
        assert {town.code for town in index.towns} == {"99001", "99002", "99003", "75111", "75112"}
        street = index.table("99001").streets[0]
        assert street.name == "Rue de la Gare"
        numbers = index.numbers(street)
        assert [p.suffix for p in numbers[12]] == ["", "bis"]
        assert (street.lon, street.lat) in {(p.lon, p.lat) for ps in numbers.values() for p in ps}
        places = [s.name for s in index.table("99002").streets if s.place]
        assert places == ["Le Haut Clairet"]
        assert index.towns.by_code("99004")[0].code == "99003"


def test_plain_and_compressed_files_and_folders_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    plain = write_ban(tmp_path / "a" / "adresses-99.csv")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "autre.csv").write_text("id;nom\n1;x\n", encoding="utf-8")
    write_ban(tmp_path / "b" / "adresses-99.csv.gz")
    expected = streets(plain, tmp_path / "cache")
    assert streets(tmp_path / "b", tmp_path / "cache") == expected


def test_column_variants(tmp_path: Path) -> None:
    rows = [
        "cle_interop,numero,suffixe,voie_nom,commune_insee,commune_nom,long,lat",
        "99001_0001_00012_bis,12,bis,Rue Basse,99001,Valmoreau,2.0,47.0",
        "99001_xxxx_99999,99999,,Le Clos,99001,Valmoreau,2.1,47.0",
    ]
    found = streets(write_ban(tmp_path / "bal.csv", rows), tmp_path / "cache")
    assert found == ["Rue Basse", "Le Clos"]


def test_second_opening_builds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    expected = streets(ban, tmp_path / "cache")
    monkeypatch.setattr(ban_index, "build", lambda *_: pytest.fail("built again"))
    assert streets(ban, tmp_path / "cache") == expected


def test_changed_file_gets_another_index(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    streets(ban, tmp_path / "cache")
    write_ban(ban, [line.replace("Rue de la Gare", "Rue de la Poste") for line in lines()])
    assert "Rue de la Poste" in streets(ban, tmp_path / "cache")
    assert len(indexes(tmp_path / "cache")) == 2


def test_same_file_elsewhere_shares_the_index(tmp_path: Path) -> None:
    streets(write_ban(tmp_path / "a.csv"), tmp_path / "cache")
    streets(write_ban(tmp_path / "b.csv"), tmp_path / "cache")
    assert len(indexes(tmp_path / "cache")) == 1


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "foreign", "old format", "one page"])
def test_damaged_index_is_built_again(tmp_path: Path, damage: str) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    expected = streets(ban, tmp_path / "cache")
    index = indexes(tmp_path / "cache")[0]
    content = index.read_bytes()
    if damage == "cut":
        index.write_bytes(content[: len(content) // 2])
    elif damage == "noise":
        index.write_bytes(b"not a database" * 500)
    elif damage == "one page":  # found by nothing but a look at every page
        index.write_bytes(content[:-4096] + b"\0" * 4096)
    elif damage == "empty":
        index.write_bytes(b"")
    elif damage == "foreign":
        index.unlink()
        sqlite3.connect(index).execute("CREATE TABLE t (a)").connection.close()
    else:
        with sqlite3.connect(index) as database:
            database.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
        database.close()
    assert streets(ban, tmp_path / "cache") == expected
    assert index.read_bytes() == content


def test_cancel_leaves_nothing(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    progress = Silent()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        open_index([ban], tmp_path / "cache", progress)
    assert indexes(tmp_path / "cache") == []


def test_failed_build_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")

    def fail(*_: object) -> None:
        raise SourceError("stop")

    monkeypatch.setattr(ban_build._Builder, "place_middles", fail)
    with pytest.raises(SourceError):
        open_index([ban], tmp_path / "cache", Silent())
    assert [p.suffix for p in (tmp_path / "cache").iterdir()] == [".lock"]


SCRIPT = """
import importlib.util, sys, time
from pathlib import Path
spec = importlib.util.spec_from_file_location("coodiag", sys.argv[1] + "/__init__.py", submodule_search_locations=[sys.argv[1]])
package = importlib.util.module_from_spec(spec); sys.modules["coodiag"] = package; spec.loader.exec_module(package)
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import ban_build, ban_index
if sys.argv[4] == "slow":
    middles = ban_build._Builder.place_middles
    def slow(self, progress):
        print("building", flush=True)
        time.sleep(float(sys.argv[5]))
        middles(self, progress)
    ban_build._Builder.place_middles = slow
with ban_index.open_index([Path(sys.argv[2])], Path(sys.argv[3]), Silent()) as index:
    print("addresses", index.addresses, flush=True)
"""


def process(ban: Path, cache: Path, mode: str, seconds: float = 0) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", SCRIPT, str(ROOT), str(ban), str(cache), mode, str(seconds)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_killed_builder_blocks_nobody(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    cache = tmp_path / "cache"
    builder = process(ban, cache, "slow", 60)
    assert builder.stdout is not None
    assert builder.stdout.readline() == "building\n"
    assert list(cache.glob("*.part"))
    os.kill(builder.pid, signal.SIGKILL)
    builder.wait()
    builder.stdout.close()
    assert streets(ban, cache)
    assert list(cache.glob("*.part")) == []


def test_two_builders_take_turns(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    cache = tmp_path / "cache"
    first = process(ban, cache, "slow", 1.5)
    assert first.stdout is not None
    assert first.stdout.readline() == "building\n"
    second = process(ban, cache, "slow", 60)  # would take a minute if it built too
    started = time.monotonic()
    outputs = [worker.communicate(timeout=30)[0] for worker in (first, second)]
    assert outputs == [f"addresses {len(lines()) - 1}\n"] * 2
    assert time.monotonic() - started < 25
    assert len(indexes(cache)) == 1


def test_readers_go_on_while_another_index_is_built_and_its_builder_killed(tmp_path: Path) -> None:
    """A new vintage in the same cache: who reads the old one sees nothing of it."""
    old = write_ban(tmp_path / "adresses-99.csv")
    new = write_ban(tmp_path / "adresses-99-2.csv", lines()[:-3])
    cache = tmp_path / "cache"
    expected = _count((old, cache))
    builder = process(new, cache, "slow", 60)
    assert builder.stdout is not None
    assert builder.stdout.readline() == "building\n"
    with multiprocessing.get_context("fork").Pool(3) as pool:
        assert pool.map(_count, [(old, cache)] * 6) == [expected] * 6
        os.kill(builder.pid, signal.SIGKILL)
        builder.wait()
        assert pool.map(_count, [(old, cache), (new, cache)] * 3)[::2] == [expected] * 3
    builder.stdout.close()
    assert len(indexes(cache)) == 2
    assert list(cache.glob("*.part")) == []


def _count(arguments: tuple[Path, Path]) -> int:
    with open_index([arguments[0]], arguments[1], Silent()) as index:
        return sum(len(index.table(town.code).streets) for town in index.towns)


def test_many_readers_at_once(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    cache = tmp_path / "cache"
    expected = _count((ban, cache))
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert pool.map(_count, [(ban, cache)] * 8) == [expected] * 8


def test_readers_need_no_writable_cache(tmp_path: Path) -> None:
    """A reader opens the index immutable: no journal, no lock file appears beside it."""
    ban = write_ban(tmp_path / "adresses-99.csv")
    cache = tmp_path / "cache"
    streets(ban, cache)
    (cache / indexes(cache)[0].with_suffix(".lock").name).unlink()
    before = sorted(cache.iterdir())
    cache.chmod(0o555)
    try:
        assert streets(ban, cache)
        assert sorted(cache.iterdir()) == before
    finally:
        cache.chmod(0o755)


def test_cache_that_cannot_be_written(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError, match=r"cannot be written in .*file"):
        open_index([ban], tmp_path / "file" / "cache", Silent())


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that refuses even root")
def test_read_only_cache() -> None:
    ban = ROOT / "tests" / "unit" / "geocoding_samples.py"
    with pytest.raises(InputError, match="cannot be written"):
        open_index([ban], Path("/proc/self/coodiag"), Silent())


def test_missing_and_foreign_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_index([tmp_path / "absent.csv"], tmp_path / "cache", Silent())
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="No BAN file was found"):
        open_index([tmp_path / "empty"], tmp_path / "cache", Silent())
    foreign = tmp_path / "autre.csv"
    foreign.write_text("id;nom\n1;x\n", encoding="utf-8")
    with pytest.raises(InputError, match="is not a BAN file"):
        open_index([foreign], tmp_path / "cache", Silent())


def test_ban_files_of_a_path(tmp_path: Path) -> None:
    """Files and zips are recognised by what they hold; strangers are left out, not refused."""
    packed = tmp_path / "ban" / "sous" / "adresses.zip"
    packed.parent.mkdir(parents=True)
    plain = write_ban(tmp_path / "ban" / "adresses-99.csv")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("lisezmoi.csv", "id;nom\n1;x\n")
        archive.writestr("adresses-99.csv", "\n".join(lines()))
    stranger = tmp_path / "ban" / "autre.csv"
    stranger.write_text("id;nom\n1;x\n", encoding="utf-8")
    (tmp_path / "ban" / "cassé.zip").write_bytes(b"PK no zip")
    (tmp_path / "ban" / "cassé.csv.gz").write_bytes(b"no gzip")
    assert ban_files(tmp_path / "ban") == [plain, packed]
    assert ban_files(plain) == [plain] and ban_files(packed) == [packed]
    assert ban_files(stranger) == []
    with pytest.raises(InputError, match="does not exist"):
        ban_files(tmp_path / "absent")


def test_a_zip_gives_the_same_index_as_its_file(tmp_path: Path) -> None:
    plain = write_ban(tmp_path / "adresses-99.csv")
    packed = tmp_path / "adresses.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "adresses-99.csv")
    assert streets(packed, tmp_path / "cache") == streets(plain, tmp_path / "cache")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("autre.csv", "id;nom\n1;x\n")
    with pytest.raises(InputError, match="is not a BAN file"):
        open_index([packed], tmp_path / "cache", Silent())


def test_file_without_addresses_and_cut_archive(tmp_path: Path) -> None:
    bare = write_ban(tmp_path / "bare.csv", [HEADER])
    with pytest.raises(SourceError, match="holds no address"):
        open_index([bare], tmp_path / "cache", Silent())
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(("\n".join(lines() * 50)).encode(), mtime=0)[:-400])
    with pytest.raises(SourceError, match="damaged"):
        open_index([cut], tmp_path / "cache", Silent())


def test_rows_without_position_are_left_out_and_counted(tmp_path: Path) -> None:
    class Heard(Silent):
        said: list[str] = []

        def say(self, template: str, **fields: object) -> None:
            self.said.append(template.format(**fields))

        def part(self, start: float, end: float) -> Heard:
            return self

    broken = lines()[1].split(";")
    broken[12] = ""
    ban = write_ban(tmp_path / "adresses-99.csv", [*lines(), ";".join(broken)])
    heard = Heard()
    with open_index([ban], tmp_path / "cache", heard) as index:
        assert index.addresses == len(lines()) - 1
    assert "1 rows without name or position" in heard.said[-1]


def test_two_vintages_of_a_commune_are_not_mixed(tmp_path: Path) -> None:
    """The newest is read, and a street that it has no more is in none."""
    old, new = vintages(tmp_path)
    for files in ([old, new], [new, old]):
        with open_index(files, tmp_path / "cache", Silent()) as index:
            assert index.addresses == len(lines()) - 1 - 2
            assert "Avenue Carnot" not in {s.name for s in index.table("99001").streets}
            assert index.communes_with(street_name("Avenue Carnot").key) == 0
            assert "99009" not in index, "merged since: of the old vintage alone"


def vintages(folder: Path) -> tuple[Path, Path]:
    """A BAN file of last year, with a commune and a street that are gone from that of this year."""
    gone = (
        "99009_0001_00001;;1;;Rue Basse;99100;99009;Disparue;;;;;2.9;47.0;entrée;;;DISPARUE;;;;1;"
    )
    old = write_ban(folder / "adresses-99-old.csv", [*lines(), gone])
    new = write_ban(folder / "adresses-99.csv", [n for n in lines() if "Avenue Carnot" not in n])
    last_year = time.time() - 365 * 86400
    os.utime(old, (last_year, last_year))
    return old, new


def test_each_commune_is_read_in_its_newest_vintage(tmp_path: Path) -> None:
    """A newer file of one commune beside an older one of the département."""
    old, _ = vintages(tmp_path)
    rows = [row for row in lines() if ";99001;" in row and "Avenue Carnot" not in row]
    new = write_ban(tmp_path / "commune.csv", [HEADER, *rows])
    with open_index([old, new], tmp_path / "cache", Silent()) as index:
        assert "Avenue Carnot" not in {s.name for s in index.table("99001").streets}
        assert index.table("99009").streets and index.table("99002").streets


def test_an_extract_or_a_file_of_places_hides_nothing(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    last_year = time.time() - 365 * 86400
    os.utime(ban, (last_year, last_year))
    extract = write_ban(tmp_path / "extrait.csv", lines()[:9])
    rows = ["nom_lieu_dit;code_insee;nom_commune;code_postal;lon;lat"]
    rows += [f"Lieu {at};99001;Valmoreau;99100;2.0;47.0{at}" for at in range(80)]
    places = write_ban(tmp_path / "lieux-dits-99.csv", rows)
    with open_index([ban, extract, places], tmp_path / "cache", Silent()) as index:
        assert index.addresses == len(lines()) - 1


def aged(path: Path, days: float) -> None:
    then = time.time() - days * 86400
    os.utime(path, (then, then))


def test_a_superseded_index_goes_when_the_new_one_is_built(tmp_path: Path) -> None:
    old, new = vintages(tmp_path)
    cache = tmp_path / "cache"
    other = write_ban(
        tmp_path / "adresses-75.csv", [n for n in lines() if ";7511" in n or "id;" in n]
    )
    streets(other, cache, "75111")
    (cache / "ban-0123-v1.sqlite").write_bytes(b"of an older version")
    with open_index([old], cache, Silent()) as reader:
        kept = {*indexes(cache)}
        for path in kept:
            aged(path, 2)
        streets(new, cache)
        left = indexes(cache)
        assert len(left) == 2 and len(kept.intersection(left)) == 1, "that of another ground"
        assert reader.table("99009").streets, "who has it open reads on"
    streets(old, cache)
    assert len(indexes(cache)) == 3, "an older one built again supersedes nothing"


def test_an_index_about_to_be_opened_or_used_each_year_stays(tmp_path: Path) -> None:
    old, new = vintages(tmp_path)
    cache = tmp_path / "cache"
    streets(old, cache)
    (oldest,) = indexes(cache)
    streets(new, cache)
    assert len(indexes(cache)) == 2, "a run may have looked at it a moment ago"
    for days, left in ((300.0, 2), (500.0, 1)):
        for path in indexes(cache):
            aged(path, days)
        streets(write_ban(tmp_path / "75.csv", [lines()[0], *lines()[-left:]]), cache, "75112")
        assert oldest not in indexes(cache) and len(indexes(cache)) == left


def test_a_removal_that_the_system_refuses_is_done_by_a_later_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows removes no file that another process has open."""
    old, new = vintages(tmp_path)
    cache = tmp_path / "cache"
    streets(old, cache)
    aged(indexes(cache)[0], 2)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".sqlite":
            raise PermissionError("in use")
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        assert streets(new, cache)
    assert len(indexes(cache)) == 2
    assert streets(write_ban(tmp_path / "75.csv", [lines()[0], lines()[-1]]), cache, "75112")
    assert len(indexes(cache)) == 2


def test_what_is_known_of_an_index(tmp_path: Path) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    os.utime(ban, (1767225600, 1767225600))
    streets(ban, tmp_path / "cache")
    with closing(sqlite3.connect(indexes(tmp_path / "cache")[0])) as base:
        meta = dict(base.execute("SELECT key, value FROM meta"))
    assert meta["dated"] == "2026-01-01T00:00:00.000000+00:00"
    assert meta["departments"] == "75 99" and meta["file"] == "adresses-99.csv"


def test_the_review_proposes_the_streets_of_the_newest_vintage(tmp_path: Path) -> None:
    old, new = vintages(tmp_path)
    for path in (old, new):
        streets(path, tmp_path / "cache")
    with cached_index(tmp_path / "cache") as index:
        assert "Avenue Carnot" not in {s.name for s in index.table("99001").streets}
        assert "99009" not in index
    assert cached_index(tmp_path / "empty") is None


def test_a_damaged_index_is_told_and_leaves_none_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    streets(write_ban(tmp_path / "adresses-99.csv"), cache)
    (cache / f"ban-ffff-v{ban_build.FORMAT}.sqlite").write_bytes(b"no database" * 900)
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*given: Any, **more: Any) -> sqlite3.Connection:
        made.append(connect(*given, **more))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with pytest.raises(SourceError, match="damaged"):
        cached_index(cache)
    assert len(made) == 2
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_the_commune_that_was_not_looked_at_leaves_memory_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ban = write_ban(tmp_path / "adresses-99.csv")
    with open_index([ban], tmp_path / "cache", Silent()) as index:
        codes = ("99001", "99003", "99002")
        sizes = [len(index.table(code).streets) for code in codes]
        monkeypatch.setattr(ban_index, "STREETS_IN_MEMORY", sizes[0] + sizes[2])
        index._tables.clear()
        index._held = 0
        first, second = index.table("99001"), index.table("99003")
        assert index.table("99001") is first
        index.table("99002")
        assert index.table("99001") is first
        assert index.table("99003") is not second
