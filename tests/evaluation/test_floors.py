"""The development collections: what answers on news must not fall below."""

from pathlib import Path

import pytest

from knowledge.evaluation.evaluate import evaluate

DATA = Path(__file__).parents[3] / "shared" / "data"

FLOORS = {
    "newsqa-hi": {
        "R@1": 0.85,
        "R@5": 0.95,
        "evidence@1": 0.62,
        "evidence@5": 0.88,
        "unanswerable_refused": 0.85,
        "answerable_answered": 0.90,
    },
    "xquad-hi": {"MRR@10": 0.92, "R@5": 0.96},
}
LONGEST_PASSAGE = 700


@pytest.mark.parametrize("name", FLOORS)
def test_a_development_collection_is_answered_as_well_as_promised(name: str) -> None:
    if not (DATA / name).is_dir():
        pytest.skip(f"the development collection isn't at {DATA / name}")
    measures = evaluate(DATA / name, progress=lambda *_: None).measures
    assert {
        measure: measures[measure] for measure, floor in FLOORS[name].items() if measures[measure] < floor
    } == {}
    assert measures.get("passage_characters", 0) <= LONGEST_PASSAGE
