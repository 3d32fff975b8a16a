// Keys of one letter, outside fields only and until they are switched off on the account's page (WCAG 2.1.4); and the way
// from a record to the next of the list that one came from, which also works by its links.
(() => {
  "use strict";
  const KEPT = "accord-walk";
  const who = document.querySelector(".who .name")?.textContent;
  const say = (sentence) => window.accordSay?.(sentence);
  const rows = () => [...document.querySelectorAll("main .list tbody a.ttl, main .hits a.ttl, main .board a.ttl")];

  // ---- the list one came from: kept in this window, for whoever is signed in
  const keep = (links) => {
    const table = document.querySelector("main .list table");
    const list = {
      who, address: location.pathname + location.search, paths: links.map((link) => link.pathname),
      first: Number(table?.dataset.first ?? 1), total: table ? table.dataset.total : String(links.length),
      onward: document.querySelector("main .pages a[rel=next]")?.href,
    };
    try { sessionStorage.setItem(KEPT, JSON.stringify(list)); } catch { /* without it, one goes back to the list */ }
  };
  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; }
  };
  const link = (href, words, rel) => Object.assign(document.createElement("a"), { href, textContent: words, rel });
  const offerWalk = (list) => {
    const crumbs = document.querySelector("main .crumb");
    const here = crumbs?.dataset.walk ?? location.pathname; // what is decided stands where its review stood in the list
    const at = list && list.who === who ? list.paths.indexOf(here) : -1; // nobody is signed in: no list either
    if (at < 0 || !crumbs) return;
    const walk = document.createElement("nav");
    walk.className = "walk";
    walk.setAttribute("aria-label", "The list you came from");
    const place = document.createElement("span");
    place.append(`${list.first + at}${list.total ? ` of ${list.total}` : ""} in `, link(list.address, "the list"));
    walk.append(place);
    if (at > 0) walk.append(link(list.paths[at - 1], "Previous", "prev"));
    if (at + 1 < list.paths.length) walk.append(link(list.paths[at + 1], "Next", "next"));
    else if (list.onward) walk.append(link(list.onward, "Next page of the list", "next"));
    crumbs.after(walk);
  };
  const found = rows();
  if (found.length) keep(found);
  else offerWalk(kept());

  // ---- keys
  if (document.documentElement.dataset.keys === "off") return;
  const all = document.querySelector("[data-keys-all]");
  const opener = document.querySelector("[data-keys-open]");
  const step = (by) => {
    const links = rows();
    const at = links.findIndex((one) => one.closest("tr, li").contains(document.activeElement));
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by]?.focus();
  };
  const choices = [...document.querySelectorAll("form[data-decide] input[type=radio]")];
  const acts = {
    "d": () => (choices.find((one) => one.checked) ?? choices[0])?.focus(),
    "/": () => { const box = document.querySelector("[data-find]"); box?.focus(); box?.select(); },
    "j": () => step(1),
    "k": () => step(-1),
    "e": () => document.querySelector("main aside.src")?.focus(),
    "n": () => {
      const next = document.querySelector("main .walk [rel=next]");
      if (next) next.click();
      else if (document.querySelector("main nav.walk")) say("This is the last record of the list.");
    },
    "?": () => all.showModal(),
  };
  choices.forEach((one, at) => { acts[at + 1] = () => { one.checked = true; one.focus(); }; });
  const writing = (target) => target.isContentEditable || target.closest("input:not([type=radio]), textarea, select, [role=textbox]");
  document.addEventListener("keydown", (event) => {
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : ""];
    if (!act || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (writing(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });
  if (opener) {
    opener.hidden = false;
    opener.addEventListener("click", () => all.showModal());
  }
})();
