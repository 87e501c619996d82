// The conversation: asks the server what has happened, shows it, and sends what the reader does.
import { aboutBot, events, press, say } from "./api.js";
import { bubble, changed, dayName, element } from "./render.js";
import { language, t } from "./texts.js";

const WAIT_S = 25;
const TYPING_MS = 5000;
const RETRY_MS = [300, 1000, 2000, 4000];

const $ = (id) => document.getElementById(id);
const [log, scroller, text, welcome, menu, commands] =
  ["log", "scroller", "text", "welcome", "menu", "commands"].map($);

let run = null; // which run of the server the shown messages belong to
let seen = 0;
let lastDay = "";
let typingTimer = 0;
let unread = 0;
let bot = { name: document.title, commands: [] };
const shown = new Map(); // message id -> its node, of this run only
const waiting = new Map(); // callback query id -> the pressed button

const act = {
  command: (command) => send(command),
  copy: async (what) => {
    await navigator.clipboard.writeText(what);
    toast(t.copied);
  },
  show: (messageId) => {
    const node = shown.get(messageId);
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.classList.add("flash");
    node?.addEventListener("animationend", () => node.classList.remove("flash"), { once: true });
  },
  press: async (message, data, node) => {
    node.classList.add("waiting");
    try {
      waiting.set((await press(message.message_id, data)).callback_query_id, node);
    } catch {
      node.classList.remove("waiting");
      toast(t.notSent);
    }
  },
};

function toast(message) {
  $("toast").textContent = message;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

function setStatus(busy, className = "") {
  $("status").textContent = busy || t.bot;
  $("status").className = className;
}

function setTyping(on) {
  clearTimeout(typingTimer);
  $("typing").hidden = !on;
  setStatus(on ? t.typing : "", on ? "busy" : "");
  if (on) typingTimer = setTimeout(() => setTyping(false), TYPING_MS);
}

const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;

function toBottom() {
  scroller.scrollTop = scroller.scrollHeight; // at once: while gliding, the next message would find us not at the bottom
  setUnread(0);
}

function setUnread(count) {
  unread = count;
  $("unread").textContent = count || "";
  $("down").hidden = atBottom() && !count;
}

function showDay(date) {
  const day = dayName(date);
  if (day !== lastDay) log.append(element("p", { className: "note" }, day));
  lastDay = day;
}

const handle = {
  message: ({ content: message }, live) => {
    if (message.new_chat_members || message.left_chat_member) return;
    const follow = atBottom() || !message.from?.is_bot;
    showDay(new Date(message.date * 1000));
    const node = bubble(message, act);
    if (live) node.classList.add("new");
    shown.set(message.message_id, node);
    log.append(node);
    if (message.from?.is_bot) setTyping(false);
    if (live && follow) toBottom();
    else if (live) setUnread(unread + 1);
  },
  edited: ({ content: message }) => {
    const before = shown.get(message.message_id);
    if (before) shown.set(message.message_id, changed(before, message, act));
  },
  deleted: ({ content }) => {
    shown.get(content.message_id)?.remove();
    shown.delete(content.message_id);
  },
  action: ({ content }, live) => {
    if (!live || content.action !== "typing") return;
    const follow = atBottom();
    setTyping(true);
    if (follow) toBottom();
  },
  answer: ({ content }, live) => {
    waiting.get(content.callback_query_id)?.classList.remove("waiting");
    waiting.delete(content.callback_query_id);
    if (!live || !content.text) return;
    if (!content.show_alert) return toast(content.text);
    $("alert").querySelector("p").textContent = content.text;
    $("alert").showModal();
  },
};

function beginRun(newRun) {
  if (run !== null) {
    log.querySelectorAll("button.inline, button.command").forEach((one) => { one.disabled = true; });
    log.append(element("p", { className: "note" }, t.restarted));
  }
  [run, seen] = [newRun, 0];
  shown.clear();
  waiting.clear();
}

async function patiently(request) {
  for (let failures = 0; ; failures += 1) {
    try {
      const answer = await request();
      if (failures) setStatus("");
      return answer;
    } catch { // the server is down or was started again: it is asked until it answers
      setStatus(t.connecting, "busy");
      await new Promise((done) => { setTimeout(done, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]); });
    }
  }
}

