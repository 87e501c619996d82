"""A headless browser in front of a stand-in, and a tiny bot behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.web.standin import StandIn, serve_standin

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000
SOURCE = "https://www.isro.gov.in/chandrayaan3.html#:~:text=23"
PASSAGE = (
    "चंद्रयान-3 का लैंडर <b>विक्रम</b> 23 अगस्त 2023 की शाम छह बजकर चार मिनट पर चंद्रमा के दक्षिणी ध्रुव के पास "
    "<b>उतरा</b>। इसके साथ भारत चंद्रमा पर यान उतारने वाला चौथा देश और दक्षिणी ध्रुव के पास पहुँचने वाला पहला देश बना। "
    "कुछ घंटे बाद रोवर प्रज्ञान बाहर आया और उसने सतह की मिट्टी में गंधक की मौजूदगी की पुष्टि की। प्रक्षेपण 14 जुलाई 2023 "
    "को श्रीहरिकोटा से एलवीएम-3 रॉकेट से हुआ था।"
)
ANSWER = f"<b>चंद्रयान-3 की सफल लैंडिंग</b>\n<blockquote expandable>{PASSAGE}</blockquote>\n23 अगस्त 2023 · इसरो"


async def _start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    await _message(update).reply_text("नमस्ते! हिंदी समाचारों के बारे में कुछ भी पूछिए। मदद: /help")


async def _answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = _message(update)
    await message.reply_chat_action("typing")
    if "चंद्रयान" not in (message.text or ""):
        await message.reply_text(message.text or "", do_quote=True)
        return
    source = InlineKeyboardButton("पूरी ख़बर पढ़ें", url=SOURCE)
    thanks = InlineKeyboardButton("काम का है", callback_data="good")
    more = InlineKeyboardButton("अगला", callback_data="next")
    await message.reply_html(ANSWER, reply_markup=InlineKeyboardMarkup([[source], [thanks, more]]))


async def _pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("धन्यवाद!")
    await query.edit_message_text("आपकी राय मिल गई।")


def _message(update: Update) -> Message:
    assert update.effective_message is not None
    return update.effective_message


@asynccontextmanager
async def tiny_bot(standin: StandIn) -> AsyncIterator[None]:
    """A bot that answers one question, echoes the rest, and takes thanks."""
    application = Application.builder().token(standin.token).base_url(standin.base_url).build()
    application.add_handler(CommandHandler(["start", "help"], _start))
    application.add_handler(MessageHandler(filters.TEXT, _answer))
    application.add_handler(CallbackQueryHandler(_pressed))
    assert application.updater is not None
    async with application:
        await application.bot.set_my_description("हिंदी समाचारों पर सवाल पूछिए, जवाब स्रोत के साथ पाइए।")
        commands = [BotCommand("start", "बातचीत शुरू करें"), BotCommand("help", "क्या-क्या पूछ सकते हैं")]
        await application.bot.set_my_commands(commands)
        await application.start()
        await application.updater.start_polling()
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def standin() -> AsyncIterator[StandIn]:
    async with serve_standin() as served, tiny_bot(served):
        yield served


@pytest.fixture(scope="session")
def chromium() -> str:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: install Debian's package chromium")
    return str(CHROMIUM)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(
        locale="hi-IN", viewport={"width": 1100, "height": 800}, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(context: BrowserContext, standin: StandIn) -> AsyncIterator[Page]:
    """The open chat page; a line on the console or an uncaught exception fails the test."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(standin.page_url)
    yield page
    assert complaints == []
