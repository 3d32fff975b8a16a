// The workshop: names for what Django's admin leaves without one, so that it can be told by ear.
(() => {
  "use strict";
  const named = (box, words) => { if (box && words && !box.labels?.length && !box.getAttribute("aria-label")) box.setAttribute("aria-label", words); };
  const words = (part) => part?.textContent.replace(/\s+/g, " ").trim();

  // Cells of rows on a record's form: by the head of their column.
  const nameCells = (ground) => {
    for (const cell of ground.querySelectorAll(".tabular td")) {
      const head = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
      for (const box of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) named(box, words(head));
    }
  };
  // Type-aheads (Select2): by the label of the select that they stand for.
  const namePickers = (ground) => {
    for (const select of ground.querySelectorAll("select.select2-hidden-accessible")) {
      const picker = select.nextElementSibling?.querySelector("[role=combobox]");
      const name = select.getAttribute("aria-label") || words(select.labels?.[0]);
      const shown = picker?.querySelector(".select2-selection__rendered");
      if (!name || !picker) continue;
      picker.removeAttribute("aria-labelledby");
      picker.setAttribute("aria-label", [name, words(shown).replace("×", "")].filter(Boolean).join(" "));
      shown.removeAttribute("role");
      shown.removeAttribute("aria-readonly");
    }
  };
  const nameAll = (ground) => { nameCells(ground); namePickers(ground); };
  // The admin makes its type-aheads when its own library says that the page is ready, which may be after everything was loaded.
  const whenReady = window.django?.jQuery ?? ((act) => window.addEventListener("load", act));
  whenReady(() => nameAll(document));
  document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
  document.addEventListener("change", (event) => setTimeout(() => namePickers(event.target.parentElement)));
})();
