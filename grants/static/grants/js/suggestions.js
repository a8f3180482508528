// Suggests names under the search boxes, as the combobox of the ARIA practices. Without it they are plain boxes.
"use strict";
{
  const PAUSE = 150; // milliseconds after the last letter
  const LEAST = 2; // letters
  let boxes = 0;

  const make = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };

  const suggestFor = (field) => {
    const id = `suggestions-${++boxes}`;
    const list = make("ul", { id, role: "listbox", class: "suggestions", "aria-label": field.dataset.words, hidden: "" });
    const voice = make("p", { class: "visually-hidden", role: "status" });
    let options = [];
    let at = -1; // the option pointed at; -1 is what was typed
    const combobox = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": id };
    for (const [name, value] of Object.entries(combobox)) field.setAttribute(name, value);

    // Within a list that can be narrowed to it, a suggestion narrows; elsewhere it leads to its page.
    const follow = ({ noun, href }) => {
      const link = make("a", { href });
      if (field.dataset.narrows?.includes(noun)) {
        const question = new URLSearchParams(location.search);
        for (const name of ["q", "page"]) question.delete(name);
        question.set(noun === "organisation" ? "recipient" : noun, href.split("/").at(-2));
        link.search = question;
        link.pathname = location.pathname;
      }
      field.value = "";
      field.form.append(link);
      link.click();
      link.remove();
    };
    const point = (to) => {
      at = to;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) field.removeAttribute("aria-activedescendant");
      else field.setAttribute("aria-activedescendant", options[at].id);
    };
    const show = (suggestions) => {
      options = suggestions.map((one, place) => {
        const label = make("span", one.lang ? { lang: one.lang } : {}, one.label);
        const option = make("li", { role: "option", id: `${id}-${place}` }, label, " ", make("small", {}, one.kind));
        option.addEventListener("click", () => follow(one));
        return option;
      });
      list.replaceChildren(...options);
      list.hidden = !options.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      voice.textContent = options.length ? `${field.dataset.words} : ${options.length}` : "";
      point(-1);
    };

    let asking, timer;
    const look = async () => {
      asking = new AbortController();
      const address = new URL(field.dataset.suggestions, location.href);
      address.searchParams.set("q", field.value);
      try {
        const answer = await fetch(address, { signal: asking.signal });
        const { suggestions } = await answer.json();
        if (document.activeElement === field) show(suggestions);
      } catch {
        // No suggestion, and the box is what it was.
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      asking?.abort();
      if (field.value.trim().length >= LEAST) timer = setTimeout(look, PAUSE);
      else show([]);
    });
    field.addEventListener("blur", () => show([]));
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const places = options.length + 1;
      if (!options.length) return;
      if (step) point(((at + 1 + step + places) % places) - 1);
      else if (event.key === "Enter" && at >= 0) options[at].click();
      else if (event.key === "Escape") show([]);
      else return;
      event.preventDefault();
    });
    // The box keeps the focus while the mouse chooses.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    show([]);
    field.after(list, voice);
  };

  const prepare = (root) => root.querySelectorAll("[data-suggestions]:not([role])").forEach(suggestFor);
  prepare(document);
  document.addEventListener("selection", ({ target }) => prepare(target));
}
