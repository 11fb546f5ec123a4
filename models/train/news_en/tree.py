"""Heads to a tree: the best head of each word; where these make no tree with one root, the best such tree (Chu, Liu and Edmonds)."""

import numpy as np

FAR = -1e9


def is_tree(heads: np.ndarray) -> bool:
    """heads[i] is the head of word i + 1, 0 the root: one root, and every word leads to it."""
    if (heads == 0).sum() != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def _best(scores: np.ndarray) -> np.ndarray:
    """Best tree over nodes 0..n-1 rooted at 0; scores[i, j] of head j for node i. Returns head of each node (that of 0 is 0)."""
    size = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, FAR * 4)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    rest = [i for i in range(size) if not inside[i]]  # 0 among them, first
    own = scores[cycle, heads[cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), FAR * 4)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    into = scores[np.ix_(cycle, rest)] - own[:, None]  # break the cycle at this word
    enter = into.argmax(0)
    small[-1, :-1] = into.max(0)
    out = scores[np.ix_(rest, cycle)]
    leave = out.argmax(1)
    small[:-1, -1] = out.max(1)
    found = _best(small)
    last = len(rest)
    for k, node in enumerate(rest):
        if k:
            heads[node] = cycle[leave[k]] if found[k] == last else rest[found[k]]
    broken = cycle[enter[found[last]]]
    heads[broken] = rest[found[last]]
    return heads


def _cycle(heads: np.ndarray) -> list[int]:
    state = np.zeros(len(heads), dtype=int)
    state[0] = -1
    for start in range(1, len(heads)):
        at = start
        while state[at] == 0:
            state[at] = start
            at = heads[at]
        if state[at] == start:
            cycle, node = [at], heads[at]
            while node != at:
                cycle.append(node)
                node = heads[node]
            return sorted(cycle)
        at = start
        while state[at] == start:
            state[at] = -1
            at = heads[at]
    return []


def tree_of(scores: np.ndarray) -> np.ndarray:
    """Heads of the words from scores [words, 1 + words], column 0 the root."""
    words = len(scores)
    plain = scores.copy()
    plain[np.arange(words), np.arange(words) + 1] = FAR
    heads = plain.argmax(1)
    if is_tree(heads):
        return heads
    square = np.full((words + 1, words + 1), FAR * 4)
    square[1:] = plain
    square[1:, 0] -= 1e6  # as few roots as can be: one
    return _best(square)[1:]
