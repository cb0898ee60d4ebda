// This archive is no longer kept for reading offline: forget what was kept, and leave.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith(`papers-offline:${SITE.base}:`)) await caches.delete(name);
  await registration.unregister();
}
