/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answerTo(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/**
 * @param {IDBFactory} factory
 * @param {string} name
 * @param {number} version
 * @param {(created: IDBDatabase) => void} create
 * @returns {Promise<IDBDatabase>} given up when another page brings another version of it, or removes it
 */
export async function openDatabase(factory, name, version, create) {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => create(request.result);
    const database = await answerTo(request);
    database.onversionchange = () => database.close();
    return database;
}

/**
 * @param {IDBFactory} factory
 * @param {string} name
 */
export async function deleteDatabase(factory, name) {
    await answerTo(factory.deleteDatabase(name));
}

/**
 * Does what is asked for in one transaction, on disk when the promise is settled.
 *
 * @template T
 * @param {IDBDatabase} database
 * @param {string[]} names
 * @param {IDBTransactionMode} mode
 * @param {(...stores: IDBObjectStore[]) => IDBRequest<T> | void} work
 * @returns {Promise<T | undefined>} what its request answered
 */
export function transact(database, names, mode, work) {
    return new Promise((resolve, reject) => {
        const transaction = database.transaction(names, mode, { durability: "strict" });
        const request = work(...names.map((name) => transaction.objectStore(name)));
        transaction.oncomplete = () => resolve(request?.result);
        transaction.onabort = () => reject(transaction.error);
    });
}
