"""The cycles of a graph, in time linear in its nodes and edges."""

from __future__ import annotations

from collections.abc import Sequence

Following = Sequence[Sequence[int]]
"""For each node, the nodes that it leads to."""


def components(after: Following) -> list[list[int]]:
    """Returns the nodes in groups: those that lead to each other, each group before all that it leads to.

    A node on no cycle is a group of its own. This is Kosaraju's algorithm, without recursion.
    """
    if all(node < each for node, following in enumerate(after) for each in following):  # then there is no cycle
        return [[node] for node in reversed(_finished(after))]
    before: list[list[int]] = [[] for _ in after]
    for node, following in enumerate(after):
        for each in following:
            before[each].append(node)
    seen: set[int] = set()
    return [reached(before, node, seen) for node in reversed(_finished(after)) if node not in seen]


def reached(after: Following, start: int, seen: set[int]) -> list[int]:
    """Returns the nodes that a node leads to, itself included, without those already seen; adds them to these."""
    todo, found = [start], []
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            found.append(node)
            todo.extend(after[node])
    return found


def _finished(after: Following) -> list[int]:
    """Returns the nodes in the order in which a search in depth leaves them."""
    seen: set[int] = set()
    order: list[int] = []
    for root in range(len(after)):
        todo = [root]
        while todo:
            node = todo.pop()
            if node < 0:  # stands for leaving ~node
                order.append(~node)
            elif node not in seen:
                seen.add(node)
                todo.append(~node)
                todo.extend(after[node])
    return order
