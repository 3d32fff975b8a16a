// Nothing typed is lost: <form data-draft="id of the user"> is kept in this browser until the register has answered that it is saved.
// A lost line, a closed window or a login that ended bring it back; it is sent again with the same token, so it has one effect.
// data-draft-of="…" names what the form started from where the register keeps drafts of its own: what was typed to another is not put back.
// [data-draft-says] holds one line about it; [data-draft-away] is the link that gives it up. Nobody sees the draft of another user.
(() => {
  "use strict";
  const PREFIX = "accord-draft:";
  const DAYS = 7; // as long as the register remembers a token
  const PATIENCE = 30000; // milliseconds until an answer is taken for lost
  const OFFLINE = "No connection. Kept on this device · not sent yet; nothing is lost.";
  const FAILED = "The register did not answer. Kept on this device · not sent yet; nothing is lost. Save again.";

  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write(key, draft) { try { localStorage.setItem(key, JSON.stringify(draft)); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* kept nothing, so nothing to drop */ } },
    dropAll(start, kept) {
      try {
        for (const key of Object.keys(localStorage)) if (key.startsWith(start) && key !== start + kept) this.drop(key);
      } catch { /* no storage here: forms work without */ }
    },
    expire() {
      try {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(PREFIX) && Date.now() - (this.read(key)?.at ?? 0) > DAYS * 86400000) this.drop(key);
        }
      } catch { /* no storage here: forms work without */ }
    },
  };

  class Draft {
    constructor(form) {
      this.form = form;
      this.key = `${PREFIX}${form.dataset.draft}:${location.pathname}${location.search}`;
      if (form.dataset.draftOf) {
        store.dropAll(`${this.key}@`, form.dataset.draftOf);
        this.key += `@${form.dataset.draftOf}`;
      }
      this.line = form.querySelector("[data-draft-says]");
      this.waiting = false;
      form.addEventListener("input", () => this.soon());
      form.addEventListener("change", () => this.soon());
      form.addEventListener("click", (event) => { if (event.target.closest("[data-add], [data-remove], [data-up], [data-down], .row-gone")) this.soon(); });
      form.addEventListener("submit", (event) => this.submit(event));
      form.querySelector("[data-draft-away]")?.addEventListener("click", () => this.forget());
      window.addEventListener("pagehide", () => this.keepNow());
      window.addEventListener("online", () => { if (this.waiting) form.requestSubmit(); });
      window.addEventListener("offline", () => { if (this.timer || store.read(this.key)) this.say(OFFLINE); });
      if (form.dataset.guard !== "changed") this.restore(store.read(this.key));
    }

    say(words, ...more) {
      if (!this.line) return;
      this.line.textContent = words;
      this.line.append(...more);
    }

    fields() { return [...this.form.elements].filter((one) => one.name && !["csrfmiddlewaretoken", "token"].includes(one.name) && !/^(submit|button|file|fieldset)$/.test(one.type)); }
    token() { return this.form.elements.namedItem("token"); }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keepNow(), 300);
    }

    keepNow() {
      if (!this.timer) return;
      clearTimeout(this.timer);
      this.timer = 0;
      this.keep(false);
    }

    keep(sent) {
      const values = this.fields()
        .filter((one) => !/^(checkbox|radio)$/.test(one.type) || one.checked)
        .flatMap((one) => one.multiple ? [...one.selectedOptions].map((option) => [one.name, option.value, option.textContent]) : [[one.name, one.value, one.selectedOptions?.[0]?.textContent]]);
      const kept = store.write(this.key, { at: Date.now(), token: this.token()?.value, sent, values });
      if (kept && !sent) this.say(navigator.onLine ? "Kept on this device until it is saved." : OFFLINE);
    }

    forget() {
      clearTimeout(this.timer);
      this.timer = 0;
      store.drop(this.key);
    }

    // ---- back again
    restore(draft) {
      if (!draft || Date.now() - draft.at > DAYS * 86400000) return;
      const told = new Map();
      for (const [name, value, text] of draft.values) told.set(name, [...(told.get(name) ?? []), { value, text }]);
      this.addRows(told);
      for (const one of this.fields()) if (one.type !== "hidden" || /-ORDER$/.test(one.name) || ["version", "started"].includes(one.name)) this.put(one, told.get(one.name) ?? []);
      if (draft.sent && draft.token) this.token().value = draft.token;
      this.form.dataset.guard = "changed";
      document.dispatchEvent(new CustomEvent("accord:added", { detail: this.form }));
      for (const part of this.form.querySelectorAll("details")) if ([...part.querySelectorAll("input:not([type=hidden]), select, textarea")].some((one) => told.get(one.name)?.some(({ value }) => value && value !== one.defaultValue))) part.open = true;
      clearTimeout(this.timer); // rows that are added here are nothing that somebody typed
      this.timer = 0;
      const afresh = document.createElement("button");
      afresh.type = "button";
      afresh.className = "link";
      afresh.textContent = "Start afresh";
      afresh.addEventListener("click", () => { this.forget(); this.form.dataset.sent = "yes"; location.reload(); });
      const when = new Date(draft.at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
      this.say(draft.sent ? "Not sent yet; nothing is lost. Save again. " : `What you typed on ${when} is here again. `, afresh);
    }

    addRows(told) {
      for (const group of this.form.querySelectorAll("[data-formset]")) {
        const total = `${group.dataset.formset}-TOTAL_FORMS`;
        const add = group.querySelector("[data-add]");
        for (let n = Number(told.get(total)?.[0].value ?? 0) - Number(this.form.elements.namedItem(total)?.value ?? 0); add && n > 0 && n <= 200; n -= 1) add.click();
      }
    }

    put(one, values) {
      if (/^(checkbox|radio)$/.test(one.type)) one.checked = values.some(({ value }) => value === one.value);
      else if (one.tomselect) {
        for (const { value, text } of values) if (value && !one.tomselect.options[value]) one.tomselect.addOption({ id: value, text });
        one.tomselect.setValue(one.multiple ? values.map(({ value }) => value) : values[0]?.value ?? "", true);
      } else if (one.multiple) for (const option of one.options) option.selected = values.some(({ value }) => value === option.value);
      else if (values.length) one.value = values[0].value;
    }

    // ---- sent
    hold(held) {
      if (held) this.form.dataset.sent = "yes"; else delete this.form.dataset.sent;
      for (const button of this.form.querySelectorAll("button[type=submit]")) button.disabled = held;
    }

    submit(event) {
      if (event.defaultPrevented || event.submitter?.name || [...this.form.elements].some((one) => one.files?.length)) return;
      event.preventDefault();
      if (this.form.dataset.sent) return;
      this.waiting = false;
      clearTimeout(this.timer);
      this.timer = 0;
      const lines = [...new FormData(this.form)].filter(([, value]) => typeof value === "string").map(([name, value]) => [name, String(value).replace(/\r?\n/g, "\r\n")]);
      this.keep(true);
      this.hold(true);
      const words = event.submitter?.dataset.busy;
      if (words) this.say(words);
      fetch(location.href, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" }, body: new URLSearchParams(lines), signal: AbortSignal.timeout(PATIENCE) })
        .then((answer) => this.answered(answer))
        .catch(() => this.failed());
    }

    async answered(answer) {
      if (answer.status === 201) {
        const { url } = await answer.json();
        this.forget();
        location.assign(url);
      } else if (answer.redirected || answer.status === 403) this.signInAgain();
      else if (answer.status >= 500) this.failed();
      else {
        this.keep(false);
        this.form.submit(); // refused: nothing was saved, and the page that says why is the register's own
      }
    }

    failed() {
      this.hold(false);
      this.waiting = !navigator.onLine;
      this.say(this.waiting ? `${OFFLINE} It is sent when the line is back.` : FAILED);
    }

    signInAgain() {
      this.hold(false);
      const link = document.createElement("a");
      link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
      link.textContent = "Sign in again";
      this.say("You are signed out. Kept on this device · not sent yet; nothing is lost. ", link);
      link.addEventListener("click", () => { this.keep(true); this.form.dataset.sent = "yes"; }); // no loss: it is kept
      link.focus();
    }
  }

  store.expire();
  // After everything else has made its rows and type-aheads.
  window.addEventListener("load", () => { for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form); });
})();
