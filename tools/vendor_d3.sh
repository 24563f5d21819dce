#!/bin/sh
# Makes src/culturesim/app/static/vendor/d3.js anew: the parts of D3 that the page draws with, as one
# ES module with one name. Needs Node and npm; the page itself needs neither.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
vendor="$here/src/culturesim/app/static/vendor"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --no-audit --no-fund --silent --save-exact \
    esbuild@0.28.2 d3-array@3.2.5 d3-axis@3.0.1 d3-path@3.1.1 d3-scale@4.0.3 d3-selection@3.0.1 d3-shape@3.2.1

cat >entry.js <<'JS'
export {max, min} from "d3-array";
export {axisBottom, axisLeft} from "d3-axis";
export {scaleLinear, scaleLog} from "d3-scale";
export {select} from "d3-selection";
export {area, curveMonotoneX, line} from "d3-shape";
JS
npx esbuild entry.js --bundle --minify --format=iife --global-name=d3 --target=es2022 \
    --legal-comments=none --log-level=warning --outfile=out.js

mkdir -p "$vendor"
{
    echo '// Parts of D3 by Mike Bostock, ISC licence: see d3.LICENSE and d3.VERSIONS. Made by tools/vendor_d3.sh.'
    sed '1s/^var d3=/export const d3=/' out.js
} >"$vendor/d3.js"
cp node_modules/d3-selection/LICENSE "$vendor/d3.LICENSE"
for part in node_modules/d3-* node_modules/internmap; do
    node -p "const p = require('./$part/package.json'); p.name + ' ' + p.version + ' (' + p.license + ')'"
done | sort >"$vendor/d3.VERSIONS"
