// The page: wires what is typed, tapped and chosen to the line, and what comes back to the log.

import { watch } from "./exit.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import { load, name, save } from "./memory.js";
import { Recorder, album, find, upload } from "./tools.js";

const by = (id) => document.getElementById(id);
const words = JSON.parse(by("words").textContent);
const memory = load();
const remember = () => save(memory);
const log = new Log(by("log"), words);
const items = new Map();
const line = new Line(memory, remember, { letter: heard, fate, state });

watch(document.querySelector("[data-exit]"), words.exit);
memory.shown.forEach(again);
if (memory.unsent.length) line.flush();
line.open();

// --- the log ---

// a word below that more is waiting there
const more = by("below");
const sight = new IntersectionObserver((seen) => (more.hidden = seen[0].isIntersecting || !memory.shown.length));
sight.observe(by("end"));
more.addEventListener("click", () => by("end").scrollIntoView({ block: "end" }));

function heard(letter) {
  memory.shown.push({ them: letter });
  log.them(letter, tap);
  if (letter.ask) tray(true);
}

function mine(message, text) {
  memory.shown.push({ me: message.id, text, fate: "sending" });
  items.set(message.id, log.me(text, words.sending));
}

function again(shown) {
  if (shown.them) log.them(shown.them, tap);
  else items.set(shown.me, log.me(shown.text, words[shown.fate === "uploading" ? "failed" : shown.fate]));
}

function fate(id, what) {
  const shown = memory.shown.find((one) => one.me === id);
  if (shown) shown.fate = what;
  if (items.has(id)) log.fate(items.get(id), words[what]);
}

function state(well) {
  by("state").textContent = well ? "" : words.offline;
}

function tap(letter, button) {
  letter.tapped = button.tap;
  say({ tap: button.tap }, button.text);
}

function say(what, text) {
  const message = Object.assign({ id: name(), lang: words.lang }, what);
  mine(message, text);
  line.say(message);
}

// --- writing ---

const text = by("text");

by("write").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!text.value.trim()) return;
  say({ text: text.value }, text.value);
  text.value = "";
  grow();
  // on a phone the keyboard would hide the answer
  if (keyboard()) text.focus();
  else text.blur();
});

text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !keyboard()) return;
  event.preventDefault();
  by("write").requestSubmit();
});

function keyboard() {
  return matchMedia("(hover: hover) and (pointer: fine)").matches;
}

function grow() {
  text.rows = Math.min(5, text.value.split("\n").length + Math.floor(text.value.length / 40));
}

// --- files, places, recordings ---

by("more").hidden = false;
by("more").addEventListener("click", () => tray(by("tray").hidden));

function tray(open) {
  by("tray").hidden = !open;
  by("more").setAttribute("aria-expanded", String(open));
  log.follow();
}

by("file").addEventListener("change", () => {
  const files = Array.from(by("file").files);
  const together = album(files);
  for (const file of files) send(file, { name: file.name, album: together }, words.file + " " + file.name);
  by("file").value = "";
});

function send(blob, about, label) {
  const message = { id: name() };
  tray(false);
  mine(message, label);
  fate(message.id, "uploading");
  const item = items.get(message.id);
  const attempt = () =>
    upload(blob, Object.assign({ id: message.id, lang: words.lang }, about), {
      progress: (part) => log.progress(item, part),
      done: (status) => sent(message.id, status, attempt),
    });
  attempt();
}

function sent(id, status, attempt) {
  if (status === 202) {
    fate(id, "received");
    line.open();
  } else if (status === 413) {
    fate(id, "large");
  } else {
    fate(id, "failed");
    log.fate(items.get(id), words.failed, attempt);
  }
  remember();
}

by("place").addEventListener("click", () => {
  by("state").textContent = words.finding;
  find({
    found: (at) => {
      by("state").textContent = "";
      tray(false);
      say({ lat: at.latitude, lon: at.longitude, accuracy: at.accuracy }, words.my_place);
    },
    none: () => {
      by("state").textContent = words.no_place;
      text.focus();
    },
  });
});

const recorder = new Recorder(by("seconds"));
by("voice").hidden = !Recorder.can();
by("voice").addEventListener("click", () => {
  recorder
    .start((blob) => {
      by("recording").hidden = true;
      by("more").focus();
      if (blob && blob.size) send(blob, { name: "", recorded: true }, words.voice);
    })
    .then(() => {
      by("recording").hidden = false;
      by("voice-send").focus();
    })
    .catch(() => (by("state").textContent = words.no_voice));
});
by("voice-send").addEventListener("click", () => recorder.stop(true));
by("voice-drop").addEventListener("click", () => recorder.stop(false));
