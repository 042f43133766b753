"""Classes of real series against mapclassify 2.10 (test-only; its results are written here).

Communes of Ille-et-Vilaine, ``base_cc_comparateur``. mapclassify is right-closed and gives upper
bounds; both give the same partition, hence the members of each class are compared.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from coodiag.coodiag_plugin.analysis.classification import classify, count, fisher, quantiles

pytestmark = pytest.mark.real

GOLDEN = {
    ("chomage", "fisher"): (66, 101, 88, 55, 23),
    ("chomage", "quantile"): (67, 66, 67, 66, 67),
    ("chomage", "q6"): (17, 67, 83, 83, 66, 17),
    ("chomage", "msd"): (9, 109, 128, 59, 28),
    ("niveau_vie", "fisher"): (58, 105, 95, 53, 21),
    ("niveau_vie", "quantile"): (69, 64, 66, 66, 67),
    ("niveau_vie", "q6"): (17, 66, 83, 83, 66, 17),
    ("densite", "fisher"): (248, 59, 19, 6, 1),
    ("densite", "quantile"): (67, 66, 67, 66, 67),
    ("population", "fisher"): (262, 62, 7, 1, 1),
    ("population", "q6"): (17, 67, 83, 83, 66, 17),
}
#: Upper bounds of mapclassify.FisherJenks(k=5), the last values of each class.
FISHER_BOUNDS = {
    "chomage": [6.304, 7.843, 9.726, 12.139],
    "niveau_vie": [20210.0, 21550.0, 23030.0, 24780.0],
    "densite": [158.291, 408.579, 872.955, 1962.524],
    "population": [3491.0, 10458.0, 20528.0, 46478.0],
}


@pytest.fixture(scope="module")
def series(real_data: Path) -> dict[str, np.ndarray]:
    table = pd.read_csv(
        real_data / "insee" / "base_cc_comparateur.CSV", sep=";", dtype={"CODGEO": str}
    )
    table = table[table["CODGEO"].str.startswith("35")]
    columns = {
        "chomage": 100 * table["P18_CHOM1564"] / table["P18_ACT1564"],
        "niveau_vie": table["MED19"],
        "densite": table["P18_POP"] / table["SUPERF"],
        "population": table["P18_POP"],
    }
    return {name: np.sort(np.round(column.dropna(), 3)) for name, column in columns.items()}


@pytest.mark.parametrize(("name", "method"), GOLDEN)
def test_same_partition_as_mapclassify(
    series: dict[str, np.ndarray], name: str, method: str
) -> None:
    expected = GOLDEN[name, method]
    values = series[name]
    if method == "fisher":
        assert count(values, fisher(values, 5)) == expected
    elif method == "quantile":
        assert count(values, quantiles(values, [0.2, 0.4, 0.6, 0.8])) == expected
    else:
        assert classify(values, 3, method, 5).counts == expected


@pytest.mark.parametrize("name", FISHER_BOUNDS)
def test_fisher_cuts_lie_just_above_the_bounds_of_mapclassify(
    series: dict[str, np.ndarray], name: str
) -> None:
    values = series[name]
    for bound, start in zip(FISHER_BOUNDS[name], fisher(values, 5)):
        assert bound < start
        assert not ((values > bound) & (values < start)).any()
