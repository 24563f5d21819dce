/** Keys: a clicker's, and those of the keyboard. What a key does is named, and the notes window uses the same names. */

const NAMES = {
  PageDown: "next", PageUp: "back", " ": "play", r: "reveal", R: "reveal", 0: "reset", "?": "help",
  n: "notes", N: "notes", a: "assumed", A: "assumed", l: "again", L: "again",
};

/** The name of what a key does, or null where somebody is typing, or the key is the browser's own. */
export function deedOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const target = event.target;
  const tag = target.tagName || "";
  if (document.querySelector("dialog[open]")) return null;
  if (tag === "TEXTAREA" || tag === "SELECT" || (tag === "INPUT" && !["range", "radio", "checkbox"].includes(target.type))) return null;
  if (event.key === " " && (tag === "BUTTON" || (tag === "INPUT" && target.type === "radio"))) return null;
  if (/^[1-7]$/.test(event.key)) return `act ${event.key}`;
  return NAMES[event.key] || null;
}

/** Calls `act(deed)` for each key that does something. */
export function listenForKeys(act) {
  document.addEventListener("keydown", (event) => {
    const deed = deedOf(event);
    if (deed === null) return;
    event.preventDefault();
    act(deed);
  });
}
