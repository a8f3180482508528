// Makes lists quicker to use: filters apply without reload, and long facets are looked through while typing.
// Every page does the same without it; whatever goes wrong here ends in an ordinary visit.
"use strict";
{
  const PAUSE = 200; // milliseconds after the last letter

  // One place that speaks: a live region is only heard where it was there before its words.
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  const say = (node) => (voice.textContent = node.textContent.replace(/\s+/g, " ").trim());

  let asking; // the latest request: older ones are given up
  const page = async (address) => {
    asking?.abort();
    asking = new AbortController();
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
    if (!answer.ok || new URL(answer.url).pathname !== new URL(address).pathname) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const selection = () => document.getElementById("selection");

  // ── Another selection in the place of this one ──
  const box = (name, value) => `[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`;
  const keyOf = ({ id, name, type, value, dataset }) => {
    if (type === "checkbox") return box(name, value);
    return id ? `#${CSS.escape(id)}` : dataset.key ? `[data-key="${CSS.escape(dataset.key)}"]` : "";
  };
  const keepFolds = (before, after) => {
    for (const fold of after.querySelectorAll("details[data-facet], details.fold")) {
      const name = fold.dataset.facet;
      const same = before.querySelector(name ? `details[data-facet="${name}"]` : "details.fold");
      if (same) fold.open = same.open;
    }
  };
  const keepFocus = (before, after, put) => {
    const focused = document.activeElement;
    if (!before.contains(focused)) return put();
    const key = keyOf(focused);
    put();
    const again = key && after.querySelector(key);
    if (again && /search|text/.test(focused.type)) again.value = focused.value;
    (again || after.querySelector("#results")).focus({ preventScroll: true });
  };
  const take = (there, places) => {
    // The other language, and what others link to, follow the selection.
    const [now, then] = [document, there].map((one) => [...one.querySelectorAll(places)]);
    now.forEach((place, number) => then[number] && place.setAttribute("href", then[number].getAttribute("href")));
  };
  const swap = (there) => {
    const before = selection();
    const after = document.adoptNode(there.getElementById("selection"));
    keepFolds(before, after);
    keepFocus(before, after, () => before.replaceWith(after));
    document.title = there.title;
    take(there, ".band-language, link[rel=canonical], link[rel=alternate][hreflang]");
    prepare();
    say(after.querySelector("#count, .notice") || after);
  };

  const visit = async (address, { push = true, up = false } = {}) => {
    selection().setAttribute("aria-busy", "true");
    try {
      const there = await page(address);
      if (!there.getElementById("selection")) throw new Error("no list there");
      if (push) history.pushState({}, "", address);
      swap(there);
      if (up) selection().scrollIntoView();
    } catch (wrong) {
      if (wrong.name !== "AbortError") location.assign(address);
    }
  };

  const asked = (form) => {
    const address = new URL(form.getAttribute("action"), location.href);
    address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    return address.href;
  };

  // ── What is done within the list ──
  const clicked = (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href);
    if (link.closest(".found")) {
      // A value on the page of its facet: the same choice, made here.
      for (const own of ["find", "order", "page"]) address.searchParams.delete(own);
      address.pathname = location.pathname;
      const view = new URLSearchParams(location.search).get("view");
      if (view) address.searchParams.set("view", view);
    }
    if (address.origin !== location.origin || address.pathname !== location.pathname || address.hash) return;
    event.preventDefault();
    visit(address.href, { up: Boolean(link.closest(".pages")) });
  };
  const changed = ({ target }) => {
    if (!target.form || !target.name) return;
    if (target.checked) {
      // A value is kept or left out, never both.
      const other = target.name.endsWith("_not") ? target.name.slice(0, -4) : `${target.name}_not`;
      const counterpart = target.form.querySelector(box(other, target.value));
      if (counterpart) counterpart.checked = false;
    }
    visit(asked(target.form));
  };
  const submitted = (event) => {
    event.preventDefault();
    visit(asked(event.target));
  };

  // ── Looking through a long facet ──
  const findIn = (facet) => {
    const field = document.createElement("input");
    const found = document.createElement("div");
    const list = facet.querySelector(".choices");
    Object.assign(field, { type: "search", id: `find-${facet.dataset.facet}`, placeholder: facet.dataset.find });
    field.setAttribute("aria-label", `${facet.dataset.find} (${facet.querySelector("legend").textContent})`);
    found.className = "found";
    const show = (...nodes) => {
      found.replaceChildren(...nodes);
      list.hidden = nodes.length > 0;
    };
    const look = async () => {
      const address = new URL(facet.dataset.all, location.href);
      address.searchParams.set("find", field.value);
      try {
        const there = await page(address.href);
        show(document.adoptNode(there.querySelector(".choices, .empty")));
        say(there.querySelector(".totals"));
      } catch (wrong) {
        if (wrong.name !== "AbortError") show();
      }
    };
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (field.value.trim()) timer = setTimeout(look, PAUSE);
      else show();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
      if (event.key !== "Escape") return;
      field.value = "";
      clearTimeout(timer);
      show();
    });
    list.before(field, found);
  };

  const prepare = () => {
    const list = selection();
    for (const facet of list.querySelectorAll("details[data-all]")) findIn(facet);
    list.addEventListener("click", clicked);
    list.addEventListener("change", changed);
    list.addEventListener("submit", submitted);
    list.dispatchEvent(new Event("selection", { bubbles: true })); // heard by suggestions.js
  };

  if (selection()) {
    document.body.append(voice);
    prepare();
    addEventListener("popstate", () => visit(location.href, { push: false }));
  }
}
