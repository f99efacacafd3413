// What `make check` asks of scripts: faults, names that nobody defines or uses, and what reads two ways.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  eqeqeq: "error",
  "no-implicit-globals": "error",
  "no-shadow": "error",
  "no-use-before-define": ["error", { functions: false, variables: false }],
  "no-unused-vars": ["error", { caughtErrors: "none" }],
  "no-var": "error",
  "prefer-const": "error",
  // Texts come from registers that are not ours: they become text nodes and nothing that a browser reads as a page.
  "no-restricted-syntax": [
    "error",
    ...[
      "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]",
      "CallExpression[callee.property.name=/^(insertAdjacentHTML|write|writeln)$/]",
    ].map((selector) => ({
      selector,
      message: "Expected text nodes (`element` in support-map-drawing.js): texts of registers are not ours.",
    })),
  ],
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
};

export default [
  { ignores: [".venv*/", "var/", "node_modules/"] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" }, rules },
  {
    // Plain scripts of a page, in the order in which layers/maps/base.py names them; Leaflet is there before them.
    files: ["layers/assets/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: { ...globals.browser, L: "readonly", SupportMap: "readonly" },
    },
  },
  { files: ["**/*.mjs"], languageOptions: { sourceType: "module", globals: { ...globals.node, document: "readonly" } } },
];
