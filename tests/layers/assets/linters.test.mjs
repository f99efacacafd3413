import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { ESLint } from "eslint";
import stylelint from "stylelint";

const cwd = fileURLToPath(new URL("../../../", import.meta.url));

async function refusals(code) {
  const [{ messages }] = await new ESLint({ cwd }).lintText(code, { filePath: "layers/assets/tried.js" });
  return messages.map(({ ruleId }) => ruleId);
}

test("a text that would be read as HTML is refused, whichever way", async () => {
  for (const code of [
    "document.body.innerHTML = window.name;",
    "document.body.outerHTML += window.name;",
    'document.body.insertAdjacentHTML("beforeend", window.name);',
    "document.write(window.name);",
  ]) {
    assert.deepEqual(await refusals(code), ["no-restricted-syntax"], code);
  }
  assert.deepEqual(await refusals("document.body.textContent = window.name;"), []);
});

test("a name that nobody defines is refused; Leaflet's and ours are known", async () => {
  assert.deepEqual(await refusals("SupportMap.start(L.Browser.mobile, folium);"), ["no-undef"]);
});

test("a declaration that no browser knows is refused in a style sheet", async () => {
  const { results } = await stylelint.lint({ cwd, code: ".support-legend { colour: #1f1f1f; }\n", codeFilename: `${cwd}a.css` });
  assert.deepEqual(results[0].warnings.map(({ rule }) => rule), ["property-no-unknown"]);
});
