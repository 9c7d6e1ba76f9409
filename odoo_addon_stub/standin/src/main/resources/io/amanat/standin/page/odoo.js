// Odoo's own web calls, as its pages make them. Relative addresses: every pane has its own path and cookie.
export const MODEL = "amanat.transfer";

const FIELDS = ["name", "sender_id", "receiver_id", "state", "amount", "note", "display_name"];

/** What Odoo answered instead of a result. */
export class OdooError extends Error {}

export class Odoo {
    /** @param {string} origin  this tab's name, sent with every call */
    constructor(origin) {
        this.origin = origin;
    }

    /** The demonstration's passwords are the logins. */
    signIn(login) {
        return this.#post("web/session/authenticate", { db: "amanat", login, password: login });
    }

    async token() {
        const grant = await this.#post("amanat_realtime/token", {});
        return grant.models.includes(MODEL) ? grant : false;
    }

    async read(ids) {
        const domain = ids ? [["id", "in", ids]] : [];
        const specification = Object.fromEntries(FIELDS.map((name) => [name, {}]));
        return (await this.call("web_search_read", [], { domain, specification })).records;
    }

    partners() {
        return this.#call("res.partner", "search_read", [[["email", "=", false]], ["name"]], {});
    }

    call(method, args, kwargs = {}) {
        return this.#call(MODEL, method, args, kwargs);
    }

    #call(model, method, args, kwargs) {
        return this.#post(`web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs });
    }

    async #post(path, params) {
        const response = await fetch(path, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-Amanat-Origin": this.origin },
            body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "call", params }),
        });
        const { result, error } = await response.json();
        if (error) {
            throw new OdooError(error.data.message);
        }
        return result;
    }
}
