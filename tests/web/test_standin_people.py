"""What people do, and which of it Telegram shows the bot."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from standin_client import Person, group

from bot.web.standin import StandIn, serve_standin
from bot.web.standin.server import BOT


@pytest.fixture
async def ravi(standin: StandIn) -> AsyncIterator[Person]:
    async with Person(standin.origin, id=502, first_name="रवि", username="ravi_k", chat=group()) as person:
        yield person


def seen_texts(standin: StandIn) -> list[str | None]:
    """The texts that wait for the bot."""
    return [update.message.text for update in standin.world.updates.pending if update.message]


async def call(standin: StandIn, method: str, **parameters: Any) -> dict[str, Any]:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        return dict(
            (await client.post(f"{standin.base_url}{standin.token}/{method}", json=parameters)).json()
        )


async def test_privacy_mode_shows_commands_mentions_and_replies(standin: StandIn, ravi: Person) -> None:
    await ravi.set_bot_status("member")
    asked = await call(standin, "sendMessage", chat_id=-1001, text="पूछिए")
    standin.world.updates.pending.clear()
    hidden = ["मौसम कैसा है?", "/ask@other_bot मौसम", "@other_bot देखो", "a/ask"]
    shown = ["/ask मौसम", "/ask@Khabar_Bot मौसम", "अरे @khabar_bot सुनो"]
    for text in hidden + shown:
        await ravi.say(text)
    await ravi.say("और बताओ", reply_to=asked["result"]["message_id"])
    assert seen_texts(standin) == [*shown, "और बताओ"]


async def test_a_reply_to_somebody_else_stays_hidden(standin: StandIn, ravi: Person) -> None:
    await ravi.set_bot_status("member")
    standin.world.updates.pending.clear()
    question = await ravi.say("मौसम?")
    await ravi.say("हाँ, मौसम?", reply_to=question["message_id"])
    assert seen_texts(standin) == []


async def test_administrators_and_bots_without_privacy_mode_see_everything(
    standin: StandIn, ravi: Person
) -> None:
    await ravi.set_bot_status("administrator")
    await ravi.say("मौसम?")
    assert seen_texts(standin)[-1] == "मौसम?"
    nosy = BOT.model_copy(update={"can_read_all_group_messages": True})
    async with serve_standin(bot=nosy) as other, Person(other.origin, id=502, chat=group()) as person:
        await person.set_bot_status("member")
        await person.say("मौसम?")
        assert seen_texts(other)[-1] == "मौसम?"
        assert (await call(other, "getMe"))["result"]["can_read_all_group_messages"] is True


async def test_joining_and_leaving_a_group(standin: StandIn, ravi: Person) -> None:
    await ravi.say("कोई है?")
    assert (await call(standin, "sendMessage", chat_id=-1001, text="क"))["error_code"] == 403
    await ravi.set_bot_status("member")
    change, service = standin.world.updates.pending
    assert change.my_chat_member is not None
    assert service.message is not None
    statuses = (change.my_chat_member.old_chat_member.status, change.my_chat_member.new_chat_member.status)
    assert statuses == ("left", "member")
    assert service.message.new_chat_members == [BOT]
    assert (await call(standin, "getChatMember", chat_id=-1001, user_id=502))["result"]["status"] == "creator"
    await ravi.set_bot_status("kicked")
    said = await call(standin, "sendMessage", chat_id=-1001, text="क")
    assert said["description"] == "Forbidden: bot was kicked from the supergroup chat"


async def test_a_blocked_bot_is_refused_and_sees_nothing(standin: StandIn, meera: Person) -> None:
    await meera.say("नमस्ते")
    await meera.set_bot_status("kicked")
    said = await call(standin, "sendMessage", chat_id=501, text="क")
    assert (said["error_code"], said["description"]) == (403, "Forbidden: bot was blocked by the user")
    assert standin.world.updates.pending[-1].my_chat_member is not None
    await meera.set_bot_status("member")
    assert (await call(standin, "sendMessage", chat_id=501, text="क"))["ok"]


async def test_photos_carry_captions_with_entities(standin: StandIn, meera: Person) -> None:
    await meera.say("/ask यह कहाँ है?", photo=True)
    await meera.say(photo=True)
    first, second = (update.message for update in standin.world.updates.pending)
    assert first is not None
    assert second is not None
    assert (first.text, first.caption) == (None, "/ask यह कहाँ है?")
    assert [entity.type for entity in first.caption_entities or ()] == ["bot_command"]
    assert (second.text, second.caption) == (None, None)
    assert second.photo


async def test_an_edit_reaches_the_bot_as_such(standin: StandIn, meera: Person) -> None:
    message = await meera.say("मौसम?")
    edited = await meera.edit(message["message_id"], "कल का मौसम?")
    assert edited["edit_date"]
    update = standin.world.updates.pending[-1]
    assert update.edited_message is not None
    assert update.edited_message.text == "कल का मौसम?"


@pytest.mark.parametrize(
    ("deed", "body", "reason"),
    [
        ("messages", {}, "message text is empty"),
        ("messages", {"text": "  \n"}, "message text is empty"),
        ("messages", {"text": "🙏" * 2049}, "message is too long"),
        ("messages", {"text": "क" * 1025, "photo": True}, "message is too long"),
        ("messages", {"text": "क", "reply_to": 9}, "message to be replied not found"),
        ("messages", {"text": "क", "mood": "good"}, "unknown parameter"),
        ("edits", {"message_id": 9, "text": "क"}, "message to edit not found"),
        ("presses", {"message_id": 9, "data": "x"}, 'message 9 has no button with the data "x"'),
        ("memberships", {"status": "member"}, "the bot is already member"),
    ],
)
async def test_what_the_apps_would_not_do_is_refused(
    standin: StandIn, deed: str, body: dict[str, Any], reason: str
) -> None:
    async with httpx.AsyncClient(base_url=standin.origin, trust_env=False, timeout=60) as client:
        answer = await client.post(f"/people/{deed}", json={"person": {"id": 501}, **body})
    assert answer.status_code == 400
    assert reason in answer.json()["description"]


async def test_events_come_in_order_and_can_be_awaited(standin: StandIn, meera: Person) -> None:
    await meera.say("नमस्ते")
    await call(standin, "sendChatAction", chat_id=501, action="typing")
    await call(standin, "sendMessage", chat_id=501, text="जी")
    assert [event["kind"] for event in await meera.events()] == ["message", "action", "message"]
    assert (await meera.next_reply())["text"] == "जी"


class TestSafety:
    """Only this machine's own page may act for people."""

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 200),
            ({"host": "localhost:1"}, 200),
            ({"host": "[::1]:1"}, 200),
            ({"host": "khabar.example"}, 403),
            ({"host": "127.0.0.1.khabar.example:80"}, 403),
            ({"origin": "http://khabar.example"}, 403),
            ({"origin": "null"}, 403),
            ({"sec-fetch-site": "cross-site"}, 403),
            ({"sec-fetch-site": "same-site"}, 403),
            ({"content-type": "text/plain"}, 403),
            ({"content-type": "application/x-www-form-urlencoded"}, 403),
        ],
    )
    async def test_foreign_requests_are_refused(
        self, standin: StandIn, headers: dict[str, str], status: int
    ) -> None:
        async with httpx.AsyncClient(base_url=standin.origin, trust_env=False, timeout=60) as client:
            body = b'{"person": {"id": 501}, "text": "x"}'
            sent = {"content-type": "application/json", **headers}
            answer = await client.post("/people/messages", content=body, headers=sent)
        assert answer.status_code == status

    async def test_pages_carry_a_policy_and_no_cors(self, standin: StandIn) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            page = await client.get(standin.page_url)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in page.headers

    async def test_the_control_api_needs_its_secret(self) -> None:
        async with serve_standin() as plain, httpx.AsyncClient(trust_env=False, timeout=60) as client:
            assert plain.control_url is None
            assert (await client.get(f"{plain.origin}/control/None/calls")).status_code == 404

    async def test_it_serves_this_machine_alone(self) -> None:
        with pytest.raises(ValueError, match=r"serves only loopback addresses, not 0\.0\.0\.0"):
            async with serve_standin("0.0.0.0"):  # noqa: S104 (refused, which is the point)
                pass
