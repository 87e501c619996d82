"""The bot's face in Telegram: its commands and descriptions, in Hindi and, for all others, in English."""

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.messages.catalogue import Catalogues, Menu

_log = logging.getLogger(__name__)


async def register(bot: Bot, catalogues: Catalogues) -> None:
    """Tells Telegram the commands and descriptions; a failure is logged, the bot answers without them."""
    try:
        await _register(bot, catalogues.english.menu, None)
        await _register(bot, catalogues.hindi.menu, "hi")
    except TelegramError as error:
        _log.warning("Commands and descriptions are not registered until the next start: %s", error.message)


async def _register(bot: Bot, menu: Menu, language_code: str | None) -> None:
    for scope, commands in _commands(menu):
        await bot.set_my_commands(commands, scope, language_code)
    await bot.set_my_description(menu.description, language_code)
    await bot.set_my_short_description(menu.short_description, language_code)


def _commands(menu: Menu) -> list[tuple[BotCommandScope, list[BotCommand]]]:
    about = [BotCommand("help", menu.help), BotCommand("about", menu.about)]
    in_groups = [BotCommand("ask", menu.ask), *about]
    in_private = [*about, BotCommand("privacy", menu.privacy), BotCommand("forget", menu.forget)]
    return [(BotCommandScopeAllPrivateChats(), in_private), (BotCommandScopeAllGroupChats(), in_groups)]
