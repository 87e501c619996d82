"""The operators' dashboard in a real browser."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
import pytest_asyncio
from operator_pages import TOKEN, Operations, operator_pages
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.watch.facts import ReloadProgress

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one browser serves them all


@pytest_asyncio.fixture(loop_scope="module")
async def operations() -> AsyncIterator[Operations]:
    async with operator_pages() as served:
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(context: BrowserContext) -> AsyncIterator[Page]:
    """A page of somebody who isn't logged in; a complaint on the console fails the test."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="module")
async def operator(visitor: Page, operations: Operations) -> Page:
    """The dashboard of an operator, who came by the printed link."""
    await visitor.goto(f"{operations.origin}/operate/login#token={TOKEN}")
    await expect(visitor.get_by_role("heading", name="Sources")).to_be_visible()
    return visitor


async def test_an_operator_logs_in_and_out(visitor: Page, operations: Operations) -> None:
    await visitor.goto(f"{operations.origin}/operate")
    await visitor.get_by_label("Operator token").fill(TOKEN)
    await visitor.get_by_role("button", name="Log in").click()
    await expect(visitor.get_by_text("1 of 5 sources failing")).to_be_visible()
    assert await visitor.evaluate("document.cookie") == "", "no script can read the session"
    await visitor.get_by_role("button", name="Log out").click()
    await expect(visitor.get_by_label("Operator token")).to_be_visible()
    await visitor.goto(f"{operations.origin}/operate")
    await expect(visitor.get_by_label("Operator token")).to_be_visible()


async def test_the_printed_link_logs_in_and_leaves_no_token_in_the_address(
    operator: Page, operations: Operations
) -> None:
    assert operator.url == f"{operations.origin}/operate"


async def test_a_wrong_token_is_told(context: BrowserContext, operations: Operations) -> None:
    page = await context.new_page()
    await page.goto(f"{operations.origin}/operate/login")
    await page.get_by_label("Operator token").fill("kuchh aur")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("This isn't the operator token.")
    await expect(page.get_by_label("Operator token")).to_have_attribute("aria-describedby", "wrong")


async def test_a_reload_is_watched_to_its_end(operator: Page, operations: Operations) -> None:
    reload = operator.get_by_role("button", name="Reload now")
    progress = operator.get_by_role("progressbar", name="Reload")
    await expect(progress).to_be_hidden()
    await reload.click()
    await expect(operator.get_by_role("status")).to_have_text("reading")
    await expect(reload).to_be_disabled()
    await expect(progress).to_be_visible()
    operations.reloading.now = ReloadProgress("fetched", 30, 120)
    await expect(operator.get_by_role("status")).to_have_text("fetched: 30 of 120")
    await expect(progress).to_have_js_property("value", 0.25)
    operations.end_reload("refused", "the articles fell by 60 %")
    await expect(operator.get_by_role("status")).to_contain_text(
        "Refused just now: the articles fell by 60 %"
    )
    await expect(reload).to_be_enabled()
    await expect(progress).to_be_hidden()
    assert operations.reloading.started == [False]


async def test_a_reload_that_was_started_is_in_sight_below_the_bar(operator: Page) -> None:
    await operator.set_viewport_size({"width": 390, "height": 500})
    await operator.get_by_role("button", name="Reload now").click()
    await operator.wait_for_url("**/operate#reload")  # and until it is loaded, so that it has moved there
    await expect(operator.get_by_role("status")).to_have_text("reading")
    heading = await operator.get_by_role("heading", name="Generation").bounding_box()
    bar = await operator.locator(".bar").bounding_box()
    assert heading
    assert bar
    assert bar["height"] <= heading["y"] < 500 - heading["height"]


async def test_a_reload_can_be_forced(operator: Page, operations: Operations) -> None:
    await operator.get_by_label("even if much is gone").check()
    await operator.get_by_role("button", name="Reload now").click()
    await expect(operator.get_by_role("status")).to_have_text("reading")
    assert operations.reloading.started == [True]


async def test_charts_can_be_looked_at_listened_to_and_read(operator: Page, operations: Operations) -> None:
    chart = operator.get_by_role("img", name="Questions a day, by outcome")
    await expect(chart).to_be_visible()
    await expect(chart.locator("g")).to_have_count(30)
    description = await chart.locator("desc").text_content()
    answered = sum(each.questions for each in operations.facts.questions if each.outcome == "answered")
    assert f"{answered:,} answered" in (description or "")
    table = operator.get_by_role("region", name="Questions a day, by outcome")
    await expect(table).to_be_hidden()
    await operator.get_by_text("As a table").first.click()
    await expect(table.get_by_role("row")).to_have_count(31)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_colours_are_told_apart(operator: Page, scheme: str) -> None:
    """Neighbours in a stack differ in lightness, which every eye sees, and text stands out."""
    await operator.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    luminance = await operator.evaluate(
        """() => {
            const of = (colour) => {
                const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
                    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const style = (name) => getComputedStyle(document.querySelector(name));
            return {
                answered: of(style("rect.answered").fill), unsure: of(style("rect.unsure").fill),
                unanswered: of(style("rect.unanswered").fill),
                devanagari: of(style("rect.devanagari").fill), latin: of(style("rect.latin").fill),
                mixed: of(style("rect.mixed").fill), other: of(style("rect.other").fill),
                card: of(style(".card").backgroundColor), soft: of(style(".tile .soft").color),
                ink: of(style(".figure").color), bad: of(style(".sources .wrong").color),
            };
        }"""
    )

    def contrast(one: str, other: str) -> float:
        dark, light = sorted((luminance[one], luminance[other]))
        return float((light + 0.05) / (dark + 0.05))

    for stack in (("answered", "unsure", "unanswered"), ("devanagari", "latin", "mixed", "other")):
        for below, above in pairwise(stack):
            assert contrast(below, above) > 1.25, (below, above)
    for colour in ("soft", "ink", "bad"):
        assert contrast(colour, "card") >= 4.5, colour


@pytest.mark.parametrize("width", [320, 390, 1100])
async def test_nothing_sticks_out_sideways(operator: Page, width: int) -> None:
    await operator.set_viewport_size({"width": width, "height": 800})
    assert await operator.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1100])
async def test_a_source_begins_beside_its_mark_however_long_its_address(operator: Page, width: int) -> None:
    await operator.set_viewport_size({"width": width, "height": 800})
    for state in await operator.locator(".sources .state").all():
        begins = await state.bounding_box()
        address = await state.locator(".location").bounding_box()
        assert begins
        assert address
        assert address["x"] > begins["x"]
        assert address["y"] - begins["y"] < 8


async def test_it_works_without_scripts(browser: Browser, operations: Operations) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{operations.origin}/operate")
    await page.get_by_label("Operator token").fill(TOKEN)
    await page.get_by_role("button", name="Log in").click()
    await page.get_by_role("button", name="Reload now").click()
    await expect(page.get_by_role("status")).to_have_text("reading")
    operations.end_reload("published", "5 added")
    await expect(page.get_by_role("status")).to_contain_text("Published just now: 5 added")
    await context.close()
