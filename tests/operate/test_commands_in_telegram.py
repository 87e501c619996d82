import pytest
from reloads import held_back
from standin_client import Person, group

from bot.conversation.operate import FORCE
from bot.messages import catalogue
from bot.web.standin.faults import Fault

TEXTS = catalogue.load([])
SAID = TEXTS.hindi.operate
COMMANDS = ("/reload", "/status", "/rollback", "/sources", "/add https://x.test", "/remove 1", "/unanswered")
OPERATORS_CHAT = -1_009_001
WELL = "गाँव का कुआँ कितना गहरा है?"


async def joined(person: Person) -> None:
    """The bot is in the person's group, and has greeted it."""
    await person.set_bot_status("member")
    await person.next_reply()


async def shown_at_the_end(person: Person, starting: str) -> str:
    """What the message with the progress says when the reload has ended."""
    sent = await person.next_reply()
    assert sent["text"].startswith(starting)
    while True:
        text = str((await person.next_event("edited"))["content"]["text"])
        if not text.startswith(PHASES):
            return text


PHASES = (SAID.starting, SAID.reading, SAID.indexing, SAID.checking, SAID.publishing)


async def test_a_reload_shows_its_progress_in_one_message_and_then_what_it_did(desk):
    desk.newsroom.write("metro.md", "सूरजपुर में मेट्रो रेल अगले साल मार्च में चलेगी। पहले चरण में बारह स्टेशन होंगे।")
    desk.newsroom.write("mela.md", "सोनपुर का पशु मेला इस साल दिसंबर में लगेगा। मेले में घोड़ों की दौड़ भी होगी।")
    (desk.newsroom.news / "khali.txt").write_text("", "utf-8")
    async with desk.operator() as radha:
        await radha.say("/reload")
        text = await shown_at_the_end(radha, SAID.starting)
        replies = await radha.replies()
    assert len(replies) == 1
    done, counts, skipped, reason = text.splitlines()
    desk.library.refresh()  # unless the bot itself was quicker
    assert done == SAID.published.format(generation=desk.library.generation)
    assert counts == SAID.counts.format(added=1, changed=1, removed=0, unchanged=5)
    assert skipped == SAID.skipped.format(count=1)
    assert "khali.txt" in reason


async def test_a_reload_that_would_lose_much_is_refused_and_can_be_forced(desk):
    for name in ("aam.md", "kushti.md", "mela.md"):
        (desk.newsroom.news / name).unlink()
    async with desk.operator() as radha:
        await radha.say("/reload")
        refused = await shown_at_the_end(radha, SAID.starting)
        assert refused.startswith(SAID.refused.partition("{")[0])
        assert "/reload force" in refused
        assert desk.library.refresh() is False
        await radha.say(f"/reload {FORCE}")
        forced = await shown_at_the_end(radha, SAID.starting)
    assert SAID.counts.format(added=0, changed=0, removed=3, unchanged=3) in forced


async def test_a_source_that_fails_is_named_and_what_it_held_stays(desk):
    config = desk.newsroom.config
    config.write_text(config.read_text("utf-8").replace('["news"]', '["news", "gone"]'), "utf-8")
    async with desk.operator() as radha:
        await radha.say("/reload")
        text = await shown_at_the_end(radha, SAID.starting)
    assert SAID.sources_failed in text
    assert "gone" in text


async def test_two_who_reload_at_once_follow_the_same_one(desk):
    async with desk.operator() as radha, desk.operator(chat=group(OPERATORS_CHAT)) as radha_there:
        await joined(radha_there)
        with held_back(desk.newsroom.settings.data_dir):
            await radha.say("/reload")
            first = await radha.next_reply()
            assert first["text"].startswith(SAID.starting)
            await radha_there.say("/reload")
            assert (await radha_there.next_reply())["text"] == SAID.running
        told = [await shown_at_the_end_of(person) for person in (radha, radha_there)]
    assert told[0] == told[1]
    assert told[0].startswith(SAID.unchanged.partition("{")[0])


