// Draws the ```mermaid blocks of a page.
(function () {
  if (typeof mermaid === "undefined") return;
  document.querySelectorAll("code.language-mermaid").forEach(function (code) {
    var picture = document.createElement("div");
    picture.className = "mermaid";
    picture.textContent = code.textContent;
    code.parentElement.replaceWith(picture);
  });
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  mermaid.run();
})();
