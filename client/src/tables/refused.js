/** Why a write was not done: what the server said, or `cancelled` where something else that it belongs to was not. */
export class Refused extends Error {
    /** @param {{code: string, message: string, table?: string, column?: string, theirs?: object}} refusal */
    constructor({ code, message, table, column, theirs }) {
        super(message);
        this.name = "Refused";
        this.code = code;
        this.table = table;
        this.column = column;
        this.theirs = theirs;
    }
}
