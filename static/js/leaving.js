// Who signs out leaves nothing typed behind on this device: neither drafts of this page nor of others (draft.js).
(() => {
  "use strict";
  const drop = () => {
    try { for (const key of Object.keys(localStorage)) if (key.startsWith("accord-draft:")) localStorage.removeItem(key); } catch { /* kept nothing */ }
  };
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) window.addEventListener("pagehide", drop); // after the page's own last word
  });
})();
