/** Windows over the page: what is assumed, help, the commitment, the show of hands. */
import {voteChoices, betText} from "./bets.js";
import {button, make, openDialog} from "./dom.js";
import {number, t} from "./words.js";

const KEPT_AS = "culturesim.commitment";

/** What is assumed in an act: every number with its value, what it means, and where it is from. */
export function openAssumed(act) {
  const head = make("tr", {}, ...["meaning", "value", "source"].map((name) => make("th", {scope: "col", text: t(`assumed.${name}`)})));
  const rows = act.assumed.map((row) => make("tr", {},
    make("td", {}, make("span", {text: row.meaning}), make("code", {text: row.path})),
    make("td", {text: `${row.value} ${row.unit}`}),
    make("td", {text: row.source || t(row.assumed ? "assumed.yes" : "assumed.no")}),
  ));
  const content = make("div", {class: "dialog-body", tabindex: "0"},
    make("p", {text: t("assumed.intro")}), make("p", {text: t(`assumed.${act.layout}`)}),
    make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)),
  );
  return openDialog(t("assumed.title"), t("close"), content, "wide");
}

export function openHelp() {
  const keys = ["next", "back", "number", "space", "arrows", "r", "l", "zero", "n", "a", "help"];
  const list = make("dl", {class: "keys"});
  for (const key of keys) list.append(make("dt", {text: t(`help.${key}.key`)}), make("dd", {text: t(`help.${key}`)}));
  const reading = make("ul", {class: "reading"}, ...["map", "garden", "bands", "dots", "units"].map((name) => make("li", {text: t(`reading.${name}`)})));
  const content = make("div", {class: "dialog-body", tabindex: "0"}, make("h3", {text: t("help.reading")}), reading, make("h3", {text: t("help.keys")}), list);
  return openDialog(t("help.title"), t("close"), content, "wide");
}

export function readCommitment() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS));
    return kept && typeof kept.text === "string" ? {text: kept.text, date: String(kept.date || "")} : null;
  } catch {
    return null;
  }
}

/** One thing that will be done differently, and until when. Kept on this computer. */
export function openCommitment(saved) {
  const kept = readCommitment() || {text: "", date: ""};
  const text = make("textarea", {id: "commit-text", rows: 3, maxlength: 300, required: true});
  text.value = kept.text;
  const date = make("input", {type: "date", id: "commit-date", required: true});
  date.value = kept.date;
  const form = make("form", {class: "dialog-body commitment-form"},
    make("p", {text: t("commit.intro")}),
    make("label", {for: "commit-text", text: t("commit.text")}), text,
    make("label", {for: "commit-date", text: t("commit.date")}), date,
    make("button", {type: "submit", class: "primary", text: t("commit.save")}),
  );
  const dialog = openDialog(t("commit.title"), t("close"), form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const commitment = {text: text.value.trim(), date: date.value};
    localStorage.setItem(KEPT_AS, JSON.stringify(commitment));
    dialog.close();
    saved(commitment);
  });
  return dialog;
}

/**
 * Hands in the room, typed in; or phones, where the trainer opens the voting.
 *
 * @param {*} act  @param {Object<string, number>} votes  @param {function(Object): void} changed
 * @param {function(HTMLElement, function(Object): void): function(): void} phones shows the code; gives what ends it
 */
export function openHands(act, votes, changed, take, phones) {
  const choices = voteChoices(act);
  const counts = {...votes};
  const inputs = {};
  const tell = () => changed({...counts});
  const list = make("div", {class: "hand-counts"});
  for (const value of choices) {
    const id = `votes-${value}`;
    const input = make("input", {type: "number", id, min: 0, max: 999, inputmode: "numeric"});
    input.value = String(counts[value] || 0);
    input.addEventListener("input", () => {
      counts[value] = Math.max(0, Math.min(999, Math.round(Number(input.value) || 0)));
      tell();
    });
    inputs[value] = input;
    list.append(make("label", {for: id, text: betText(act, value)}), input);
  }
  const majority = button(t("votes.take"), () => {
    const best = choices.reduce((most, value) => ((counts[value] || 0) > (counts[most] || 0) ? value : most), choices[0]);
    dialog.close();
    take(best);
  }, {class: "primary"});
  const phoneBox = make("div", {class: "phones"});
  const content = make("div", {class: "dialog-body hands-body"}, make("p", {class: "hands-question", text: t(`act.${act.number}.question`)}), list, majority, phoneBox);
  const dialog = openDialog(t("votes.title"), t("close"), content, "wide");
  // Phones choose among more levels than are shown for hands: each counts for the nearest.
  const fill = (told) => {
    for (const value of choices) counts[value] = 0;
    for (const [choice, count] of Object.entries(told)) counts[nearestChoice(act, choices, choice)] += count;
    for (const value of choices) inputs[value].value = String(counts[value]);
    tell();
  };
  const end = phones ? phones(phoneBox, fill) : null;
  if (end) dialog.addEventListener("close", end);
  return dialog;
}

function nearestChoice(act, choices, choice) {
  if (act.bet.kind === "choice") return choice;
  const {values} = act.bet;
  const place = (value) => values.reduce((best, one, i) => (Math.abs(one - value) < Math.abs(values[best] - value) ? i : best), 0);
  const at = place(act.number === 6 ? Number(choice) / 100 : Number(choice));
  return choices.reduce((best, one) => (Math.abs(place(one) - at) < Math.abs(place(best) - at) ? one : best), choices[0]);
}

/** A note that goes by itself, said to a screen reader as well. */
export function notify(text) {
  let box = document.getElementById("notes");
  if (!box) {
    box = make("div", {id: "notes", role: "status"});
    document.body.append(box);
  }
  const note = make("p", {text});
  box.append(note);
  setTimeout(() => note.remove(), 7000);
}

/** How many phones have voted, in words. */
export function phonesText(count) {
  return t("votes.phones", {n: number(count)});
}
