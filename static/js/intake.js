// Moves among the lines of a text and decides them by single keys, outside fields only; takes over selected words.
(() => {
  const form = document.querySelector("[data-intake]");
  if (!form) return;
  const lines = [...form.querySelectorAll("[data-line]")];
  let at = -1;
  const go = (to) => {
    at = Math.max(0, Math.min(lines.length - 1, to));
    lines[at]?.focus();
  };
  const decide = (value) => {
    const box = lines[at]?.querySelector(`.verdict input[value="${value}"]`);
    if (!box) return;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    go(at + 1);
  };
  const acts = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    a: () => decide("keep"),
    d: () => decide("drop"),
    c: () => lines[at]?.querySelector("input")?.select(),
  };
  form.addEventListener("focusin", (event) => {
    const line = event.target.closest("[data-line]");
    if (line) at = lines.indexOf(line);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input:not([type=radio]), textarea, select, .ts-control");
    if (field && field.closest("[data-line]") && event.key === "Enter") {
      event.preventDefault();
      go(lines.indexOf(field.closest("[data-line]")));
      return;
    }
    const act = field ? null : acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const words = chosen.toString().trim();
    const paragraph = chosen.anchorNode?.parentElement?.closest("[data-paragraph]");
    if (!words || !paragraph) return;
    form.querySelector("#own-paragraph").value = paragraph.dataset.paragraph;
    form.querySelector("#own-words").value = words;
  });
})();
