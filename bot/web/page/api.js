// The people's side of the stand-in: who is talking, and the requests.
import { language, t } from "./texts.js";

const STORED_AS = "khabar.person";

function storedId() {
  try {
    return Number(localStorage.getItem(STORED_AS)) || 0;
  } catch {
    return 0; // storage may be forbidden: then every visit is a new reader's
  }
}

function newId() {
  const id = 100_000_000 + crypto.getRandomValues(new Uint32Array(1))[0] % 1_900_000_000;
  try {
    localStorage.setItem(STORED_AS, String(id));
  } catch { /* see storedId */ }
  return id;
}

export const person = { id: storedId() || newId(), first_name: t.reader, language_code: language };

async function answered(response) {
  if (response.ok) return response.json();
  const error = new Error(`${response.status} ${response.statusText}`);
  error.status = response.status;
  throw error;
}

const post = async (deed, what) => answered(await fetch(`/people/${deed}`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ person, ...what }),
}));

export const say = (text) => post("messages", { text });
export const press = (messageId, data) => post("presses", { message_id: messageId, data });
export const aboutBot = async () => answered(await fetch(`/people/bot?language=${language}&chat_id=${person.id}`));
export const events = async (run, after, waitS) => answered(await fetch(
  `/people/chats/${person.id}/events?after=${after}&wait=${waitS}${run ? `&run=${run}` : ""}`,
));
