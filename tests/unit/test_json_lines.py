"""The reader of JSON with lines agrees with the standard one, and knows where things stand."""

from __future__ import annotations

import json

import pytest
from coodiag.coodiag_plugin.core.json_lines import Slip, scan
from hypothesis import given
from hypothesis import strategies as st

DOCUMENTS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(DOCUMENTS, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_what_json_writes_is_read_the_same(document: object, indent: object, plain: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=plain)  # type: ignore[arg-type]
    assert scan(text).plain() == document


@given(st.text(alphabet='{}[]",:0123456789.-+eEtrufalsn \n\\/x', max_size=30))
def test_what_json_refuses_is_refused_and_the_other_way_round(text: str) -> None:
    def refuse(name: str) -> None:
        raise ValueError(name)

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key twice")
        return dict(pairs)

    try:
        expected = json.loads(text, parse_constant=refuse, object_pairs_hook=once)
    except ValueError:
        with pytest.raises(Slip) as caught:
            scan(text)
        assert 1 <= caught.value.line <= text.count("\n") + 1
        assert caught.value.column >= 1
    else:
        assert scan(text).plain() == expected


def test_each_value_and_each_key_knows_its_line() -> None:
    spot = scan('{"a": 1,\n "b":\n  [true,\n  null]}')
    assert spot.line == 1
    assert spot.value["a"].line == 1
    assert (spot.value["b"].key_line, spot.value["b"].line) == (2, 3)
    assert [item.line for item in spot.value["b"].value] == [3, 4]


@pytest.mark.parametrize(
    ("text", "line", "column", "path"),
    [
        ('{"a": [1, 2\n 3]}', 1, 12, "a"),
        ('{"a": 1,\n}', 1, 8, ""),
        ('{"a": {"b": tru}}', 1, 13, "a.b"),
        ("[1,\n[2, 03]]", 2, 5, "[2][2]"),
        ('{"a": 1}\n\nx', 3, 1, ""),
        ('{"a"\n 1}', 1, 5, "a"),
        ("[1, NaN]", 1, 5, "[2]"),
    ],
)
def test_a_slip_stands_where_it_is_to_be_corrected(
    text: str, line: int, column: int, path: str
) -> None:
    with pytest.raises(Slip) as caught:
        scan(text)
    assert (caught.value.line, caught.value.column, caught.value.path) == (line, column, path)
