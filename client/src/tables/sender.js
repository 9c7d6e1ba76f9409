import { holdLock } from "../shared/locks.js";

/** A page that does not say so again for this long has gone, or sleeps. */
const LEASE_MS = 6000;
const RENEW_MS = 2000;

/**
 * @typedef {object} SenderPort
 * @property {Pick<LockManager, "request"> | undefined} locks
 * @property {Pick<import("./storage.js").Storage, "lease" | "release">} storage
 * @property {(callback: () => void, delayMs: number) => unknown} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {(held: boolean) => void} changed
 */

/**
 * Which page of this browser sends what the user did: one at a time, of those that are connected, so that the order is kept. Browsers
 * have locks only where the page came over https or from this machine; elsewhere the pages take turns by a lease in
 * IndexedDB, and where there is none either, each sends its own. Whatever is said twice has the same effect.
 */
export class Sender {
    held = false;
    #wanted = 0;
    #release = () => {};
    /** @type {unknown} */
    #timer;

    /**
     * @param {string} name  of what the pages share
     * @param {string} self  this page
     * @param {SenderPort} port
     */
    constructor(name, self, port) {
        this.name = name;
        this.self = self;
        this.port = port;
    }

    /** This page could send. */
    want() {
        this.giveBack();
        const current = ++this.#wanted;
        if (this.port.locks) {
            this.#release = holdLock(this.port.locks, this.name, () => current === this.#wanted && this.#set(true));
        } else {
            void this.#lease(current);
        }
    }

    /** It cannot any more. */
    giveBack() {
        this.leave();
        this.#wanted++;
        this.#release();
        this.port.clearTimeout(this.#timer);
        this.#set(false);
    }

    /** The page may be gone in a moment: others need not wait until its lease is over. */
    leave() {
        if (this.held && !this.port.locks) {
            void this.port.storage.release();
        }
    }

    /** @param {number} current */
    async #lease(current) {
        const held = await this.port.storage.lease(this.self, LEASE_MS);
        if (current === this.#wanted) {
            this.#set(held);
            this.#timer = this.port.setTimeout(() => void this.#lease(current), RENEW_MS);
        }
    }

    /** @param {boolean} held */
    #set(held) {
        if (held !== this.held) {
            this.held = held;
            this.port.changed(held);
        }
    }
}
