"""Where a figure comes from: kept from the file to the printed page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Provenance:
    """One source used by a run: a row of the ``provenance`` table and of the sources page."""

    dataset: str  # id of catalogue/datasets.csv
    title: str  # as printed: « Base du comparateur de territoires »
    producer: str  # « Insee »
    vintage: str  # « RP 2018, Filosofi 2019 »
    cog: str = ""  # year of the commune geography of the table
    file: str = ""  # file name, without its folder
    sha256: str = ""
    retrieved: str = ""  # ISO date of download, or of the file
    licence: str = "Licence Ouverte 2.0"
    note: str = ""
    attribution: str = ""  # the credit that the licence asks for, when it is not the producer
    service: str = ""  # the service that was asked, as printed: « Insee, API Melodi »
    address: str = ""  # public address of the dataset, never with a key

    def citation(self) -> str:
        """``Insee, Recensement de la population 2021``."""
        return ", ".join(part for part in (self.producer, self.title) if part) + (
            f" ({self.vintage})" if self.vintage else ""
        )

    def same(self, other: Provenance) -> bool:
        """Whether both are one table of one file, whatever is noted of it."""
        one, two = ((item.dataset, item.file, item.sha256, item.vintage) for item in (self, other))
        return one == two

    def as_row(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def columns(cls) -> list[str]:
        return [field.name for field in fields(cls)]
