// Loads one capture into the engine's service worker, and shows it in the frame of this page.
"use strict";
const { source, url, stamp, policy } = JSON.parse(document.getElementById("capture").textContent);
const words = document.getElementById("words");

function add(worker, name) {
  return new Promise((done, failed) => {
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (data.name !== name) return;
      if (data.msg_type === "collAdded") done();
      if (data.msg_type === "collProgress" && data.error) failed(new Error(data.error));
    });
    worker.postMessage({
      msg_type: "addColl", name, skipExisting: true,
      file: { sourceUrl: new URL(source, location).href, loadUrl: new URL(source, location).href },
      extraConfig: { csp: policy },
    });
  });
}

async function show() {
  if (!("serviceWorker" in navigator)) throw new Error("this browser has no service workers here");
  const wanted = new URLSearchParams({ injectScripts: "guard.js" });
  await navigator.serviceWorker.register(`/replay/worker.js?${wanted}`, { scope: "/replay/" });
  const { active } = await new Promise(done => {
    const look = async () => {
      const found = await navigator.serviceWorker.getRegistration("/replay/");
      found && found.active ? done(found) : setTimeout(look, 50);
    };
    look();
  });
  const name = source.replace(/[^0-9a-z]/gi, "-");
  await add(active, name);
  document.getElementById("page").src = `/replay/w/${name}/${stamp}mp_/${url}`;
  words.hidden = true;
}

show().catch(error => { words.textContent = `The page cannot be shown with its scripts: ${error.message}`; });
