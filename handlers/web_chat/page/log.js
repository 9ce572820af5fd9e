// The conversation as it is shown: bubbles, buttons, and what became of each message.

// numbers to call become links; digits of a receipt or a date do not (no look-behind: older iPhones lack it)
const CALL = /(^|[^\d. ] *)(11[1-5]|0\d{2,3}[. ]?\d{3,4}[. ]?\d{3,4}|1800[. ]?\d{4})(?![\d]| \d{4})/g;

export class Log {
  constructor(list, words) {
    this.list = list;
    this.words = words;
    this.turn = null;
  }

  them(letter, onTap) {
    const item = this.item("them", this.words.them);
    this.bubble(item, letter.text);
    const buttons = [].concat(...letter.buttons);
    if (buttons.length) item.append(this.choices(buttons, letter, onTap));
    this.list.append(item);
    this.turn = this.turn || item;
    this.follow();
    return item;
  }

  me(text, fate) {
    const item = this.item("me", this.words.me);
    this.bubble(item, text);
    const line = document.createElement("div");
    line.className = "fate";
    item.append(line);
    this.list.append(item);
    this.turn = null;
    this.follow();
    this.fate(item, fate);
    return item;
  }

  fate(item, text, again) {
    const line = item.querySelector(".fate");
    line.textContent = text || "";
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.words.again;
    button.addEventListener("click", again, { once: true });
    line.append(button);
  }

  progress(item, part) {
    const line = item.querySelector(".fate");
    let bar = line.querySelector("progress");
    if (!bar) {
      line.textContent = this.words.sending;
      bar = document.createElement("progress");
      bar.max = 1;
      bar.setAttribute("aria-label", this.words.sending);
      line.append(bar);
    }
    bar.value = part;
  }

  choices(buttons, letter, onTap) {
    const group = document.createElement("div");
    group.className = "choices";
    group.setAttribute("role", "group");
    for (const button of buttons) group.append(this.choice(button, letter, onTap, group));
    return group;
  }

  choice(button, letter, onTap, group) {
    if (button.url) {
      const link = document.createElement("a");
      link.className = "choice";
      link.href = button.url;
      link.rel = "noreferrer";
      link.textContent = button.text;
      return link;
    }
    const made = document.createElement("button");
    made.type = "button";
    made.className = "choice";
    made.textContent = button.text;
    made.disabled = Boolean(letter.tapped);
    made.setAttribute("aria-pressed", String(letter.tapped === button.tap));
    made.addEventListener("click", () => {
      for (const other of group.querySelectorAll("button")) other.disabled = true;
      made.setAttribute("aria-pressed", "true");
      onTap(letter, button);
    });
    return made;
  }

  item(who, name) {
    const item = document.createElement("li");
    item.className = "message " + who;
    const label = document.createElement("span");
    label.className = "hide";
    label.textContent = name + ": ";
    item.append(label);
    return item;
  }

  bubble(item, text) {
    const bubble = document.createElement("div");
    bubble.className = "bubble";
    let from = 0;
    for (let found = CALL.exec(text); found; found = CALL.exec(text)) {
      const link = document.createElement("a");
      link.href = "tel:" + found[2].replace(/[. ]/g, "");
      link.textContent = found[2];
      bubble.append(text.slice(from, found.index + found[1].length), link);
      from = CALL.lastIndex;
    }
    bubble.append(text.slice(from));
    item.append(bubble);
  }

  // the newest stays in sight, but never at the cost of the first words of an answer: those say what to do now
  follow() {
    const last = this.list.lastElementChild;
    if (!last) return;
    last.scrollIntoView({ block: "end" });
    if (!this.turn) return;
    const top = document.querySelector(".bar").getBoundingClientRect().bottom;
    const edge = Math.max(top, document.querySelector("main").getBoundingClientRect().top);
    if (this.turn.getBoundingClientRect().top < edge) this.turn.scrollIntoView({ block: "start" });
  }
}
