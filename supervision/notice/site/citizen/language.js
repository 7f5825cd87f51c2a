// 语言切换 (the switch of language): both texts stand in the page, one of them is shown; the choice stays on this device.
// A title and a choice of a list hold no elements: they keep both texts beside the one that is shown.

(() => {
  const root = document.documentElement;
  const buttons = document.querySelectorAll("[data-choose]");
  const KEY = "supervision-language";

  /** Show one language (切换语言). A device that keeps nothing for pages opened from a file asks again next time. */
  function choose(lang) {
    root.dataset.lang = lang;
    root.lang = lang === "en" ? "en" : "zh-CN";
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.choose === lang));
    for (const one of document.querySelectorAll("title, option[data-zh]")) one.textContent = one.dataset[lang];
    document.dispatchEvent(new Event("language"));
    try {
      localStorage.setItem(KEY, lang);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  function chosen() {
    try {
      return localStorage.getItem(KEY) === "en" ? "en" : "zh";
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return "zh";
    }
  }

  for (const one of buttons) one.addEventListener("click", () => choose(one.dataset.choose));
  choose(chosen());
  for (const one of document.querySelectorAll(".switch[hidden]")) one.hidden = false;
})();
