/** Taking a bet: buttons for a choice, a slider for a level or a number. */
import {button, make} from "./dom.js";
import {levelText, number, percent, t} from "./words.js";

/** What a value of a bet is called. */
export function betText(act, value) {
  if (act.bet.kind === "choice") return t(`bet.${act.number}.${value}`);
  if (act.bet.kind === "number") return t("bet.customers", {n: number(value)});
  if (act.number === 6) return percent(value);
  return levelText(act.knobs[0], value);
}

/** How the room voted, for one choice. */
function votesOf(votes, value) {
  const count = votes[value] || 0;
  const all = Object.values(votes).reduce((sum, n) => sum + n, 0);
  if (!all) return null;
  const bar = make("span", {class: "vote-bar", "aria-hidden": "true"});
  bar.style.width = `${Math.round((100 * count) / all)}%`;
  return make("span", {class: "votes"}, make("span", {class: "vote-count", text: t("votes.count", {n: number(count)})}), bar);
}

/**
 * @param {*} act
 * @param {{draft: *, votes: Object<string, number>, onDraft: function(*): void, onReveal: function(): void, onHands: ?function(): void}} doing
 */
export function betForm(act, doing) {
  const form = make("form", {class: "bet", "aria-label": t("bet.label")});
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    doing.onReveal();
  });
  const field = make("fieldset", {}, make("legend", {text: t(`act.${act.number}.question`)}));
  if (act.bet.kind === "choice") field.append(...choices(act, doing));
  else field.append(...level(act, doing));
  const reveal = make("button", {type: "submit", class: "primary reveal", text: t("bet.reveal"), disabled: doing.draft === undefined});
  const row = make("div", {class: "bet-row"}, reveal);
  if (doing.onHands) row.append(button(t("votes.open"), doing.onHands, {class: "hands"}));
  form.append(field, row);
  return form;
}

function choices(act, doing) {
  return act.bet.choices.map((value) => {
    const input = make("input", {type: "radio", name: "bet", value, checked: doing.draft === value, on: {change: () => doing.onDraft(value)}});
    return make("label", {class: `choice ${value}`}, input, make("span", {class: "choice-text", text: t(`bet.${act.number}.${value}`)}), votesOf(doing.votes, value));
  });
}

function level(act, doing) {
  const values = act.bet.values;
  const start = doing.draft === undefined ? Math.floor(values.length / 2) : values.indexOf(doing.draft);
  const output = make("output", {class: "level", text: doing.draft === undefined ? t("bet.drag") : betText(act, doing.draft)});
  const input = make("input", {
    type: "range", class: "bet-slider", min: 0, max: values.length - 1, step: 1, value: Math.max(0, start),
    "aria-label": t(`act.${act.number}.question`), "aria-valuetext": betText(act, values[Math.max(0, start)]),
  });
  const took = () => {
    const value = values[Number(input.value)];
    output.textContent = betText(act, value);
    input.setAttribute("aria-valuetext", betText(act, value));
    doing.onDraft(value);
  };
  input.addEventListener("input", took);
  // A click on the middle, where the slider already stands, is a bet as well.
  input.addEventListener("pointerup", took);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") took();
  });
  const ends = make("div", {class: "ends", "aria-hidden": "true"}, make("span", {text: betText(act, values[0])}), make("span", {text: betText(act, values[values.length - 1])}));
  const rows = Object.keys(doing.votes).length ? [make("p", {class: "level-votes", text: meanVote(act, doing.votes)})] : [];
  return [output, input, ends, ...rows];
}

function meanVote(act, votes) {
  const all = Object.values(votes).reduce((sum, n) => sum + n, 0);
  const most = Object.keys(votes).reduce((best, value) => (votes[value] > (votes[best] || 0) ? value : best), Object.keys(votes)[0]);
  return t("votes.most", {n: number(all), choice: betText(act, Number(most))});
}

/** The few answers that a show of hands or a phone offers for a bet on a level. */
export function voteChoices(act) {
  if (act.bet.kind === "choice") return act.bet.choices;
  const values = act.bet.values;
  const places = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => values[Math.round(part * (values.length - 1))]);
  return [...new Set(places)];
}
