// Messages as DOM nodes. Text only ever becomes text nodes, cut at the entities' UTF-16 offsets,
// which are also JavaScript's string indices.
import { language, t } from "./texts.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote" };

export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

const timeFormat = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
const longDayFormat = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });

export function dayName(date, now = new Date()) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return t.today;
  if (date.toDateString() === yesterday.toDateString()) return t.yesterday;
  return (date.getFullYear() === now.getFullYear() ? dayFormat : longDayFormat).format(date);
}

function safeLink(url) {
  try {
    return ["http:", "https:", "tg:", "mailto:"].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}

function link(url, className, children) {
  const href = safeLink(url);
  if (!href) return element("span", {}, ...children);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", className }, ...children);
}

function expandable(children) {
  const body = element("div", { className: "quoted" }, ...children);
  const toggle = element("button", { type: "button", className: "toggle" });
  const quote = element("blockquote", { className: "expandable" }, body, toggle);
  const show = (open) => {
    quote.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", open ? t.collapse : t.expand);
  };
  quote.addEventListener("click", (event) => {
    if (!event.target.closest("a") && !getSelection().toString()) show(!quote.classList.contains("open"));
  });
  // A quote that fits needs no button; what fits depends on fonts and on the window.
  new ResizeObserver(() => {
    const open = quote.classList.contains("open");
    if (!open) quote.classList.toggle("fits", body.scrollHeight <= body.clientHeight + 2);
  }).observe(body);
  show(false);
  return quote;
}

function spoiler(children) {
  const node = element("span", { className: "spoiler", tabIndex: 0, role: "button", ariaLabel: t.spoiler }, ...children);
  const reveal = () => {
    node.classList.add("shown");
    node.removeAttribute("aria-label");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
  return node;
}

function wrapped(entity, source, children, act) {
  if (entity.type === "text_link") return link(entity.url, "", children);
  if (entity.type === "url") return link(source.includes("://") ? source : `http://${source}`, "", children);
  if (entity.type === "pre") return element("pre", {}, element("code", {}, ...children));
  if (entity.type === "expandable_blockquote") return expandable(children);
  if (entity.type === "spoiler") return spoiler(children);
  if (entity.type === "bot_command") {
    return element("button", { type: "button", className: "command", onclick: () => act.command(source) }, ...children);
  }
  return element(TAGS[entity.type] ?? "span", { className: TAGS[entity.type] ? "" : "tag" }, ...children);
}

export function richText(text, entities = [], act, start = 0, end = text.length) {
  const nodes = [];
  let position = start;
  let afterBlock = false;
  const plain = (until, beforeBlock) => {
    let piece = text.slice(position, until);
    if (afterBlock) piece = piece.replace(/^\n/, ""); // a block ends its line by itself
    if (beforeBlock) piece = piece.replace(/\n$/, "");
    if (piece) nodes.push(document.createTextNode(piece));
    position = until;
  };
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const stop = entity.offset + entity.length;
    if (entity.offset < position || stop > end) continue;
    const isBlock = BLOCKS.has(entity.type);
    plain(entity.offset, isBlock);
    const inner = entities.slice(index + 1).filter((one) => one.offset + one.length <= stop);
    nodes.push(wrapped(entity, text.slice(entity.offset, stop), richText(text, inner, act, entity.offset, stop), act));
    position = stop;
    afterBlock = isBlock;
  }
  plain(end, false);
  return nodes;
}

function button(message, one, act) {
  if (one.url && safeLink(one.url)) {
    const node = link(one.url, "inline", [one.text]);
    node.append(element("span", { className: "visually-hidden" }, ` (${t.newTab})`));
    return node;
  }
  const node = element("button", { type: "button", className: "inline" }, one.text);
  node.addEventListener("click", () => {
    if (one.copy_text) act.copy(one.copy_text.text);
    else if (one.callback_data) act.press(message, one.callback_data, node);
  });
  return node;
}

function keyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  return rows.map((row) => element("div", { className: "row" }, ...row.map((one) => button(message, one, act))));
}

function quoted(message, act) {
  const reply = message.reply_to_message;
  if (!reply) return [];
  const author = reply.from?.is_bot ? reply.from.first_name : t.you;
  return [element(
    "button",
    { type: "button", className: "reply", onclick: () => act.show(reply.message_id) },
    element("b", {}, author),
    element("span", {}, (reply.text ?? reply.caption ?? t.photo).slice(0, 120)),
  )];
}

const says = ({ edit_date, reply_markup, ...words }) => JSON.stringify(words);

export function bubble(message, act) {
  const mine = !message.from?.is_bot;
  const date = new Date(message.date * 1000);
  const time = element("time", { dateTime: date.toISOString(), title: date.toLocaleString(language) });
  time.append((message.edit_date ? `${t.edited} ` : "") + timeFormat.format(date));
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const words = richText(text, entities, act);
  if (words.at(-1)?.matches?.("blockquote, pre")) time.className = "below";
  const body = element("div", { className: "text", dir: "auto" }, ...words, time);
  return element(
    "article",
    { className: `message ${mine ? "mine" : "theirs"}`, says: says(message) },
    element(
      "div",
      { className: `bubble ${mine ? "mine" : "theirs"}` },
      element("span", { className: "visually-hidden" }, `${mine ? t.you : message.from.first_name}: `),
      ...quoted(message, act),
      ...(message.photo ? [element("div", { className: "photo" }, t.photo)] : []),
      body,
    ),
    ...keyboard(message, act),
  );
}

// Where only the buttons have changed, the rest stays as the reader has it: a quote unfolded, a button in focus.
export function changed(node, message, act) {
  if (node.says !== says(message)) {
    const anew = bubble(message, act);
    node.replaceWith(anew);
    return anew;
  }
  const inFocus = [...node.querySelectorAll(".inline")].indexOf(document.activeElement);
  node.querySelectorAll(".row").forEach((row) => row.remove());
  node.append(...keyboard(message, act));
  node.querySelectorAll(".inline")[inFocus]?.focus();
  return node;
}
