/** Talking to the server: one request at a time, the newest wish wins, a lost server is waited for. */

export class Refused extends Error {
  constructor(status, body) {
    super((body && body.error && body.error.message) || `status ${status}`);
    this.status = status;
  }
}

export class Wire {
  constructor() {
    this.client = Math.random().toString(36).slice(2, 10);
    this.move = 0;
    this.lost = false;
    this.live = false;
    this.listeners = [];
    this.back = [];
  }

  /** Called with {lost, live, warming} whenever one of them changes. */
  onStatus(call) {
    this.listeners.push(call);
  }

  /** Called when a lost server is there again. */
  onBack(call) {
    this.back.push(call);
  }

  tell(status) {
    const before = `${this.lost} ${this.live} ${this.warming}`;
    Object.assign(this, status);
    if (before === `${this.lost} ${this.live} ${this.warming}`) return;
    for (const call of this.listeners) call(this);
  }

  async get(path, parameters = {}, signal = undefined) {
    const query = new URLSearchParams(parameters).toString();
    return this.read(fetch(query ? `${path}?${query}` : path, {signal, cache: "no-store"}));
  }

  async post(path, body) {
    return this.read(fetch(path, {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(body)}));
  }

  async read(promise) {
    let response;
    try {
      response = await promise;
      if (!response.ok) throw new Refused(response.status, await response.json().catch(() => null));
      const type = response.headers.get("content-type") || "";
      return await (type.includes("json") ? response.json() : response.text());
    } catch (error) {
      if (error instanceof TypeError) this.tell({lost: true, live: false});
      throw error;
    }
  }

  /** Asks again and again whether the server lives: often while it warms up or is lost. */
  watch() {
    const look = async () => {
      let wait = 5000;
      try {
        const ready = await this.get("/api/ready");
        const wasLost = this.lost;
        this.tell({lost: false, live: ready.live, warming: ready.warming});
        if (wasLost) for (const call of this.back) call();
        if (!ready.live) wait = 400;
      } catch {
        wait = 700;
      }
      setTimeout(look, wait);
    };
    look();
  }
}

/**
 * Carries out wishes: lists of steps, one after the other. A new wish takes the place of an old one;
 * a step marked `keep` may end first, so that the picture moves while a slider does.
 *
 * @typedef {{keep: boolean, run: function(AbortSignal): Promise<*>, done: function(*): void}} Step
 */
export class Newest {
  /** @param {function(Error): void} failed  @param {function(boolean): void} busy */
  constructor(failed, busy) {
    this.failed = failed;
    this.busy = busy;
    this.waiting = null;
    this.running = false;
    this.abort = null;
  }

  /** @param {Step[]} steps */
  wish(steps) {
    this.waiting = steps;
    if (this.running) {
      if (this.abort) this.abort.abort();
    } else {
      this.work();
    }
  }

  async work() {
    this.running = true;
    this.busy(true);
    while (this.waiting) {
      const steps = this.waiting;
      this.waiting = null;
      for (const step of steps) {
        if (this.waiting) break;
        const control = new AbortController();
        this.abort = step.keep ? null : control;
        try {
          const answer = await step.run(control.signal);
          if (step.keep || !this.waiting) step.done(answer);
        } catch (error) {
          if (error.name !== "AbortError" && error.status !== 409) {
            this.failed(error);
            break;
          }
        }
        this.abort = null;
      }
    }
    this.running = false;
    this.busy(false);
  }
}
