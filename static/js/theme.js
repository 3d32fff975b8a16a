// Set theme and density before the first paint; kept in this browser, "auto" follows the device.
(() => {
  "use strict";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const read = (name, otherwise) => {
    try { return localStorage.getItem("accord-" + name) || otherwise; } catch { return otherwise; }
  };
  const apply = () => {
    const theme = read("theme", "auto");
    document.documentElement.dataset.bsTheme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset.density = read("density", "normal");
  };
  window.accordLook = {
    read,
    write(name, value) {
      try { localStorage.setItem("accord-" + name, value); } catch { document.documentElement.dataset[name === "theme" ? "bsTheme" : name] = value; return; }
      apply();
    },
  };
  dark.addEventListener("change", apply);
  apply();
})();
