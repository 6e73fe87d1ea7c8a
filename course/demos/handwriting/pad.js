// The drawing pad: strokes by mouse, finger, pen or keyboard, sent one by one as they end.
//
// The model holds strokes, a list of lists of [x, y] in 0..1 of the pad; pen, the width of a line
// in the same unit; bounding_box, [left, top, right, bottom] of what was cut out, or []; and words,
// the labels in the learner's language. Every view of a model draws the same strokes.

const CELLS = 14; // of the grid on which the arrow keys move
const NEAR = 0.008; // a point nearer than this to the last one is left out
const MOST = 4000; // points in one stroke
const INK = "#000000", PAPER = "#ffffff", BOX = "#B26A00", CURSOR = "#0072B2";
const MOVES = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1],
};
let views = 0;

const inside = (number) => Math.min(Math.max(number, 0), 1);
const rounded = (number) => Math.round(inside(number) * 1e4) / 1e4;
const isFar = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) >= NEAR;
const filled = (text, values) => (text ?? "").replace(/{(\w+)}/g, (all, name) => values[name] ?? all);

function made(tag, parent, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

class Pad {
  constructor(model, root) {
    this.model = model;
    this.live = null; // the stroke that is being drawn
    this.pointer = null; // who draws it, unless it is the keyboard
    this.cell = [CELLS / 2, CELLS / 2];
    this.keys = false; // whether the keyboard was used last
    this.cleared = null; // what undo brings back after clear
    this.build(root);
    this.listen();
    this.rename();
    this.refresh();
  }

  build(root) {
    const id = `course-pad-${++views}`;
    this.root = made("div", root, { class: "course-pad" });
    this.canvas = made("canvas", this.root, {
      class: "course-pad-paper", tabindex: "0", role: "application", "aria-describedby": id,
    });
    const row = made("div", this.root, { class: "course-pad-buttons" });
    const look = { type: "button", class: "lm-Widget jupyter-widgets jupyter-button widget-button" };
    this.undoButton = made("button", row, look);
    this.clearButton = made("button", row, look);
    this.help = made("div", this.root, { class: "course-pad-help", id });
    this.said = made("div", this.root, { class: "course-pad-said", "aria-live": "polite" });
  }

  listen() {
    this.stop = new AbortController();
    const on = (target, name, action, more = {}) =>
      target.addEventListener(name, action, { signal: this.stop.signal, ...more });
    on(this.canvas, "pointerdown", (event) => this.begin(event));
    on(this.canvas, "pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
      on(this.canvas, name, (event) => this.end(event));
    on(this.canvas, "contextmenu", (event) => this.live && event.preventDefault());
    on(this.canvas, "blur", () => this.leave());
    on(this.canvas, "focus", () => {
      this.keys = this.canvas.matches(":focus-visible"); // reached by the keyboard
      this.later();
    });
    // On the window and while the event goes down, that is, before JupyterLab's own shortcuts.
    on(window, "keydown", (event) => this.key(event), { capture: true });
    on(this.undoButton, "click", () => this.undo());
    on(this.clearButton, "click", () => this.clear());
    this.handlers = { strokes: () => this.refresh(), words: () => this.rename() };
    for (const name of ["pen", "bounding_box", "size"]) this.handlers[name] = () => this.later();
    for (const [name, action] of Object.entries(this.handlers))
      this.model.on(`change:${name}`, action);
    this.resized = new ResizeObserver(() => this.later());
    this.resized.observe(this.canvas);
  }

  close() {
    this.stop.abort();
    this.resized.disconnect();
    cancelAnimationFrame(this.waiting);
    for (const [name, action] of Object.entries(this.handlers))
      this.model.off(`change:${name}`, action);
  }

  word(name, values = {}) {
    return filled(this.model.get("words")?.[name], values);
  }

  rename() {
    this.canvas.setAttribute("aria-label", this.word("label"));
    this.undoButton.textContent = this.word("undo");
    this.clearButton.textContent = this.word("clear");
    this.help.textContent = this.word("help");
  }

  get strokes() {
    const strokes = this.model.get("strokes");
    return Array.isArray(strokes) ? strokes : [];
  }

  send(strokes) {
    this.model.set("strokes", strokes);
    this.model.save_changes();
  }

  refresh() {
    const count = this.strokes.length;
    this.canvas.dataset.strokes = count;
    // Not disabled: a disabled button would lose the keyboard focus.
    this.undoButton.setAttribute("aria-disabled", !count && !this.cleared);
    this.clearButton.setAttribute("aria-disabled", !count);
    this.later();
  }

  say(name, values = {}) {
    this.said.textContent = this.word(name, values);
  }

  // Strokes

  add(point) {
    const spot = point.map(rounded), last = this.live.at(-1);
    if (this.live.length < MOST && (!last || isFar(spot, last))) this.live.push(spot);
  }

  finish() {
    const stroke = this.live;
    this.live = this.pointer = null;
    if (stroke?.length) {
      this.cleared = null;
      this.send([...this.strokes, stroke]);
      this.say("drawn", { count: this.strokes.length });
    }
    this.later();
  }

  undo() {
    if (this.live) {
      this.live = this.pointer = null;
      this.later();
    } else if (this.strokes.length) this.send(this.strokes.slice(0, -1));
    else if (this.cleared) {
      const strokes = this.cleared;
      this.cleared = null;
      this.send(strokes);
    }
    this.say("drawn", { count: this.strokes.length });
  }

  clear() {
    this.live = this.pointer = null;
    if (this.strokes.length) {
      this.cleared = this.strokes;
      this.send([]);
    }
    this.later();
    this.say("drawn", { count: 0 });
  }

  // Mouse, finger and pen

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  begin(event) {
    if (this.pointer !== null || event.button !== 0) return;
    event.preventDefault();
    this.finish(); // of the keyboard, if it was drawing
    this.canvas.focus({ preventScroll: true });
    this.keys = false;
    this.pointer = event.pointerId;
    this.live = [];
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // The pointer has gone already: the stroke is a dot.
    }
    this.add(this.place(event));
    this.later();
  }

  move(event) {
    if (event.pointerId !== this.pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length ? events : [event]) this.add(this.place(one));
    this.later();
  }

  end(event) {
    if (event.pointerId !== this.pointer) return;
    if (event.type === "pointerup") this.add(this.place(event));
    this.finish();
  }

  // The keyboard

  key(event) {
    if (document.activeElement !== this.canvas || event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.shiftKey && event.key.toLowerCase() === "z") this.undo();
    else if (command || event.altKey || event.shiftKey || this.pointer !== null) return;
    else if (event.key in MOVES) this.step(MOVES[event.key]);
    else if (event.key === " ") event.repeat || this.toggle();
    else if (event.key === "Enter") event.repeat || this.toggle();
    else if (event.key === "Backspace") this.undo();
    else if (event.key === "Delete") this.clear();
    else if (event.key === "Escape" && this.live) this.toggle();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  spot() {
    return this.cell.map((number) => (number + 0.5) / CELLS);
  }

  step(move) {
    this.keys = true;
    this.cell = this.cell.map((number, axis) =>
      Math.min(Math.max(number + move[axis], 0), CELLS - 1));
    if (this.live) this.add(this.spot());
    this.tell();
  }

  toggle() {
    this.keys = true;
    if (this.live) this.finish();
    else {
      this.live = [];
      this.add(this.spot());
    }
    this.tell();
  }

  tell() {
    const [column, row] = this.cell;
    const name = this.live ? "down" : "up";
    this.say(name, { row: row + 1, column: column + 1, cells: CELLS });
    this.later();
  }

  leave() {
    if (this.live && this.pointer === null) this.finish();
    this.later();
  }

  // The picture

  later() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  draw() {
    const side = this.model.get("size");
    this.root.style.setProperty("--course-pad-size", `${side}px`);
    const shown = this.canvas.clientWidth || side;
    const pixels = Math.round(shown * (window.devicePixelRatio || 1));
    if (this.canvas.width !== pixels) this.canvas.width = this.canvas.height = pixels;
    const pen = this.canvas.getContext("2d");
    pen.setTransform(pixels, 0, 0, pixels, 0, 0); // the pad is one unit wide
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, 1, 1);
    const width = this.model.get("pen");
    for (const stroke of this.strokes) this.line(pen, stroke, width);
    if (this.live?.length) this.line(pen, this.live, width);
    const bounds = this.model.get("bounding_box");
    if (bounds?.length === 4 && !this.live) this.box(pen, bounds, 1 / shown);
    if (this.keys && document.activeElement === this.canvas) this.cursor(pen, 1 / shown);
  }

  line(pen, points, width) {
    pen.strokeStyle = pen.fillStyle = INK;
    pen.lineWidth = width;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...points[0]);
    for (const point of points) pen.lineTo(...point);
    pen.stroke();
    if (points.length === 1) {
      pen.beginPath();
      pen.arc(...points[0], width / 2, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  box(pen, [left, top, right, bottom], pixel) {
    pen.strokeStyle = BOX;
    pen.lineWidth = 1.5 * pixel;
    pen.setLineDash([5 * pixel, 4 * pixel]);
    pen.strokeRect(left, top, right - left, bottom - top);
    pen.setLineDash([]);
  }

  cursor(pen, pixel) {
    const [x, y] = this.spot();
    const half = 0.5 / CELLS;
    pen.strokeStyle = CURSOR;
    pen.lineWidth = 2 * pixel;
    pen.strokeRect(x - half, y - half, 2 * half, 2 * half);
    pen.beginPath(); // filled while the pen is down
    pen.arc(x, y, half / 2, 0, 2 * Math.PI);
    pen.fillStyle = this.live ? CURSOR : PAPER;
    pen.fill();
    pen.stroke();
  }
}

function render({ model, el }) {
  const pad = new Pad(model, el);
  return () => pad.close();
}

export default { render };
