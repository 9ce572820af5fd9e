// The line to the server: letters as they come, messages one after the other, nothing lost when the network is.

const FIRST = 1000;
const LONGEST = 30000;
const MISSED = 4000;

export class Line {
  constructor(memory, remember, on) {
    this.memory = memory;
    this.remember = remember;
    this.on = on;
    this.sending = false;
    this.wait = FIRST;
    this.source = null;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.hurry();
    });
  }

  // --- hearing ---

  open() {
    if (this.source && this.source.readyState !== EventSource.CLOSED) return;
    this.source = new EventSource("/chat/stream?after=" + this.memory.after);
    this.source.addEventListener("letter", (event) => this.letter(JSON.parse(event.data)));
    this.source.addEventListener("open", () => {
      this.wait = FIRST;
      clearTimeout(this.missing);
      this.on.state(!this.memory.unsent.length);
      if (this.memory.after) this.confirm();
    });
    this.source.addEventListener("error", () => this.lost());
  }

  letter(letter) {
    if (letter.id <= this.memory.after) return;
    this.memory.after = letter.id;
    this.on.letter(letter);
    this.remember();
    this.confirm();
  }

  // what is shown is confirmed: its words then leave the server
  confirm() {
    clearTimeout(this.confirming);
    this.confirming = setTimeout(() => {
      post("/chat/seen", JSON.stringify({ upto: this.memory.after })).catch(() => {});
    }, 300);
  }

  // closed for good means: nobody is known here (no conversation yet), or the server is away
  lost() {
    clearTimeout(this.missing);
    if (this.memory.shown.length) this.missing = setTimeout(() => this.on.state(false), MISSED);
    if (!this.memory.shown.length || this.source.readyState !== EventSource.CLOSED) return;
    this.later(() => this.open());
  }

  // --- speaking ---

  say(message) {
    this.memory.unsent.push(message);
    this.remember();
    this.flush();
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    while (this.memory.unsent.length) {
      const message = this.memory.unsent[0];
      this.on.fate(message.id, "sending");
      const fate = await this.send(message);
      if (fate === "later") break;
      this.memory.unsent.shift();
      this.on.fate(message.id, fate);
      this.remember();
      this.open();
    }
    this.sending = false;
    this.on.state(this.memory.unsent.length === 0);
    if (this.memory.unsent.length) this.later(() => this.flush());
  }

  async send(message) {
    try {
      const answer = await post("/chat/say", JSON.stringify(message));
      if (answer.ok) {
        this.wait = FIRST;
        return "received";
      }
      return answer.status === 429 || answer.status >= 500 ? this.keep(message) : "failed";
    } catch (problem) {
      return this.keep(message);
    }
  }

  keep(message) {
    this.on.fate(message.id, "kept");
    return "later";
  }

  // --- trying again ---

  later(work) {
    clearTimeout(this.timer);
    this.timer = setTimeout(work, this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST);
  }

  hurry() {
    this.wait = FIRST;
    if (this.memory.unsent.length) this.flush();
    if (this.memory.shown.length) this.open();
  }
}

function post(address, body) {
  return fetch(address, { method: "POST", body, headers: { "Content-Type": "application/json" } });
}
