"""The bot's face in Telegram: its commands and descriptions, in Hindi and, for all others, in English."""

import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.messages.catalogue import Catalogues, Menu

_log = logging.getLogger(__name__)


async def register(bot: Bot, catalogues: Catalogues, operators: Sequence[int] = ()) -> None:
    """Tells Telegram the commands and descriptions; a failure is logged, the bot answers without them.

    The operators' own commands are shown in their private chats alone.
    """
    try:
        for language_code, menu in catalogues.menus.items():
            await _register(bot, menu, language_code)
    except TelegramError as error:
        _log.warning("Commands and descriptions are not registered until the next start: %s", error.message)
        return
    for operator in operators:
        try:
            await _register_operator(bot, catalogues, operator)
        except TelegramError as error:  # as for somebody who has never written to the bot
            _log.warning("The operator %d isn't shown the commands: %s", operator, error.message)


async def _register_operator(bot: Bot, catalogues: Catalogues, operator: int) -> None:
    scope = BotCommandScopeChat(operator)
    for language_code, menu in catalogues.menus.items():
        await bot.set_my_commands(_for_operators(menu), scope, language_code)


async def _register(bot: Bot, menu: Menu, language_code: str | None) -> None:
    for scope, commands in _commands(menu):
        await bot.set_my_commands(commands, scope, language_code)
    await bot.set_my_description(menu.description, language_code)
    await bot.set_my_short_description(menu.short_description, language_code)


def _named(menu: Menu, *names: str) -> list[BotCommand]:
    return [BotCommand(name, getattr(menu, name)) for name in names]


def _for_operators(menu: Menu) -> list[BotCommand]:
    own = _named(menu, "reload", "status", "rollback", "sources", "add", "remove", "unanswered")
    return [*_in_private(menu), *own]


def _in_private(menu: Menu) -> list[BotCommand]:
    return _named(menu, "help", "about", "privacy", "forget")


def _commands(menu: Menu) -> list[tuple[BotCommandScope, list[BotCommand]]]:
    in_groups = _named(menu, "ask", "help", "about")
    in_private = _in_private(menu)
    return [(BotCommandScopeAllPrivateChats(), in_private), (BotCommandScopeAllGroupChats(), in_groups)]
