"""The benchmark of reloads, on a corpus small enough to wait for."""

from knowledge.evaluation.benchmarks.reload import benchmark_reload


def test_it_tells_what_builds_cost_and_what_those_who_ask_notice() -> None:
    told: list[tuple[str, int, int]] = []
    rows = list(benchmark_reload(lambda *step: told.append(step), 200))
    assert told[-1] == ("storing", 200, 200)
    assert [(row["what"], row["articles read"]) for row in rows] == [
        ("full build", 200.0),
        ("1% changed", 2.0),
        ("questions alone", ""),
        ("questions beside a full build", ""),
    ]
    assert len({tuple(row) for row in rows}) == 1
    assert all(row["seconds"] > 0 and row["peak MB"] > 0 for row in rows[:2])
    assert all(row["p50 ms"] <= row["p95 ms"] for row in rows[2:])
