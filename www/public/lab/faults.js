import { part, setText } from "./dom.js";
import { formatCount } from "./format.js";
import { client } from "./sessions.js";

const FOR_LONG_MS = 600_000;

/** The buttons that ask the server to misbehave, each with its requests in `data-faults`. */
export function startFaults() {
  for (const button of document.querySelectorAll("[data-faults]")) {
    button.addEventListener("click", () =>
      order(button.querySelector("strong").textContent, requests(button)),
    );
  }
  part("offline").addEventListener("click", toggleOffline);
}

function requests(button) {
  const faults = JSON.parse(button.dataset.faults);
  const code = Number(part("fault-close-code").value);
  return faults.map((fault) => (fault.fault === "close" ? { ...fault, code } : fault));
}

async function toggleOffline({ currentTarget }) {
  const offline = currentTarget.ariaChecked !== "true";
  currentTarget.ariaChecked = String(offline);
  if (offline) {
    dispatchEvent(new Event("offline"));
    await order("Offline", [{ fault: "refuse", mode: "reject", ms: FOR_LONG_MS }, { fault: "drop" }]);
  } else {
    await order("Online", [{ fault: "refuse", mode: "reject", ms: 0 }]);
    dispatchEvent(new Event("online"));
  }
}

async function order(label, faults) {
  try {
    let affected = 0;
    for (const fault of faults) affected = Math.max(affected, await post({ client, ...fault }));
    setText(part("fault-status"), `${label}: done, concerns ${formatCount(affected, "open socket")}.`);
  } catch (error) {
    setText(part("fault-status"), `${label}: ${error.message}`);
  }
}

async function post(fault) {
  const response = await fetch("/faults", { method: "POST", body: JSON.stringify(fault) }).catch(() => {
    throw new Error("the lab’s server does not answer.");
  });
  const { affected, error } = await response.json();
  if (!response.ok) throw new Error(error);
  return affected;
}
