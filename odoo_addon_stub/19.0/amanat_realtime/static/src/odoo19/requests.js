import { rpc, RPCError, ConnectionLostError } from "@web/core/network/rpc";
import { savedRecords } from "../saved_records.js";
import { orStock } from "./stock.js";

/** Whether Odoo answered with an error or could not be reached, as opposed to this adapter being wrong. */
export function isOdooError(error) {
    return error instanceof RPCError || error instanceof ConnectionLostError;
}

/** Whether Odoo says that this user may not read what was asked for. */
export function isAccessError(error) {
    return error instanceof RPCError && error.exceptionName === "odoo.exceptions.AccessError";
}

/**
 * Sends this tab's name with every RPC, and says which records each is about to save. A header, because a key
 * in the context would make each tab's answers uncacheable.
 *
 * @param {string} origin
 * @param {(model: string, ids: number[]) => void} onSave
 */
export function markRequests(origin, onSave) {
    const original = rpc._rpc;
    const tried = orStock("a tab reads what it has saved itself");
    rpc._rpc = function (url, params, settings = {}) {
        if (new URL(url, location.href).origin !== location.origin) {
            return original.call(this, url, params, settings);
        }
        tried(() => {
            const saved = savedRecords(url, params);
            if (saved) {
                onSave(saved.model, saved.ids);
            }
        });
        const headers = { ...settings.headers, "X-Amanat-Origin": origin };
        return original.call(this, url, params, { ...settings, headers });
    };
}

/** @returns {Promise<any>} the answer of `/amanat_realtime/token`, without a sign of loading */
export function requestToken() {
    return rpc("/amanat_realtime/token", {}, { silent: true });
}
