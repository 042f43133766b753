"""Numbers of the PyPI package ``huff`` on an invented market, for the comparison with ours.

``python tests/unit/huff_numbers.py`` writes ``huff_golden.csv`` beside this file; it needs a Python
environment with that package and no other part of this repository.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

GOLDEN = Path(__file__).with_name("huff_golden.csv")
PLACES, SITES = 12, 5
#: Case → gamma, decay and its parameters.
CASES = {
    "power": (0.9, "power", (-2.2,)),
    "exponential": (1.1, "exponential", (-0.08,)),
    "logistic": (1.0, "logistic", (-3.0, 0.2)),
}
HANSEN_POWER, CATCHMENT = -1.0, 20.0


def market() -> pd.DataFrame:
    """An invented market: one row per place and site, costs from 0.7 to 45."""
    random = np.random.default_rng(5)
    attraction = random.uniform(200, 5000, SITES).round(0)
    demand = random.integers(50, 9000, PLACES).astype(float)
    cost = random.uniform(0.7, 45, (PLACES, SITES)).round(2)
    rows = [
        (f"p{i:02d}", f"s{j}", attraction[j], demand[i], cost[i, j])
        for i in range(PLACES)
        for j in range(SITES)
    ]
    return pd.DataFrame(rows, columns=["place", "site", "attraction", "demand", "cost"])


def of_package(table: pd.DataFrame) -> pd.DataFrame:
    """``table`` with the package's p and E of each case, Hansen's A and the 2SFCA of the places.

    The package calls ``1 + e^(λ1 + λ2·t)`` logistic, the inverse of the decay of METHODS §4; its
    power of −1 over that quantity is ours.
    """
    result = table.copy()
    for case, (gamma, kind, parameters) in CASES.items():
        given = table.copy()
        function, exponent = kind, parameters[0]
        if kind == "logistic":
            given["cost"] = 1 + np.exp(parameters[0] + parameters[1] * given["cost"])
            function, exponent = "power", -1.0
        matrix = _matrix(given, gamma, function, exponent)
        matrix.utility()
        matrix.probabilities()
        matrix.flows()
        found = matrix.get_interaction_matrix_df()
        assert (found["i"] == table["place"]).all() and (found["j"] == table["site"]).all()
        result[f"p_{case}"], result[f"e_{case}"] = (
            found["p_ij"].to_numpy(),
            found["E_ij"].to_numpy(),
        )
        shares = matrix.marketareas().get_market_areas_df().set_index("j")["T_j"]
        result[f"t_{case}"] = table["site"].map(shares)
    access = _matrix(table, 1.0, "power", HANSEN_POWER).hansen(exclude_self=False)
    result["hansen"] = table["place"].map(access.get_hansen_df().set_index("i")["A_i"])
    catchment = _matrix(table, 1.0, "power", HANSEN_POWER).floating_catchment(
        threshold=CATCHMENT, use_weightings=False
    )
    result["catchment"] = table["place"].map(catchment.get_fca_df().set_index("i")["A_i"])
    return result


def _matrix(table: pd.DataFrame, gamma: float, function: str, exponent: float) -> Any:
    from huff.data_management import load_interaction_matrix

    matrix = load_interaction_matrix(
        table.copy(),
        "place",
        "site",
        ["attraction"],
        "cost",
        market_size_col="demand",
        check_df_vars=False,
    )
    matrix.define_weightings(
        vars_funcs={
            0: {"name": "A_j", "func": "power", "param": gamma},
            1: {"name": "t_ij", "func": function, "param": exponent},
        }
    )
    return matrix


if __name__ == "__main__":
    from importlib.metadata import version

    with GOLDEN.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"# Computed by the PyPI package huff {version('huff')} (MIT licence) on an\n")
        stream.write("# invented market, by tests/unit/huff_numbers.py.\n")
        of_package(market()).to_csv(stream, index=False, float_format="%.17g", lineterminator="\n")
