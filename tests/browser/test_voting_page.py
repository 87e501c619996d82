"""A vote on the chat page: the real bot, its log of questions, and the buttons below an answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import small_news
from asked import NOON
from bot_in_loop import keeping
from helpful_library import BRIDGE
from playwright.async_api import Page, expect

from bot.questions.log import FILE, QuestionsLog
from bot.web.standin import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def standin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with keeping(small_news.library(tmp_path), tmp_path) as served:
        yield served


async def test_a_reader_votes_and_changes_the_vote(page: Page, tmp_path: Path) -> None:
    await page.get_by_role("textbox").fill(BRIDGE)
    await page.keyboard.press("Enter")
    answer = page.locator(".message.theirs")
    buttons = answer.locator("button.inline")
    await expect(buttons).to_have_text(["👍", "👎"])
    quote = answer.locator("blockquote")
    await quote.evaluate("quote => { quote.dataset.mine = 'kept'; }")
    await buttons.first.focus()
    await page.keyboard.press("Enter")
    await expect(buttons).to_have_text(["👍 ✓", "👎"])
    await expect(page.locator("#toast")).to_have_text("धन्यवाद! आपकी राय मिल गई।")
    await expect(buttons.first).to_be_focused()
    await buttons.nth(1).click()
    await expect(buttons).to_have_text(["👍", "👎 ✓"])
    await expect(quote).to_have_attribute("data-mine", "kept")  # as is whether the reader has unfolded it
    await expect(answer.locator("time")).not_to_contain_text("बदला गया")
    await expect(answer.get_by_role("link", name="पूरी ख़बर पढ़िए")).to_be_visible()
    with QuestionsLog.open(tmp_path / FILE) as log:
        assert [(count.good, count.bad) for count in log.counts(NOON)] == [(0, 1)]
