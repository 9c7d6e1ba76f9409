/**
 * Calls back whenever this page may have slept or been cut off: the network is back, the page is looked at again, was
 * thawed, or came out of the cache of pages left.
 *
 * @param {() => void} woke
 */
export function followWakes(woke) {
    const { document } = globalThis;
    globalThis.addEventListener?.("online", woke);
    globalThis.addEventListener?.("pageshow", ({ persisted }) => persisted && woke());
    document?.addEventListener("resume", woke);
    document?.addEventListener("visibilitychange", () => document.visibilityState === "visible" && woke());
}
