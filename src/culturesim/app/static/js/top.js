/** The top of the page: the acts, what is assumed, the menu, and whether the numbers are live. */
import {button, make, openDialog, setText} from "./dom.js";
import {t} from "./words.js";

export class TopBar {
  /** @param {number} acts  @param {function(string): void} deed called with the name of what was pressed */
  constructor(acts, deed) {
    this.deed = deed;
    this.status = make("span", {class: "status", role: "status"});
    this.links = [];
    const list = make("ol", {class: "acts"});
    for (let number = 1; number <= acts; number++) {
      const link = button("", () => deed(`act ${number}`), {class: "act-link"});
      this.links.push(link);
      list.append(make("li", {}, link));
    }
    this.assumed = button("", () => deed("assumed"), {class: "quiet"});
    this.menu = button("", () => this.openMenu(), {class: "quiet", "aria-haspopup": "dialog"});
    this.help = button("?", () => deed("help"), {class: "quiet round"});
    this.name = make("span", {class: "page-name"});
    this.nav = make("nav", {}, list);
    this.node = make("header", {id: "top"}, this.name, this.nav, this.status, this.assumed, this.menu, this.help);
  }

  show(act) {
    setText(this.name, t("page.title"));
    this.nav.setAttribute("aria-label", t("top.acts"));
    this.links.forEach((link, i) => {
      const here = i + 1 === act;
      setText(link, here ? t("act.title", {n: i + 1, name: t(`act.${i + 1}.name`)}) : String(i + 1));
      link.title = t(`act.${i + 1}.name`);
      link.setAttribute("aria-label", t("act.title", {n: i + 1, name: t(`act.${i + 1}.name`)}));
      if (here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    setText(this.assumed, t("top.assumed"));
    setText(this.menu, t("top.menu"));
    this.help.setAttribute("aria-label", t("help.title"));
  }

  /** @param {{lost: boolean, live: boolean, warming: ?string}} wire */
  showStatus({lost, live, warming}) {
    const state = lost ? "lost" : live ? "live" : "warming";
    this.status.className = `status ${state}`;
    setText(this.status, lost ? t("status.lost") : live ? t("status.live") : t(warming === "loading" ? "status.loading" : "status.compiling"));
  }

  openMenu() {
    const items = ["notes", "hands", "link", "picture", "print", "file", "commit", "reset"];
    const list = make("div", {class: "menu-list"});
    for (const name of items) {
      list.append(button(t(`menu.${name}`), () => {
        dialog.close();
        this.deed(name);
      }));
    }
    const choose = make("select", {id: "language", on: {change: () => {
      dialog.close();
      this.deed(`language ${choose.value}`);
    }}});
    for (const language of this.languages || []) {
      choose.append(make("option", {value: language, text: t(`language.${language}`), selected: language === this.language}));
    }
    list.append(make("div", {class: "menu-language"}, make("label", {for: "language", text: t("menu.language")}), choose));
    const dialog = openDialog(t("top.menu"), t("close"), list, "menu");
  }
}
