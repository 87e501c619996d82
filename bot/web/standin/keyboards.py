"""The buttons under a message, checked as Telegram checks them."""

from bot.web.standin.errors import bad_request
from bot.web.standin.links import WrongLink, checked_link
from bot.web.standin.wire import InlineKeyboardButton, InlineKeyboardMarkup

BUTTONS_LIMIT = 100
ROW_LIMIT = 8
CALLBACK_DATA_LIMIT_BYTES = 64
COPY_TEXT_LIMIT = 256
_CANT_PARSE = "can't parse inline keyboard button"
_STYLES = {"danger", "success", "primary"}


def checked_keyboard(markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """The keyboard as it is stored; None where no buttons are left.

    Raises:
        ApiError: 400, when there are too many buttons or one is wrong.
    """
    rows = [row for row in markup.inline_keyboard if row] if markup else []
    if not rows:
        return None
    if sum(map(len, rows)) > BUTTONS_LIMIT or max(map(len, rows)) > ROW_LIMIT:
        raise bad_request("reply markup is too long")
    return InlineKeyboardMarkup(inline_keyboard=[[_checked(button) for button in row] for row in rows])


def _checked(button: InlineKeyboardButton) -> InlineKeyboardButton:
    if not button.text.strip():
        raise bad_request(f"{_CANT_PARSE}: Text buttons must have a text")
    if button.style is not None and button.style not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
    actions = [one for one in (button.url, button.callback_data, button.copy_text) if one]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(f"{_CANT_PARSE}: a button must have exactly one action")
    if button.callback_data and len(button.callback_data.encode()) > CALLBACK_DATA_LIMIT_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.copy_text and not 1 <= len(button.copy_text.text) <= COPY_TEXT_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return _with_link(button) if button.url else button


def _with_link(button: InlineKeyboardButton) -> InlineKeyboardButton:
    try:
        return button.model_copy(update={"url": checked_link(button.url or "")})
    except WrongLink as error:
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: {error}") from error
