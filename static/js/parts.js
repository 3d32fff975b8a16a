// Parts of a record's page: each is fetched from its own page when it comes into view, and its link works without this.
(() => {
  "use strict";
  const fetchPart = async (place) => {
    if (place.dataset.asked) return;
    place.dataset.asked = "yes";
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(place.dataset.part, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = answer.ok && page.querySelector("[data-part-body]");
      if (!part) throw new Error(String(answer.status));
      place.replaceChildren(...part.childNodes);
      document.dispatchEvent(new CustomEvent("accord:added", { detail: place }));
    } catch {
      const line = document.createElement("p");
      line.className = "mut";
      line.textContent = "This could not be read just now. Follow the link above, or reload the page.";
      place.replaceChildren(line);
    }
    place.removeAttribute("aria-busy");
  };

  const places = [...document.querySelectorAll("[data-part]")];
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) { watch.unobserve(one.target); fetchPart(one.target); }
  }, { rootMargin: "200px" });
  for (const place of places) watch.observe(place);

  // Back from saving a note or a file: its part is read at once, so that what was added is seen.
  const wanted = location.hash && places.find((place) => `#${place.parentElement.id}` === location.hash);
  if (wanted) fetchPart(wanted).then(() => wanted.parentElement.scrollIntoView());
})();
