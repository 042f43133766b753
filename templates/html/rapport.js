(() => {
"use strict";
const SVG = "http://www.w3.org/2000/svg";
const LEVELS = [1200, 800, 500, 350, 250, 150, 75];
const all = (what, where = document) => [...where.querySelectorAll(what)];
const one = (what, where = document) => where.querySelector(what);
const make = (name, fields = {}, ...inside) => {
  const node = Object.assign(document.createElement(name), fields);
  node.append(...inside);
  return node;
};
/* Letters alone: neither accents, nor case, nor ligatures, nor signs. */
const plain = (text) => text.replace(/œ/gi, "oe").replace(/æ/gi, "ae").normalize("NFKD")
  .replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const tell = (text) => { one("#annonce").textContent = text; };

/* The title of a drawing would hide what is shown under the pointer. */
for (const title of all("svg[role=img] > title")) {
  const drawing = title.parentNode;
  drawing.setAttribute("aria-label", title.textContent);
  drawing.removeAttribute("aria-labelledby");
  title.remove();
}

/* ---- Tables ---- */
const order = new Intl.Collator("fr", { numeric: true });
const sortTable = (table, column, down) => {
  const head = table.tHead.rows[0].cells;
  const figures = head[column].dataset.kind === "n";
  const held = (row) => row.cells[column];
  const missing = (row) => figures && !held(row).dataset.sort;
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => {
    if (missing(a) || missing(b)) return missing(a) - missing(b);
    const way = figures
      ? Number(held(a).dataset.sort) - Number(held(b).dataset.sort)
      : order.compare(held(a).textContent, held(b).textContent);
    return down ? -way : way;
  });
  table.tBodies[0].append(...rows);
  [...head].forEach((cell, rank) => {
    if (rank === column) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
};
for (const table of all("table.tri")) {
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    const button = make("button", { type: "button", textContent: cell.textContent });
    cell.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      sortTable(table, column, down);
      tell(`Trié par ${button.textContent}, ordre ${down ? "décroissant" : "croissant"}.`);
    });
  });
}
/* What scrolls can be reached by the keyboard. */
const reachable = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const box of all(".defile")) reachable.observe(box);

/* ---- Communes ---- */
const communes = all("#communes > use").map((use) => ({
  name: use.dataset.nom, key: plain(use.dataset.nom), href: use.getAttribute("href"),
}));
const list = make("datalist", { id: "liste-communes" });
list.append(...communes.map(({ name }) => make("option", { value: name })));
document.body.append(list);
const outline = (href, kind) => {
  const drawn = document.createElementNS(SVG, "use");
  drawn.setAttribute("href", href);
  drawn.setAttribute("class", kind);
  return drawn;
};
const showEverywhere = (commune) => {
  for (const map of maps) map.find(commune);
};
const place = one("#choix");
if (place) {
  const input = make("input", { type: "search", autocomplete: "off" });
  place.append(make("label", {}, "Chercher une commune", input));
  const names = all(".index li");
  input.addEventListener("input", () => {
    const asked = plain(input.value);
    const shown = names.filter((item) => !(item.hidden = !plain(item.textContent).includes(asked)));
    tell(`${shown.length} commune${shown.length > 1 ? "s" : ""}`);
  });
  input.addEventListener("keydown", (event) => {
    const first = names.find((item) => !item.hidden);
    if (event.key === "Enter" && first) { event.preventDefault(); one("a", first).click(); }
  });
}

