// What can be sent besides words: files, a place, a recording.

import { name } from "./memory.js";

const LONGEST = 180;

// XMLHttpRequest, because fetch does not tell how far an upload is
export function upload(blob, about, on) {
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ id: about.id, name: about.name, lang: about.lang });
  if (about.album) query.set("album", about.album);
  if (about.recorded) query.set("recorded", "1");
  request.open("POST", "/chat/file?" + query);
  request.setRequestHeader("Content-Type", blob.type || "application/octet-stream");
  request.upload.addEventListener("progress", (event) => on.progress(event.loaded / (event.total || 1)));
  request.addEventListener("load", () => on.done(request.status));
  request.addEventListener("error", () => on.done(0));
  request.send(blob);
}

export function find(on) {
  if (!navigator.geolocation) {
    on.none();
    return;
  }
  navigator.geolocation.getCurrentPosition(
    (place) => on.found(place.coords),
    () => on.none(),
    { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
  );
}

export class Recorder {
  constructor(seconds) {
    this.seconds = seconds;
    this.recorder = null;
  }

  static can() {
    return Boolean(window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  }

  async start(onEnd) {
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    const parts = [];
    this.wanted = false;
    this.recorder = new MediaRecorder(sound);
    this.recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    this.recorder.addEventListener("stop", () => {
      for (const track of sound.getTracks()) track.stop();
      clearInterval(this.clock);
      onEnd(this.wanted ? new Blob(parts, { type: this.recorder.mimeType.split(";")[0] }) : null);
    });
    this.recorder.start();
    this.count();
  }

  count() {
    let passed = 0;
    this.seconds.textContent = "0:00";
    this.clock = setInterval(() => {
      passed += 1;
      this.seconds.textContent = Math.floor(passed / 60) + ":" + String(passed % 60).padStart(2, "0");
      if (passed >= LONGEST) this.stop(true);
    }, 1000);
  }

  stop(wanted) {
    this.wanted = wanted;
    if (this.recorder && this.recorder.state !== "inactive") this.recorder.stop();
  }
}

export function album(files) {
  return files.length > 1 ? name() : "";
}
