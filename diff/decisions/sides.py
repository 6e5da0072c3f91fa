"""What is compared: two sides that answer the same questions, with reasons and conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rsp_policy.engine.bdd.path_conditions import PathCondition
from rsp_policy.engine.circuit.circuits import Condition

NOTHING = "none"
"""The answer of a side that says nothing to a question."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that gives an answer on one side, such as a finding.

    Attributes:
        answer: The answer that it asks for.
        source: Who says so, such as a commitment.
        says: What it says.
    """

    answer: str
    source: str
    says: str
    pc: PathCondition


@dataclass(frozen=True, slots=True)
class Question:
    """A question on one side, with the path condition of every answer.

    Attributes:
        kind: What sort of question it is, such as `gate`.
        answers: The path conditions exclude one another, and one of them holds.
        order: The answers from the mildest to the strictest; empty where they have no order.
    """

    name: str
    kind: str
    answers: Mapping[str, PathCondition]
    order: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions that are compared."""

    name: str
    questions: Mapping[str, Question]
    conditions: tuple[Condition, ...]
