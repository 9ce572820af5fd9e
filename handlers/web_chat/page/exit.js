// The way out: one touch, or Esc twice. The page is gone before anything is asked of the network.

import { forget } from "./memory.js";

const TWICE = 1200;

export function watch(form, address) {
  let pressed = -Infinity;
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = "\u200b";
    forget();
    if (!navigator.sendBeacon || !navigator.sendBeacon("/chat/bye?quiet=1")) {
      fetch("/chat/bye?quiet=1", { method: "POST", keepalive: true });
    }
    location.replace(address);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - pressed < TWICE) leave();
    pressed = event.timeStamp;
  });
  // each page of ours in the history is one more that somebody can step back to
  for (const link of document.querySelectorAll(".lang")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.replace(link.href);
    });
  }
  // a page taken from the browser's memory would show the conversation again
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