async def shown_at_the_end_of(person: Person) -> str:
    while True:
        event = await person.next_event("edited", "message")
        text = str(event["content"]["text"])
        if not text.startswith((*PHASES, "/")):
            return text


async def test_status_and_sources_tell_how_it_goes(desk):
    async with desk.operator() as radha:
        status = (await radha.ask("/status"))["text"]
        sources = (await radha.ask("/sources"))["text"]
    generation = desk.library.generation
    assert SAID.generation.format(generation=generation, articles=6, passages=6) in status
    assert SAID.result_published in status
    assert sources in status
    assert sources.startswith(f"1. {desk.newsroom.news} ({SAID.folder}): ख़बरें 6, ")
    assert SAID.never not in sources


async def test_rollback_asks_and_then_nothing_goes_forward_by_itself(desk):
    first = desk.library.generation
    desk.newsroom.write("metro.md", "सूरजपुर में मेट्रो रेल अगले साल मार्च में चलेगी। पहले चरण में बारह स्टेशन होंगे।")
    async with desk.operator() as radha:
        await radha.say("/reload")
        await shown_at_the_end(radha, SAID.starting)
        desk.library.refresh()
        question, another = await radha.ask("/rollback"), await radha.ask("/rollback")
        assert desk.library.generation in question["text"]
        await radha.press(question, SAID.rollback_yes)
        assert (await radha.next_reply())["text"] == SAID.rolled_back.format(generation=first)
        desk.library.refresh()
        assert desk.library.generation == first
        assert SAID.held in (await radha.ask("/status"))["text"]
        await radha.press(another, SAID.rollback_yes)
        assert (await radha.next_event("answer"))["content"]["text"] == SAID.outdated


async def test_rollback_without_a_generation_before_says_why_not(desk):
    async with desk.operator() as radha:
        await radha.press(await radha.ask("/rollback"), SAID.rollback_yes)
        assert "no generation before" in (await radha.next_reply())["text"]


async def test_an_article_is_removed_for_good_and_let_in_again(desk):
    assert desk.library.ask(WELL).answered
    async with desk.operator() as radha:
        question = await radha.ask("/remove https://news.example/kuan")
        assert question["text"].startswith(SAID.remove_article)
        await radha.press(question, SAID.remove_yes)
        assert (await radha.next_reply())["text"] == SAID.article_removed.format(name="kuan.md")
        text = await shown_at_the_end(radha, SAID.starting)
        assert SAID.counts.format(added=0, changed=0, removed=1, unchanged=5) in text
        desk.library.refresh()
        assert not desk.library.ask(WELL).answered
        await radha.say("/reload")
        assert (await shown_at_the_end(radha, SAID.starting)).startswith(SAID.unchanged.partition("{")[0])
        assert (await radha.ask("/add kuan.md"))["text"] == SAID.let_in.format(address="kuan.md")
        await shown_at_the_end(radha, SAID.starting)
    desk.library.refresh()
    assert desk.library.ask(WELL).answered


async def test_what_cant_be_added_or_removed_is_told(desk):
    async with desk.operator() as radha:
        assert (await radha.ask("/add"))["text"] == SAID.add_usage
        assert (await radha.ask("/remove"))["text"] == SAID.remove_usage
        assert "http://" in (await radha.ask("/add kuan"))["text"]
        assert (await radha.ask("/remove 7"))["text"] == SAID.unknown.format(name="7")
        told = (await radha.ask("/remove 1"))["text"]
        assert told == SAID.of_the_settings.format(name=desk.newsroom.news)


async def test_the_topics_that_are_missing(desk):
    async with desk.operator() as radha:
        assert (await radha.ask("/unanswered"))["text"] == SAID.nothing_wanted


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_stranger_gets_what_an_unknown_command_gets(desk, command):
    async with Person(desk.standin.origin) as meera:
        unknown = (await meera.ask("/weather"))["text"]
        assert (await meera.ask(command))["text"] == unknown
    assert desk.runner.progress() is None


