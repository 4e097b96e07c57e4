/* Beside the text, where the window has room: the Arabic words that a link of the paragraph rests on, the sentence they
   stand in, and what became of the claim. A convenience for the eye; the link has all of it. */
(() => {
  "use strict";
  const article = document.querySelector("article.bd-article");
  if (!window.qantarEvidence || !article || document.querySelector("table.ledger")) return; // evidence.js has read it
  const { cards, sentences, verdicts, pool } = window.qantarEvidence;
  const GAP = 6, DRIFT = 140; // pixels between two notes, and from a line to a note that belongs to it
  const text = (item) => (typeof item === "number" ? pool[item] : item);

  const words = ({ s, m }) => {
    const characters = [...sentences[s][0]], pieces = [];
    for (let n = 0; n < m.length; n += 2) pieces.push(characters.slice(m[n], m[n + 1]).join(""));
    return pieces.join(" … ");
  };

  const note = (anchor, card) => {
    const made = document.createElement("div"), arabic = document.createElement("bdi"), below = document.createElement("small");
    made.className = "margin-note";
    made.setAttribute("aria-hidden", "true");
    Object.assign(arabic, { lang: "ar", dir: "rtl", textContent: words(card) });
    below.append(card.s);
    if (card.d) {
      const verdict = document.createElement("b"), word = text(verdicts[card.d][1]);
      Object.assign(verdict, { className: `verdict-${word}`, textContent: word });
      below.append(" · ", verdict);
    }
    made.append(arabic, below);
    made.addEventListener("click", () => anchor.click());
    for (const [type, on] of [["pointerenter", true], ["pointerleave", false]]) {
      for (const one of [made, anchor]) one.addEventListener(type, () => { made.toggleAttribute("data-lit", on); anchor.toggleAttribute("data-lit", on); });
    }
    return made;
  };

  // One note for the same words within a section; a row of the later record and a table have their own places.
  const notes = [], seen = new Set();
  for (const anchor of article.querySelectorAll(":is(p, li, dd) [data-evidence] a")) {
    const name = anchor.closest("[data-evidence]").dataset.evidence, card = cards[name];
    const key = `${anchor.closest("section[id]")?.id} ${card?.s} ${card?.m}`;
    if (!card?.s || !card.m?.length || /^[CTX]\d/.test(name) || seen.has(key) || anchor.closest("table, figure, blockquote, .evidence.quote")) continue;
    seen.add(key);
    notes.push([anchor, note(anchor, card)]);
  }
  if (!notes.length) return;
  const holder = document.createElement("div");
  holder.className = "margin-notes";
  holder.append(...notes.map(([, made]) => made));
  article.append(holder);

  const place = () => {
    if (getComputedStyle(holder).display === "none") return;
    const top = article.getBoundingClientRect().top;
    for (const [, made] of notes) made.hidden = false;
    const wanted = notes.map(([anchor, made]) => [made, anchor.getClientRects()[0]?.top - top - 3, made.offsetHeight]);
    let end = 0;
    for (const [made, line, height] of wanted) {
      const start = Math.max(line, end);
      made.hidden = !(start - line <= DRIFT); // folded away, or too far from its line
      if (made.hidden) continue;
      made.style.insetBlockStart = `${start}px`;
      end = start + height + GAP;
    }
  };
  new ResizeObserver(() => requestAnimationFrame(place)).observe(article);
})();
