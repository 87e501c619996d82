"""A library that is unsure, knows what is nearby and guesses what was meant, each at one question."""

from dataclasses import dataclass, replace

import small_news

from knowledge.articles import Answer
from knowledge.library import Library

BRIDGE = "चंपा नदी का पुल कितने दिन बंद रहेगा?"
MISSPELT = "चँफा नदी का पुल कितने दिन बंद रहेगा?"
VAGUE = "पुल के बारे में बताइए"
NEARLY = "चंपा नदी में कितनी मछलियाँ हैं?"


@dataclass(frozen=True)
class HelpfulLibrary:
    """A real library, but for the questions above."""

    library: Library

    @property
    def generation(self) -> str:
        return self.library.generation

    @property
    def articles(self) -> int:
        return self.library.articles

    @property
    def passages(self) -> int:
        return self.library.passages

    def refresh(self) -> bool:
        return self.library.refresh()

    def ask(self, question: str, limit: int = 5) -> Answer:
        if question == VAGUE:
            return replace(self.library.ask(BRIDGE, limit), question=question, unsure=True)
        answer = self.library.ask(question, limit)
        if question == MISSPELT:
            return replace(answer, answered=False, meant=BRIDGE)
        if question == NEARLY:
            nearby = (small_news.BRIDGE, small_news.WRESTLER)
            return replace(answer, answered=False, meant=None, nearby=nearby)
        return answer
