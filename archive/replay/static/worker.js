// The engine, as it is, and before it what makes every answer of its safe: see archive/replay/guard.py for the same with pywb.
"use strict";
const dropped = ["refresh", "link", "nel", "report-to", "reporting-endpoints", "speculation-rules", "clear-site-data", "sourcemap"];
const policy = "(response-origin);redirects=allow;webrtc=block";

function guarded(answer) {
  if (answer.type === "error" || answer.type.startsWith("opaque")) return answer;
  const empty = [101, 103, 204, 205, 304].includes(answer.status);
  const headers = new Headers(answer.headers);
  for (const name of dropped) headers.delete(name);
  headers.set("Connection-Allowlist", policy);
  headers.set("X-DNS-Prefetch-Control", "off");
  headers.set("Referrer-Policy", "same-origin");
  return new Response(empty ? null : answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

const answer = FetchEvent.prototype.respondWith;
FetchEvent.prototype.respondWith = function (found) {
  return answer.call(this, Promise.resolve(found).then(guarded));
};
importScripts("/replay/engine.js");
