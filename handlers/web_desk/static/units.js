// Communes while the officer types: buttons to choose from; without this the form asks back.

const PAUSE = 200;

export function suggest() {
  for (const field of document.querySelectorAll("[data-units]")) watch(field);
}

function watch(field) {
  const name = field.dataset.units;
  const place = field.form.querySelector('[data-offers="' + name + '"]');
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(field.value, name, place), PAUSE);
  });
}

async function ask(words, name, place) {
  const answer = words.trim().length < 2 ? null : await fetch("/desk/units?q=" + encodeURIComponent(words));
  const found = answer && answer.ok ? await answer.json() : [];
  place.replaceChildren(...found.map((one) => choice(one, name)));
}

function choice(one, name) {
  const label = document.createElement("label");
  label.className = "pick";
  const button = document.createElement("input");
  button.type = "radio";
  button.name = name;
  button.value = one.code;
  label.append(button, " " + one.name);
  return label;
}
