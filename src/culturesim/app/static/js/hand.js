/** Act 1: the room spends one team's months of work by hand and sees who takes the offer. */
import {make, setText} from "./dom.js";
import {CareMap} from "./map.js";
import {number, percent, t} from "./words.js";

const OWN = "#1b1b1b";

export class HandStage {
  /** @param {{concerns: number, budget: number}} hand  @param {function(number[]): void} changed */
  constructor(hand, changed, fixed = false) {
    this.hand = hand;
    this.changed = changed;
    this.map = make("canvas", {class: "map", role: "img", "aria-label": t("map.hand")});
    this.careMap = new CareMap(this.map, OWN);
    this.left = make("output", {class: "budget"});
    this.rows = [];
    const list = make("div", {class: "efforts"});
    for (let i = 0; i < hand.concerns; i++) {
      const id = `effort-${i}`;
      const input = make("input", {type: "range", id, class: "effort", min: 0, max: hand.budget, step: hand.step || 10, value: 0, disabled: fixed});
      const output = make("output", {for: id, text: "0"});
      input.addEventListener("input", () => this.take(i));
      list.append(make("div", {class: "effort-row"}, make("label", {for: id, text: t(`concern.${i + 1}`)}), input, output));
      this.rows.push({input, output});
    }
    this.reasons = make("div", {class: "reasons"});
    this.example = make("p", {class: "example"});
    this.node = make("div", {class: "hand"},
      make("div", {class: "hand-map"}, make("h2", {text: t("hand.market")}), this.map),
      make("div", {class: "hand-work"}, make("h2", {text: t("hand.title")}), this.left, list),
      make("div", {class: "hand-why"}, this.reasons, this.example),
    );
    this.effort = new Array(hand.concerns).fill(0);
  }

  /** Moves one slider no further than the months that are left. */
  take(index) {
    const {input} = this.rows[index];
    const others = this.effort.reduce((sum, value, i) => (i === index ? sum : sum + value), 0);
    const value = Math.min(Number(input.value), this.hand.budget - others);
    input.value = String(value);
    this.effort[index] = value;
    this.show(this.effort);
    this.changed([...this.effort]);
  }

  show(effort) {
    this.effort = [...effort];
    effort.forEach((value, i) => {
      const {input, output} = this.rows[i];
      if (Number(input.value) !== value) input.value = String(value);
      setText(output, number(value));
      input.setAttribute("aria-valuetext", t("hand.months", {n: number(value)}));
    });
    const left = this.hand.budget - effort.reduce((sum, value) => sum + value, 0);
    setText(this.left, t("hand.left", {n: number(left), all: number(this.hand.budget)}));
  }

  showCustomers(replay) {
    if (this.replay !== replay) this.at = replay.customers.at.slice(0, 1);
    this.replay = replay;
  }

  /** @param {?{offer: number[], took: string, taken: number, customers: number, reasons: Object<string, number>, example: *}} answer */
  showAnswer(answer) {
    this.answer = answer;
    this.reasons.replaceChildren();
    this.example.textContent = "";
    if (!answer) return;
    const most = Math.max(answer.taken, ...Object.values(answer.reasons), 1);
    const others = Object.entries(answer.reasons).filter(([reason, count]) => reason !== "kept" && count > 0);
    const rows = [["taken", answer.taken], ...others.sort((a, b) => b[1] - a[1])];
    this.reasons.append(...rows.map(([reason, count]) => reasonRow(reason, count, most)));
    if (answer.example) this.example.textContent = exampleText(answer.example);
  }

  draw() {
    if (!this.replay) return;
    const answer = this.answer;
    this.careMap.show(
      {labels: answer ? ["A"] : [], customers: {every: 1, at: this.at}},
      {took: [answer ? answer.took : ""], offers: [answer ? answer.offer : []], made: [answer ? "1" : ""]},
      answer && answer.example && answer.taken < answer.customers ? answer.example.customer : undefined,
    );
    this.careMap.draw(1);
  }
}

function reasonRow(reason, count, most) {
  const bar = make("span", {class: `bar ${reason}`, "aria-hidden": "true"});
  bar.style.width = `${Math.max(1, (100 * count) / most)}%`;
  return make("div", {class: "reason"}, make("span", {class: "reason-text", text: t(`reason.${reason}`)}), make("span", {class: "track"}, bar), make("span", {class: "count", text: number(count)}));
}

/** One customer in words: what it cares about, and how the offer compares with doing nothing. */
function exampleText({leading, fit, standard, status_quo: nothing}) {
  const names = leading.map(({concern}) => t(`concern.${concern + 1}`));
  return t("hand.example", {
    first: names[0], second: names[1], third: names[2], gets: percent(fit), needs: percent(standard), nothing: percent(nothing),
  });
}
