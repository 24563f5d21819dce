/** Voting by phones in the room: only where the trainer opens it. */
import {phonesText} from "./dialogs.js";
import {button, make, setText} from "./dom.js";
import {t} from "./words.js";

const LOOK_EVERY = 1000;

/** Gives what `openHands` takes: shows a code to scan, and counts as phones vote. */
export function phonesOf(wire, act, language) {
  return (box, fill) => {
    let timer = null;
    const count = make("p", {class: "phones-count", role: "status"});
    const look = async () => {
      try {
        const told = await wire.get("/api/room");
        if (told.votes > 0) fill(told.counts);
        setText(count, phonesText(told.votes || 0));
      } catch {
        // The bar on top says that the server is lost.
      }
      timer = setTimeout(look, LOOK_EVERY);
    };
    const end = () => {
      clearTimeout(timer);
      if (timer !== null) wire.post("/api/room/close", {}).catch(() => {});
      timer = null;
    };
    const open = async () => {
      try {
        const told = await wire.post("/api/room/open", {act: act.number, language});
        box.replaceChildren(picture(told.qr), make("p", {class: "phones-url", text: told.url}), count, make("p", {class: "phones-note", text: t("votes.network")}));
        look();
      } catch (error) {
        setText(count, error.message);
        box.append(count);
      }
    };
    box.replaceChildren(make("p", {text: t("votes.phones.intro")}), button(t("votes.phones.open"), open));
    return end;
  };
}

/** The code as a picture: an image cannot run anything. */
function picture(svg) {
  return make("img", {class: "qr", alt: t("votes.qr"), src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`});
}
