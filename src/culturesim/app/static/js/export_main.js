/** The page in one file: what was computed when it was saved, on sliders that still move. No server. */
import {make} from "./dom.js";
import {KeptSource} from "./kept.js";
import {Page} from "./page.js";
import {sourceText} from "./save.js";
import {t, useLanguage} from "./words.js";

const exported = JSON.parse(document.getElementById("data").textContent);

function showExported(language) {
  useLanguage(language, exported.strings[language] || exported.strings.en);
  document.title = t("page.title");
  const root = document.getElementById("page");
  root.replaceChildren();
  const state = {votes: {}, preset: null, ...exported.state, lang: language};
  const head = make("header", {id: "top"}, make("span", {class: "page-name", text: t("page.title")}), make("span", {class: "status", text: t("file.saved", {date: exported.made})}));
  const page = new Page(root, {acts: exported.acts, state, top: head, only: state.act});
  const kept = exported.commitment;
  const act = page.act;
  const bands = Object.values(exported.bands)[0];
  root.append(make("section", {id: "paper"},
    make("p", {class: "paper-commitment", text: kept ? t("commit.printed", kept) : ""}),
    make("p", {class: "paper-source", text: sourceText({version: exported.acts.version, seed: state.seed, act, bands, made: exported.made})}),
  ));
  page.begin(new KeptSource(exported));
}

showExported(exported.state.lang || "en");
