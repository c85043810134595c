"""How a ratio is measured."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Ours against the floor, in seconds (medians), and the most that we allow ourselves."""

    name: str
    ours: float
    floor: float
    limit: float

    @property
    def value(self) -> float:
        return self.ours / self.floor

    @property
    def is_missed(self) -> bool:
        return self.value > self.limit

    def line(self) -> str:
        verdict = "MISSED" if self.is_missed else "kept"
        return (
            f"{self.name:<58} {self.ours:8.3f} s {self.floor:8.3f} s {self.value:6.2f} <= {self.limit:4.1f}  {verdict}"
        )


@dataclass(frozen=True)
class Queries:
    """The number of queries of a page with few and with many rows, and the most that we allow ourselves."""

    name: str
    few: int
    many: int
    limit: int

    @property
    def is_missed(self) -> bool:
        return self.many > self.limit or self.few != self.many

    def line(self) -> str:
        verdict = "MISSED" if self.is_missed else "kept"
        counts = f"{self.few} queries for few rows, {self.many} for many"
        return f"{self.name:<58} {counts} <= {self.limit}  {verdict}"


def ratio(name: str, ours: Callable[[], object], floor: Callable[[], object], *, limit: float, runs: int = 7) -> Ratio:
    """Run both in turns, so that a busy moment of the machine hits both; the first turn only warms up."""
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for turn in range(runs + 1):
        for which, act in (("ours", ours), ("floor", floor)):
            gc.collect()
            started = time.perf_counter()
            act()
            if turn:
                times[which].append(time.perf_counter() - started)
    return Ratio(name, statistics.median(times["ours"]), statistics.median(times["floor"]), limit)
