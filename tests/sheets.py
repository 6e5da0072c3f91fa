"""Random fact sheets: any that the vocabulary allows, and neighbours of the cases."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from rsp_policy.engine.documents import Value
from rsp_policy.engine.history import History
from rsp_policy.engine.sheets import FactSheet
from rsp_policy.engine.vocabulary import Fact, Vocabulary


def values_of(fact: Fact, history: History) -> st.SearchStrategy[Value]:
    """Values of a fact, numbers mostly at and around the figures that rules compare with."""
    if fact.kind == "boolean":
        return st.booleans()
    if fact.kind == "choice":
        return st.sampled_from(fact.values)
    if fact.kind == "set":
        return st.lists(st.sampled_from(fact.values), unique=True)
    assert fact.minimum is not None
    assert fact.maximum is not None
    figures = {
        float(term)
        for commitment in history.commitments.values()
        for entry in commitment.history
        for name, term in entry.terms.items()
        if isinstance(term, int | float) and history.terms[name].unit == fact.unit
    }
    near = {figure + step for figure in figures for step in (-0.5, 0, 0.5)}
    allowed = sorted(x for x in {*near, fact.minimum} if fact.minimum <= x <= fact.maximum)
    return st.sampled_from(allowed)


def consistent(values: Mapping[str, Value], vocabulary: Vocabulary) -> bool:
    """Whether no exclusion of the vocabulary applies."""
    return not any(exclusion.applies(values) for exclusion in vocabulary.excluded)


@st.composite
def fact_values(
    draw: st.DrawFn, history: History, bases: tuple[FactSheet, ...]
) -> dict[str, Value]:
    """Complete facts: those of one of the bases with some facts drawn anew.

    Sheets drawn blindly hardly ever reach the rarest verdicts; the neighbours of sheets that do
    reach them do so often.
    """
    base = draw(st.sampled_from(bases)) if bases else FactSheet("base", {})
    values = dict(base.complete(history.vocabulary).values)
    paths = draw(
        st.lists(st.sampled_from(sorted(history.vocabulary.facts)), unique=True, max_size=60)
    )
    for path in paths:
        values[path] = draw(values_of(history.vocabulary[path], history))
    return values
