/**
 * @typedef {{by?: string, own?: boolean}} Move  who has moved the dragged card meanwhile; own: its user, in another tab
 */

/**
 * What the user holds on a board: a card being dragged, a form for a new card. Nothing on the board moves meanwhile.
 */
export class Hand {
    #holding = 0;
    /** @type {(() => void)[]} */
    #waiting = [];
    /** @type {number | undefined} the record that is dragged */
    #card;
    /** @type {Move | undefined} */
    #moved;

    get busy() {
        return this.#holding > 0;
    }

    /** @returns {() => void} lets go; what waited goes on when nothing is held any more */
    hold() {
        this.#holding++;
        let held = true;
        return () => {
            if (held) {
                held = false;
                this.#holding--;
                this.#letGo();
            }
        };
    }

    /** @returns {Promise<void>} when nothing is held; at once when nothing is */
    free() {
        return this.busy ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
    }

    /**
     * A drag begins.
     *
     * @param {number | undefined} card
     */
    take(card) {
        this.#card = card;
        this.#moved = undefined;
    }

    /**
     * Notices that the very card that is dragged is moved elsewhere: by somebody else, or by its user in another tab.
     *
     * @param {any} frame
     * @param {string[]} group  fields that decide the column
     */
    notice(frame, group) {
        const concerned = this.busy && frame.records.some((/** @type {{id: number}} */ { id }) => id === this.#card);
        const moves = frame.op === "leave" || frame.op === "delete" || (frame.changed_fields ?? []).some((/** @type {string} */ name) => group.includes(name));
        if (concerned && moves) {
            this.#moved = frame.own ? { own: true } : { by: frame.user?.name };
        }
    }

    /**
     * Odoo finds that the very card that is dropped now has been moved elsewhere.
     *
     * @param {import("../guard/guarded_request.js").Found} found
     * @param {string[]} group  fields that decide the column
     * @returns {boolean} whether that is all it finds: then the drop counts
     */
    overtakes({ id, by, own, gone, fields = {} }, group) {
        const isMove = this.busy && id === this.#card && !gone && Object.keys(fields).every((name) => group.includes(name));
        if (isMove) {
            this.#moved = own ? { own } : { by: by || undefined };
        }
        return isMove;
    }

    /** @returns {Move | undefined} asked once */
    movedMeanwhile() {
        const moved = this.#moved;
        this.#moved = undefined;
        return moved;
    }

    #letGo() {
        if (!this.busy) {
            this.#waiting.splice(0).forEach((resolve) => resolve());
        }
    }
}
