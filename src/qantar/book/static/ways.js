/* The switch between three ways of reading: it opens and closes folds, and keeps the choice. */
(() => {
  "use strict";
  const root = document.documentElement;
  const choices = [...document.querySelectorAll(".ways input")];
  const names = choices.map((choice) => choice.value);
  if (!choices.length) return;

  const show = (way) => {
    root.dataset.reading = way;
    const shown = names.includes(way) ? way : "story"; // a chapter without sections on method has two ways only
    for (const choice of choices) choice.checked = choice.value === shown;
    for (const fold of document.querySelectorAll("details.fold.method")) fold.open = true;
    for (const fold of document.querySelectorAll("details.fold.code")) fold.open = way === "code";
  };
  show(root.dataset.reading);
  for (const choice of choices) {
    choice.addEventListener("change", () => {
      show(choice.value);
      try { localStorage.setItem("reading", choice.value); } catch { /* not kept */ }
    });
  }

  // Whoever follows a link to a section that the story leaves out wants to see it.
  const seek = () => {
    const target = document.querySelector(":target");
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (root.dataset.reading === "story" && !target.getClientRects().length) show("method");
    target.scrollIntoView();
  };
  addEventListener("hashchange", seek);
  if (location.hash) seek();
})();
