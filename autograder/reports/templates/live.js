"use strict";

// Says when there are newer results than those on the page; reading on is not disturbed.
const line = document.getElementById("newer");
const shown = line.dataset.version;

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch("version", { cache: "no-store" });
    const { version } = await answer.json();
    line.hidden = version === shown;
    line.querySelector("span").textContent = "There are newer results.";
  } catch {
    line.hidden = false;
    line.querySelector("span").textContent = "grade serve has ended; this page stays as it is.";
  }
}

line.querySelector("button").addEventListener("click", () => location.reload());
setInterval(look, 3000);
