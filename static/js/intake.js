// The lines of a text: moved among and decided by single keys, outside fields only; how firmly the text says a value is
// asked where the value was corrected; selected words are taken over. Without script every field is simply there.
(() => {
  "use strict";
  const form = document.querySelector("[data-intake]");
  if (!form) return;
  const lines = [...form.querySelectorAll("[data-ln]")];
  const words = form.querySelector("#id_own-words");
  let at = -1;

  const show = (line) => {
    for (const one of form.querySelectorAll("mark.on")) one.classList.remove("on");
    const mark = document.getElementById(`m${line.dataset.ln}`);
    mark?.classList.add("on");
    const text = mark?.closest(".paras");
    if (text && text.scrollHeight > text.clientHeight) text.scrollTop = mark.offsetTop - text.offsetTop - text.clientHeight / 3;
  };
  const go = (to) => {
    at = Math.max(0, Math.min(lines.length - 1, to));
    lines[at]?.focus();
    lines[at]?.scrollIntoView({ block: "nearest" });
  };
  const decide = (value) => {
    const box = lines[at]?.querySelector(`.verdict input[value="${value}"]`);
    if (!box) return;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    go(at + 1);
  };
  const counted = () => {
    const decided = (value) => form.querySelectorAll(`.verdict input[value="${value}"]:checked`).length;
    const kept = decided("keep");
    const count = form.querySelector("[data-count]");
    if (count) count.textContent = `${kept} kept, ${lines.length - kept - decided("drop")} to decide`;
    for (const line of lines) line.classList.toggle("is-kept", line.querySelector(".verdict input[value=keep]").checked);
  };

  // ---- how firmly the text says it: asked where a corrected value is not in the words of its paragraph
  const printed = (number) => {
    const paragraph = document.querySelector(`#p${number} p`).cloneNode(true);
    for (const one of paragraph.querySelectorAll("sup")) one.remove();
    return paragraph.textContent.toLowerCase();
  };
  const unsaid = (line) => {
    const value = line.querySelector("[data-proposed]");
    if (!value || value.value === value.dataset.proposed) return false;
    return !printed(line.dataset.of).includes(value.value.trim().toLowerCase());
  };
  const basis = (line) => {
    const part = line.querySelector("[data-basis]");
    part.hidden = !unsaid(line) && part.querySelector("select").value === "stated" && !part.querySelector(".err");
  };
  for (const line of lines) basis(line);
  window.addEventListener("load", () => { for (const line of lines) basis(line); counted(); });
  for (const name of ["input", "change"]) {
    form.addEventListener(name, (event) => {
      const line = event.target.closest("[data-ln]");
      if (line) basis(line);
      counted();
    });
  }

  // ---- keys
  const acts = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    a: () => decide("keep"),
    d: () => decide("drop"),
    c: () => { const field = lines[at]?.querySelector(".say input, .say select"); field?.focus(); field?.select?.(); },
    u: () => form.querySelector("#id_own-kind").focus(),
  };
  form.addEventListener("focusin", (event) => {
    const line = event.target.closest("[data-ln]");
    if (!line) return;
    at = lines.indexOf(line);
    show(line);
  });
  const enter = (event, field) => {
    const line = field.closest("[data-ln]");
    const firmness = line?.querySelector("[data-basis] select");
    if (line && unsaid(line) && firmness.value === "stated" && field !== firmness) firmness.focus();
    else if (line) { at = lines.indexOf(line); decide("keep"); }
    else if (field.closest(".own")) form.querySelector("button[value=add]").click();
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input:not([type=radio]), textarea, select, .ts-control");
    if (field && event.key === "Enter" && !event.defaultPrevented && !field.closest(".ts-control")) return enter(event, field);
    if (field && event.key === "Escape" && field.closest("[data-ln]")) return field.closest("[data-ln]").focus();
    if (field || document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
    const act = event.key.length === 1 && acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const selected = chosen.toString().trim();
    const paragraph = chosen.anchorNode?.parentElement?.closest("[data-paragraph]");
    if (!selected || !paragraph || !paragraph.contains(chosen.focusNode)) return;
    form.querySelector("#id_own-paragraph").value = paragraph.dataset.paragraph;
    words.value = selected;
  });
})();
