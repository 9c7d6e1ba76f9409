/**
 * The script of the SharedWorker: one WebSocket for all tabs of one login (hub.js). It is a file of its own, since a worker takes no
 * script from anywhere but its page's own site.
 */
import { TALK } from "../frames.js";
import { newOrigin } from "../origin.js";
import { Hub } from "./hub.js";
import { holdLock, whenFree } from "./locks.js";

const { locks } = navigator;

const hub = new Hub({
    open: (url, protocols) => new WebSocket(url, protocols),
    whenFree: (name, freed) => whenFree(locks, name, freed),
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
    clearTimeout: (timer) => clearTimeout(timer),
});

/** The name of the lock that says that this worker lives, once it is held. */
const life = new Promise((held) => holdLock(locks, `amanat ${newOrigin()}`, held));

/** @type {any} */ (globalThis).onconnect = (/** @type {MessageEvent} */ { ports: [port] }) => {
    if (port) {
        hub.connect(port);
        void life.then((lock) => port.postMessage({ here: TALK, lock }));
    }
};
