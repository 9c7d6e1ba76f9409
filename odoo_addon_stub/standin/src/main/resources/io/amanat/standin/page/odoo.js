// Odoo's own web calls, as its pages make them. Relative addresses: every pane has its own path and cookie.
export const MODEL = "amanat.transfer";

const FIELDS = ["name", "sender_id", "receiver_id", "state", "amount", "note", "display_name"];
const SESSION_EXPIRED = 100;

/** What Odoo answered instead of a result. */
export class OdooError extends Error {}

/** Odoo does not know this session: it was started again, or the session is too old. */
class SessionExpired extends OdooError {}

/** There was no answer that Odoo could have given. */
export class NoAnswer extends Error {
    constructor() {
        super("Odoo does not answer; is ./amanat demo running?");
    }
}

export class Odoo {
    /** @type {Promise<void> | undefined} */
    #signingIn;
    #signedInAgain = 0;

    /**
     * @param {{origin: string, login: string}} who  this tab's name, sent with every call, and the person's
     * @param {{answered: () => void, silent: () => void, signedInAgain: () => void}} listener
     */
    constructor({ origin, login }, listener) {
        this.origin = origin;
        this.login = login;
        this.listener = listener;
    }

    /** The demonstration's passwords are the logins. */
    signIn() {
        return this.#ask("web/session/authenticate", { db: "amanat", login: this.login, password: this.login });
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

    /** A call that finds the session gone is made once more, in a new one: that of another such call, if it has one by now. */
    async #post(path, params) {
        const before = this.#signedInAgain;
        try {
            return await this.#ask(path, params);
        } catch (error) {
            if (!(error instanceof SessionExpired)) {
                throw error;
            }
            if (before === this.#signedInAgain) {
                await this.#signInAgain();
            }
            return this.#ask(path, params);
        }
    }

    #signInAgain() {
        this.#signingIn ??= this.signIn()
            .then(() => {
                this.#signedInAgain += 1;
                this.listener.signedInAgain();
            })
            .finally(() => (this.#signingIn = undefined));
        return this.#signingIn;
    }

    async #ask(path, params) {
        const { result, error } = await this.#answer(path, params);
        if (error) {
            throw new (error.code === SESSION_EXPIRED ? SessionExpired : OdooError)(error.data.message);
        }
        return result;
    }

    async #answer(path, params) {
        try {
            const response = await fetch(path, {
                method: "POST",
                headers: { "Content-Type": "application/json", "X-Amanat-Origin": this.origin },
                body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "call", params }),
            });
            const answer = await response.json();
            this.listener.answered();
            return answer;
        } catch {
            this.listener.silent();
            throw new NoAnswer();
        }
    }
}
