/** One moment for everything on the page: play, pause, and the scrubber. */
import {reducedMotion} from "./dom.js";

export class Clock {
  constructor() {
    this.month = 0;
    this.limit = 0;
    this.playing = false;
    this.speed = 14;  // cycles a second
    this.listeners = [];
    this.frames = [];
  }

  onMove(call) {
    this.listeners.push(call);
  }

  /** The last moment there are data for; a moment beyond it falls back to it. */
  setLimit(limit) {
    this.limit = limit;
    if (this.month > limit) this.moveTo(limit);
  }

  moveTo(month) {
    this.month = Math.max(0, Math.min(month, this.limit));
    for (const call of this.listeners) call(this.month);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Plays on; from the start again where the end was reached. Cycles a second may be given. */
  play(speed = 14) {
    if (this.limit === 0) return;
    if (this.month >= this.limit) this.month = 0;
    this.speed = speed;
    if (this.playing) return;
    this.playing = true;
    this.frames = [];
    let before = performance.now();
    const calm = reducedMotion();
    let waited = 0;
    const frame = (now) => {
      if (!this.playing) return;
      const passed = Math.min(now - before, 100);
      this.frames.push(now - before);
      before = now;
      if (calm) {  // whole years, a second each, nothing glides
        waited += passed;
        if (waited > 1000) {
          waited = 0;
          this.moveTo(Math.floor(this.month / 12 + 1) * 12);
        }
      } else {
        this.moveTo(this.month + (passed / 1000) * this.speed);
      }
      if (this.month >= this.limit) this.pause();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    this.moveTo(this.month);
  }

  pause() {
    this.playing = false;
    this.moveTo(this.month);
  }
}
