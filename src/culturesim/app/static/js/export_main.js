/** The page in one file: what was computed when it was saved, on sliders that still move. No server. */
import {make} from "./dom.js";
import {KeptSource} from "./kept.js";
import {Page} from "./page.js";
import {sourceText} from "./save.js";
import {t, useLanguage} from "./words.js";

/** Shows what a file holds in the element that waits for it. */
export function showFile(data, root) {
  useLanguage(data.language, data.strings);
  document.title = t("page.title");
  const hand = JSON.parse(data.notes.hand || "{}");
  const bets = {...data.state.bets};
  if (data.notes.bet) bets[data.state.act] = data.notes.bet;
  const state = {...data.state, bets, hand: hand.effort || null, votes: {}, preset: null, lang: data.language};
  const made = data.made.slice(0, 10);
  const head = make("header", {id: "top"}, make("span", {class: "page-name", text: t("page.title")}), make("span", {class: "status", text: t("file.saved", {date: made})}));
  const box = make("div", {id: "page"});
  root.replaceChildren(box);
  const page = new Page(box, {acts: data.acts, state, top: head, kept: true});
  const {act} = page;
  act.levelsOf = Object.fromEntries(act.knobs.map((name) => [name, data.acts.knobs[name].levels]));
  box.append(make("section", {id: "paper", class: "always"},
    make("p", {class: "paper-commitment", text: data.notes.commitment || ""}),
    make("p", {class: "paper-source", text: sourceText({version: data.version, seed: state.seed, act, bands: data.bands, made})}),
  ));
  const source = new KeptSource(data, act);
  // Only one knob may be away from where it was saved: another one that is moved takes the first back.
  page.store.onChange((now, why) => {
    const away = source.away(now);
    if (why !== "knob" || away.length < 2) return;
    const last = page.store.last ? page.store.last.name : away[0];
    const knobs = {...now.knobs};
    for (const name of away) if (name !== last) knobs[name] = data.state.knobs[name];
    page.store.change({knobs}, "knob");
  });
  page.begin(source);
  return page;
}

showFile(JSON.parse(document.getElementById("data").textContent), document.getElementById("export"));
