// Keeps the progress of an import up to date without reloading the page, which it does once the step has ended.
"use strict";
{
  const EVERY = 1000; // milliseconds

  const section = document.querySelector(".import-progress");
  const bar = section.querySelector("progress");
  const grouped = new Intl.NumberFormat(`${document.documentElement.lang.slice(0, 2)}-CA`);
  const inWords = (value) => (typeof value === "number" ? grouped.format(value) : value || "—");

  const show = (progress) => {
    for (const place of section.querySelectorAll("[data-show]")) {
      const words = inWords(progress[place.dataset.show]);
      const capital = place.dataset.show === "label" ? words.charAt(0).toUpperCase() + words.slice(1) : words;
      if (place.textContent.trim() !== capital) place.textContent = capital;
    }
    for (const place of section.querySelectorAll("[data-if]")) place.hidden = !progress[place.dataset.if];
    if (progress.percent === null) bar.removeAttribute("value");
    else bar.value = progress.percent;
  };

  const look = async () => {
    try {
      const answer = await fetch(section.dataset.address, { headers: { Accept: "application/json" } });
      // Signed out, or the address has gone: the page itself will say so.
      if (answer.redirected || answer.status === 403 || answer.status === 404) return location.reload();
      if (answer.ok) {
        const progress = await answer.json();
        if (!progress.is_working || String(progress.version) !== section.dataset.version) return location.reload();
        show(progress);
      }
    } catch {
      // The server may be restarting: look again.
    }
    setTimeout(look, EVERY);
  };

  setTimeout(look, EVERY);
}
