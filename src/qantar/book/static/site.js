/* What pages do beyond reading: the choice of light or dark, copying code, the section in view. All else is HTML. */
(() => {
  "use strict";
  const root = document.documentElement;

  const mode = document.querySelector(".mode");
  const MODES = ["auto", "light", "dark"];
  const show = () => {
    const now = root.dataset.theme || "auto";
    mode.textContent = { auto: "Auto", light: "Light", dark: "Dark" }[now];
    mode.setAttribute("aria-label", `Light or dark: now ${now}`);
  };
  if (mode) {
    mode.hidden = false;
    show();
    mode.addEventListener("click", () => {
      const next = MODES[(MODES.indexOf(root.dataset.theme || "auto") + 1) % MODES.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      try { next === "auto" ? localStorage.removeItem("mode") : localStorage.setItem("mode", next); } catch { /* not kept */ }
      show();
    });
  }

  for (const code of document.querySelectorAll(".cell_input pre, div[class*=highlight-] pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const text = [...code.childNodes].filter((node) => node !== button).map((node) => node.textContent).join("").trimEnd();
      try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; } catch { getSelection().selectAllChildren(code); }
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    code.parentElement.append(button);
  }

  const links = new Map([...document.querySelectorAll(".contents li.current li a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  if (links.size && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target.id) : seen.delete(target.id);
      const last = [...links.keys()].filter((id) => seen.has(id)).pop();
      for (const [id, link] of links) id === last ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
      const now = links.get(last), list = now?.closest(".contents");
      if (now && (now.offsetTop < list.scrollTop || now.offsetTop > list.scrollTop + list.clientHeight - 60)) list.scrollTop = now.offsetTop - list.clientHeight / 2;
    }, { rootMargin: "-20% 0px -70% 0px" });
    for (const section of document.querySelectorAll("article section[id]")) if (links.has(section.id)) watch.observe(section);
  }

  // What moved to another page is there.
  const follow = () => {
    const sign = location.hash && document.getElementById(location.hash.slice(1));
    if (sign?.dataset?.moved) location.replace(sign.dataset.moved);
  };
  addEventListener("hashchange", follow);
  follow();

  // Words that a search found, marked in the sentence that it led to.
  const found = new URLSearchParams(location.search).get("mark");
  const sentence = found && location.hash && document.getElementById(location.hash.slice(1))?.querySelector("p.ar");
  if (sentence) {
    const words = new Set(found.split(" "));
    const texts = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT), nodes = [];
    while (texts.nextNode()) nodes.push(texts.currentNode);
    for (const node of nodes) {
      node.replaceWith(...(node.data.match(/[\p{L}\p{M}\p{N}\u0640]+|[^\p{L}\p{M}\p{N}\u0640]+/gu) || []).map((piece) => {
        if (!words.has(piece)) return piece;
        const mark = document.createElement("mark");
        mark.textContent = piece;
        return mark;
      }));
    }
  }
})();
