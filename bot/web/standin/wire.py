"""The Bot API objects that Khabar meets, as Telegram writes them; a test holds them against the spec."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """An object of the Bot API: no unknown fields, no converted types, never changed in place."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, validate_by_name=True)

    def json_object(self) -> dict[str, Any]:
        """The object as Telegram sends it: absent fields are left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class User(Wire):
    """A person or a bot."""

    id: int
    is_bot: bool
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    can_join_groups: bool | None = None
    can_read_all_group_messages: bool | None = None
    supports_inline_queries: bool | None = None
    can_connect_to_business: bool | None = None
    has_main_web_app: bool | None = None


class Chat(Wire):
    """A private chat, group or supergroup."""

    id: int
    type: Literal["private", "group", "supergroup"]
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class AcceptedGiftTypes(Wire):
    """Which gifts a chat takes."""

    unlimited_gifts: bool
    limited_gifts: bool
    unique_gifts: bool
    premium_subscription: bool
    gifts_from_channels: bool


class ChatFullInfo(Chat):
    """What getChat tells about a chat."""

    accent_color_id: int
    max_reaction_count: int
    accepted_gift_types: AcceptedGiftTypes


class MessageEntity(Wire):
    """A formatted or special part of a text; `offset` and `length` count UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user: User | None = None
    language: str | None = None


class PhotoSize(Wire):
    """One size of a photo."""

    file_id: str
    file_unique_id: str
    width: int
    height: int
    file_size: int | None = None


class LinkPreviewOptions(Wire):
    """How the preview of a message's link is shown."""

    is_disabled: bool | None = None
    url: str | None = None
    prefer_small_media: bool | None = None
    prefer_large_media: bool | None = None
    show_above_text: bool | None = None


class CopyTextButton(Wire):
    """What a button copies."""

    text: str


class InlineKeyboardButton(Wire):
    """A button under a message, with exactly one action."""

    text: str
    url: str | None = None
    callback_data: str | None = None
    copy_text: CopyTextButton | None = None
    style: str | None = None


class InlineKeyboardMarkup(Wire):
    """The buttons under a message, row by row."""

    inline_keyboard: list[list[InlineKeyboardButton]]


class ReplyParameters(Wire):
    """Which message is answered."""

    message_id: int
    chat_id: int | str | None = None
    allow_sending_without_reply: bool | None = None


class MessageOriginHiddenUser(Wire):
    """Where a forwarded message came from: somebody who doesn't want to be linked to."""

    type: Literal["hidden_user"] = "hidden_user"
    sender_user_name: str
    date: int


class Message(Wire):
    """A message."""

    message_id: int
    date: int
    chat: Chat
    sender: Annotated[User | None, Field(alias="from")] = None
    forward_origin: MessageOriginHiddenUser | None = None
    edit_date: int | None = None
    reply_to_message: "Message | None" = None
    text: str | None = None
    entities: list[MessageEntity] | None = None
    photo: list[PhotoSize] | None = None
    caption: str | None = None
    caption_entities: list[MessageEntity] | None = None
    link_preview_options: LinkPreviewOptions | None = None
    has_protected_content: bool | None = None
    new_chat_members: list[User] | None = None
    left_chat_member: User | None = None
    reply_markup: InlineKeyboardMarkup | None = None


class CallbackQuery(Wire):
    """A pressed button."""

    id: str
    sender: Annotated[User, Field(alias="from")]
    message: Message
    chat_instance: str
    data: str


class ChatMemberOwner(Wire):
    """The chat's owner."""

    status: Literal["creator"] = "creator"
    user: User
    is_anonymous: bool = False


class ChatMemberAdministrator(Wire):
    """An administrator with the rights that a new one gets."""

    status: Literal["administrator"] = "administrator"
    user: User
    can_be_edited: bool = False
    is_anonymous: bool = False
    can_manage_chat: bool = True
    can_delete_messages: bool = True
    can_manage_video_chats: bool = True
    can_restrict_members: bool = True
    can_promote_members: bool = False
    can_change_info: bool = True
    can_invite_users: bool = True
    can_post_stories: bool = False
    can_edit_stories: bool = False
    can_delete_stories: bool = False


class ChatMemberMember(Wire):
    """A member without special rights."""

    status: Literal["member"] = "member"
    user: User


class ChatMemberLeft(Wire):
    """Somebody who isn't in the chat."""

    status: Literal["left"] = "left"
    user: User


class ChatMemberBanned(Wire):
    """Somebody who was removed; in a private chat: the bot was blocked."""

    status: Literal["kicked"] = "kicked"
    user: User
    until_date: int = 0


ChatMember = ChatMemberOwner | ChatMemberAdministrator | ChatMemberMember | ChatMemberLeft | ChatMemberBanned
MemberStatus = Literal["creator", "administrator", "member", "left", "kicked"]


def chat_member(user: User, status: MemberStatus) -> ChatMember:
    """The member object of `user` with `status`."""
    kinds: dict[MemberStatus, type[ChatMember]] = {
        "creator": ChatMemberOwner,
        "administrator": ChatMemberAdministrator,
        "member": ChatMemberMember,
        "left": ChatMemberLeft,
        "kicked": ChatMemberBanned,
    }
    return kinds[status](user=user)


class ChatMemberUpdated(Wire):
    """The bot's own place in a chat has changed."""

    chat: Chat
    sender: Annotated[User, Field(alias="from")]
    date: int
    old_chat_member: ChatMember
    new_chat_member: ChatMember


class Update(Wire):
    """One thing that has happened."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None


class WebhookInfo(Wire):
    """Where updates are posted and how that goes."""

    url: str
    has_custom_certificate: bool
    pending_update_count: int
    last_error_date: int | None = None
    last_error_message: str | None = None
    max_connections: int | None = None
    allowed_updates: list[str] | None = None


class BotCommand(Wire):
    """An entry of the bot's menu."""

    command: str
    description: str


class BotName(Wire):
    """The bot's name."""

    name: str


class BotDescription(Wire):
    """What an empty chat with the bot shows."""

    description: str


class BotShortDescription(Wire):
    """What the bot's profile shows."""

    short_description: str
