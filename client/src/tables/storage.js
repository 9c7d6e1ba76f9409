import { openDatabase, transact } from "./database.js";

/** Of all tables and users of this device together; what was not shown for longest is forgotten first. */
const MOST_ROWS = 20_000;
const MOST_OTHERS = 2000;
const VERSION = 1;

/**
 * @typedef {import("./operation.js").Operation} Operation
 * @typedef {import("./store.js").Id} Id
 * @typedef {import("./store.js").Row} Row
 * @typedef {{table: string, id: Id, row: Row | undefined}} Kept
 */

/**
 * What of this user outlives the page: operations, what temporary ids became, and the rows that a reload shows before the server has
 * answered. Where the browser gives no IndexedDB, or no room in it, everything goes on in memory, and `failed` says so, once.
 */
export class Storage {
    /** @type {(database: Promise<IDBDatabase>) => void} */
    #give = () => {};
    /** @type {Promise<IDBDatabase>} */
    #database = new Promise((resolve) => (this.#give = resolve));
    /** In memory only, as far as is known. */
    broken = false;

    /**
     * @param {() => number} now
     * @param {() => void} failed
     */
    constructor(now, failed) {
        this.now = now;
        this.failed = failed;
    }

    /**
     * @param {IDBFactory} factory
     * @param {string} name  one for each user of each bridge
     * @param {Promise<never>} late  rejected when it has taken too long
     */
    async open(factory, name, late) {
        this.#give(Promise.race([openDatabase(factory, name, VERSION, create), late]));
        await Promise.all([this.#prune("rows", MOST_ROWS), this.#prune("ids", MOST_OTHERS), this.#prune("views", MOST_OTHERS)]);
    }

    /** @returns {Promise<Operation[]>} in order */
    async operations() {
        return (await this.#read("queue", (queue) => queue.getAll())) ?? [];
    }

    /**
     * @param {Operation} operation
     * @returns {Promise<number | undefined>} its place; undefined when it could not be stored
     */
    async add({ opId, steps, mode }) {
        return /** @type {number | undefined} */ (await this.#write(["queue"], (queue) => queue.add({ opId, steps, mode })));
    }

    /**
     * They are done or refused.
     *
     * @param {Operation[]} operations
     * @param {[unknown, Id][]} [pairs]  what their temporary ids became
     */
    async finish(operations, pairs = []) {
        const at = this.now();
        await this.#write(["queue", "ids"], (queue, ids) => {
            pairs.forEach(([temp, real]) => ids.put({ temp, real, at }));
            operations.forEach(({ seq }) => seq !== undefined && queue.delete(seq));
        });
    }

    /** @returns {Promise<[string, Id][]>} */
    async ids() {
        const pairs = (await this.#read("ids", (ids) => ids.getAll())) ?? [];
        return pairs.map((/** @type {{temp: string, real: Id}} */ { temp, real }) => [temp, real]);
    }

    /**
     * @param {string} table
     * @returns {Promise<Row[]>}
     */
    async rows(table) {
        const kept = (await this.#read("rows", (rows) => rows.index("table").getAll(table))) ?? [];
        return kept.map((/** @type {Kept} */ { row }) => row);
    }

    /** @param {Kept[]} kept */
    async keep(kept) {
        const at = this.now();
        const keep = (/** @type {IDBObjectStore} */ rows) => kept.forEach(({ table, id, row }) => (row ? rows.put({ table, id, row, at }) : rows.delete([table, id])));
        try {
            await transact(await this.#database, ["rows"], "readwrite", keep);
        } catch {
            await this.#write(["rows"], (rows) => rows.clear());
        }
    }

    /**
     * Everything that this view shows is kept.
     *
     * @param {string} key
     */
    async keepView(key) {
        await this.#write(["views"], (views) => views.put({ key, at: this.now() }));
    }

    /**
     * @param {string} key
     * @returns {Promise<boolean>} whether everything that this view showed was kept once
     */
    async hasView(key) {
        return (await this.#read("views", (views) => views.get(key))) !== undefined;
    }

    /**
     * Takes or keeps what one page of a browser without locks can hold.
     *
     * @param {string} holder
     * @param {number} forMs
     * @returns {Promise<boolean>} whether this page holds it; true where there is nothing to share
     */
    async lease(holder, forMs) {
        let free = true;
        await this.#write(["lease"], (leases) => {
            const request = leases.get("sender");
            request.onsuccess = () => {
                const current = request.result;
                const left = current?.until - this.now(); // more than anybody takes: the clock was put back
                free = current?.holder === holder || !(left >= 0 && left <= forMs);
                free && leases.put({ key: "sender", holder, until: this.now() + forMs });
            };
        });
        return free;
    }

    /** Gives back what this page held; it may be gone before anything more can be asked. */
    async release() {
        await this.#write(["lease"], (leases) => {
            leases.delete("sender");
            leases.transaction.commit();
        });
    }

    /**
     * @param {string} name
     * @param {number} most
     */
    async #prune(name, most) {
        await this.#write([name], (store) => {
            const count = store.count();
            count.onsuccess = () => {
                const oldest = count.result > most ? store.index("at").getAllKeys(null, count.result - most) : undefined;
                oldest && (oldest.onsuccess = () => oldest.result.forEach((key) => store.delete(key)));
            };
        });
    }

    /**
     * @param {string} name
     * @param {(store: IDBObjectStore) => IDBRequest<any>} work
     * @returns {Promise<any>} undefined when it could not be done
     */
    #read(name, work) {
        return this.#transact([name], "readonly", work);
    }

    /**
     * @param {string[]} names
     * @param {(...stores: IDBObjectStore[]) => IDBRequest<any> | void} work
     */
    #write(names, work) {
        return this.#transact(names, "readwrite", work);
    }

    /**
     * @param {string[]} names
     * @param {IDBTransactionMode} mode
     * @param {(...stores: IDBObjectStore[]) => IDBRequest<any> | void} work
     * @returns {Promise<any>} undefined when it could not be done
     */
    async #transact(names, mode, work) {
        try {
            return await transact(await this.#database, names, mode, work);
        } catch {
            if (!this.broken) {
                this.broken = true;
                this.failed();
            }
            return undefined;
        }
    }
}

/** @param {IDBDatabase} database */
function create(database) {
    database.createObjectStore("queue", { keyPath: "seq", autoIncrement: true });
    database.createObjectStore("lease", { keyPath: "key" });
    const rows = database.createObjectStore("rows", { keyPath: ["table", "id"] });
    rows.createIndex("table", "table");
    for (const store of [rows, database.createObjectStore("ids", { keyPath: "temp" }), database.createObjectStore("views", { keyPath: "key" })]) {
        store.createIndex("at", "at");
    }
}
