"""The chat page in a real browser: what a newcomer sees and does."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from ports import kept_port
from standin_client import Person

from bot.web.standin import StandIn, serve_standin

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one browser serves them all

TOAST = "[role=alert]"  # also when it is hidden again, after some seconds
QUESTION = "चंद्रयान-3 चंद्रमा पर कब उतरा था?"


async def ask(page: Page, text: str) -> Locator:
    """Types a question, sends it with Enter, and returns the bot's newest message once it is there."""
    before = await page.locator(".message.theirs").count()
    await page.get_by_role("textbox").fill(text)
    await page.keyboard.press("Enter")
    reply = page.locator(".message.theirs").nth(before)
    await expect(reply).to_be_visible()
    return reply


async def person_id(page: Page) -> int:
    return int(await page.evaluate("() => localStorage.getItem('khabar.person')"))


@pytest_asyncio.fixture(loop_scope="module")
async def reader(page: Page, standin: StandIn) -> AsyncIterator[Person]:
    """The page's reader, seen from the stand-in."""
    async with Person(standin.origin, id=await person_id(page)) as person:
        yield person


@pytest.fixture
def port() -> Iterator[int]:
    with kept_port() as port:
        yield port


async def test_a_newcomer_reads_what_the_bot_does_and_starts(page: Page) -> None:
    welcome = page.locator("#welcome")
    await expect(welcome).to_contain_text("हिंदी समाचारों पर सवाल पूछिए, जवाब स्रोत के साथ पाइए।")
    await expect(page).to_have_title("ख़बर")
    await page.get_by_role("button", name="शुरू करें").click()
    await expect(page.locator(".message.mine")).to_contain_text("/start")
    await expect(page.locator(".message.theirs")).to_contain_text("नमस्ते!")
    await expect(welcome).to_be_hidden()
    await expect(page.locator(".note")).to_have_text("आज")


async def test_an_answer_has_bold_words_a_quote_and_buttons(page: Page) -> None:
    reply = await ask(page, QUESTION)
    await expect(reply.locator("strong").first).to_have_text("चंद्रयान-3 की सफल लैंडिंग")
    await expect(reply.locator("blockquote strong")).to_have_text(["विक्रम", "उतरा"])
    source = reply.get_by_role("link", name="पूरी ख़बर पढ़ें")
    await expect(source).to_have_attribute("href", "https://www.isro.gov.in/chandrayaan3.html#:~:text=23")
    await expect(source).to_have_attribute("target", "_blank")
    await expect(source).to_have_attribute("rel", "noopener noreferrer")
    await expect(reply.get_by_role("button", name="काम का है")).to_be_enabled()


async def test_a_long_quote_opens_and_closes(page: Page) -> None:
    quote = (await ask(page, QUESTION)).locator("blockquote")
    toggle = quote.locator(".toggle")

    async def height() -> float:
        box = await quote.bounding_box()
        assert box is not None
        return box["height"]

    await expect(toggle).to_have_attribute("aria-expanded", "false")
    closed = await height()
    await toggle.click()
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    assert await height() > closed
    await quote.click()
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    assert await height() == closed


async def test_a_pressed_button_is_answered_and_the_message_changes(page: Page) -> None:
    reply = await ask(page, QUESTION)
    await reply.get_by_role("button", name="काम का है").click()
    await expect(page.locator(TOAST)).to_have_text("धन्यवाद!")
    await expect(reply).to_contain_text("आपकी राय मिल गई।")
    await expect(reply).to_contain_text("बदला गया")
    await expect(reply.locator(".inline")).to_have_count(0)


async def test_markup_in_a_text_is_shown_not_interpreted(page: Page) -> None:
    text = "<img src=x onerror=alert(1)> <b>मोटा</b> &amp; <script>1</script>"
    reply = await ask(page, text)
    await expect(page.locator(".message.mine .text")).to_contain_text(text)
    await expect(reply.locator(".text")).to_contain_text(text)
    await expect(page.locator("#log :is(img, script, strong)")).to_have_count(0)


async def test_hindi_is_shaped(page: Page) -> None:
    """A font that knows Devanagari joins क + ् + ष to one letter, narrower than its parts."""
    bubble = (await ask(page, "क्ष")).locator(".text")
    widths = await bubble.evaluate(
        """(node, texts) => texts.map((text) => {
            const context = document.createElement("canvas").getContext("2d");
            context.font = getComputedStyle(node).font;
            return context.measureText(text).width;
        })""",
        ["क्ष", "क् ष", "कि", "क"],
    )
    joined, apart, with_sign, bare = widths
    assert 0 < joined < apart
    assert with_sign > bare > 0


