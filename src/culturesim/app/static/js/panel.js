/** The left side: story, question, bet, knobs, the sentence of the result, the question for the room. */
import {BetForm} from "./bets.js";
import {drawDots} from "./chart.js";
import {button, make, setText} from "./dom.js";
import {KnobSlider} from "./knobs.js";
import {dotsOf, sentenceOf, verdictOf} from "./results.js";
import {revealed} from "./script.js";
import {hasText, t} from "./words.js";

const SIZES = [1, 0.95, 0.9, 0.86, 0.82, 0.78];

export class Panel {
  /**
   * @param {{knobs: Object, presets: Object, onKnob: function(string, number): void, onDraft: function(*): void,
   *   onReveal: function(): void, onHands: ?function(): void, onPreset: function(string): void, onCommit: function(): void,
   *   onAgain: function(): void}} doing
   */
  constructor(doing) {
    this.doing = doing;
    this.node = make("aside", {id: "panel", "aria-label": t("panel.label")});
    this.title = make("h1", {tabindex: "-1"});
    this.before = make("div", {class: "before"});
    this.result = make("p", {class: "sentence", "aria-live": "polite", "aria-atomic": "true"});
    this.verdict = make("p", {class: "verdict"});
    this.knobBox = make("div", {class: "knobs"});
    this.dots = make("div", {class: "dots"});
    this.dotsText = make("p", {class: "dots-text"});
    this.why = make("p", {class: "why"});
    this.ask = make("p", {class: "ask"});
    this.node.append(this.title, this.before, this.verdict, this.knobBox, this.result, make("div", {class: "dots-row"}, this.dots, this.dotsText), this.why, this.ask);
    this.sliders = {};
  }

  /** Builds what depends on the act and on whether the room has bet. */
  build(act, state, draft) {
    this.act = act;
    const shown = revealed(act, state);
    this.node.classList.toggle("revealed", shown);
    setText(this.title, t("act.title", {n: act.number, name: t(`act.${act.number}.name`)}));
    this.before.replaceChildren();
    if (!shown || act.bet.kind === null) this.before.append(make("p", {class: "story", text: t(`act.${act.number}.story`)}));
    if (!shown) {
      const votes = state.votes[act.number] || {};
      this.form = new BetForm(act, {draft, votes, onDraft: this.doing.onDraft, onReveal: this.doing.onReveal, onHands: this.doing.onHands});
      this.before.append(this.form.node);
    }
    if (act.number === 7) this.before.append(this.presets(state));
    this.buildKnobs(act, state, shown);
    setText(this.why, shown && hasText(`act.${act.number}.why`) ? t(`act.${act.number}.why`) : "");
    setText(this.ask, shown ? t(`act.${act.number}.ask`) : "");
    if (act.number === 7) this.ask.replaceChildren(t("act.7.ask"), " ", button(t("commit.open"), this.doing.onCommit, {class: "primary commit"}));
  }

  presets(state) {
    const select = make("select", {id: "preset", on: {change: () => this.doing.onPreset(select.value)}}, make("option", {value: "", text: t("preset.choose")}));
    for (const name of Object.keys(this.doing.presets)) {
      select.append(make("option", {value: name, text: t(`preset.${name}`), selected: state.preset === name}));
    }
    return make("div", {class: "presets"}, make("label", {for: "preset", text: t("preset.label")}), select);
  }

  /** Exactly the knobs of the act; before the bet they are there and stand still. */
  buildKnobs(act, state, shown) {
    this.knobBox.replaceChildren();
    this.sliders = {};
    const names = act.knobs.filter((name) => shown || name === act.knobs[0]);
    for (const name of names) {
      const slider = new KnobSlider(name, this.doing.knobs[name], this.doing.onKnob);
      this.sliders[name] = slider;
      this.knobBox.append(slider.node);
    }
    this.again = button(t("knob.again"), this.doing.onAgain, {class: "quiet again", hidden: true});
    if (names.length) this.knobBox.append(this.again);
    this.node.classList.toggle("many", names.length > 2);
    this.showKnobs(state, shown);
  }

  showKnobs(state, enabled, canRepeat = false) {
    for (const [name, slider] of Object.entries(this.sliders)) slider.show(state.knobs[name], enabled);
    this.again.hidden = !canRepeat;
  }

  /** What depends on answers: rewritten in place, so that a slider keeps the focus. */
  refresh(act, state, answers) {
    const shown = revealed(act, state);
    setText(this.result, sentenceOf(act, state, answers, shown));
    setText(this.verdict, shown ? verdictOf(act, state, answers) : "");
    const dots = shown ? dotsOf(act, answers.bands) : null;
    if (dots) drawDots(this.dots, dots);
    else this.dots.replaceChildren();
    setText(this.dotsText, dots ? dots.label : "");
    this.fit();
  }

  /** In a language with long words letters become a little smaller, rather than a sentence hidden. */
  fit() {
    for (const size of SIZES) {
      this.node.style.fontSize = `${size}em`;
      if (this.node.scrollHeight <= this.node.clientHeight + 1) return;
    }
  }
}
