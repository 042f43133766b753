"""A small profile as text, whose slips are marked where they are made."""

from __future__ import annotations

#: Stands before the slip in an edited profile, and is taken out before it is read.
MARK = "▶"

PROFILE = """{
  "id": "essai",
  "title": "Profil d’essai",
  "subtitle": "Inventé",
  "key_figures": ["population", "taux_chomage"],
  "compare": ["EPCI", "FRANCE"],
  "similar": {"indicators": ["densite", "taux_chomage"], "count": 4},
  "commune_figures": ["population"],
  "commune_chart": "taux_chomage",
  "chapters": [
    {"id": "gens", "title": "Les gens", "theme": "demographie", "words": "À dire ?", "pages": [
      {"id": "habitants", "title": "Où ?", "map": "circles", "layer": "communes", "indicator": "population"},
      {"id": "vieux", "title": "Âgés", "map": "choropleth", "layer": "communes", "indicator": "part_75_plus", "figures": ["population", "densite"]}
    ]},
    {
      "id": "travail",
      "title": "Le travail",
      "theme": "emploi",
      "pages": [
        {"id": "cercles", "title": "C", "map": "coloured_circles", "layer": "communes", "indicator": "chomeurs", "colour": "taux_chomage"},
        {"id": "croise", "title": "X", "map": "bivariate", "layer": "recrutement", "field": "need_rate", "cross": "index"},
        {
          "id": "fiche",
          "title": "Fiche",
          "sheet": "figures",
          "indicators": [
            "taux_chomage",
            "taux_activite",
            "part_75_plus"
          ],
          "chart": "bars",
          "words": "Et vous ?"
        },
        {"id": "place", "title": "Place", "sheet": "words", "words": "Votre avis"},
        {"id": "pareils", "title": "Pareils", "sheet": "similar"}
      ]
    }
  ]
}
"""


def edited(old: str, new: str) -> tuple[str, int]:
    """The profile with ``old`` made ``new``, and the line of the mark in it."""
    assert PROFILE.count(old) == 1, old
    assert new.count(MARK) == 1, new
    marked = PROFILE.replace(old, new)
    return marked.replace(MARK, ""), marked[: marked.index(MARK)].count("\n") + 1
