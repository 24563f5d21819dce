/** Making and finding elements: the only place that knows how attributes and listeners are set. */

/**
 * @param {string} tag
 * @param {Object<string, *>} properties text, class, on (listeners by event), anything else an attribute
 * @param {...(Node|string|null)} children
 */
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name === "on") for (const [event, call] of Object.entries(value)) node.addEventListener(event, call);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Writes a text only where it changed, so that a screen reader is not told the same thing twice. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function button(label, call, properties = {}) {
  return make("button", {type: "button", text: label, on: {click: call}, ...properties});
}

/** A modal window of the browser's own: it keeps the focus, and Escape closes it. */
export function openDialog(title, closeLabel, content, className = "") {
  const dialog = make("dialog", {class: className, "aria-labelledby": "dialog-title"});
  const close = () => dialog.close();
  dialog.append(
    make("div", {class: "dialog-head"}, make("h2", {id: "dialog-title", text: title}), button(closeLabel, close, {class: "quiet"})),
    content,
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Fits a canvas to its box and to the screen's pixels; gives its width and height in CSS pixels. */
export function fitCanvas(canvas) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  return {pen, width, height};
}
