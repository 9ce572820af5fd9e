// What this tab remembers until it is closed: the conversation so far and what is not sent yet.

const KEY = "chat";
const KEPT = 200;

export function load() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) || empty();
  } catch (problem) {
    return empty();
  }
}

export function save(memory) {
  memory.shown = memory.shown.slice(-KEPT);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(memory));
  } catch (problem) {
    // private windows and full storage: the page works, it only forgets
  }
}

export function forget() {
  try {
    sessionStorage.clear();
  } catch (problem) {
    // nothing was kept
  }
}

export function name() {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

function empty() {
  return { shown: [], unsent: [], after: 0 };
}
