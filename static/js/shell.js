// The shell: menus close with Escape or a click elsewhere, theme and density buttons.
(() => {
  "use strict";

  // A line for screen readers; other scripts call it.
  window.accordSay = (sentence) => {
    const line = document.querySelector("[data-say]");
    if (line) { line.textContent = ""; setTimeout(() => { line.textContent = sentence; }, 50); }
  };

  // ---- menus
  const close = (menu, returnFocus) => {
    menu.open = false;
    if (returnFocus) menu.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details[data-menu][open]") || document.querySelector("details[data-menu][open]");
    if (menu) close(menu, menu.contains(event.target));
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) close(menu);
    }
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) close(menu);
    }
  });

  // ---- theme and density
  const settings = document.querySelectorAll("[data-setting]");
  const look = (name) => window.accordLook.read(name, name === "theme" ? "auto" : "normal");
  const keep = async (form) => {
    const body = new FormData(form);
    for (const name of ["theme", "density"]) body.set(name, look(name));
    const options = { method: "POST", body, headers: { "X-Requested-With": "fetch" }, keepalive: true };
    const answer = await fetch(form.action, options).catch(() => null);
    if (!answer?.ok) window.accordSay("This could not be kept with your account. It holds in this browser.");
  };
  const show = () => {
    for (const group of settings) {
      const now = look(group.dataset.setting);
      for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === now));
    }
  };
  for (const group of settings) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      window.accordLook.write(group.dataset.setting, button.value);
      show();
      const form = button.closest("form[action]");
      if (form) keep(form);
    });
  }
  for (const look of document.querySelectorAll("[data-look]")) look.hidden = false;
  show();

  // ---- filters fold away on a narrow screen, and stand open beside the list on a wide one
  const narrow = matchMedia("(max-width: 60rem)");
  const fold = () => { for (const part of document.querySelectorAll("details[data-fold]")) part.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();

  // ---- a select that takes effect at once; its form has a button for those without script
  for (const form of document.querySelectorAll("form[data-at-once]")) {
    for (const button of form.querySelectorAll("[type=submit]")) button.hidden = true;
    form.addEventListener("change", () => form.requestSubmit());
  }

  // ---- an address that leads into something folded opens it
  const reveal = () => {
    const target = location.hash.length < 2 ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (target) target.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  // ---- an error summary takes the focus, so it is read first
  document.querySelector("[data-focus]")?.focus();
})();
