// Forms: one submit, a warning before unsaved work is left, rows of a group (Django inline formsets).
// Everything here only helps: without script a formset's blank rows, its "remove" boxes and its order numbers still work.
(() => {
  "use strict";
  if (window.accordForms) return;
  window.accordForms = true;
  const say = (sentence) => window.accordSay?.(sentence);

  // ---- one submit: the button stays down until the answer comes
  // data-many on a form leaves it alone (downloads); data-busy on a button gives the words meanwhile.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "many" in form.dataset) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "yes";
      for (const button of document.querySelectorAll("button[type=submit]")) {
        if (button.form !== form || button.disabled) continue;
        button.dataset.held = button.textContent;
        button.disabled = true;
        if (button === event.submitter && button.dataset.busy) { button.textContent = button.dataset.busy; say(button.dataset.busy); }
      }
    });
  });
  // A line is one line, however long: Enter saves, as in the boxes beside it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || !event.target.matches("textarea[data-line]")) return;
    event.preventDefault();
    event.target.form.querySelector("[type=submit]")?.click();
  });
  // Back from the next page: the buttons work again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[data-held]")) {
      button.disabled = false;
      button.textContent = button.dataset.held;
      delete button.dataset.held;
    }
  });

  // ---- unsaved work: <form data-guard>; data-guard="changed" when the server sent it back with errors
  const state = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken").map(([name, value]) => [name, value instanceof File ? value.name : value]));
  const guarded = [...document.querySelectorAll("form[data-guard]")];
  window.addEventListener("load", () => { for (const form of guarded) form.accordState = state(form); });
  document.addEventListener("accord:added", (event) => {
    for (const form of event.detail.querySelectorAll("form[data-guard]")) { guarded.push(form); form.accordState = state(form); }
  });
  window.addEventListener("beforeunload", (event) => {
    const unsaved = guarded.some((form) => !form.dataset.sent && (form.dataset.guard === "changed" || (form.accordState && state(form) !== form.accordState)));
    if (unsaved) event.preventDefault();
  });

  // ---- rows of a group
  // [data-formset=PREFIX] holds the management form, [data-rows], template[data-empty-form], a button [data-add];
  // each [data-row] holds buttons [data-remove] [data-up] [data-down], its PREFIX-n-DELETE box in [data-delete] and PREFIX-n-ORDER in [data-order].
  class Rows {
    constructor(group) {
      this.group = group;
      this.prefix = group.dataset.formset;
      this.list = group.querySelector("[data-rows]");
      this.noun = group.dataset.noun || "row";
      this.total = group.querySelector(`[name="${CSS.escape(this.prefix)}-TOTAL_FORMS"]`);
      this.most = Number(group.querySelector(`[name="${CSS.escape(this.prefix)}-MAX_NUM_FORMS"]`)?.value || 1000);
      if (!this.list || !this.total) return;
      for (const row of this.rows()) this.prepare(row);
      this.addButton = group.querySelector("[data-add]");
      if (this.addButton && group.querySelector("template[data-empty-form]")) {
        this.addButton.hidden = false;
        this.addButton.addEventListener("click", () => this.add());
      }
      group.addEventListener("click", (event) => this.press(event));
      this.number();
    }

    rows() { return [...this.list.querySelectorAll(":scope > [data-row]")]; }
    alive() { return this.rows().filter((row) => !row.hidden); }
    field(row, name) { return row.querySelector(`[name$="-${name}"]`); }

    prepare(row) {
      for (const part of row.querySelectorAll("[data-delete], [data-order]")) part.hidden = true;
      for (const button of row.querySelectorAll("[data-remove], [data-up], [data-down]")) button.hidden = false;
      if (this.field(row, "DELETE")?.checked) this.remove(row, false);
    }

    press(event) {
      const button = event.target.closest("button");
      const row = button?.closest("[data-row]");
      if (!row || row.parentElement !== this.list) return;
      if ("remove" in button.dataset) this.remove(row, true);
      else if ("up" in button.dataset) this.move(row, button, -1);
      else if ("down" in button.dataset) this.move(row, button, 1);
    }

    add() {
      const index = Number(this.total.value);
      const holder = document.createElement("template");
      holder.innerHTML = this.group.querySelector("template[data-empty-form]").innerHTML.replaceAll("__prefix__", String(index));
      const row = holder.content.querySelector("[data-row]");
      this.list.append(row);
      this.total.value = String(index + 1);
      this.prepare(row);
      document.dispatchEvent(new CustomEvent("accord:added", { detail: row }));
      this.number();
      this.first(row)?.focus();
      say(`${this.name(row)} added.`);
    }

    first(row) { return [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].find((field) => field.offsetParent); }
    name(row) { return row.querySelector("legend")?.textContent.trim().replace(/\s+/g, " ") || this.noun; }

    // A removed row keeps its place with one line and "Undo"; a saved one is deleted only when the form is saved.
    remove(row, byHand) {
      const box = this.field(row, "DELETE");
      if (!box) return;
      const name = this.name(row);
      box.checked = true;
      row.hidden = true;
      const line = document.createElement("p");
      line.className = "row-gone";
      const words = document.createElement("span");
      words.textContent = `${name} is removed when you save.`;
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "link";
      undo.textContent = "Undo";
      undo.setAttribute("aria-label", `Undo: keep ${name}`);
      undo.addEventListener("click", () => {
        box.checked = false;
        row.hidden = false;
        line.remove();
        this.number();
        (this.first(row) || row).focus();
        say(`${name} is kept.`);
      });
      line.append(words, undo);
      row.before(line);
      row.accordLine = line;
      this.number();
      if (byHand) { undo.focus(); say(`${name} is removed when you save.`); }
    }

    move(row, button, step) {
      const rows = this.alive();
      const other = rows[rows.indexOf(row) + step];
      if (!other) return;
      if (step < 0) (other.accordLine || other).before(row);
      else other.after(row);
      this.number();
      const still = button.disabled ? row.querySelector(step < 0 ? "[data-down]" : "[data-up]") : button;
      still?.focus();
      say(`${this.name(row)}: now ${this.alive().indexOf(row) + 1} of ${this.alive().length}.`);
    }

    // Numbers in the legends, order inputs, and which buttons can act. Blank rows keep an empty order, so Django still sees them as untouched.
    number() {
      const rows = this.alive();
      rows.forEach((row, index) => {
        const number = row.querySelector("[data-number]");
        if (number) number.textContent = String(index + 1);
        const order = row.querySelector("[data-order] input, input[data-order]");
        if (order && !this.blank(row)) order.value = String(index + 1);
        const up = row.querySelector("[data-up]");
        const down = row.querySelector("[data-down]");
        if (up) up.disabled = index === 0;
        if (down) down.disabled = index === rows.length - 1;
      });
      if (this.addButton) this.addButton.disabled = Number(this.total.value) >= this.most;
      const none = this.group.querySelector("[data-none]");
      if (none) none.hidden = rows.length > 0;
    }

    blank(row) {
      return ![...row.querySelectorAll("input, select, textarea")].some((field) => {
        if (field.closest("[data-order], [data-delete]")) return false;
        if (field.type === "hidden") return /-id$/.test(field.name) && field.value !== "";
        if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
        if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected && option.value !== "" && !option.defaultSelected);
        return field.value !== field.defaultValue || field.value !== "";
      });
    }
  }
  const groups = [...document.querySelectorAll("[data-formset]")].map((group) => new Rows(group));
  // Rows filled since the last numbering get their order as the form leaves.
  document.addEventListener("submit", () => { for (const group of groups) if (group.list) group.number(); }, true);
})();
