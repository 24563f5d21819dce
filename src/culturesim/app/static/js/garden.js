/**
 * The culture garden: one plant a team. Height is how far it works the discovery way, leaves are skill,
 * fruit is value; roots are what it would do by itself.
 */
import {fitCanvas} from "./dom.js";

const STEM = "#3f7d3a";
const LEAF = "#5a9e4f";
const FRUIT = "#C0392B";
const SOIL = "#8d6e54";

function leaf(pen, x, y, length, side, lift) {
  pen.beginPath();
  pen.moveTo(x, y);
  pen.quadraticCurveTo(x + side * length * 0.5, y - lift - length * 0.55, x + side * length, y - lift);
  pen.quadraticCurveTo(x + side * length * 0.5, y + length * 0.12, x, y);
  pen.fill();
}

/** Three roots, as deep as what a team would do by itself. */
function roots(pen, x, y, depth, room) {
  if (depth < 2) return;
  pen.strokeStyle = SOIL;
  pen.lineWidth = Math.max(2, room * 0.06);
  for (const side of [-1, 0, 1]) {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.quadraticCurveTo(x + side * room * 0.14, y + depth * 0.4, x + side * room * 0.3, y + depth * (side ? 0.8 : 1));
    pen.stroke();
  }
}

export class Garden {
  constructor(canvas) {
    this.canvas = canvas;
    this.world = null;
  }

  /**
   * @param {{practised: number[][], culture: number[][], skill: number[][], team_value: number[][]}} world
   * @param {{most: number, roots: ?boolean, labels: string[]}} scale most: value that makes the largest fruit
   */
  show(world, {most, roots, labels}) {
    this.world = world;
    this.most = Math.max(most, 1e-9);
    this.roots = roots;
    this.labels = labels;
  }

  clear() {
    this.world = null;
    fitCanvas(this.canvas);
  }

  draw(month) {
    const {pen, width, height} = fitCanvas(this.canvas);
    if (!this.world) return;
    const {culture, practised, skill, team_value: value} = this.world;
    const teams = this.labels.length;
    const cycle = Math.min(Math.max(0, Math.round(month) - 1), culture.length - 1);
    const letter = Math.max(14, Math.round(window.innerWidth / 91));
    const letters = height > letter * 7;
    const deep = this.roots ? height * 0.24 : 0;
    const ground = height - (letters ? letter * 1.4 : 7) - deep;
    pen.fillStyle = SOIL;
    pen.fillRect(0, ground, width, 5);
    if (deep) {
      pen.fillStyle = "#efe6dc";
      pen.fillRect(0, ground + 5, width, deep);
    }
    const room = width / teams;
    pen.textAlign = "center";
    pen.font = `600 ${letter}px system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif`;
    for (let team = 0; team < teams; team++) {
      const x = room * (team + 0.5);
      if (letters) {
        pen.fillStyle = "#444444";
        pen.fillText(this.labels[team], x, height - 2);
      }
      if (cycle < 0) continue;
      const before = month < 1;
      if (deep) roots(pen, x, ground + 5, Math.min(1, culture[cycle][team]) * (deep - 4), room);
      this.plant(pen, x, ground, room, ground - 4, {
        height: practised[cycle][team], skill: skill[cycle][team], value: before ? 0 : value[cycle][team] / this.most,
      });
    }
    pen.textAlign = "start";
  }

  plant(pen, x, ground, room, tall, team) {
    const crown = Math.min(room * 0.44, tall * 0.26);
    const least = this.roots === null ? 0.45 : 0.12;  // where nothing is grown or ordered, height matters less
    const stem = (tall - crown * 1.7) * (least + (1 - least) * Math.min(1, Math.max(0, team.height))) + 4;
    const top = ground - stem;
    pen.strokeStyle = STEM;
    pen.lineWidth = Math.max(3, room * 0.1);
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(x, ground);
    pen.lineTo(x, top);
    pen.stroke();
    pen.fillStyle = LEAF;
    const length = crown * (0.25 + 0.95 * Math.min(1, team.skill));
    const pairs = stem > tall * 0.45 ? 2 : 1;
    for (let pair = 0; pair < pairs; pair++) {
      const y = top + (stem * (pair + 0.35)) / (pairs + 0.6);
      leaf(pen, x, y, length, -1, length * 0.35);
      leaf(pen, x, y, length, 1, length * 0.35);
    }
    const fruit = crown * Math.sqrt(Math.min(1, Math.max(0, team.value)));
    pen.fillStyle = fruit > 0.6 ? FRUIT : STEM;
    pen.strokeStyle = "#ffffff";
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.arc(x, top - Math.max(fruit, 2) * 0.8, Math.max(fruit, 2.5), 0, 2 * Math.PI);
    pen.fill();
    if (fruit > 4) pen.stroke();
  }
}