async def test_in_a_group_neither_strangers_nor_operators_get_anything(desk):
    async with (
        Person(desk.standin.origin, chat=group()) as meera,
        desk.operator(chat=group()) as radha,
        Person(desk.standin.origin, chat=group(OPERATORS_CHAT)) as visitor,
    ):
        await joined(meera)
        await joined(visitor)
        for person in (meera, radha, visitor):
            await person.say("/status")
        for person in (meera, visitor):
            assert (await person.ask("/ask"))["text"] == TEXTS.hindi.ask_usage


async def test_a_stranger_who_presses_the_operators_button_changes_nothing(desk):
    async with (
        desk.operator(chat=group(OPERATORS_CHAT)) as radha,
        Person(desk.standin.origin, chat=group(OPERATORS_CHAT)) as visitor,
    ):
        await joined(radha)
        question = await radha.ask("/remove kuan.md")
        await visitor.press(question, SAID.remove_yes)
        await visitor.say("/ask")
        assert (await radha.next_reply())["text"] == TEXTS.hindi.ask_usage
        await radha.press(question, SAID.remove_yes)
        assert (await radha.next_reply())["text"] == SAID.article_removed.format(name="kuan.md")


@pytest.mark.parametrize("command", COMMANDS)
async def test_what_an_operator_forwards_is_no_command_of_theirs(desk, command):
    async with desk.operator() as radha:
        unknown = (await radha.ask("/weather"))["text"]
        await radha.say(command, forwarded_from="कोई और")
        assert (await radha.next_reply())["text"] == unknown
    assert desk.runner.progress() is None


async def test_a_hiccup_of_telegram_keeps_nobody_from_the_outcome(desk):
    desk.standin.faults.add(Fault(trouble="flood", method="editMessageText", retry_after=3600))
    desk.standin.faults.add(Fault(trouble="server_error", method="editMessageText"))
    async with desk.operator() as radha:
        await radha.say("/reload")
        text = await shown_at_the_end(radha, SAID.starting)
    assert text.startswith(SAID.unchanged.partition("{")[0])


async def test_the_outcome_comes_anew_where_its_message_is_gone(desk):
    async with desk.operator() as radha:
        with held_back(desk.newsroom.settings.data_dir):
            await radha.say("/reload")
            sent = await radha.next_reply()
            del desk.standin.world.rooms[radha.chat_id].messages[sent["message_id"]]
        assert (await radha.next_reply())["text"].startswith(SAID.unchanged.partition("{")[0])


@pytest.mark.parametrize("command", ["/status", "/sources", "/unanswered", "/remove 1", "/rollback"])
async def test_why_a_command_fails_is_told(desk, command):
    data = desk.newsroom.settings.data_dir
    store = data / "store.sqlite3"
    store.write_bytes(b"no database at all, but a text")
    for name in ("store.sqlite3-wal", "store.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    async with desk.operator() as radha:
        reply = await radha.ask(command)
        if command == "/rollback":
            await radha.press(reply, SAID.rollback_yes)
            reply = await radha.next_reply()
    assert reply["text"].startswith(SAID.trouble.partition("{")[0])


async def test_a_press_that_telegram_holds_too_old_is_carried_out(desk):
    async with desk.operator() as radha:
        question = await radha.ask("/remove kuan.md")
        desk.standin.faults.add(Fault(trouble="server_error", method="answerCallbackQuery"))
        await radha.press(question, SAID.remove_yes)
        assert (await radha.next_reply())["text"] == SAID.article_removed.format(name="kuan.md")


async def test_only_operators_see_the_commands_in_their_menu(desk):
    async with desk.operator() as radha, Person(desk.standin.origin) as meera:
        scopes: list[str] = []
        while scopes.count("chat") < 2:
            await radha.ask("/start")  # the menu is registered while the bot answers already
            made = [call for call in desk.standin.calls.made if call.method == "setMyCommands"]
            scopes = [str(call.parameters.get("scope")) for call in made]
            scopes = ["chat" if '"chat"' in scope or "'chat'" in scope else scope for scope in scopes]
        own = [command["command"] for command in (await radha.about_bot())["commands"]]
        everybodys = [command["command"] for command in (await meera.about_bot())["commands"]]
    assert own == [*everybodys, "reload", "status", "rollback", "sources", "add", "remove", "unanswered"]
