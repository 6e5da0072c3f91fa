"""The quick look at a fact sheet accepts nothing that its schema refuses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rsp_policy.engine.files.documents import Document, Value
from rsp_policy.engine.files.schema import _plain_sheet, packaged, problems_of

ANY: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from(
        ["", "text", "2025-05-22", "2025-5-22", "20250522", "2025-W21-4", "2025-02-30"]
    ),
    st.lists(st.just("text"), max_size=1),
    st.dictionaries(st.sampled_from(["group", "deployment.public"]), st.booleans(), max_size=2),
)
FACTS = st.just({"deployment.public": True}) | ANY
KEYS = ("model", "date", "note", "documents", "determined", "other")


@given(st.fixed_dictionaries({"facts": FACTS}, optional=dict.fromkeys(KEYS, ANY)))
def test_what_looks_plain_satisfies_the_schema(value: dict[str, Value]) -> None:
    if _plain_sheet(value):
        assert problems_of(Document("sheet.yaml", value, {}), packaged("sheet")) == []


def test_the_common_form_looks_plain() -> None:
    sheet: dict[str, Value] = {
        "model": "Mine",
        "date": "2025-05-22",
        "note": "of my own",
        "facts": {"deployment": {"public": True}, "deployment.internal": {"value": True}},
    }
    assert _plain_sheet(sheet)
    assert _plain_sheet({"facts": {}})
    assert not _plain_sheet({"model": "Mine"})
    assert not _plain_sheet({**sheet, "date": "20250522"})
    assert not _plain_sheet({**sheet, "note": ""})
