"""Give each node of a circuit a column and a height: few crossings, no overlap.

Columns come from the longest way from the inputs. In each column stand its nodes and
the *bends*, where a wire passes through on its way to a later column. Each wishes for
the mean height of what goes into it; neighbours are exchanged where that undoes
crossings of wires. The same circuit always gets the same layout.
"""

from __future__ import annotations

from collections.abc import Sequence

from cs231n_lib.circuits.graph import Graph

Place = tuple[str, int]  # a node, or the bend of its wire, in this column
SWEEPS = 8


class Layout:
    """Columns and heights of the nodes and bends of one circuit.

    Parameters
    ----------
    graph : Graph
        What is to be laid out.

    Attributes
    ----------
    column : dict
        The column of each node, 0 on the left.
    height : dict
        For each ``(name, column)`` of a node or a bend its height in rows, 0 on top;
        two in one column are at least 1 apart.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.column = _columns(graph)
        self.uses = {name: graph.uses(name) for name in graph.ops}
        self.columns: list[list[Place]] = [
            [] for _ in range(max(self.column.values()) + 1)
        ]
        for name, gates in self.uses.items():
            here = self.column[name]
            last = max([here + 1, *(self.column[gate] for gate in gates)])
            for column in range(here, last):
                self.columns[column].append((name, column))
        self.first = {place: float(i) for i, place in enumerate(self.columns[0])}
        self.height: dict[Place, float] = {}
        self._place(by_wish=True)
        self._untangle()
        self._place(by_wish=False)
        top = min(self.height.values())
        self.height = {place: y - top for place, y in self.height.items()}

    def _place(self, by_wish: bool) -> None:
        self.height = {}
        for places in self.columns:
            wishes: dict[Place, float] = {}
            # An input beside its gate wishes to stand below the gate's other inputs.
            for place in sorted(places, key=self._stands_alone):
                wishes[place] = self._wish(place, wishes)
            if by_wish:
                places.sort(key=wishes.__getitem__)
            ordered = [wishes[place] for place in places]
            for place, y in zip(places, spread(ordered), strict=True):
                self.height[place] = y

    def _stands_alone(self, place: Place) -> bool:
        name, column = place
        return column == self.column[name] and not self.graph.inputs[name]

    def _wish(self, place: Place, wishes: dict[Place, float]) -> float:
        name, column = place
        if column > self.column[name]:
            return self.height[name, column - 1]
        used = self.graph.inputs[name]
        if used:
            # A gate stands level with what was computed: constants and weights join it.
            main = [i for i in used if self.graph.inputs[i]] or used
            return sum(self.height[i, column - 1] for i in main) / len(main)
        if column == 0:
            return self.first[place]
        known = wishes | self.height
        others = [i for i in self.graph.inputs[self.uses[name][0]] if i != name]
        places = [p for i in others for p in ((i, column), (i, column - 1))]
        beside = [known[p] for p in places if p in known][:1]
        return max(beside or wishes.values(), default=0.0) + 0.9

    def _untangle(self) -> None:
        """Exchange neighbours as long as fewer wires cross; inputs keep their order."""
        links = self._links()
        for _ in range(SWEEPS):
            changed = False
            for column, places in enumerate(self.columns[1:], start=1):
                for i in range(len(places) - 1):
                    run = self._side_by_side(column, i)
                    changed |= self._exchange(links, run[:1]) or (
                        len(run) > 1 and self._exchange(links, run)
                    )
            if not changed:
                return

    def _side_by_side(self, column: int, i: int) -> list[tuple[int, int]]:
        """List where two neighbours, or their bends, stay neighbours further on."""
        above, below = (place[0] for place in self.columns[column][i : i + 2])
        run = []
        for later in range(column, len(self.columns)):
            names = [place[0] for place in self.columns[later]]
            at = names.index(above) if above in names else len(names)
            if names[at : at + 2] != [above, below]:
                break
            run.append((later, at))
        return run

    def _exchange(
        self, links: list[list[tuple[Place, Place]]], run: list[tuple[int, int]]
    ) -> bool:
        """Exchange two neighbours in some columns, where that undoes a crossing."""
        touched = range(run[0][0] - 1, run[-1][0] + 1)
        before = sum(self._crossings(links, column) for column in touched)
        for _ in range(2):  # the second time puts them back
            for column, i in run:
                places = self.columns[column]
                places[i], places[i + 1] = places[i + 1], places[i]
            if sum(self._crossings(links, column) for column in touched) < before:
                return True
        return False

    def _links(self) -> list[list[tuple[Place, Place]]]:
        """List, for each column, the pieces of wire that lead to the next."""
        links: list[list[tuple[Place, Place]]] = [[] for _ in self.columns]
        for name, gates in self.uses.items():
            here = self.column[name]
            for gate in dict.fromkeys(gates):
                for column in range(here, self.column[gate]):
                    end = gate if column + 1 == self.column[gate] else name
                    piece = ((name, column), (end, column + 1))
                    if piece not in links[column]:
                        links[column].append(piece)
        return links

    def _crossings(self, links: list[list[tuple[Place, Place]]], column: int) -> int:
        """Count the crossings between a column and the next."""
        if column + 1 >= len(self.columns):
            return 0
        left = {place: i for i, place in enumerate(self.columns[column])}
        right = {place: i for i, place in enumerate(self.columns[column + 1])}
        ends = [(left[a], right[b]) for a, b in links[column]]
        return sum(
            (a - c) * (b - d) < 0 for i, (a, b) in enumerate(ends) for c, d in ends[:i]
        )


def _columns(graph: Graph) -> dict[str, int]:
    column: dict[str, int] = {}
    for name, used in graph.inputs.items():
        column[name] = 1 + max((column[i] for i in used), default=-1)
    if graph.near:  # everything stands just before the first gate that uses it
        for name in reversed(graph.ops):
            gates = graph.uses(name)
            if gates:
                column[name] = min(column[gate] for gate in gates) - 1
    return column


def spread(wishes: Sequence[float]) -> list[float]:
    """Keep numbers in their order at least 1 apart, each as near its wish as possible.

    Examples
    --------
    >>> spread([0.0, 0.0, 5.0])
    [-0.5, 0.5, 5.0]
    """
    groups: list[list[float]] = []  # wishes for the first of each group
    for wish in wishes:
        group = [wish]
        while groups and _mean(group) < _mean(groups[-1]) + len(groups[-1]):
            before = groups.pop()
            group = before + [w - len(before) for w in group]
        groups.append(group)
    return [_mean(group) + i for group in groups for i in range(len(group))]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
