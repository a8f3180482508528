// The interactive page of the API: Swagger UI over the schema that the page names.
"use strict";
// Its title stands outside of every landmark, and its headings leap from the first level to the third.
const tidy = () => {
  const about = place.querySelector(".information-container");
  about?.setAttribute("role", "region");
  about?.setAttribute("aria-label", about.querySelector("h1, h2").firstChild.textContent);
  for (const tag of place.querySelectorAll("h3.opblock-tag, .models h4")) tag.setAttribute("aria-level", "2");
};
const place = document.getElementById("swagger-ui");
window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: false, // its links would stand inside buttons
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  supportedSubmitMethods: ["get"],
  validatorUrl: null,
  onComplete: tidy,
});
