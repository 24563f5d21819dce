/** The page on a phone: one question, a few answers, one vote that can be changed until the trainer closes it. */

const token = location.hash.slice(1);
const LOOK_AGAIN = 2000;
const box = document.getElementById("vote");
const voting = {number: null, chosen: null};

function line(tag, text, className = "") {
  const node = document.createElement(tag);
  node.textContent = text;
  node.className = className;
  return node;
}

async function vote(choice) {
  const response = await fetch("/vote", {
    method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({token, choice, number: voting.number}),
  });
  if (response.ok) voting.chosen = choice;
  voting.shown = null;
  await look_once();
}

function show_question(told) {
  const now = JSON.stringify([told, voting.chosen]);
  if (voting.shown === now) return;
  voting.shown = now;
  if (!told.open) {
    box.replaceChildren(line("p", told.words ? told.words.closed : "…", "closed"));
    return;
  }
  const answers = told.choices.map(([value, label]) => {
    const button = line("button", label, voting.chosen === value ? "chosen" : "");
    button.type = "button";
    button.setAttribute("aria-pressed", String(voting.chosen === value));
    button.addEventListener("click", () => vote(value));
    return button;
  });
  box.replaceChildren(line("h1", told.question), ...answers);
}

async function look_once() {
  try {
    const response = await fetch(`/vote/question?token=${encodeURIComponent(token)}`, {cache: "no-store"});
    const told = response.ok ? await response.json() : {open: false};
    if (told.number !== voting.number) voting.chosen = null;
    voting.number = told.number;
    show_question(told);
  } catch {
    show_question({open: false});
  }
}

async function look() {
  await look_once();
  setTimeout(look, LOOK_AGAIN);
}

look();
