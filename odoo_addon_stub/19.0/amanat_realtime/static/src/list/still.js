/**
 * What a list shows whose user has scrolled or selects: every row stays where it is, below those that it was below. Only what
 * is gone goes, and what fills the end of the page comes.
 *
 * @template T
 * @param {T[]} before
 * @param {T[]} next  what the list would show, were nobody looking
 * @param {{limit: number, stays?: (row: T) => boolean, isFurther?: (row: T) => boolean}} page  limit: how many rows it holds; stays: a
 *     row that is no longer in this list stays nevertheless; isFurther: it is on one of the next pages
 * @returns {{rows: T[], coming: T[], moved: T[]}} `coming` is left out, `moved` is where it was
 */
export function still(before, next, { limit, stays = () => false, isFurther = () => false }) {
    const [was, is] = [new Set(before), new Set(next)];
    const strange = next.filter((row) => !was.has(row));
    const isFull = next.length >= limit;
    const fillers = lastWhich(next, (row) => !was.has(row));
    const inserted = strange.length - fillers.length;
    const pushedOff = isFull && inserted ? lastWhich(before, (row) => !is.has(row)).filter(isFurther).slice(-inserted) : [];
    const gone = new Set(before.filter((row) => !is.has(row) && !stays(row) && !pushedOff.includes(row)));
    const room = gone.size + (isFull ? Math.max(0, limit - before.length) : 0);
    const filling = new Set(fillers.slice(0, room));
    const staying = before.filter((row) => !gone.has(row));
    const inOrder = longestRise(staying.filter((row) => is.has(row)), new Map(next.map((row, place) => [row, place])));
    return {
        rows: [...staying, ...filling],
        coming: strange.filter((row) => !filling.has(row)),
        moved: staying.filter((row) => is.has(row) && !inOrder.has(row)),
    };
}

/**
 * @template T
 * @param {T[]} rows
 * @param {(row: T) => boolean} which
 */
export function lastWhich(rows, which) {
    return rows.slice(rows.findLastIndex((row) => !which(row)) + 1);
}

/**
 * The most rows that need not move: of each length of chain the one that ends earliest is remembered.
 *
 * @template T
 * @param {T[]} rows
 * @param {Map<T, number>} places  where each belongs
 * @returns {Set<T>}
 */
function longestRise(rows, places) {
    /** @type {{row: T, place: number, before?: any}[]} */
    const ends = [];
    for (const row of rows) {
        const place = places.get(row) ?? 0;
        const length = ends.findLastIndex((end) => end.place < place) + 1;
        ends[length] = { row, place, before: ends[length - 1] };
    }
    const chain = new Set();
    for (let end = ends.at(-1); end; end = end.before) {
        chain.add(end.row);
    }
    return chain;
}