async function follow() {
  let live = false; // the first answer is history
  for (;;) {
    const news = await patiently(() => events(run, seen, live ? WAIT_S : 0));
    if (news.run !== run) {
      beginRun(news.run);
      await patiently(showBot);
      live = false; // what the new run already holds is history
    }
    news.events.forEach((event) => handle[event.kind](event, live));
    seen = news.last;
    welcome.hidden = log.childElementCount > 0;
    if (!live) toBottom();
    live = true;
  }
}

async function showBot() {
  bot = await aboutBot();
  document.title = bot.name;
  $("name").textContent = $("greeting").textContent = bot.name;
  $("description").textContent = bot.description || t.welcome;
}

async function send(message) {
  if (!message.trim()) return false;
  closeMenu();
  try {
    await say(message);
    return true;
  } catch {
    toast(t.notSent);
    return false;
  }
}

async function submit() {
  const message = text.value;
  text.value = "";
  resize();
  if (!(await send(message)) && !text.value) {
    text.value = message;
    resize();
  }
}

function resize() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 180)}px`;
  $("send").disabled = !text.value.trim();
}

function openMenu(prefix = "") {
  const fitting = bot.commands.filter((one) => `/${one.command}`.startsWith(prefix));
  commands.replaceChildren(...fitting.map((one) => element(
    "button",
    { type: "button", role: "menuitem", onclick: () => { text.value = ""; resize(); send(`/${one.command}`); text.focus(); } },
    element("b", {}, `/${one.command}`),
    element("span", {}, one.description),
  )));
  commands.hidden = fitting.length === 0;
  menu.setAttribute("aria-expanded", String(!commands.hidden));
}

function closeMenu() {
  commands.hidden = true;
  menu.setAttribute("aria-expanded", "false");
}

function moveInMenu(event) {
  const items = [...commands.children];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || commands.hidden) return;
  event.preventDefault();
  const next = items.indexOf(document.activeElement) + step;
  items[(next + items.length) % items.length].focus();
}

menu.addEventListener("click", async () => {
  if (!commands.hidden) return closeMenu();
  await showBot().catch(() => toast(t.notSent)); // the bot may have changed its menu meanwhile
  openMenu();
  commands.firstElementChild?.focus();
});
commands.addEventListener("keydown", moveInMenu);
text.addEventListener("input", () => {
  resize();
  if (/^\/\w*$/.test(text.value)) openMenu(text.value);
  else closeMenu();
});
text.addEventListener("keydown", (event) => {
  if (event.key === "ArrowUp" || event.key === "ArrowDown") moveInMenu(event);
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || commands.hidden) return;
  closeMenu();
  text.focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("footer")) closeMenu();
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
$("start").addEventListener("click", () => {
  send("/start");
  text.focus();
});
$("down").addEventListener("click", () => toBottom());
scroller.addEventListener("scroll", () => setUnread(atBottom() ? 0 : unread), { passive: true });

document.documentElement.lang = language;
text.placeholder = t.placeholder;
text.setAttribute("aria-label", t.placeholder);
$("send").setAttribute("aria-label", t.send);
menu.setAttribute("aria-label", t.menu);
log.setAttribute("aria-label", t.log);
$("down").setAttribute("aria-label", t.down);
$("start").textContent = t.start;
$("alert").querySelector("button").textContent = t.ok;
setStatus(t.connecting, "busy");
resize();
if (matchMedia("(hover: hover)").matches) text.focus(); // on phones the keyboard would hide the chat
patiently(showBot).then(() => setStatus(""));
follow();
