"""Who is chosen among teams, and how far teams are from each other."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from culturesim.kernels.jit import compiled_with_memory


@compiled_with_memory
def distances(centre: int, first: Any, size: Any, neighbours: Any, out: Any) -> None:
    """Number of links from a node to every other, breadth first; infinite where none lead there.

    Parameters
    ----------
    centre : int
    first, size : array of int, shape (n,)
        Where each node's neighbours begin in `neighbours`, and how many it has.
    neighbours : array of int
        Numbers of nodes.
    out : array of float, shape (n,)
        Written.

    Source
    ------
    Moore (1959), *The shortest path through a maze*: breadth-first search.
    """
    n = out.shape[0]
    for node in range(n):
        out[node] = math.inf
    queue = np.empty(n, np.int64)
    queue[0] = centre
    out[centre] = 0.0
    done, seen = 0, 1
    while done < seen:
        node = queue[done]
        done += 1
        for link in range(first[node], first[node] + size[node]):
            other = neighbours[link]
            if out[other] == math.inf:
                out[other] = out[node] + 1.0
                queue[seen] = other
                seen += 1


@compiled_with_memory
def in_order(key: Any, luck: Any) -> Any:
    """Numbers of the entries in ascending order of `key`; of equals the one with less luck first.

    Parameters
    ----------
    key, luck : array of float, shape (n,)

    Returns
    -------
    array of int, shape (n,)
    """
    by_luck = np.argsort(luck, kind="mergesort")
    return by_luck[np.argsort(key[by_luck], kind="mergesort")]
