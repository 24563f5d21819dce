/** A parameter that can be moved: a slider over its levels, a switch, or a choice of words. */
import {make, setText} from "./dom.js";

export class ExploreKnob {
  /**
   * @param {{path: string, label: string, unit: string, meaning: string, kind: string, texts: string[],
   *   start: number, own: string}} knob
   * @param {string} id
   * @param {function(number): void} call told the place among the levels
   */
  constructor(knob, id, call) {
    this.knob = knob;
    this.input = this[knob.kind](id, () => {
      this.say(this.place());
      call(this.place());
    });
    this.output = make("span", {class: "cse-value"});
    const meaning = knob.unit ? `${knob.meaning.replace(/\.$/, "")} (${knob.unit}).` : knob.meaning;
    this.node = make("div", {class: "cse-knob"},
      make("div", {class: "cse-head"}, make("label", {for: id, text: knob.label, title: knob.path}), this.output),
      this.input,
      make("p", {id: `${id}-meaning`, class: "cse-meaning", text: meaning}));
    this.set(null);
  }

  slider(id, call) {
    return make("input", {type: "range", id, min: 0, max: this.knob.texts.length - 1, step: 1, "aria-describedby": `${id}-meaning`, on: {input: call}});
  }

  switch(id, call) {
    return make("input", {type: "checkbox", role: "switch", id, "aria-describedby": `${id}-meaning`, on: {change: call}});
  }

  choice(id, call) {
    return make("select", {id, "aria-describedby": `${id}-meaning`, on: {change: call}},
      ...this.knob.texts.map((text, i) => make("option", {value: i, text})));
  }

  place() {
    return this.knob.kind === "switch" ? Number(this.input.checked) : Number(this.input.value);
  }

  /** @param {?number} place null: as the scenario has it */
  set(place) {
    const at = place ?? this.knob.start;
    if (this.knob.kind === "switch") this.input.checked = at === 1;
    else if (this.place() !== at) this.input.value = at;
    this.say(place);
  }

  say(place) {
    const text = place === null ? this.knob.own : this.knob.texts[place];
    setText(this.output, text);
    if (this.knob.kind === "slider") this.input.setAttribute("aria-valuetext", `${text} ${this.knob.unit}`);
  }
}
