// What stands beside a field while one types: how it was understood, why it is empty, a word of care.
// Without script the first stands there when the form comes back, the second always, the third after saving.
(() => {
  "use strict";
  if (window.accordFields) return;
  window.accordFields = true;
  const PAUSE = 400; // milliseconds without a key

  // ---- read back: <span data-read="/read/date/"> after the box whose words it explains
  const asked = new WeakMap();
  const show = (line, said) => {
    line.textContent = "";
    line.classList.toggle("wrong", Boolean(said.error));
    if (said.error) line.textContent = said.error;
    if (!said.read) return;
    const words = document.createElement("b");
    words.textContent = said.read;
    line.append("Read as ", words);
  };
  const ask = (box, line) => {
    const typed = box.value.trim();
    if (!typed) return show(line, {});
    const url = new URL(line.dataset.read, location.href);
    url.searchParams.set("typed", typed.slice(0, 200));
    fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : {}))
      .then((said) => { if (box.value.trim() === typed) show(line, said); })
      .catch(() => show(line, {})); // it only helps; saving reads it again
  };
  const readBack = (box) => {
    const line = box.parentElement?.querySelector(":scope > [data-read]");
    if (!line) return;
    clearTimeout(asked.get(box));
    asked.set(box, setTimeout(() => ask(box, line), PAUSE));
  };

  // ---- "Not known?" is quiet beside a field that has a value
  const filled = (part) => [...part.querySelectorAll("input, select, textarea")].some((one) =>
    /^(checkbox|radio)$/.test(one.type) ? one.checked : !one.closest(".ts-control") && one.value !== "");
  const quieten = (ground) => {
    for (const part of ground.querySelectorAll(".ask")) {
      part.querySelector(".gap").classList.toggle("quiet", filled(part.firstElementChild));
      const gap = part.querySelector("[data-gap]");
      gap.classList.toggle("u", gap.value !== "");
    }
  };

  // ---- a word of care in the row that it concerns
  const words = (field) => {
    if (field.tagName !== "SELECT") return field.value;
    const picked = field.tomselect?.options[field.value];
    return picked ? `${picked.text} ${picked.second ?? ""}` : field.value && field.selectedOptions[0]?.textContent;
  };
  const care = (ground) => {
    for (const note of ground.querySelectorAll("[data-notice]")) {
      const row = note.closest("[data-row]");
      const said = note.dataset.notice.split(" ").map((name) => row.querySelector(`[name$="-${name}"], [name="${name}"]`)).filter(Boolean).map(words).join(" ");
      const holds = new RegExp(note.dataset.words, "i").test(said);
      if (holds) note.hidden = false;
      else if (!("kept" in note.dataset)) note.hidden = true;
    }
  };

  const groundOf = (field) => field.closest("[data-row]") ?? field.closest(".f") ?? document;
  const look = (ground) => { quieten(ground); care(ground); };
  for (const note of document.querySelectorAll("[data-notice]:not([hidden])")) note.dataset.kept = "yes"; // known from the record
  document.addEventListener("input", (event) => {
    readBack(event.target);
    look(groundOf(event.target));
  });
  document.addEventListener("change", (event) => {
    delete event.target.closest("[data-row]")?.querySelector("[data-kept]")?.dataset.kept;
    look(groundOf(event.target));
  });
  document.addEventListener("accord:added", (event) => look(event.detail));
  window.addEventListener("load", () => look(document));
})();
