// At the top of a page of an edition: which one it is, if a newer one is there. The list of editions comes from the site
// around it (editions.js); where that is not to be had, nothing is said.
(() => {
  "use strict";
  const editions = window.qantarEditions;
  const version = document.documentElement.dataset.edition;
  if (!Array.isArray(editions) || !editions.length || !version) return;
  const newest = editions[editions.length - 1];
  const mine = editions.find((edition) => edition.version === version);
  if (newest.version === version) return;

  const root = new URL("../", document.currentScript.src); // of this edition
  const page = decodeURIComponent(location.pathname.slice(root.pathname.length)) || "index.html";
  const kept = newest.pages.includes(page);
  const address = () => new URL(`../${newest.version}/${kept ? page + location.hash : newest.home}`, root).href;

  const bar = document.createElement("aside");
  bar.className = "edition-bar";
  bar.setAttribute("aria-label", "Edition");
  const link = document.createElement("a");
  link.textContent = newest.version;
  link.href = address();
  bar.append(`This is edition ${version}${mine ? ` of ${mine.day}` : ""}. A newer one is `, link, ".");
  window.addEventListener("hashchange", () => { link.href = address(); });
  const skip = document.querySelector("#pst-skip-link");
  skip ? skip.after(bar) : document.body.prepend(bar);
})();
