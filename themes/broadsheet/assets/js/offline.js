// Lets the archive be read without a network: hands over to sw.js, once the page itself is there.

const root = new URL("../../", import.meta.url);
const register = () => navigator.serviceWorker?.register(new URL("sw.js", root), { updateViaCache: "none" }).catch(() => {});
if (document.readyState === "complete") register();
else addEventListener("load", register);
