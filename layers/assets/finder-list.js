/**
 * The finder without a reload: a plain press on one of its choices fetches the page that it leads to, the one that
 * everybody gets, and puts it in place. Whatever is unexpected here goes to the link as a browser does.
 */
(() => {
  const PATIENCE_MS = 8000;
  const PAUSE_MS = 350; /* Safari lets a page write into its history a hundred times in 30 s */
  const OF_ADDRESS = "link[rel=canonical], link[rel=alternate], meta[property], meta[name=description], meta[name=robots]";
  const OF_VERSION = "link[href^='/vendor/'], script[src^='/vendor/']";

  const one = (selector) => document.querySelector(selector);
  const all = (selector, page = document) => [...page.querySelectorAll(selector)];
  const addressOf = ({ pathname, search }) => pathname + search;
  const status = document.createElement("p");
  let shown = addressOf(location);
  let waiting = null;
  let pause = 0;

  /* By what a choice, and a part that folds, is known again on another page. */
  const nameOf = (link) => `${link.closest("nav")?.getAttribute("aria-label")}: ${link.textContent}`;
  const foldOf = (part) => part.className || (part.closest("li")?.querySelector("h3").textContent ?? "") + part.firstElementChild.textContent;
  const choiceOf = (name) => all("main .choose a").find((link) => nameOf(link) === name);
  /* Another language, or a newer application, is another document. */
  const versionOf = (page) => page.documentElement.lang + all(OF_VERSION, page).map((file) => file.outerHTML).join("");

  function keep(more) {
    history.replaceState({ ...history.state, ...more, y: window.scrollY }, "");
  }

  function scrolled() {
    clearTimeout(pause);
    pause = setTimeout(keep, PAUSE_MS);
  }

  function stop() {
    waiting?.abort();
    waiting = null;
    for (const busy of all("[aria-busy]")) busy.removeAttribute("aria-busy");
  }

  /* Of this host; the server has escaped its words, and a parsed document runs no script. */
  async function pageOf(url, signal) {
    const answer = await fetch(url, { signal, mode: "same-origin" });
    const isPage = answer.status === 200 && answer.headers.get("content-type").startsWith("text/html");
    const page = new DOMParser().parseFromString(isPage ? await answer.text() : "", "text/html");
    if (!page.querySelector("main form.box") || versionOf(page) !== versionOf(document)) throw new Error("no finder");
    return { page, at: answer.redirected ? answer.url : url };
  }

  function put(page) {
    const open = new Set(all("main details[open]").map(foldOf));
    one("main").replaceChildren(...page.querySelector("main").childNodes);
    for (const part of all("main details")) part.open = open.has(foldOf(part));
    one("nav.languages").replaceWith(page.querySelector("nav.languages"));
    for (const old of all(OF_ADDRESS)) old.remove();
    document.head.append(...all(OF_ADDRESS, page));
    document.title = page.title;
    shown = addressOf(location);
    document.dispatchEvent(new Event("finder-put")); /* the box begins again */
    status.textContent = all("[data-said]").map((said) => said.textContent).join(" ");
  }

  /* The first that can have the focus gets it: what is not there or folded away cannot. */
  function focusOn(...some) {
    return some.find((part) => {
      if (part?.matches("a") === false) part.tabIndex = -1;
      part?.focus({ preventScroll: true });
      return part && document.activeElement === part;
    });
  }

  /* The page of a press. The same choice stays where it was on the screen, else what the link is about is seen. */
  function follow(page, at, link) {
    const [name, top, wasDanger] = [nameOf(link), link.getBoundingClientRect().top, one("#pilne")];
    keep({ name });
    history.pushState({ name }, "", at);
    put(page);
    const danger = wasDanger ? null : one("#pilne a");
    const part = link.hash && link.hash !== "#wynik" ? one(`${link.hash} :is(h2, h3, a)`) : null;
    const same = link.hash ? choiceOf(name) : null;
    const focused = focusOn(danger, part, same, link.hash ? one("#wynik h2") : null, one("h1"));
    const { top: now, bottom } = focused.getBoundingClientRect();
    if (!link.hash) window.scrollTo(0, 0); /* no part of a page: another one, from its beginning */
    else if (focused === same) window.scrollBy(0, now - top);
    else if (now < 0 || bottom > window.innerHeight) focused.scrollIntoView();
    keep();
  }

  /* The page of a step back or forward, as it was left. */
  function restore(page, state) {
    put(page);
    focusOn(choiceOf(state?.name), one("#wynik h2"), one("h1"));
    if (state) window.scrollTo(0, state.y);
  }

  async function go(href, link, state) {
    stop();
    const mine = new AbortController();
    const patience = setTimeout(() => mine.abort(), PATIENCE_MS);
    waiting = mine;
    status.textContent = "";
    for (const part of [link, one("#wynik") ?? one("main")]) part?.setAttribute("aria-busy", "true");
    try {
      const { page, at } = await pageOf(href, mine.signal);
      if (link) follow(page, at, link);
      else restore(page, state);
      stop();
    } catch {
      if (waiting !== mine) return; /* a newer press ended this one */
      stop();
      if (addressOf(location) === shown) location.assign(href);
      else location.reload();
    } finally {
      clearTimeout(patience);
    }
  }

  function pressed(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    stop(); /* who goes elsewhere is not called back */
    const isChoice = link.closest("main") && link.origin === location.origin && link.pathname === location.pathname;
    if (!isChoice || addressOf(link) === shown) return;
    event.preventDefault();
    history.scrollRestoration = "manual";
    window.addEventListener("scroll", scrolled, { passive: true });
    go(link.href, link);
  }

  function stepped({ state }) {
    if (addressOf(location) !== shown) return go(location.href, null, state);
    stop();
    return state && window.scrollTo(0, state.y);
  }

  status.className = "off";
  status.setAttribute("role", "status");
  document.body.append(status);
  document.addEventListener("click", pressed);
  document.addEventListener("submit", stop);
  window.addEventListener("popstate", stepped);
  /* To whom comes back from another page the browser gives the place where they were. */
  window.addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
})();
