// Shows the description of the JSON API on the page /docs.
(function () {
  "use strict";
  window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", supportedSubmitMethods: ["get"], defaultModelsExpandDepth: -1 });
})();
