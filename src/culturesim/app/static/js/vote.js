/** The page on a phone: one question, a few answers, one vote that can be changed until the trainer closes it. */

const token = location.hash.slice(1);
const box = document.getElementById("vote");
const LOOK_AGAIN = 2500;
const voting = {act: null, shown: null};

function line(tag, text, className = "") {
  const node = document.createElement(tag);
  node.textContent = text;
  node.className = className;
  return node;
}

/** What an answer is called: a choice by its name, a level as the knob says it, a share in percent. */
function answerText(told, choice) {
  const {strings} = told;
  const named = strings[`bet.${told.act}.${choice}`] || (told.knob && strings[`knob.${told.knob}.at.${choice}`]);
  if (named) return named;
  const value = Number(choice);
  const say = (key, n) => (strings[key] || "{n}").replace("{n}", n.toLocaleString(told.language, {maximumFractionDigits: 1}));
  if (told.knob === "memory") return value < 24 ? say("vote.months", value) : say("vote.years", value / 12);
  return say("vote.percent", told.kind === "level" ? value * 100 : value);
}

async function vote(told, choice) {
  await fetch("/vote", {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({token, act: told.act, choice})});
  await look_once();
}

function show_question(told) {
  const now = JSON.stringify(told);
  if (voting.shown === now) return;
  voting.shown = now;
  if (told.language) document.documentElement.lang = told.language;
  if (!told.choices) {
    box.replaceChildren(line("p", voting.closed || "…", "closed"));
    return;
  }
  voting.closed = told.strings["vote.closed"];
  const answers = told.choices.map((choice) => {
    const chosen = told.chosen === choice;
    const button = line("button", answerText(told, choice), chosen ? "chosen" : "");
    button.type = "button";
    button.setAttribute("aria-pressed", String(chosen));
    button.addEventListener("click", () => vote(told, choice));
    return button;
  });
  const thanks = told.chosen ? line("p", told.strings["vote.thanks"], "thanks") : "";
  box.replaceChildren(line("h1", told.strings[`vote.${told.act}.question`]), ...answers, thanks);
}

async function look_once() {
  try {
    const response = await fetch("/question", {headers: {"x-token": token}, cache: "no-store"});
    show_question(response.ok ? await response.json() : {});
  } catch {
    show_question({});
  }
}

async function look() {
  await look_once();
  setTimeout(look, LOOK_AGAIN);
}

look();
