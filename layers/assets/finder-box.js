/**
 * The box of the finder, better with a script: suggestions while somebody types, and help near where they are. Without
 * it, and wherever anything here fails, the form is sent as it is.
 */
(() => {
  const WAIT_MS = 150; /* a key follows a key faster than that */
  const LEAST_SIGNS = 2;
  const DECIMALS = 2; /* 0.01° is about 1 km: all that the server is told, and all that it takes */
  const LARGEST_ERROR_M = 2000;
  const PATIENCE_MS = 15000;

  let form = null;

  /* The address that the form would be sent to. */
  function addressOf(path, more) {
    const sent = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(more)) sent.set(name, value);
    return `${path}?${sent}`;
  }

  /* ---------- suggestions: a combobox whose list is only moved through; Enter or a press chooses ---------- */

  function suggest() {
    const input = form.querySelector("input[type=search]");
    const list = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    let at = -1;
    let asking = null;
    let timer = 0;

    function mark(to) {
      at = to;
      for (const [number, option] of [...list.children].entries()) {
        option.setAttribute("aria-selected", String(number === at));
      }
      const marked = list.children[at];
      if (!marked) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", marked.id);
      marked.scrollIntoView({ block: "nearest" });
    }

    function open(isOpen) {
      mark(-1);
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
    }

    function stop() {
      clearTimeout(timer);
      if (asking) asking.abort();
      asking = null;
    }

    function close() {
      stop();
      open(false);
      status.textContent = "";
    }

    /* Texts become text nodes: names of places come from lists that are not ours. */
    function part(tag, text) {
      const made = document.createElement(tag);
      made.textContent = text;
      return made;
    }

    function optionOf({ name, about, url }, number) {
      const option = part("li", "");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.dataset.url = url;
      option.append(part("b", name), " ", part("span", about));
      return option;
    }

    function show({ said, options }) {
      list.textContent = "";
      list.append(...options.map(optionOf));
      open(options.length > 0);
      /* Over the keyboard of a telephone there is room for a few only: the box goes up, the focus stays. */
      const room = window.visualViewport ? window.visualViewport.height : window.innerHeight;
      if (list.getBoundingClientRect().bottom > room) form.scrollIntoView({ block: "start" });
      status.textContent = said;
    }

    async function ask() {
      stop();
      const mine = new AbortController();
      asking = mine;
      try {
        const answer = await fetch(addressOf(form.dataset.suggestions, {}), { signal: mine.signal });
        const told = answer.ok ? await answer.json() : null;
        if (asking !== mine) return;
        if (told && document.activeElement === input) show(told);
        else close();
      } catch {
        if (asking === mine) close();
      }
    }

    function typed() {
      stop();
      if (input.value.trim().length < LEAST_SIGNS) close();
      else timer = setTimeout(ask, WAIT_MS);
    }

    function move(by) {
      const count = list.children.length;
      /* Past the last one comes the box itself, where nothing is marked. */
      mark(((at + 1 + by + count + 1) % (count + 1)) - 1);
    }

    function pressed(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const isOpen = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (isOpen) move(event.key === "ArrowDown" ? 1 : -1);
        else if (event.key === "ArrowDown" && input.value.trim().length >= LEAST_SIGNS) ask();
        else return;
        event.preventDefault();
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault(); /* the words in the box stay */
        close();
      } else if (event.key === "Enter") {
        stop();
        if (at < 0) return; /* the form is sent as it was typed */
        event.preventDefault();
        location.assign(list.children[at].dataset.url);
      } else if (event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "Home" || event.key === "End") {
        mark(-1);
      }
    }

    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", typed);
    input.addEventListener("keydown", pressed);
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); /* the box keeps the focus */
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }

  /* ---------- near me: the position is rounded here, before anything leaves the browser ---------- */

  function offerNear() {
    const near = form.querySelector(".near");
    const button = near.querySelector("button");
    const said = near.querySelector("[role=status]");

    function say(text) {
      said.textContent = text;
      said.className = text === near.dataset.wait ? "said" : "said problem";
      button.removeAttribute("aria-disabled");
    }

    function found({ coords }) {
      if (coords.accuracy > LARGEST_ERROR_M) {
        return say(near.dataset.coarse.replace("{km}", String(Math.ceil(coords.accuracy / 1000))));
      }
      const point = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(DECIMALS));
      say(""); /* whoever comes back to this page is not told that it still looks */
      return location.assign(addressOf(form.getAttribute("action"), { near: `p:${point.join(",")}` }));
    }

    /* Of `GeolocationPositionError`: 1 no consent, 3 too late; whatever else it is, the position is not known. */
    function failed({ code }) {
      say({ 1: near.dataset.denied, 3: near.dataset.slow }[code] ?? near.dataset.unknown);
    }

    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled")) return;
      say(near.dataset.wait);
      button.setAttribute("aria-disabled", "true");
      navigator.geolocation.getCurrentPosition(found, failed, { timeout: PATIENCE_MS });
    });
    near.hidden = false;
  }

  function begin() {
    form = document.querySelector("form.box");
    if (!form) return;
    suggest();
    /* Browsers tell a position to pages over TLS only; a button that cannot work is not offered. */
    if (window.isSecureContext && navigator.geolocation) offerNear();
    else form.querySelector(".near").remove();
  }

  begin();
  document.addEventListener("finder-put", begin); /* finder-list.js put another page, with a box of its own, in place */
})();
