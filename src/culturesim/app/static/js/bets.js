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

/** The form that takes the bet of an act. A draft from elsewhere (the chart, a show of hands) is shown in it. */
export class BetForm {
  /**
   * @param {*} act
   * @param {{draft: *, votes: Object<string, number>, onDraft: function(*): void, onReveal: function(): void, onHands: ?function(): void}} doing
   */
  constructor(act, doing) {
    this.act = act;
    this.doing = doing;
    this.node = make("form", {class: "bet", "aria-label": t("bet.label")});
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      doing.onReveal();
    });
    const field = make("fieldset", {}, make("legend", {text: t(`act.${act.number}.question`)}));
    field.append(...(act.bet.kind === "choice" ? this.choices() : this.level()));
    this.reveal = make("button", {type: "submit", class: "primary reveal", text: t("bet.reveal")});
    const row = make("div", {class: "bet-row"}, this.reveal);
    if (doing.onHands) row.append(button(t("votes.open"), doing.onHands, {class: "hands"}));
    this.node.append(field, row);
    this.show(doing.draft);
  }

  choices() {
    const {act, doing} = this;
    this.radios = {};
    return act.bet.choices.map((value) => {
      const input = make("input", {type: "radio", name: "bet", value, on: {change: () => doing.onDraft(value)}});
      this.radios[value] = input;
      return make("label", {class: `choice ${value}`}, input, make("span", {class: "choice-text", text: t(`bet.${act.number}.${value}`)}), votesOf(doing.votes, value));
    });
  }

  level() {
    const {act, doing} = this;
    const {values} = act.bet;
    this.output = make("output", {class: "level"});
    this.slider = make("input", {
      type: "range", class: "bet-slider", min: 0, max: values.length - 1, step: 1, value: Math.floor(values.length / 2), "aria-label": t(`act.${act.number}.question`),
    });
    const take = () => doing.onDraft(values[Number(this.slider.value)]);
    this.slider.addEventListener("input", take);
    this.slider.addEventListener("pointerup", take);  // where the slider already stands is a bet as well
    this.slider.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      take();
    });
    const ends = make("div", {class: "ends", "aria-hidden": "true"}, make("span", {text: betText(act, values[0])}), make("span", {text: betText(act, values[values.length - 1])}));
    const said = Object.values(doing.votes).some((count) => count > 0) ? [make("p", {class: "level-votes", text: mostVoted(act, doing.votes)})] : [];
    return [this.output, this.slider, ends, ...said];
  }

  /** Shows a bet that is not yet revealed; none: nothing is chosen. */
  show(draft) {
    this.reveal.disabled = draft === undefined;
    if (this.radios) {
      for (const [value, input] of Object.entries(this.radios)) input.checked = value === draft;
      return;
    }
    const index = this.act.bet.values.indexOf(draft);
    if (index >= 0 && Number(this.slider.value) !== index) this.slider.value = String(index);
    this.output.textContent = draft === undefined ? t("bet.drag") : betText(this.act, draft);
    this.slider.setAttribute("aria-valuetext", this.output.textContent);
  }
}

function mostVoted(act, votes) {
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
