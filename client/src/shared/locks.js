/**
 * Holds a lock: whoever waits for it learns when this page or worker is gone, whatever became of it. Without a secure context
 * browsers have no locks.
 *
 * @param {Pick<LockManager, "request"> | undefined} locks
 * @param {string} name
 * @param {(name?: string) => void} held  called when it is held, or without a name when it cannot be
 * @returns {() => void} gives it back
 */
export function holdLock(locks, name, held) {
    let release = () => {};
    const released = new Promise((resolve) => (release = () => resolve(undefined)));
    if (locks) {
        locks
            .request(name, () => {
                held(name);
                return released;
            })
            .catch(() => held());
    } else {
        held();
    }
    return release;
}

/**
 * @param {Pick<LockManager, "request"> | undefined} locks
 * @param {string} name
 * @param {() => void} freed  called when nobody holds it any more, whoever else waits and is too busy to hear it
 * @returns {() => void} waits no longer
 */
export function whenFree(locks, name, freed) {
    const waiting = new AbortController();
    locks?.request(name, { mode: "shared", signal: waiting.signal }, freed).catch(() => {});
    return () => waiting.abort();
}
