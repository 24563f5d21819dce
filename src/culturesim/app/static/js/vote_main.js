/** The page on a phone: one question, a few answers, one vote that can be changed until the trainer closes it. */

const token = location.hash.slice(1);
const box = document.getElementById("vote");
const LOOK_AGAIN = 2500;
const voting = {shown: null, words: {}};

function line(tag, text, className = "") {
  const node = document.createElement(tag);
  node.textContent = text;
  node.className = className;
  return node;
}

async function vote(told, choice) {
  await fetch("/vote", {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({token, number: told.number, choice})});
  await look_once();
}

function show_question(told) {
  const now = JSON.stringify(told);
  if (voting.shown === now) return;
  voting.shown = now;
  voting.words = told.words || voting.words;
  if (told.language) document.documentElement.lang = told.language;
  if (!told.open) {
    box.replaceChildren(line("p", voting.words.closed || "…", "closed"));
    return;
  }
  const answers = told.choices.map(([value, label]) => {
    const chosen = told.chosen === value;
    const button = line("button", label, chosen ? "chosen" : "");
    button.type = "button";
    button.setAttribute("aria-pressed", String(chosen));
    button.addEventListener("click", () => vote(told, value));
    return button;
  });
  box.replaceChildren(line("h1", told.question), ...answers, line("p", told.chosen ? voting.words.thanks : "", "thanks"));
}

async function look_once() {
  try {
    const response = await fetch(`/vote/question?token=${encodeURIComponent(token)}`, {cache: "no-store"});
    show_question(response.ok ? await response.json() : {open: false});
  } catch {
    show_question({open: false});
  }
}

async function look() {
  await look_once();
  setTimeout(look, LOOK_AGAIN);
}

look();
