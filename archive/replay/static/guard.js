// Put at the head of each page: WebRTC is taken away, because no policy stops it in all browsers; what asks for a new window stays here.
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) delete window[name];
for (const action of ["click", "submit"]) addEventListener(action, event => {
  const asked = event.target.closest ? event.target.closest("a[target], area[target], form[target]") : null;
  if (asked) asked.target = "_self";
}, true);
