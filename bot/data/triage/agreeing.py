"""Lets the questions hear one another: how the scores of all of them tell kind and urgency, and which go together.

"Advice" and "emergency" never do; a reader of one question does not know that. Learnt on messages that the readers had
not seen: a linear mix of all scores, which is folded into the weights, and one number per pair of kind and urgency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray
from scipy.optimize import minimize

Numbers = NDArray[Any]

_START = 2.0
"""How sharp the scores are to begin with."""
_MIX_FIRM = 0.01
_FIT_FIRM = 0.001
"""How firmly the mix is held to each score by itself, and the fitting to nothing."""
_STEPS = 150


@dataclass(frozen=True, slots=True)
class Agreement:
    """Raw scores @ mix + bias are the scores of kinds, then of urgencies; `fit` (kind × urgency) is added to pairs."""

    mix: Numbers
    bias: Numbers
    fit: Numbers


def agree(
    raw: Numbers, kinds: Sequence[int], urgencies: Sequence[int], weights: Sequence[float]
) -> Agreement:
    """The agreement under which the labelled pairs of the unseen messages are likeliest.

    `raw` has a row per message and a column per answer of every question, kinds first, urgencies second.
    """
    many, more = max(kinds) + 1, max(urgencies) + 1
    columns, told = raw.shape[1], many + more
    share = numpy.array(weights) / sum(weights)
    right = numpy.array(kinds) * more + numpy.array(urgencies)
    rows = numpy.arange(len(raw))
    start = numpy.concatenate([_START * numpy.eye(columns, told).ravel(), numpy.zeros(told + many * more)])
    firm = numpy.full(len(start), _FIT_FIRM)
    firm[: columns * told] = _MIX_FIRM
    firm[columns * told : columns * told + told] = 0

    def parted(point: Numbers) -> Agreement:
        mix, bias, fit = numpy.split(point, [columns * told, columns * told + told])
        return Agreement(mix.reshape(columns, told), bias, fit.reshape(many, more))

    def surprise(point: Numbers) -> tuple[float, Numbers]:
        now = parted(point)
        scores = raw @ now.mix + now.bias
        pairs = (scores[:, :many, None] + scores[:, None, many:] + now.fit).reshape(len(raw), -1)
        powers = numpy.exp(pairs - pairs.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        off = point - start
        value = -float(share @ numpy.log(shares[rows, right] + 1e-12)) + float(firm @ off**2) / 2
        shares[rows, right] -= 1
        slope = (shares * share[:, None]).reshape(len(raw), many, more)
        told_slope = numpy.hstack([slope.sum(axis=2), slope.sum(axis=1)])
        parts = ((raw.T @ told_slope).ravel(), told_slope.sum(axis=0), slope.sum(axis=0).ravel())
        return value, numpy.concatenate(parts) + firm * off

    best = minimize(surprise, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return parted(best.x)
