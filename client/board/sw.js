/** The script of the page's service worker (offline.js). The build writes into it which version this is, and of which files. */
import { Offline } from "./offline.js";

const worker = /** @type {any} */ (globalThis);
const { version, files } = worker.AMANAT_KEPT;

const offline = new Offline(version, files, {
    page: new URL("./", location.href).href,
    caches,
    fetch: (request, init) => fetch(request, init),
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
});

// A page that is open has loaded all it needs: the next version need not wait until it is closed.
worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(offline.install().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(offline.activate()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const answer = offline.answer(event.request);
    if (answer) {
        event.respondWith(answer);
    }
});
