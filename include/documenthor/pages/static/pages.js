// What makes the pages live. Without it everything works, by reloading.
const MILLISECONDS = 2000;
let etag = "";

const replace = (fresh) => {
  for (const now of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(now.id);
    if (next === null) continue;
    if (now.innerHTML !== next.innerHTML) {
      const focused = now.contains(document.activeElement) ? document.activeElement.id : "";
      now.replaceChildren(...next.childNodes);
      if (focused) document.getElementById(focused)?.focus();
    }
    now.toggleAttribute("data-poll", next.hasAttribute("data-poll"));
  }
};

const refresh = async () => {
  const headers = etag ? { "If-None-Match": etag } : {};
  const answer = await fetch(location.href, { headers, cache: "no-store" });
  if (answer.status !== 200) return;
  etag = answer.headers.get("ETag") ?? "";
  replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
};

const follow = async () => {
  if (document.querySelector("[data-poll]") === null) return;
  try {
    if (!document.hidden) await refresh();
  } catch {
    // The server may be away for a moment; the next round asks again.
  }
  setTimeout(follow, MILLISECONDS);
};
setTimeout(follow, MILLISECONDS);

// Airflow's frame lets nothing open a window, so there the page around it opens the link.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-outside]");
  if (!link || window.top === window.self) return;
  event.preventDefault();
  const outer = window.top.document.createElement("a");
  Object.assign(outer, { href: link.href, target: "_blank", rel: "noopener noreferrer" });
  outer.click();
});

// A choice in a filter is made at once; the button is for those without a script.
addEventListener("change", (event) => {
  const form = event.target.closest?.("form.filter");
  if (form && event.target.matches("select")) form.requestSubmit();
});
