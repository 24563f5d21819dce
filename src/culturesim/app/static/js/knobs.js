/** Sliders over the levels of a knob. */
import {make, setText} from "./dom.js";
import {levelText, t} from "./words.js";

export class KnobSlider {
  /** @param {string} name  @param {{levels: number[]}} knob  @param {function(string, number): void} move */
  constructor(name, knob, move) {
    this.name = name;
    this.levels = knob.levels;
    const id = `knob-${name}`;
    this.output = make("output", {for: id});
    this.input = make("input", {
      type: "range", id, min: 0, max: knob.levels.length - 1, step: 1, "data-knob": name,
      on: {input: () => move(name, this.levels[Number(this.input.value)])},
    });
    this.node = make("div", {class: "knob", "data-knob": name},
      make("div", {class: "knob-head"}, make("label", {for: id, text: t(`knob.${name}`)}), this.output),
      this.input,
      make("div", {class: "ends", "aria-hidden": "true"}, make("span", {text: t(`knob.${name}.low`)}), make("span", {text: t(`knob.${name}.high`)})),
    );
  }

  /** Shows a level; a slider that the user holds already stands there. */
  show(value, enabled) {
    const index = this.levels.indexOf(value);
    if (index >= 0 && Number(this.input.value) !== index) this.input.value = String(index);
    const text = levelText(this.name, value);
    setText(this.output, text);
    this.input.setAttribute("aria-valuetext", text);
    this.input.disabled = !enabled;
  }
}
