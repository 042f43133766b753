"""The journal of a run: what was done, in French sentences, with counts in = counts out."""

from __future__ import annotations

from dataclasses import dataclass, field

from .french import date as french_date


@dataclass
class Journal:
    """Sections of sentences, written as ``journal.txt`` and read by people, not by programs."""

    sections: list[tuple[str, list[str]]] = field(default_factory=list)

    def section(self, title: str) -> None:
        self.sections.append((title, []))

    def write(self, sentence: str) -> None:
        """Add a sentence to the last section."""
        self.sections[-1][1].append(sentence)

    def text(self, title: str, day: str) -> str:
        """The whole journal; ``day`` is the ISO date of the run."""
        lines = [title, "=" * len(title), f"Établi le {french_date(day)}.", ""]
        for heading, sentences in self.sections:
            lines += [heading, "-" * len(heading), *(f"- {item}" for item in sentences), ""]
        return "\n".join(lines)
