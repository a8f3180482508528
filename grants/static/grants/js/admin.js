// Gives the boxes of autocompletion the name of their field, which select2 leaves out for those who cannot see it.
"use strict";
{
  const nameOf = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    return select.getAttribute("aria-label") || (label ? label.textContent.replace(/\s*:\s*$/, "").trim() : "");
  };

  const nameBoxes = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
      const name = nameOf(select);
      const box = select.nextElementSibling;
      if (!name || !box) continue;
      for (const part of box.querySelectorAll("[role=combobox], [role=textbox]")) {
        part.removeAttribute("aria-labelledby");
        const value = box.querySelector(".select2-selection__rendered").title;
        part.setAttribute("aria-label", value ? `${name}: ${value}` : name);
      }
    }
  };

  // select2 makes its boxes after the page is ready, for rows added later, and again for each choice.
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
    nameBoxes();
  });
}
