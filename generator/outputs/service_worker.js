// Keeps what was read, and the last days, for when there is no network. Where there is one, a page always comes from
// it, however slow: nobody is shown yesterday's home page. SITE, above, says what to keep from the beginning.

const MOST_PAGES = 200; // visited pages beside those of SITE
const MOST_FILES = 40;
const PREFIX = `papers-offline:${SITE.base}:`;
const PAGES = `${PREFIX}pages`, FILES = `${PREFIX}files`;
const HASHED = /\.[0-9a-f]{10}\.\w+$/; // such a name changes with its content
const addressOf = (path) => new URL(SITE.base + path, location.origin).href;
const LISTED = new Set([...SITE.pages, ...SITE.files].map(addressOf));

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(SITE.base)) return;
  const path = url.pathname.slice(SITE.base.length);
  const key = addressOf(path); // without the query: filters are no other page
  if (path.startsWith("assets/")) event.respondWith(HASHED.test(path) ? kept(event, key) : fresh(event, FILES, key));
  else if (request.mode === "navigate" || isPage(path)) event.respondWith(fresh(event, PAGES, key));
});

const isPage = (path) => path === "" || path.endsWith("/");

async function install() {
  await Promise.all([...SITE.files.map((path) => add(FILES, path)), ...SITE.pages.map((path) => add(PAGES, path))]);
  await skipWaiting();
}

// What cannot be had now is had when it is visited.
async function add(name, path) {
  const answer = await fetch(addressOf(path), { cache: "no-cache" }).catch(() => null);
  if (answer) await store(name, addressOf(path), answer);
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== PAGES && name !== FILES) await caches.delete(name);
  await clients.claim();
  for (const client of await clients.matchAll({ type: "window" })) { // the page that brought us was not seen to come
    const path = new URL(client.url).pathname.slice(SITE.base.length);
    if (isPage(path)) await add(PAGES, path);
  }
}

async function fresh(event, name, key) {
  let answer;
  try {
    // The host is asked even if the browser still holds a page that it thinks young enough.
    answer = await fetch(event.request, name === PAGES ? { cache: "no-cache" } : {});
  } catch {
    const found = await (await caches.open(name)).match(key);
    if (found) return found;
    const instead = event.request.mode === "navigate" && await (await caches.open(PAGES)).match(addressOf(SITE.instead));
    return instead || Response.error();
  }
  event.waitUntil(store(name, key, answer.clone()));
  return answer;
}

async function kept(event, key) {
  return await (await caches.open(FILES)).match(key) ?? fresh(event, FILES, key);
}

async function store(name, key, answer) {
  const cache = await caches.open(name);
  if (answer.status === 404 || answer.status === 410) await cache.delete(key);
  if (!answer.ok || answer.type !== "basic" || answer.redirected) return;
  if (name === PAGES && !isPage(new URL(key).pathname) && !LISTED.has(key)) return;
  await cache.delete(key); // so that keys() has it last
  await cache.put(key, answer);
  const spare = (await cache.keys()).filter((each) => !LISTED.has(each.url));
  for (const each of spare.slice(0, Math.max(0, spare.length - (name === PAGES ? MOST_PAGES : MOST_FILES)))) await cache.delete(each);
}
