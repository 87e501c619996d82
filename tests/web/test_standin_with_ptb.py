"""The real python-telegram-bot against the stand-in: polling, webhook, floods, conflicts, signals."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from ports import kept_port
from standin_client import Control, Person
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.web.standin import StandIn, serve_standin


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the library warns about its own RetryAfter, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    button = InlineKeyboardButton("फिर से", callback_data="again")
    await message.reply_chat_action("typing")
    await message.reply_html(
        f"<b>{message.text}</b>", do_quote=True, reply_markup=InlineKeyboardMarkup([[button]])
    )


async def _pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("फिर से!")
    await update.callback_query.edit_message_text("बदल गया")


async def _joined(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_chat is not None
    await update.effective_chat.send_message("आ गया")


def application(standin: StandIn) -> Application[Any, Any, Any, Any, Any, Any]:
    limiter = AIORateLimiter(max_retries=3)
    builder = Application.builder().token(standin.token).base_url(standin.base_url).rate_limiter(limiter)
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT & ~filters.StatusUpdate.ALL, _echo))
    app.add_handler(CallbackQueryHandler(_pressed))
    app.add_handler(ChatMemberHandler(_joined, ChatMemberHandler.MY_CHAT_MEMBER))
    return app


@asynccontextmanager
async def running(standin: StandIn) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    app = application(standin)
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


async def test_a_whole_conversation_by_polling(standin: StandIn, meera: Person) -> None:
    async with running(standin):
        reply = await meera.ask("नमस्ते 🙏")
        assert (reply["text"], reply["entities"]) == ("नमस्ते 🙏", [{"type": "bold", "offset": 0, "length": 9}])
        assert reply["reply_to_message"]["text"] == "नमस्ते 🙏"
        await meera.press(reply, "फिर से")
        assert (await meera.next_event("answer"))["content"]["text"] == "फिर से!"
        assert (await meera.next_event("edited"))["content"]["text"] == "बदल गया"
        await meera.set_bot_status("kicked")
        await meera.set_bot_status("member")
        assert (await meera.next_reply())["text"] == "आ गया"


async def test_stopping_confirms_what_was_handled(standin: StandIn, meera: Person) -> None:
    async with running(standin):
        await meera.ask("एक")
    assert not standin.world.updates.pending


async def test_menus_and_descriptions(standin: StandIn, meera: Person) -> None:
    async with running(standin) as app:
        await app.bot.set_my_commands([BotCommand("ask", "सवाल पूछें")], language_code="hi")
        await app.bot.set_my_description("समाचार", language_code="hi")
        about = await meera.about_bot()
        assert about["commands"] == [{"command": "ask", "description": "सवाल पूछें"}]
        assert about["description"] == "समाचार"
        assert (await app.bot.get_my_name()).name == "ख़बर"


@pytest.fixture
def port() -> Iterator[int]:
    with kept_port() as port:
        yield port


async def test_a_conversation_by_webhook(standin: StandIn, meera: Person, port: int) -> None:
    app = application(standin)
    assert app.updater is not None
    async with app:
        await app.start()
        url = f"http://127.0.0.1:{port}/hook"
        await app.updater.start_webhook("127.0.0.1", port, "/hook", webhook_url=url, secret_token="s3cret")
        try:
            assert (await meera.ask("नमस्ते"))["text"] == "नमस्ते"
            info = await app.bot.get_webhook_info()
            assert (info.url, info.last_error_message) == (url, None)
            async with httpx.AsyncClient(trust_env=False, timeout=60) as stranger:
                forged = await stranger.post(url, json={"update_id": 1})
            assert forged.status_code == 403
        finally:
            await app.updater.stop()
            await app.stop()


async def test_a_webhook_that_fails_gets_the_update_again(standin: StandIn, meera: Person) -> None:
    received: list[bytes] = []
    done = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        size = next(
            int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
        )
        received.append(head.lower() + await reader.readexactly(size))
        status = b"500 Internal Server Error" if len(received) == 1 else b"200 OK"
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        if len(received) == 2:
            done.set()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await standin.world.webhook.set(f"http://127.0.0.1:{port}/", "s3cret", 1)
        await meera.say("नमस्ते")
        async with asyncio.timeout(60):
            await done.wait()
        await standin.world.webhook.close()
    assert all(b"x-telegram-bot-api-secret-token: s3cret" in one for one in received)
    bodies = [one.partition(b"\r\n\r\n")[2] for one in received]
    assert bodies[0] == bodies[1]
    error = standin.world.webhook.info().last_error_message
    assert error == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_flood_is_waited_out(standin: StandIn, meera: Person, control: Control) -> None:
    async with running(standin):
        await control.order("flood", method="sendMessage", retry_after=1)
        assert (await meera.ask("नमस्ते"))["text"] == "नमस्ते"
        attempts = await control.calls("sendMessage")
        assert [call["ok"] for call in attempts] == [False, True]


async def test_errors_arrive_as_the_librarys_own(standin: StandIn, meera: Person) -> None:
    bot = Application.builder().token(standin.token).base_url(standin.base_url).build().bot
    control = Control(standin.control_url or "")
    async with bot:
        await meera.say("नमस्ते")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(9, "क")
        with pytest.raises(BadRequest, match="Message is too long"):
            await bot.send_message(501, "🙏" * 2049)
        with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
            await bot.send_message(501, "<div>", parse_mode="HTML")
        await control.order("server_error", method="sendMessage")
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(501, "क")
        await control.order("flood", method="sendMessage", retry_after=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(501, "क")
        await control.order("conflict", method="getUpdates")
        with pytest.raises(Conflict):
            await bot.get_updates()
        await control.order("hang", method="sendMessage")
        with pytest.raises(TimedOut):
            await bot.send_message(501, "क", read_timeout=0.2)
        await control.order("drop", method="sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(501, "क")
        await meera.set_bot_status("kicked")
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(501, "क")


async def test_signals_stay_the_callers_own() -> None:
    handlers = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    async with serve_standin() as standin, httpx.AsyncClient(trust_env=False, timeout=60) as client:
        await client.get(standin.page_url)  # by now the server has begun
        assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == handlers


async def test_closing_ends_polls_in_hand() -> None:
    async with serve_standin() as standin, httpx.AsyncClient(timeout=60, trust_env=False) as client:
        url = f"{standin.base_url}{standin.token}/getUpdates?timeout=50"
        poll = asyncio.create_task(client.get(url))
        updates = standin.world.updates
        assert await updates.bell.wait_until(lambda: updates.polls > 0, 60)
        await standin.world.close()
        assert (await poll).json() == {"ok": True, "result": []}
