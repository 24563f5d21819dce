"""Distances between teams, and who is first in an order."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturesim.kernels import jit
from culturesim.kernels.network import distances, in_order


def listed(graph: nx.Graph) -> tuple[Any, Any, Any]:
    """Where each node's neighbours begin, how many there are, and all of them in one row."""
    rows = [list(graph.adj[node]) for node in range(len(graph))]
    size = np.array([len(row) for row in rows], np.int64)
    return np.cumsum(size) - size, size, np.array([n for row in rows for n in row], np.int64)


def found(graph: nx.Graph, centre: int) -> list[float]:
    out = np.full(len(graph), np.nan)
    distances(centre, *listed(graph), out)
    return list(out.tolist())


def by_library(graph: nx.Graph, centre: int) -> list[float]:
    steps = nx.single_source_shortest_path_length(graph, centre)
    return [float(steps.get(node, math.inf)) for node in range(len(graph))]


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    n = draw(st.integers(1, 12))
    node = st.integers(0, n - 1)
    links = draw(st.sets(st.tuples(node, node), max_size=18))
    graph = nx.empty_graph(n)
    graph.add_edges_from((a, b) for a, b in links if a != b)
    return graph


@given(graphs(), st.data())
def test_distances_are_those_of_the_library(graph: nx.Graph, data: st.DataObject) -> None:
    centre = data.draw(st.integers(0, len(graph) - 1))
    assert found(graph, centre) == by_library(graph, centre)


def test_distances_by_hand() -> None:
    assert found(nx.path_graph(5), 1) == [1, 0, 1, 2, 3]
    assert found(nx.cycle_graph(6), 2) == [2, 1, 0, 1, 2, 3]
    assert found(nx.complete_graph(4), 3) == [1, 1, 1, 0]
    assert found(nx.empty_graph(3), 0) == [0, math.inf, math.inf]
    apart = nx.disjoint_union(nx.path_graph(2), nx.path_graph(3))
    assert found(apart, 4) == [math.inf, math.inf, 2, 1, 0]


keys = st.sampled_from([-1.0, 0.0, 0.5, 2.0, math.inf])
lucks = st.floats(0, 1)


@given(st.lists(st.tuples(keys, lucks), min_size=1, max_size=20, unique_by=lambda pair: pair[1]))
def test_order_is_by_key_and_among_equals_by_luck(pairs: list[tuple[float, float]]) -> None:
    key, luck = (np.array(column) for column in zip(*pairs, strict=True))
    expected = sorted(range(len(pairs)), key=lambda n: pairs[n])
    assert in_order(key, luck).tolist() == expected


def test_order_by_hand() -> None:
    key, luck = np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.2, 0.9, 0.1, 0.3])
    assert in_order(key, luck).tolist() == [3, 1, 2, 0]
    assert in_order(-key, luck).tolist() == [2, 0, 3, 1]
    assert key.tolist() == [1, 0, 1, 0]  # nothing is sorted in place


@pytest.mark.skipif(jit.INTERPRETED, reason="the compiler is switched off")
@given(graphs(), st.integers(0, 2**32 - 1))
def test_interpreted_functions_give_what_the_compiled_ones_give(graph: nx.Graph, seed: int) -> None:
    plain: tuple[Any, ...] = (distances.py_func, in_order.py_func)  # type: ignore[attr-defined]
    out, again = np.empty(len(graph)), np.empty(len(graph))
    distances(0, *listed(graph), out)
    plain[0](0, *listed(graph), again)
    np.testing.assert_array_equal(out, again)
    luck = np.random.default_rng(seed).random(len(graph))
    np.testing.assert_array_equal(in_order(out, luck), plain[1](out, luck))
