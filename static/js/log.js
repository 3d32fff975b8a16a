// Logging a visit: one touch for the days that are meant most often, and for a date that nobody knows.
(() => {
  "use strict";
  const buttons = document.querySelector("[data-when]");
  const when = document.getElementById("div_id_happens_on");
  if (!buttons || !when) return;
  const [day, words] = when.querySelectorAll("input");
  const gap = document.querySelector("[name=gap_happens_on]");
  const unknown = buttons.querySelector("[data-unknown]");
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  when.querySelector("legend").after(buttons);
  buttons.hidden = false;
  gap.closest(".gap").hidden = true;

  const fill = (box, value) => {
    if (box.value === value) return;
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const show = () => unknown.setAttribute("aria-pressed", String(gap.value !== ""));
  const say = (state) => {
    gap.value = state;
    show();
    gap.dispatchEvent(new Event("change", { bubbles: true }));
  };
  buttons.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button === unknown) {
      fill(day, "");
      fill(words, "");
      return say(gap.value ? "" : "not_stated");
    }
    const on = new Date();
    on.setDate(on.getDate() - Number(button.dataset.daysAgo));
    fill(day, `${on.getDate()} ${MONTHS[on.getMonth()]} ${on.getFullYear()}`);
  });
  when.addEventListener("input", (event) => { if ((event.target === day || event.target === words) && event.target.value && gap.value) say(""); });
  document.addEventListener("accord:added", show);
  show();
})();
