// A sound and a flashing title for a new emergency; browsers ask for one touch before a page may sound.

const WISH = "bell";
const FLASHES = 60;

export class Bell {
  constructor(button) {
    this.button = button;
    this.title = document.title;
    this.context = null;
    button.hidden = !window.AudioContext;
    button.addEventListener("click", () => this.press());
    document.addEventListener("visibilitychange", () => this.calm());
    if (localStorage.getItem(WISH) === "on") this.wake();
  }

  press() {
    const on = this.button.getAttribute("aria-pressed") === "true";
    localStorage.setItem(WISH, on ? "off" : "on");
    if (on) this.show(false);
    else this.wake().then((well) => well && this.sound());
  }

  async wake() {
    this.context = this.context || new AudioContext();
    // without a touch on this page `resume` waits for ever: the button then stays off and says so
    await Promise.race([this.context.resume(), new Promise((go) => setTimeout(go, 500))]);
    this.show(this.context.state === "running");
    return this.context.state === "running";
  }

  show(on) {
    this.button.setAttribute("aria-pressed", String(on));
  }

  ring(title) {
    if (this.button.getAttribute("aria-pressed") === "true") this.sound();
    if (navigator.vibrate) navigator.vibrate([300, 150, 300]);
    this.flash(title);
  }

  // two rising notes, three times: heard across a room, bearable at night
  sound() {
    const begin = this.context.currentTime;
    for (let n = 0; n < 6; n += 1) this.note(n % 2 ? 1175 : 880, begin + n * 0.28);
  }

  note(pitch, at) {
    const tone = this.context.createOscillator();
    const force = this.context.createGain();
    tone.frequency.value = pitch;
    force.gain.setValueAtTime(0.0001, at);
    force.gain.exponentialRampToValueAtTime(0.4, at + 0.03);
    force.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
    tone.connect(force).connect(this.context.destination);
    tone.start(at);
    tone.stop(at + 0.26);
  }

  flash(title) {
    clearInterval(this.flashing);
    let left = FLASHES;
    this.flashing = setInterval(() => {
      document.title = left % 2 ? this.title : title;
      left -= 1;
      if (!left) this.calm();
    }, 1000);
    document.title = title;
  }

  calm() {
    if (document.visibilityState !== "visible") return;
    clearInterval(this.flashing);
    document.title = this.title;
  }
}
