// Pick a record: <select data-pick="/organisations/pick/"> becomes a type-ahead (Tom Select, from django-tomselect).
// The address answers ?q= with {"results": [{"id", "text", "second"}]}; `second` tells near twins apart on a line of its own.
// data-pick=""            search the options that are there
// data-pick-add="/…/add/" last line "Add … as a new …", a dialog (add.js); data-pick-noun names what
// data-picks              on a select of kinds before it in its row: for each kind its data-pick, data-pick-add and noun
// data-pick-min="2"       letters before asking (1, since two Chinese characters may be a whole name)
(() => {
  "use strict";
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const chinese = /[\u3400-\u9fff]/;
  const words = (item, kind) => {
    const made = element("div", kind, item.text);
    if (chinese.test(item.text) && !/[a-z]/i.test(item.text)) made.lang = "zh-Hans";
    if (item.second && kind === "option") made.append(element("span", "l2", item.second));
    return made;
  };

  const start = (select) => {
    if (select.tomselect || !window.TomSelect || select.disabled) return;
    const address = select.dataset.pick;
    const many = select.multiple;
    const label = select.labels?.[0]?.textContent.replace(/\s+/g, " ").trim() || select.getAttribute("aria-label") || "";
    const settings = {
      valueField: "id", labelField: "text", searchField: address ? [] : ["text", "second"],
      plugins: many ? { remove_button: { title: "Remove" } } : (select.required ? {} : { clear_button: { title: `Clear ${label}` } }),
      maxOptions: 50, openOnFocus: false, maxItems: many ? null : 1, loadThrottle: 200, closeAfterSelect: !many, hidePlaceholder: true,
      placeholder: select.dataset.pickPlaceholder || "Type to find",
      render: {
        option: (item) => words(item, "option"),
        item: (item) => words(item, "item"),
        no_results: (data) => element("div", "no-results", `Nothing found for “${data.input}”.`),
        loading: () => element("div", "saying", "Looking…"),
        not_loading: null,
        option_create: (data) => {
          const line = element("div", "create", `Add “${data.input}” as a new ${select.dataset.pickNoun || "record"} …`);
          line.id = `${select.id}-create`;
          line.setAttribute("role", "option");
          return line;
        },
      },
      onInitialize() {
        this.wrapper.classList.remove("form-select", "form-control");
        select.setAttribute("aria-hidden", "true"); // else it is read out beside the box that stands for it
        const described = select.getAttribute("aria-describedby");
        if (described) this.control_input.setAttribute("aria-describedby", described);
        if (select.getAttribute("aria-invalid")) this.control_input.setAttribute("aria-invalid", "true");
        if (select.closest(".f.err")) this.wrapper.classList.add("err");
        if (label) { this.dropdown_content.setAttribute("aria-label", label); select.setAttribute("aria-label", label); }
        this.on("dropdown_open", () => { if (label) this.dropdown_content.setAttribute("aria-label", label); });
      },
    };
    if (address) {
      // The server ranks; its order and its choice stand.
      settings.score = () => () => 1;
      settings.sortField = [{ field: "$order" }];
      settings.shouldLoad = (query) => query.trim().length >= Number(select.dataset.pickMin || 1);
      settings.load = function (query, done) {
        const url = new URL(select.dataset.pick, location.href);
        url.searchParams.set("q", query);
        this.accordAsked = query;
        fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } })
          .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
          .then(({ results }) => {
            if (query !== this.accordAsked) return done();
            this.clearOptions((option) => this.items.includes(String(option.id)));
            done(results);
          })
          .catch(() => { done(); window.accordSay?.("The list could not be read. Try again."); });
      };
    }
    if ("pickAdd" in select.dataset) {
      // Nothing is added unasked: leaving the box adds nothing, and the dialog may be closed.
      settings.createOnBlur = false;
      settings.createFilter = () => Boolean(select.dataset.pickAdd);
      settings.create = (typed, done) => {
        window.accordAdd(select.dataset.pickAdd, typed)
          .then((record) => {
            done(record);
            if (record) window.accordSay?.(`${record.text} is chosen.`);
          })
          .catch(() => { done(); window.accordSay?.("That form could not be opened. Try again."); })
          .finally(() => setTimeout(() => picked.focus()));
      };
    }
    const picked = new window.TomSelect(select, settings);
    // Who passes through opens nothing; a click, the arrow down or a letter does.
    if (!address) picked.control.addEventListener("click", () => picked.open());
    // "Add …" comes last: first look whether the record is there.
    picked.hook("after", "refreshOptions", () => {
      const line = picked.dropdown_content.querySelector(".create");
      if (line) picked.dropdown_content.append(line);
    });
    for (const option of select.options) {
      if (option.dataset.second && picked.options[option.value]) picked.options[option.value].second = option.dataset.second;
    }
  };

  // What kind of record the type-ahead after it finds.
  const follow = (kinds) => {
    const select = kinds.closest("[data-row]").querySelector("select[data-pick]");
    const [pick, pickAdd, pickNoun] = JSON.parse(kinds.dataset.picks)[kinds.value];
    Object.assign(select.dataset, { pick, pickAdd, pickNoun });
    return select;
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("select[data-picks]")) return;
    const picked = follow(event.target).tomselect;
    picked?.clear();
    picked?.clearOptions();
  });

  const startAll = (ground) => {
    for (const kinds of ground.querySelectorAll("select[data-picks]")) follow(kinds);
    for (const select of ground.querySelectorAll("select[data-pick]")) start(select);
  };
  startAll(document);
  document.addEventListener("accord:added", (event) => startAll(event.detail));
})();
