/**
 * Calls back whenever this page may have slept or been cut off: the network is back, the page is looked at again, was
 * thawed, or came out of the cache of pages left.
 *
 * @param {() => void} woke
 * @param {() => void} hid  nobody looks at the page any more
 */
export function followWakes(woke, hid) {
    const { document } = globalThis;
    globalThis.addEventListener?.("online", woke);
    globalThis.addEventListener?.("pageshow", ({ persisted }) => persisted && woke());
    document?.addEventListener("resume", woke);
    document?.addEventListener("visibilitychange", () => (isHidden() ? hid() : woke()));
}

/** Whether nobody looks at this page. */
export function isHidden() {
    return globalThis.document?.visibilityState === "hidden";
}
