/** The bottom of the page: play, the scrubber that drives everything, one run on request. */
import {button, make, setText} from "./dom.js";
import {number, t} from "./words.js";

export class TimeBar {
  /** @param {import("./clock.js").Clock} clock  @param {{onRun: function(): void, onSample: function(boolean): void, onValue: function(boolean): void}} doing */
  constructor(clock, doing) {
    this.clock = clock;
    this.play = button(t("time.play"), () => clock.toggle(), {class: "play"});
    this.scrubber = make("input", {
      type: "range", class: "scrubber", min: 0, max: 1, step: 1, value: 0, "aria-label": t("time.scrubber"),
      on: {input: () => {
        clock.pause();
        clock.moveTo(Number(this.scrubber.value));
      }},
    });
    this.text = make("output", {class: "month"});
    this.sample = make("button", {type: "button", class: "sample", "aria-pressed": "false", text: t("run.show"), on: {click: () => {
      const on = this.sample.getAttribute("aria-pressed") !== "true";
      this.sample.setAttribute("aria-pressed", String(on));
      doing.onSample(on);
    }}});
    this.value = make("button", {type: "button", class: "with-value", "aria-pressed": "false", text: t("run.value"), on: {click: () => {
      const on = this.value.getAttribute("aria-pressed") !== "true";
      this.value.setAttribute("aria-pressed", String(on));
      doing.onValue(on);
    }}});
    this.another = button(t("run.another"), doing.onRun, {class: "another"});
    this.node = make("footer", {id: "bar"}, this.play, this.scrubber, this.text, this.value, this.sample, this.another);
    clock.onMove(() => this.show());
  }

  configure(act, limit) {
    this.scrubber.max = String(Math.max(1, limit));
    this.play.disabled = limit === 0;
    this.scrubber.disabled = limit === 0;
    this.node.hidden = act.number === 1;
    this.value.hidden = act.number !== 3 || limit <= act.stop;  // act 3 is about waste; value can be added once it is known
    this.node.classList.toggle("no-run", limit === 0);
    this.show();
  }

  showRun(run) {
    setText(this.sample, t("run.show", {n: number(run + 1)}));
  }

  show() {
    const month = Math.round(this.clock.month);
    if (Number(this.scrubber.value) !== month) this.scrubber.value = String(month);
    const text = t("time.month", {month: number(month), year: number(Math.ceil(month / 12))});
    setText(this.text, text);
    this.scrubber.setAttribute("aria-valuetext", text);
    setText(this.play, t(this.clock.playing ? "time.pause" : "time.play"));
  }
}
