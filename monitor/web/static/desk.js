"use strict";
/* Makes the pages quicker; every decision also works without it.
 *   keys      j k o Enter x e v a c u / ?  soft forms   sent behind the page, which keeps its place
 *   keeping   what is typed survives a closed tab and a lost session, until the form is really taken
 */
(() => {
  const person = document.body.dataset.person;
  const $ = (one, within = document) => within.querySelector(one);
  const $$ = (all, within = document) => [...within.querySelectorAll(all)];

  // -- keeping what is typed ------------------------------------------------------------------------------------
  const storeKey = (form) => `giu:${person}:${location.pathname}:${form.id}`;
  const kept = (form) =>
    $$("textarea, input:not([type=hidden]):not([type=password]):not([type=file]), select", form).filter((f) => f.name);

  const save = (form) => {
    if (!person) return;
    const said = kept(form).map((f) => [f.name, f.type === "checkbox" || f.type === "radio" ? f.checked : f.value, f.value]);
    try { localStorage.setItem(storeKey(form), JSON.stringify({ at: Date.now(), said })); } catch { /* full or forbidden */ }
  };
  const forget = (form) => { try { localStorage.removeItem(storeKey(form)); } catch { /* forbidden */ } };
  const dropAll = (fits) => {
    try { Object.keys(localStorage).filter((key) => key.startsWith("giu:") && fits(key)).forEach((key) => localStorage.removeItem(key)); }
    catch { /* forbidden */ }
  };
  const TOO_OLD = 14 * 864e5;
  const tooOld = (key) => { try { return Date.now() - JSON.parse(localStorage.getItem(key)).at > TOO_OLD; } catch { return true; } };

  const restore = (form) => {
    let left = null;
    try { left = JSON.parse(localStorage.getItem(storeKey(form))); } catch { return; }
    if (!left || Date.now() - left.at > TOO_OLD) return;
    let changed = false;
    for (const [name, value, own] of left.said) {
      const field = kept(form).find((f) => f.name === name && (typeof value !== "boolean" || f.value === own));
      if (!field) continue;
      const now = typeof value === "boolean" ? field.checked : field.value;
      if (now === value) continue;
      if (typeof value === "boolean") field.checked = value; else field.value = value;
      changed = true;
    }
    if (!changed) { forget(form); return; }
    form.closest("details")?.setAttribute("open", "");
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = "Đã khôi phục nội dung nhập dở. ";
    const drop = document.createElement("button");
    drop.type = "button"; drop.className = "plain"; drop.textContent = "Bỏ nội dung này";
    drop.addEventListener("click", () => { forget(form); form.reset(); note.remove(); });
    note.append(drop);
    form.prepend(note);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) save(form);
  });

  // -- soft forms -----------------------------------------------------------------------------------------------
  const place = () => $$("[data-row]").findIndex((row) => row.classList.contains("now"));

  // Where the page shown belongs; another one that was swapped in is a step that "back" goes.
  let shown = location.pathname + location.search;
  addEventListener("popstate", () => { if (location.pathname + location.search !== shown) location.reload(); });

  const swap = (html, address, form, ok) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = $("main", page);
    if (!fresh || !page.body.dataset.person) { location.assign(address); return; }
    const at = place(), now = $("[data-row].now")?.id, up = window.scrollY, to = new URL(address), same = to.pathname === location.pathname;
    if (ok && form) forget(form);
    $("main").replaceWith(document.adoptNode(fresh));
    const side = $(".side nav", page);
    if (side && $(".side nav")) $(".side nav").replaceWith(document.adoptNode(side));
    document.title = page.title;
    if (ok && address !== location.href) history[same ? "replaceState" : "pushState"](null, "", address);
    shown = location.pathname + location.search;
    window.scrollTo(0, same ? up : 0);
    const rows = $$("[data-row]");
    // The row one has gone on to meanwhile, else the one that took the place of the decided one.
    if (same && at >= 0 && rows.length) choose((now && rows.find((row) => row.id === now)) || rows[Math.min(at, rows.length - 1)]);
    else if (!same) $("main").focus({ preventScroll: true });
    arrive();
    $("[data-focus]")?.focus();
  };

  // One form at a time. Keys struck meanwhile wait for their row to be there; after a refusal they are forgotten.
  let busy = false;
  const struck = [];

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-soft]") || event.defaultPrevented) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    let taken = false;
    const button = event.submitter;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) body.append(name, value);
    if (form.matches("[data-keep]")) save(form);
    if (button) button.disabled = true;
    try {
      const answer = await fetch(button?.getAttribute("formaction") || form.getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
      const ok = taken = answer.ok;
      if (answer.status === 401) {
        sessionStorage.setItem("het", "1");
        location.assign(`/dang-nhap?het=1&den=${encodeURIComponent(location.pathname + location.search)}`);
        return;
      }
      const address = answer.redirected ? answer.url : location.href;
      if (answer.headers.get("content-type")?.startsWith("text/html")) {
        const html = await answer.text();
        const page = ok ? null : new DOMParser().parseFromString(html, "text/html");
        // A page without a person is the server's own excuse: this page, with what was typed, stays.
        if (page && !page.body.dataset.person) tell($(".wrong", page)?.textContent || page.title);
        else swap(html, address, form, ok);
      } else { location.assign(address); }
    } catch {
      tell("Không gửi được: mất kết nối với máy chủ. Nội dung đã nhập vẫn còn trên trang này; thử lại sau.");
    } finally {
      if (button) button.disabled = false;
      busy = false;
      if (!taken) struck.length = 0;
      while (struck.length && !busy) strike(struck.shift());
    }
  });

  // A link that opens something on this same page, which keeps its place.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-soft]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const row = link.closest("[data-row]");
    if (row) choose(row);
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      swap(await answer.text(), answer.url, null, true);
      $(".give :is(input:not([type=hidden]), select, textarea)")?.focus();
    } catch { location.assign(link.href); }
  });

  const tell = (words) => {
    $(".flash")?.remove();
    const box = document.createElement("div");
    box.className = "flash"; box.setAttribute("role", "alert"); box.textContent = words;
    $("main").prepend(box);
    box.scrollIntoView({ block: "nearest" });
  };

  // A form that goes the plain way was taken when the next page says so. Who signs out leaves nothing behind.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") === "/dang-xuat") dropAll((key) => key.startsWith(`giu:${person}:`));
    if (!form.matches("form[data-keep]:not([data-soft])")) return;
    save(form);
    sessionStorage.setItem("gui", storeKey(form));
  });

  // -- keys -----------------------------------------------------------------------------------------------------
  const choose = (row) => {
    $$("[data-row].now").forEach((one) => one.classList.remove("now"));
    if (!row) return;
    row.classList.add("now");
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };

  const move = (step) => {
    const rows = $$("[data-row]");
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.classList.contains("now"));
    choose(rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))]);
  };

  const press = (key) => {
    const row = $("[data-row].now");
    const ticked = $('[data-row] input[data-key="c"]:checked') && $(`[data-many="${key}"]`);
    const found = ticked || (row && $(`[data-key="${key}"]`, row)) || $$(`[data-key="${key}"]`).find((one) => !one.closest("[data-row]"));
    if (!found) return false;
    if (found.tagName === "INPUT" && found.type !== "checkbox") { found.focus(); found.select?.(); }
    else if (found.tagName === "SUMMARY") { found.click(); $("input:not([type=hidden]), select, textarea", found.parentElement)?.focus(); }
    else found.click();
    return true;
  };

  const strike = (key) => {
    if ((key === "j" || key === "k") && $("[data-row]")) move(key === "j" ? 1 : -1);
    else if (key === "?") $("#keys").showModal();
    else if (key === "/") { $("#menu")?.setAttribute("open", ""); $('input[data-key="/"]')?.focus(); }
    else return /^([jkoxevacu]|Enter)$/.test(key) && press(key);
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if ($("dialog[open]")) return;
    const { key, target } = event;
    if (key === "Enter" && target.closest("a, button, summary, input")) return;
    if (busy && /^[jkxevu]$/.test(key)) struck.push(key);
    else if (!strike(key)) return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && !event.target.closest("a, button, input, label, summary, select, textarea")) choose(row);
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const from = document.getElementById(copy.dataset.copy);
      from.select?.();
      const done = () => { copy.textContent = "Đã sao chép"; };
      if (navigator.clipboard) navigator.clipboard.writeText(from.value ?? from.textContent).then(done);
      else { document.execCommand("copy"); done(); }
    }
    const all = event.target.closest("[data-all]");
    if (all) $$(`input[name="${all.dataset.all}"]`).forEach((box) => { box.checked = all.checked; });
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-now]");
    if (form && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
  });

  // -- a page arrives -------------------------------------------------------------------------------------------
  const arrive = () => {
    $$("[data-print], [data-copy], [data-js]").forEach((one) => { one.hidden = false; });
    $$("form[data-keep]").forEach(restore);
    if (!$("[data-row].now")) $("[data-first] [data-row]")?.classList.add("now");  // a queue is ready for its keys
  };
  const sent = sessionStorage.getItem("gui"), took = $("[data-taken]")?.dataset.taken;
  if (sent && took && sent.endsWith(`:${took}`)) dropAll((key) => key === sent);
  if (person) sessionStorage.removeItem("gui");
  dropAll(tooOld);
  arrive();
  if (person && sessionStorage.getItem("het")) {
    sessionStorage.removeItem("het");
    $("form[data-keep] > .note")?.scrollIntoView({ block: "center" });
  }
  if (matchMedia("(max-width: 60rem)").matches) $("#menu")?.removeAttribute("open");
  if (location.hash.length > 1) {
    const there = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (there?.matches("[data-row]")) choose(there);
    there?.closest("details")?.setAttribute("open", "");
  }
  $("[data-focus]")?.focus();

  // Who else has this open; asked quietly, and only while somebody looks.
  setInterval(async () => {
    const here = $("[data-presence]");
    if (document.hidden || !here) return;
    try {
      const answer = await fetch(here.dataset.presence, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected && here.isConnected) here.innerHTML = (await answer.text()).trim();
    } catch { /* next time */ }
  }, 45000);
})();
