// The review of a press release: text and lines follow each other, and the reconciliation follows what is typed.
// Without this script the links lead there all the same, and a button reckons again.
"use strict";
{
  const PAUSE = 400; // milliseconds without a key before the reconciliation is asked for

  const text = document.querySelector(".communique-text");
  const form = document.querySelector("form.review");

  // ── Text and lines ──

  const pieces = new Map(); // id of a line → its pieces of the text
  for (const piece of document.querySelectorAll("mark[data-of]")) {
    for (const line of piece.dataset.of.split(" ").filter(Boolean)) {
      if (!pieces.has(line)) pieces.set(line, []);
      pieces.get(line).push(piece);
    }
  }

  let lit = [];
  const own = (piece, line) => piece.dataset.of.split(" ")[0] === line;
  const light = (line) => {
    for (const piece of lit) piece.classList.remove("lit", "lit-around");
    lit = pieces.get(line) || [];
    for (const piece of lit) piece.classList.add(own(piece, line) ? "lit" : "lit-around");
  };

  // Only the text moves under the eye, never the page that one is typing in.
  const showInText = (piece) => {
    if (!piece || text.scrollHeight <= text.clientHeight) return;
    const [box, frame] = [piece.getBoundingClientRect(), text.getBoundingClientRect()];
    if (box.top < frame.top || box.bottom > frame.bottom) {
      text.scrollTop += box.top - frame.top - frame.height / 3;
    }
  };

  const follow = (element) => {
    const line = element.closest("[data-line]");
    if (!line || (lit.length && lit === pieces.get(line.id))) return;
    light(line.id);
    showInText(lit.find((piece) => own(piece, line.id)) || lit[0]);
  };

  // A link of the text leads to the first thing to type in its line.
  const goTo = (id) => {
    const target = document.getElementById(id);
    if (!target) return false;
    const folded = target.closest("details:not([open])");
    if (folded) folded.open = true;
    const first = target.matches("input, select, textarea")
      ? target
      : target.querySelector("input[type=text]") ||
        target.querySelector("button:not(:disabled), input:not([type=hidden]), select, textarea");
    const place = first && !first.disabled ? first : target;
    place.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
    light(id);
    return true;
  };

  if (text) {
    text.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (link && goTo(link.hash.slice(1))) event.preventDefault();
    });
    text.addEventListener("focusin", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (link) light(link.hash.slice(1));
    });
    document.addEventListener("focusin", (event) => follow(event.target));
    // « In the text » leads from a line to its own words, also where several lines share a sentence.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-line] a[href^='#p']");
      const line = link && link.closest("[data-line]").id;
      if (!pieces.has(line)) return;
      event.preventDefault();
      const piece = pieces.get(line).find((one) => own(one, line)) || pieces.get(line)[0];
      (piece.querySelector("a") || piece).focus({ preventScroll: true });
      light(line);
      showInText(piece);
      const box = piece.getBoundingClientRect();
      if (box.top < 0 || box.bottom > window.innerHeight) piece.scrollIntoView({ block: "center" });
    });
    const arrive = () => {
      const asked = location.hash.slice(1);
      const mark = document.getElementById(asked);
      const line = mark && mark.closest("mark") ? mark.closest("mark").dataset.of.split(" ")[0] : asked;
      const lines = [`of-${asked}`, line];
      light(lines.find((one) => pieces.has(one)));
      showInText(mark && mark.closest("mark") ? mark : lit[0]);
      if (form && mark && mark.matches("[data-line]")) goTo(asked);
    };
    window.addEventListener("hashchange", arrive);
    // Once the browser itself has gone there, which leaves the focus on the line and not on what is to be typed.
    if (location.hash) {
      if (document.readyState === "complete") arrive();
      else window.addEventListener("load", () => requestAnimationFrame(arrive));
    }
  }

  // ── The reconciliation ──

  const panel = document.querySelector("#reconciliation-lines");
  if (form && panel) {
    const stale = document.querySelector("#reconciliation-stale");
    let waiting = null;
    let asking = null;

    const ask = async () => {
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(form.dataset.reconciliation, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          signal: asking.signal,
        });
        if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
        const lines = await answer.text();
        // What did not change is not read aloud again.
        if (lines.trim() !== panel.innerHTML.trim()) panel.innerHTML = lines;
        stale.hidden = true;
      } catch (error) {
        if (error.name !== "AbortError") stale.hidden = false;
      }
    };

    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    };

    let touched = false;
    const typed = () => {
      touched = true;
      soon();
    };
    form.addEventListener("input", typed);
    // select2 tells its choices to jQuery alone.
    if (window.django) window.django.jQuery(form).on("change", "select.admin-autocomplete", typed);
    form.addEventListener("submit", () => {
      touched = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (touched) event.preventDefault();
    });
    for (const button of form.querySelectorAll(".without-script")) button.hidden = true;
  }
}
