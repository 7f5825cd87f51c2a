// 从文件夹直接打开网页时的搜索 / search in pages opened from a folder.
// Browsers start no Worker from file://, so there the worker's script runs in a hidden frame of the same page.
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function load(page, url) {
    return new Promise(function (resolve, reject) {
      var script = page.createElement("script");
      script.src = url;
      script.onload = resolve;
      script.onerror = reject;
      page.head.appendChild(script);
    });
  }

  class IFrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.waiting = [];
      this.inside = null;
      var frame = document.createElement("iframe");
      frame.hidden = true;
      frame.srcdoc = "<!doctype html><title>search</title>";
      frame.onload = () => this.start(frame.contentWindow, url);
      document.body.appendChild(frame);
    }

    start(inside, url) {
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data: data }));
      inside.importScripts = async function () {
        for (var one of arguments) await load(inside.document, one);
      };
      load(inside.document, url).then(() => {
        this.inside = inside;
        this.waiting.splice(0).forEach((data) => this.postMessage(data));
      });
    }

    postMessage(data) {
      if (this.inside) this.inside.dispatchEvent(new MessageEvent("message", { data: data }));
      else this.waiting.push(data);
    }
  }

  window.IFrameWorker = window.Worker = IFrameWorker;
})();
