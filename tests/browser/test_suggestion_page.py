"""The bot's suggestion on the chat page: the real bot, and a press of its button."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import small_news
from bot_in_loop import running
from helpful_library import BRIDGE, MISSPELT, NEARLY, HelpfulLibrary
from playwright.async_api import Page, expect

from bot.web.standin import StandIn, serve_standin

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def standin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    library = HelpfulLibrary(small_news.library(tmp_path))
    async with serve_standin() as served, running(library, served):
        yield served


async def ask(page: Page, text: str) -> None:
    await page.get_by_role("textbox").fill(text)
    await page.keyboard.press("Enter")


async def test_the_suggested_question_is_asked_by_its_button(page: Page) -> None:
    await ask(page, MISSPELT)
    refusal, answer = page.locator(".message.theirs").nth(0), page.locator(".message.theirs").nth(1)
    await expect(refusal.locator("strong")).to_have_text(BRIDGE)
    await refusal.get_by_role("button", name="हाँ, यही पूछना था").click()
    await expect(answer.locator("blockquote")).to_contain_text("तीन महीने बंद रहेगा")
    await expect(refusal.get_by_role("button")).to_have_count(0)


async def test_a_nearby_headline_opens_its_article(page: Page) -> None:
    await ask(page, NEARLY)
    refusal = page.locator(".message.theirs")
    headline = refusal.get_by_role("link", name="चंपा नदी का पुराना पुल मरम्मत के लिए बंद")
    await expect(headline).to_have_attribute("href", "https://news.example.com/champa/pul")
    await expect(refusal.locator("blockquote")).to_have_count(0)
