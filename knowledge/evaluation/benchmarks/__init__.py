"""Speed, memory and the quality of answers against peers, measured in the same run."""

from collections.abc import Callable, Iterable

from knowledge.evaluation.benchmarks.ranking import benchmark_ranking
from knowledge.evaluation.benchmarks.reload import benchmark_reload

Row = dict[str, str | float]
Progress = Callable[[str, int, int], None]

BENCHMARKS: dict[str, Callable[[Progress], Iterable[Row]]] = {
    "ranking": benchmark_ranking,
    "reload": benchmark_reload,
}
