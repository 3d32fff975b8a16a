// Set theme and density before the first paint: those kept with the account, else those kept in this browser.
(() => {
  "use strict";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const kept = { theme: "keptTheme", density: "keptDensity" };
  const read = (name, otherwise) => {
    if (root.dataset[kept[name]]) return root.dataset[kept[name]];
    try { return localStorage.getItem("accord-" + name) || otherwise; } catch { return otherwise; }
  };
  const apply = () => {
    const theme = read("theme", "auto");
    root.dataset.bsTheme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    root.dataset.density = read("density", "normal");
  };
  window.accordLook = {
    read,
    write(name, value) {
      if (root.dataset[kept[name]]) root.dataset[kept[name]] = value;
      try { localStorage.setItem("accord-" + name, value); } catch { root.dataset[kept[name]] = value; }
      apply();
    },
  };
  dark.addEventListener("change", apply);
  apply();
})();