/* ---- Maps ---- */
const bubble = one("#bulle");
const hideBubble = () => { bubble.hidden = true; };
const placeBubble = (x, y) => {
  const room = bubble.getBoundingClientRect();
  const right = Math.min(x + 14, document.documentElement.clientWidth - room.width - 4);
  const below = y + 18 + room.height > innerHeight ? y - room.height - 10 : y + 18;
  bubble.style.left = `${Math.max(right, 4)}px`;
  bubble.style.top = `${Math.max(below, 4)}px`;
};
class Carte {
  constructor(board) {
    this.board = board;
    this.frame = one(".cadre", board);
    this.svg = one(".carte", board);
    const [, , width, height] = this.svg.getAttribute("viewBox").split(" ").map(Number);
    Object.assign(this, { width, height, x: 0, y: 0, w: width, current: -1, pinned: null });
    this.rows = all("tr[data-r]", board);
    this.byRank = new Map(this.rows.map((row) => [row.dataset.r, row]));
    this.heads = all("thead th", board).map((cell) => cell.textContent);
    this.buttons = all(".legende button[data-k]", board);
    this.tools();
    this.keys();
    this.pointer();
    this.key();
    new ResizeObserver(() => this.scale()).observe(this.svg);
  }
  tools() {
    const button = (text, label, act) => {
      const made = make("button", { type: "button", textContent: text });
      if (label) made.setAttribute("aria-label", label);
      made.addEventListener("click", act);
      return made;
    };
    const input = make("input", { type: "search", autocomplete: "off" });
    input.setAttribute("list", "liste-communes");
    input.addEventListener("input", () => {
      const key = plain(input.value);
      this.find(communes.find((item) => item.key === key) || null, true);
    });
    this.board.prepend(make("div", { className: "outils" },
      button("+", "+ Agrandir la carte", () => this.zoom(0.5)),
      button("−", "− Réduire la carte", () => this.zoom(2)),
      button("Tout voir", "", () => this.reset()),
      make("label", {}, "Chercher une commune sur la carte", input)));
  }
  scale() {
    const across = this.svg.clientWidth || 800;
    const unit = this.w / across;
    this.board.style.setProperty("--u", unit.toFixed(3));
    for (const level of LEVELS) {
      this.board.style.setProperty(`--n${level}`, unit <= level / 100 + 0.01 ? 1 : 0);
    }
  }
  view() {
    const tall = this.w * this.height / this.width;
    this.x = Math.min(Math.max(this.x, 0), this.width - this.w);
    this.y = Math.min(Math.max(this.y, 0), this.height - tall);
    this.svg.setAttribute("viewBox", `${this.x} ${this.y} ${this.w} ${tall}`);
    this.frame.style.touchAction = this.w < this.width ? "none" : "pan-y";
    this.scale();
  }
  zoom(by, at) {
    const before = this.w;
    this.w = Math.min(Math.max(this.w * by, this.width / 16), this.width);
    const ratio = this.height / this.width;
    const [x, y] = at || [0.5, 0.5];
    this.x += (before - this.w) * x;
    this.y += (before - this.w) * ratio * y;
    this.view();
  }
  reset() { this.w = this.width; this.view(); }
  move(right, down) { this.x += right * this.w / 5; this.y += down * this.w / 5; this.view(); }
  find(commune, told = false) {
    for (const old of all(".trouve", this.svg)) old.remove();
    if (!commune) return;
    one(".dessus", this.svg).prepend(outline(commune.href, "trouve"));
    const row = this.rows.find((item) => plain(item.cells[0].textContent) === commune.key);
    if (told) tell(row ? this.words(row).join(", ") : commune.name);
    if (told && row) this.show(row.dataset.r);
  }
  words(row) {
    const cells = [...row.cells].map((cell) => (one(".vh", cell) || cell).textContent);
    return cells.map((text, rank) => (rank && cells.length > 2 ? `${this.heads[rank]} : ${text}` : text));
  }
  shapes(rank) { return all(`[data-r="${rank}"]`, this.svg); }
  show(rank, x, y) {
    this.clear();
    const row = this.byRank.get(String(rank));
    if (!row) return;
    this.current = this.rows.indexOf(row);
    row.classList.add("on");
    const drawn = this.shapes(rank);
    const main = drawn.find((item) => item.closest("[data-k]")) || drawn[0];
    const [name, ...rest] = this.words(row);
    bubble.replaceChildren(make("b", { textContent: name }),
      ...rest.map((text) => make("span", { textContent: text })));
    bubble.hidden = false;
    if (!main) { hideBubble(); return; }
    const kind = main.closest("[data-k]");
    if (kind) for (const button of this.buttons) button.classList.toggle("on", button.dataset.k === kind.dataset.k);
    const over = main.cloneNode(true);
    for (const name of ["data-r", "data-k", "fill", "stroke", "opacity"]) over.removeAttribute(name);
    over.setAttribute("class", "vise");
    one(".dessus", this.svg).prepend(over);
    const box = main.getBoundingClientRect();
    placeBubble(x ?? box.x + box.width / 2, y ?? box.y + box.height / 2);
  }
  clear() {
    for (const old of all(".vise", this.svg)) old.remove();
    for (const row of this.rows) row.classList.remove("on");
    for (const button of this.buttons) button.classList.remove("on");
    hideBubble();
  }
  keys() {
    const frame = this.frame;
    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-roledescription", "carte interactive");
    frame.setAttribute("aria-label", `${this.svg.getAttribute("aria-label")}. Flèches : d’une ligne à l’autre ; plus et moins : agrandir, réduire ; majuscule et flèches : déplacer.`);
    frame.addEventListener("keydown", (event) => {
      const pans = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.shiftKey && pans[event.key]) this.move(...pans[event.key]);
      else if (steps[event.key] && this.rows.length) this.step(steps[event.key]);
      else if (event.key === "+" || event.key === "=") this.zoom(0.5);
      else if (event.key === "-") this.zoom(2);
      else if (event.key === "0") this.reset();
      else if (event.key === "Escape") this.clear();
      else return;
      event.preventDefault();
    });
    frame.addEventListener("blur", () => this.clear());
  }
  step(by) {
    const count = this.rows.length;
    const next = this.current < 0 ? (by > 0 ? 0 : count - 1) : (this.current + by + count) % count;
    this.show(this.rows[next].dataset.r);
    tell(this.words(this.rows[next]).join(", "));
  }
  pointer() {
    const { svg, frame } = this;
    const rank = (event) => event.target.closest?.("[data-r]")?.dataset.r;
    let held = null;
    svg.addEventListener("pointermove", (event) => {
      if (held) {
        const unit = this.w / svg.clientWidth;
        this.x = held.x - (event.clientX - held.left) * unit;
        this.y = held.y - (event.clientY - held.top) * unit;
        this.view();
        hideBubble();
      } else if (rank(event) !== undefined) this.show(rank(event), event.clientX, event.clientY);
      else this.clear();
    });
    svg.addEventListener("pointerdown", (event) => {
      if (rank(event) !== undefined) this.show(rank(event), event.clientX, event.clientY);
      if (this.w < this.width) {
        held = { left: event.clientX, top: event.clientY, x: this.x, y: this.y };
        svg.setPointerCapture(event.pointerId);
      }
    });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { held = null; });
    svg.addEventListener("pointerleave", () => { if (!held) this.clear(); });
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      this.zoom(event.deltaY < 0 ? 0.8 : 1.25, [(event.clientX - box.x) / box.width, (event.clientY - box.y) / box.height]);
    }, { passive: false });
    for (const row of this.rows) {
      row.addEventListener("pointerenter", () => { this.show(row.dataset.r); hideBubble(); });
      row.addEventListener("pointerleave", () => this.clear());
    }
  }
  key() {
    const dim = (kind) => {
      for (const item of all("[data-k]", this.svg)) item.classList.toggle("attenue", kind !== null && item.dataset.k !== kind);
    };
    for (const button of this.buttons) {
      const kind = button.dataset.k;
      for (const enter of ["pointerenter", "focus"]) button.addEventListener(enter, () => dim(kind));
      for (const leave of ["pointerleave", "blur"]) button.addEventListener(leave, () => dim(this.pinned));
      button.addEventListener("click", () => {
        this.pinned = this.pinned === kind ? null : kind;
        for (const other of this.buttons) other.setAttribute("aria-pressed", String(other.dataset.k === this.pinned));
        dim(this.pinned);
      });
    }
  }
}
const maps = all("[data-carte]").map((board) => new Carte(board));
addEventListener("scroll", hideBubble, { passive: true });

