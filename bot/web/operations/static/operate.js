// The page works without this: it only saves a click at the first login and reloads of the page.
const login = document.getElementById("login");
const reload = document.getElementById("reload");
const EACH_MS = 700;

// The printed link carries the token behind the #, which browsers don't send to servers.
function logInByLink() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  if (!login) return;
  login.elements.token.value = token;
  login.submit();
}

async function watch() {
  const text = document.getElementById("reload-text");
  const bar = document.getElementById("reload-progress");
  try {
    const response = await fetch("/operate/reload");
    if (!response.ok) throw new Error(String(response.status));
    const state = await response.json();
    if (!state.running) {
      location.reload();
      return;
    }
    text.textContent = state.text;
    if (state.share === null) bar.removeAttribute("value");
    else bar.value = state.share;
  } catch {
    text.textContent = "The bot can't be reached; trying again…";
  }
  setTimeout(watch, EACH_MS);
}

logInByLink();
if (reload?.dataset.running === "true") watch();
