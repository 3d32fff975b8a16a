// "Add … as a new …" in a type-ahead: a dialog with the few fields that the new record needs, and its near twins first.
// window.accordAdd(address, typed) gives a promise of {id, text, second}, or of nothing where nobody added or chose one.
(() => {
  "use strict";
  if (window.accordAdd) return;
  const FAILED = "Not sent yet; nothing is lost. Try again when the line is back.";

  const dialog = document.createElement("dialog");
  dialog.className = "dlg";
  dialog.setAttribute("aria-labelledby", "add-title");
  document.body.append(dialog);

  const fill = (html) => {
    dialog.innerHTML = html;
    document.dispatchEvent(new CustomEvent("accord:added", { detail: dialog }));
    const problem = dialog.querySelector(".errsum");
    (problem ?? dialog.querySelector("[data-take], input:not([type=hidden]), select"))?.focus();
  };

  const tell = (sentence) => {
    const line = dialog.querySelector("[data-failed]") ?? dialog.querySelector(".acts").appendChild(document.createElement("span"));
    line.dataset.failed = "yes";
    line.className = "errm";
    line.setAttribute("role", "alert");
    line.textContent = sentence;
  };

  const send = (form) => {
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    return fetch(form.action, { method: "POST", credentials: "same-origin", body: new URLSearchParams(new FormData(form)) })
      .then(async (answer) => {
        if (answer.status === 201) return answer.json();
        if (![400, 422].includes(answer.status)) throw new Error(String(answer.status));
        fill(await answer.text());
      })
      .catch(() => { button.disabled = false; tell(FAILED); });
  };

  window.accordAdd = async (address, typed) => {
    const url = new URL(address, location.href);
    url.searchParams.set("typed", typed.slice(0, 200));
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    return new Promise((resolve) => {
      const done = (record) => { resolve(record); if (dialog.open) dialog.close(); };
      dialog.onclose = () => { dialog.textContent = ""; resolve(undefined); };
      dialog.onclick = (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if ("close" in button.dataset) done();
        if ("take" in button.dataset) done({ id: button.dataset.take, text: button.dataset.text, second: button.dataset.second });
      };
      dialog.onsubmit = (event) => {
        event.preventDefault();
        send(event.target).then((record) => { if (record) done(record); });
      };
      dialog.showModal();
      fill(html);
    });
  };
})();