@pytest.mark.parametrize("width", [320, 390, 1100])
async def test_nothing_sticks_out_sideways(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await ask(page, QUESTION)
    await ask(page, "https://example.org/" + "बहुतलंबापता" * 20)
    for node in ("document.documentElement", "document.getElementById('scroller')"):
        assert await page.evaluate(f"() => {node}.scrollWidth <= {node}.clientWidth"), node
    box = await page.get_by_role("textbox").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800


async def test_enter_sends_and_shift_enter_begins_a_line(page: Page, reader: Person) -> None:
    box = page.get_by_role("textbox")
    await box.press_sequentially("पहली")
    await page.keyboard.press("Shift+Enter")
    await box.press_sequentially("दूसरी")
    await expect(box).to_have_value("पहली\nदूसरी")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("")
    assert (await reader.next_event("message"))["content"]["text"] == "पहली\nदूसरी"
    await expect(page.get_by_role("button", name="भेजें")).to_be_disabled()


async def test_the_menu_shows_the_bots_commands_and_sends_them(page: Page) -> None:
    await page.get_by_role("button", name="आदेश").click()
    menu = page.get_by_role("menuitem")
    await expect(menu).to_have_text(["/startबातचीत शुरू करें", "/helpक्या-क्या पूछ सकते हैं"])
    await page.keyboard.press("Escape")
    await expect(menu.first).to_be_hidden()
    await page.get_by_role("textbox").fill("/he")
    await expect(menu).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await expect(menu).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.mine .text")).to_contain_text("/help")
    await expect(page.locator(".message.theirs")).to_have_count(1)


async def test_a_command_in_a_message_can_be_pressed(page: Page) -> None:
    reply = await ask(page, "/start")
    await reply.get_by_role("button", name="/help").click()
    await expect(page.locator(".message.mine").nth(1)).to_contain_text("/help")


async def test_typing_is_shown_until_the_message_comes(page: Page, standin: StandIn, reader: Person) -> None:
    await reader.say("नमस्ते")
    await expect(page.locator(".message.theirs")).to_have_count(1)
    async with httpx.AsyncClient(
        base_url=f"{standin.base_url}{standin.token}/", trust_env=False, timeout=60
    ) as bot:
        typing = {"chat_id": reader.id, "action": "typing"}
        await bot.post("sendChatAction", json=typing)
        await expect(page.get_by_role("status")).to_have_text("लिख रहा है…")
        await bot.post("sendChatAction", json=typing)  # again, since it is shown for some seconds only
        await expect(page.locator("#typing")).to_be_visible()
        await bot.post("sendMessage", json={"chat_id": reader.id, "text": "हो गया"})
    await expect(page.locator(".message.theirs").nth(1)).to_contain_text("हो गया")
    await expect(page.locator("#typing")).to_be_hidden()
    await expect(page.get_by_role("status")).to_have_text("बॉट")


async def test_new_messages_are_counted_while_one_reads_older_ones(
    page: Page, standin: StandIn, reader: Person
) -> None:
    for number in range(12):
        await ask(page, f"सवाल {number}\n" * 3)
    await page.locator("#scroller").evaluate("(node) => node.scrollTo({ top: 0, behavior: 'instant' })")
    down = page.get_by_role("button", name="नए संदेशों पर जाएँ")
    await expect(down).to_be_visible()
    async with httpx.AsyncClient(
        base_url=f"{standin.base_url}{standin.token}/", trust_env=False, timeout=60
    ) as bot:
        await bot.post("sendMessage", json={"chat_id": reader.id, "text": "ताज़ा ख़बर"})
    await expect(down).to_have_text("1")
    await down.click()
    await expect(page.get_by_text("ताज़ा ख़बर")).to_be_in_viewport()
    await expect(down).to_be_hidden()


async def test_the_conversation_is_still_there_after_a_reload(page: Page) -> None:
    await ask(page, QUESTION)
    await page.reload()
    await expect(page.locator(".message")).to_have_count(2)
    await expect(page.locator("#welcome")).to_be_hidden()


async def test_the_log_is_announced_and_the_page_speaks_the_readers_language(
    page: Page, browser: Browser, standin: StandIn
) -> None:
    await expect(page.get_by_role("log", name="बातचीत")).to_have_attribute("aria-live", "polite")
    await expect(page.locator("html")).to_have_attribute("lang", "hi")
    context = await browser.new_context(locale="en-IN")
    english = await context.new_page()
    await english.goto(standin.page_url)
    await expect(english.get_by_role("button", name="Start")).to_be_visible()
    await expect(english.locator("html")).to_have_attribute("lang", "en")
    await context.close()


async def test_light_and_dark_follow_the_system(page: Page) -> None:
    colours = set()
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        colours.add(await page.evaluate("() => getComputedStyle(document.body).color"))
    assert len(colours) == 2


async def test_the_page_goes_on_after_the_server_was_started_again(
    context: BrowserContext, port: int
) -> None:
    page = await context.new_page()
    async with serve_standin(port=port) as first:
        await page.goto(first.page_url)
        await page.get_by_role("textbox").fill("पहला सवाल")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message.mine")).to_have_count(1)
    await expect(page.get_by_role("status")).to_have_text("जोड़ रहे हैं…")
    await page.get_by_role("textbox").fill("खोया सवाल")
    await page.keyboard.press("Enter")
    await expect(page.locator(TOAST)).to_contain_text("संदेश नहीं गया")
    await expect(page.get_by_role("textbox")).to_have_value("खोया सवाल")
    async with serve_standin(port=port):
        await expect(page.get_by_text("बॉट फिर से शुरू हुआ")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_text("बॉट")
        await page.keyboard.press("Enter")
        await expect(page.locator(".message.mine").nth(1)).to_contain_text("खोया सवाल")
        await page.close()
