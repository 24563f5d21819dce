/** The page in one file: what was computed when it was saved, on sliders that still move. No server. */
import {make} from "./dom.js";
import {KeptSource} from "./kept.js";
import {Page} from "./page.js";
import {sourceText} from "./save.js";
import {t, useLanguage} from "./words.js";

/** Shows what a file holds in the element that waits for it. */
export function showFile(data, root) {
  const {lang} = data.state;
  useLanguage(lang, data.strings[lang] || data.strings.en);
  document.title = t("page.title");
  const state = {...data.state, votes: {}, preset: null};
  const head = make("header", {id: "top"}, make("span", {class: "page-name", text: t("page.title")}), make("span", {class: "status", text: t("file.saved", {date: data.made})}));
  const page = new Page(root, {acts: data.acts, state, top: head, kept: true});
  const {act} = page;
  const source = new KeptSource(data);
  const bands = data.bands[act.knobs.length ? String(state.knobs[act.knobs[0]]) : ""];
  root.append(make("section", {id: "paper", class: "always"},
    make("p", {class: "paper-commitment", text: data.commitment ? t("commit.printed", data.commitment) : ""}),
    make("p", {class: "paper-source", text: sourceText({version: data.acts.version, seed: state.seed, act, bands, made: data.made})}),
  ));
  // Only one knob may be away from where it was saved: one that is moved takes the others back.
  page.store.onChange((now, why) => {
    if (why !== "knob" || source.away(act, now).length < 2) return;
    const last = page.store.last.name;
    page.store.change({knobs: {...data.state.knobs, [last]: now.knobs[last]}}, "knob");
  });
  page.begin(source);
  return page;
}

showFile(JSON.parse(document.getElementById("data").textContent), document.getElementById("page"));
