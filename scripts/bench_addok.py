"""addok asked the questions of the bench. Runs in addok's own environment: nothing of Coodiag.

``bench_addok.py QUESTIONS ANSWERS``: every question is asked in this process (no HTTP), the answers
are written as JSON lines, the processor seconds of each class and the memory in the first.

The configuration is that of the national geocoder: processors of addok-france and addok-fr, filters
on type, postcode and commune. A question is put as a careful user would: address, postcode and town
as one text with the commune code (else the postcode) as filter; when nothing is found, or with a
score under ``AGAIN``, without filter as well, and then an answer that has neither the postcode nor
the town of the question is not taken. The complement is asked too when the address has no number.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import Any

#: Under this score the question is put once more without filter.
AGAIN = 0.7
CONFIG = """
QUERY_PROCESSORS_PYPATHS = [
    "addok.helpers.text.check_query_length",
    "addok_france.extract_address",
    "addok_france.clean_query",
    "addok_france.remove_leading_zeros",
]
PROCESSORS_PYPATHS = [
    "addok.helpers.text.tokenize",
    "addok.helpers.text.normalize",
    "addok_france.glue_ordinal",
    "addok_france.fold_ordinal",
    "addok_france.flag_housenumber",
    "addok.helpers.text.synonymize",
    "addok_fr.phonemicize",
]
SEARCH_RESULT_PROCESSORS_PYPATHS = [
    "addok.helpers.results.match_housenumber",
    "addok_france.make_labels",
    "addok.helpers.results.score_by_importance",
    "addok.helpers.results.score_by_autocomplete_distance",
    "addok.helpers.results.score_by_ngram_distance",
    "addok.helpers.results.score_by_geo_distance",
    "addok.helpers.results.adjust_scores",
]
FILTERS = ["type", "postcode", "citycode"]
BATCH_WORKERS = 1
"""

Question = dict[str, str]
Answer = dict[str, Any]


def plain(text: str) -> str:
    """Letters and digits alone, for the comparison of towns."""
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    kept = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return re.sub(r"\bst(e?)\b", r"saint\1", " ".join(kept.split()))


class Asker:
    """Puts questions to the engine in this process."""

    def __init__(self) -> None:
        from addok.config import config

        config.load()
        from addok.core import search
        from addok.db import DB

        self._search, self._database = search, DB

    def redis(self, section: str) -> Answer:
        """What Redis says of itself."""
        return dict(self._database.info(section))

    def processor(self) -> float:
        """Processor seconds of this process and of Redis: what one core would take."""
        told = self.redis("cpu")
        return time.process_time() + told["used_cpu_user"] + told["used_cpu_sys"]

    def once(self, text: str, filters: dict[str, str]) -> Answer | None:
        """The best answer to a text of at most 200 characters, None when there is none."""
        found = self._search(text[:200], limit=1, autocomplete=False, **filters)
        if not found:
            return None
        best = found[0]
        cities, codes = best._rawattr("city"), best._rawattr("citycode")
        return {
            "type": best.type,
            "score": best.score,
            "street": best._rawattr("name")[0],
            "cities": [str(city) for city in cities],
            "citycode": str(codes[0]),
            "postcode": str(best.postcode),
            "lon": float(best.lon),
            "lat": float(best.lat),
        }

    def ask(self, question: Question) -> Answer | None:
        postcode, city = question["postcode"], question["city"]
        texts = [question["address"]]
        if question["complement"]:
            texts.append(f"{question['address']} {question['complement']}")
            if not any(map(str.isdigit, question["address"])):
                texts.append(question["complement"])
        best: Answer | None = None
        for text in texts:
            full = " ".join(part for part in (text, postcode, city) if part)
            best = better(best, self._careful(full, question))
            if best and best["score"] >= AGAIN:
                break
        return best

    def _careful(self, full: str, question: Question) -> Answer | None:
        postcode, citycode = question["postcode"], question["citycode"]
        filters = {"citycode": citycode} if citycode else {"postcode": postcode} if postcode else {}
        found = self.once(full, filters)
        if filters and (found is None or found["score"] < AGAIN):
            other = self.once(full, {})
            if other and agrees(other, question):
                found = better(found, other)
        return found


def agrees(answer: Answer, question: Question) -> bool:
    """Whether an answer found without filter has the postcode or the town of the question."""
    city = plain(question["city"])
    same = bool(question["postcode"]) and answer["postcode"] == question["postcode"]
    return same or (bool(city) and any(plain(name) == city for name in answer["cities"]))


def better(left: Answer | None, right: Answer | None) -> Answer | None:
    if left is None or right is None:
        return left or right
    return right if right["score"] > left["score"] else left


def main() -> int:
    questions, answers = sys.argv[1:]
    asker = Asker()
    with Path(questions).open(encoding="utf-8") as stream:
        asked = [json.loads(line) for line in stream]
    for question in asked[:100]:
        asker.ask(question)  # caches of tokens and synonyms filled, as in a running server
    seconds: dict[str, float] = {}
    lines = []
    for name, rows in groupby(asked, key=lambda question: str(question["class"])):
        started = asker.processor()
        lines += [json.dumps(asker.ask(question)) for question in rows]
        seconds[name] = seconds.get(name, 0.0) + asker.processor() - started
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    head = {
        "seconds": seconds,
        "memory": int(peak.group(1)) / 1024 if peak else None,
        "redis": asker.redis("memory")["used_memory"] / 1e6,
    }
    Path(answers).write_text("\n".join([json.dumps(head), *lines]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
