// The desk while it is open: what is new comes by itself, an emergency is heard. Without it every page still works.

import { Bell } from "./bell.js";
import { suggest } from "./units.js";

const by = (id) => document.getElementById(id);
const words = JSON.parse(by("page-words").textContent);
const bell = new Bell(by("bell"), words);
const known = new Set(JSON.parse(sessionStorage.getItem("emergencies") || "[]"));
let wait = 2000;

suggest();
listen();
// the time that is left goes on while nothing else changes
const every = (part, milliseconds) =>
  part && setInterval(() => document.visibilityState === "visible" && refresh(part), milliseconds);
every(by("queue"), 60000);
// a campaign that is being sent: its bar moves
every(by("runs"), 4000);

function listen() {
  const list = by("notice-list");
  const after = list && by("upto") ? by("upto").value : "0";
  const source = new EventSource("/desk/stream?after=" + (list ? after : "0"));
  source.addEventListener("open", () => (wait = 2000));
  source.addEventListener("notice", (event) => notice(JSON.parse(event.data)));
  source.addEventListener("queue", (event) => queue(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    // refused for good: logged out, or the server is away
    setTimeout(back, wait);
    wait = Math.min(wait * 2, 30000);
  });
}

async function back() {
  try {
    const answer = await fetch("/desk/queue");
    if (answer.status === 401) location.assign("/desk/login");
    else listen();
  } catch (problem) {
    live(words.cut);
    listen();
  }
}

function notice(one) {
  if (one.alert) bell.ring(words.title);
  const list = by("notice-list");
  if (!list) {
    if (fresh(one)) live(one.text.split("\n")[0], one.cases[0]);
    return;
  }
  by("notices").hidden = false;
  by("upto").value = one.id;
  list.prepend(item(one));
}

// on pages without the list each notice is named once in this tab
function fresh(one) {
  const last = Number(sessionStorage.getItem("notice") || "0");
  if (one.id <= last) return false;
  sessionStorage.setItem("notice", String(one.id));
  return true;
}

function item(one) {
  const made = document.createElement("li");
  made.className = one.alert ? "alert fresh" : "fresh";
  const text = document.createElement("p");
  text.textContent = one.text;
  const foot = document.createElement("p");
  foot.className = "soft";
  foot.append(one.at);
  for (const number of one.cases) foot.append(link(number));
  made.append(text, foot);
  return made;
}

function link(number) {
  const made = document.createElement("a");
  made.href = "/desk/case/" + number;
  made.textContent = words.open + " " + number;
  return made;
}

function live(text, number) {
  const line = by("live");
  line.hidden = false;
  line.textContent = text + " ";
  if (number) line.append(link(number));
}

async function queue(state) {
  const news = state.emergencies.filter((number) => !known.has(number));
  state.emergencies.forEach((number) => known.add(number));
  sessionStorage.setItem("emergencies", JSON.stringify(Array.from(known)));
  if (news.length) {
    bell.ring(words.title);
    if (location.pathname !== "/desk/case/" + news[0]) live(words.new, news[0]);
  }
  const file = by("case");
  const version = file && state.versions[file.dataset.case];
  if (file && version !== undefined && String(version) !== file.dataset.version) {
    live(words.changed, Number(file.dataset.case));
  }
  const place = by("queue");
  if (place) await refresh(place);
}

async function refresh(place) {
  const answer = await fetch(place.dataset.live);
  if (!answer.ok) return;
  const focused = document.activeElement && place.contains(document.activeElement) && document.activeElement.getAttribute("href");
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (parsed.body.innerHTML.trim() === place.innerHTML.trim()) return;
  place.replaceChildren(...parsed.body.childNodes);
  const again = focused && place.querySelector('a[href="' + focused + '"]');
  if (again) again.focus();
}
