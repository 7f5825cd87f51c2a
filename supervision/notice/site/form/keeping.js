// 本机保存 (keeping on the device): the whole form after every change, under its own name; nothing is sent.

const keeping = (() => {
  const PREFIX = "supervision-form-";

  function store() {
    try {
      return window.localStorage;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return null;
    }
  }

  /** Keep what was entered (保存): how many bytes, -1 where nothing can be kept, -2 where there is no room. */
  function keep(form, value) {
    const place = store();
    if (!place) return -1;
    const text = JSON.stringify(value);
    try {
      place.setItem(PREFIX + form, text);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return error.name === "QuotaExceededError" ? -2 : -1;
    }
    return text.length;
  }

  /** Return what was kept of a form, null where nothing is (取回). */
  function kept(form) {
    const place = store();
    const text = place ? place.getItem(PREFIX + form) : null;
    return text ? JSON.parse(text) : null;
  }

  function forget(form) {
    const place = store();
    if (place) place.removeItem(PREFIX + form);
  }

  return { keep, kept, forget };
})();
