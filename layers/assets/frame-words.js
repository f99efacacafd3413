/**
 * What Streamlit says around our pages (a lost connection, buttons of tables), in the reader's language. Streamlit writes
 * it in English and has no setting for it: each whole phrase that we know is put in the words of `#frame-words`.
 */
(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const words = new Map(Object.entries(JSON.parse(document.getElementById("frame-words").textContent)));

  /* Only whole phrases: a word of ours within a sentence is nobody else's to change. */
  const inOurs = (said) => words.get(said.trim());

  function putText(node) {
    const said = inOurs(node.nodeValue);
    if (said && said !== node.nodeValue) node.nodeValue = said;
  }

  function putAttributes(element) {
    for (const name of ATTRIBUTES) {
      const said = element.hasAttribute(name) && inOurs(element.getAttribute(name));
      if (said && said !== element.getAttribute(name)) element.setAttribute(name, said);
    }
  }

  function putAll(node) {
    if (node.nodeType === Node.TEXT_NODE) return putText(node);
    if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === "SCRIPT" || node.tagName === "STYLE") return;
    putAttributes(node);
    for (const child of node.childNodes) putAll(child);
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") putAttributes(change.target);
      else if (change.type === "characterData") putText(change.target);
      else change.addedNodes.forEach(putAll);
    }
  }).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  putAll(document.body);
})();
