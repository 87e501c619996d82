import pytest

from knowledge.language.lexicons import read_lexicons
from knowledge.language.query import QuestionAnalyser


@pytest.fixture(scope="session")
def language() -> QuestionAnalyser:
    return QuestionAnalyser(read_lexicons())
