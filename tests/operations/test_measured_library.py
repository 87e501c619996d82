import pytest
import small_news
from helpful_library import BRIDGE, VAGUE, HelpfulLibrary
from prometheus_client.parser import text_string_to_metric_families

from bot.watch.metrics import MeasuredLibrary, Metrics
from knowledge.articles import Answer


class BrokenLibrary:
    generation, articles, passages = "broken", 0, 0

    def ask(self, question: str, limit: int = 5) -> Answer:
        raise OSError("the shelf fell")

    def refresh(self) -> bool:
        return False


def counted(metrics: Metrics) -> dict[tuple[str, str], float]:
    """The questions so far, by outcome and script."""
    families = text_string_to_metric_families(metrics.text().decode())
    samples = [sample for family in families for sample in family.samples]
    return {
        (sample.labels["outcome"], sample.labels["script"]): sample.value
        for sample in samples
        if sample.name == "khabar_queries_total" and sample.value
    }


def test_answers_are_counted_by_outcome_and_script(tmp_path):
    metrics = Metrics()
    library = MeasuredLibrary(HelpfulLibrary(small_news.library(tmp_path)), metrics)
    assert library.ask(BRIDGE, 1).answered
    library.ask(VAGUE)
    library.ask("जापान की राजधानी क्या है?")
    library.ask("japan ki rajdhani kya hai")
    assert counted(metrics) == {
        ("answered", "devanagari"): 1, ("unsure", "devanagari"): 1,
        ("unanswered", "devanagari"): 1, ("unanswered", "latin"): 1,
    }  # fmt: skip
    assert (library.articles, library.generation) == (4, library.library.generation)


def test_a_failure_is_counted_and_passed_on():
    metrics = Metrics()
    with pytest.raises(OSError, match="the shelf fell"):
        MeasuredLibrary(BrokenLibrary(), metrics).ask("pul kab khulega")
    assert counted(metrics) == {("failed", "latin"): 1}
