// What `make check` asks of style sheets: stylelint's standard, and why not all of it.
export default {
  extends: "stylelint-config-standard",
  rules: {
    "color-hex-length": "long", // as layers/text/style.py writes colours
    "media-feature-range-notation": "prefix", // browsers of old telephones read no other
    "no-descending-specificity": null, // it compares rules that never meet in one element
    "selector-class-pattern": null, // classes are named by Streamlit, and by keys in Python
    // Sheets of pages hold a rule in a line, and comments beside what they tell of.
    "at-rule-empty-line-before": null,
    "comment-empty-line-before": null,
    "declaration-block-single-line-max-declarations": null,
    "rule-empty-line-before": null,
  },
};
