/**
 * The widget of a notebook: knobs, bands of two cultures, a sentence, and the code of what is shown.
 *
 * The kernel computes. It is told of a move by a message, and answers by setting `answer`; a move
 * that comes while it computes makes it drop what it had begun. Nothing waits here or there.
 */
import {button, make, setText} from "./dom.js";
import {ExploreFigure} from "./explore_figure.js";
import {ExploreKnob} from "./explore_knob.js";

let views = 0;

/** Called by anywidget for each place in which the widget is shown. */
export function render({model, el}) {
  const view = new ExploreView(model, el);
  return () => view.close();
}

class ExploreView {
  constructor(model, host) {
    this.model = model;
    this.told = model.get("told");
    this.name = `${Date.now().toString(36)}-${++views}`;
    this.number = 0;
    this.places = this.told.knobs.map(() => null);
    this.build(host);
    this.hear = () => this.show(model.get("answer"));
    model.on("change:answer", this.hear);
    this.hear();
  }

  close() {
    this.model.off("change:answer", this.hear);
    this.figure.close();
  }

  build(host) {
    const {told} = this;
    const id = `explore-${this.name}`;
    this.knobs = told.knobs.map((knob, i) => new ExploreKnob(knob, `${id}-${i}`, (place) => this.move(i, place)));
    this.metric = make("select", {id: `${id}-metric`, on: {change: () => this.ask()}},
      ...told.metrics.map((metric) => make("option", {value: metric.name, text: metric.label})));
    this.about = make("p", {class: "cse-about"});
    const plot = make("div", {class: "cse-plot"});
    this.figure = new ExploreFigure(plot, told);
    this.sentence = make("p", {class: "cse-sentence", role: "status"});
    this.state = make("p", {class: "cse-state"});
    this.code = make("code", {});
    this.copied = button("Copy", () => this.copy(), {class: "cse-copy"});
    this.shown = make("div", {class: "cse-code", id: `${id}-code`, hidden: true}, make("pre", {tabindex: 0}, this.code), this.copied);
    this.opener = button("Show the code", () => this.toggle(), {"aria-expanded": "false", "aria-controls": `${id}-code`});
    this.root = make("div", {class: "cse", role: "group", "aria-label": `Explore: ${told.scenario}`},
      make("div", {class: "cse-knobs"},
        ...this.knobs.map((knob) => knob.node),
        make("div", {class: "cse-row"}, button("Reset", () => this.reset()), this.opener)),
      make("div", {class: "cse-main"},
        make("div", {class: "cse-row"}, make("label", {for: `${id}-metric`, text: "Show"}), this.metric, this.about),
        plot, this.state, this.sentence),
      this.shown);
    // Keys that are pressed on these are not for the notebook, which asks each by itself.
    for (const node of this.root.querySelectorAll("input, select, button, pre")) node.dataset.lmSuppressShortcuts = "true";
    host.replaceChildren(this.root);
  }

  move(i, place) {
    this.places[i] = place;
    this.ask();
  }

  reset() {
    this.places.fill(null);
    this.knobs.forEach((knob) => knob.set(null));
    this.ask();
  }

  /** Tells the kernel where things stand, once for each frame in which something moved. */
  ask() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.number += 1;
      this.root.dataset.asked = this.number;
      setText(this.state, "Computing …");
      this.model.send({view: this.name, number: this.number, places: this.places, metric: this.metric.value});
    });
  }

  show(answer) {
    if (!answer || !answer.places) return setText(this.state, "Computing …");
    const mine = answer.view === this.name;
    const newest = !this.waiting && (!mine || answer.number === this.number);
    if (newest) this.follow(answer);
    setText(this.code, answer.code);
    if (answer.error) {
      this.root.classList.add("cse-failed");
      setText(this.sentence, answer.error);
      setText(this.state, "These values do not go together: the figure shows the last ones that did.");
    } else {
      this.root.classList.remove("cse-failed");
      const metric = this.told.metrics.find((one) => one.name === answer.metric);
      setText(this.about, this.figure.describe(metric));
      this.figure.draw(answer, metric);
      if (answer.sentence) setText(this.sentence, answer.sentence);
      setText(this.state, newest && answer.done ? this.figure.legend(answer.runs) : `${this.figure.legend(answer.runs)} Computing …`);
    }
    Object.assign(this.root.dataset, {answered: mine ? answer.number : 0, runs: answer.runs || 0, done: newest && answer.done});
  }

  /** Puts everything where the answer has it: another view, or the kernel, may have moved it. */
  follow(answer) {
    this.places = [...answer.places];
    this.knobs.forEach((knob, i) => knob.set(answer.places[i]));
    if (![...this.metric.options].some((option) => option.value === answer.metric)) {
      this.metric.append(make("option", {value: answer.metric, text: answer.metric.replaceAll("_", " ")}));
    }
    this.metric.value = answer.metric;
  }

  toggle() {
    this.shown.hidden = !this.shown.hidden;
    this.opener.setAttribute("aria-expanded", String(!this.shown.hidden));
    setText(this.opener, this.shown.hidden ? "Show the code" : "Hide the code");
  }

  async copy() {
    const text = this.code.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No clipboard for pages that came without encryption: the old way, by what is selected.
      const range = document.createRange();
      range.selectNodeContents(this.code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    setText(this.copied, "Copied");
    setTimeout(() => setText(this.copied, "Copy"), 1500);
  }
}