/* ---- Search ---- */
const field = one("#mots"), results = one("#trouves"), count = one("#compte");
const entries = [];
const known = new Set();
const enter = (kind, text, target, commune) => {
  const key = `${kind}/${text}/${target}`;
  if (!target || known.has(key)) return;
  known.add(key);
  entries.push({ kind, text, target, commune, key: plain(text) });
};
for (const node of all("[data-find]")) {
  const name = node.textContent.trim();
  const commune = node.dataset.find === "Commune" ? communes.find((item) => item.name === name) : null;
  enter(node.dataset.find, name, node.closest("[id]:not(h2):not(h3)").id, commune);
}
const paged = new Set(entries.filter(({ kind }) => kind === "Commune").map(({ text }) => text));
const firstMap = maps[0]?.board.closest("[id]").id;
for (const commune of communes) if (!paged.has(commune.name)) enter("Commune", commune.name, firstMap, commune);
let found = [], chosen = -1;
const close = () => {
  results.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  chosen = -1;
};
const choose = (rank) => {
  chosen = rank;
  all("li", results).forEach((item, at) => {
    item.setAttribute("aria-selected", String(at === rank));
    if (at === rank) { item.scrollIntoView({ block: "nearest" }); field.setAttribute("aria-activedescendant", item.id); }
  });
};
const go = (entry) => {
  close();
  field.value = entry.text;
  if (entry.commune) showEverywhere(entry.commune);
  const target = document.getElementById(entry.target);
  const heading = /^(DT|H2|H3)$/.test(target.tagName) ? target : one("h2, h3", target) || target;
  location.hash = entry.target;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  target.scrollIntoView();
};
const search = () => {
  const words = plain(field.value).split(" ").filter(Boolean);
  if (!words.length) { close(); count.textContent = ""; return; }
  const whole = words.join(" ");
  const rate = ({ key }) => (key === whole ? 0 : key.startsWith(whole) ? 1 : ` ${key}`.includes(` ${whole}`) ? 2 : 3);
  const hits = entries.filter(({ key }) => words.every((word) => key.includes(word)))
    .map((entry, rank) => [rate(entry), rank, entry]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  found = hits.slice(0, 20).map((hit) => hit[2]);
  results.replaceChildren(...found.map((entry, rank) => {
    const item = make("li", { id: `trouve-${rank}` }, entry.text, make("small", { textContent: entry.kind }));
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); go(entry); });
    return item;
  }));
  chosen = -1;
  field.removeAttribute("aria-activedescendant");
  results.hidden = !found.length;
  field.setAttribute("aria-expanded", String(found.length > 0));
  count.textContent = hits.length ? `${hits.length} résultat${hits.length > 1 ? "s" : ""}` : "Aucun résultat";
};
field.addEventListener("input", search);
field.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { close(); return; }
  if (event.key === "Enter") {
    event.preventDefault();
    if (found.length && !results.hidden) go(found[Math.max(chosen, 0)]);
    return;
  }
  if (results.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const by = event.key === "ArrowDown" ? 1 : -1;
  choose((chosen + by + found.length) % found.length);
});
field.addEventListener("blur", close);
one("#recherche").addEventListener("submit", (event) => event.preventDefault());

/* ---- Contents ---- */
const links = new Map(all(".sommaire a").map((link) => [link.hash.slice(1), link]));
const seen = new Set();
const follow = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) {
    if (isIntersecting) seen.add(target.id); else seen.delete(target.id);
  }
  const id = [...links.keys()].filter((name) => seen.has(name)).pop();
  if (!id) return;
  for (const [name, link] of links) {
    if (name === id) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}, { rootMargin: "-10% 0px -80% 0px" });
for (const id of links.keys()) {
  const target = document.getElementById(id);
  if (target) follow.observe(target);
}
if (matchMedia("(max-width: 70rem)").matches) one(".sommaire details").open = false;
document.documentElement.dataset.pret = "oui";
})();
