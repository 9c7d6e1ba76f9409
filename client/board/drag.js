/** Dragging a task to another slot with a mouse, a pen, or a finger that rests on it first. */
import { move } from "./acts.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./grid.js").Grid} Grid */
/** @typedef {{card: HTMLElement, task: import("./layout.js").Row, x: number, y: number, ghost?: HTMLElement, slot?: string, timer?: ReturnType<typeof setTimeout>}} Hand */

const FAR = 6;
const REST = 350;

export class Drag {
    /** @type {Hand | undefined} */
    #hand;
    /** The click that a drag ends with means nothing. */
    #swallow = false;

    /** @param {App} app @param {Grid} grid */
    constructor(app, grid) {
        this.app = app;
        this.grid = grid;
        const { element } = grid;
        element.addEventListener("pointerdown", (event) => this.#down(event));
        element.addEventListener("click", (event) => this.#clicked(event), { capture: true });
        element.addEventListener("touchmove", (event) => this.#hand?.ghost && event.preventDefault(), { passive: false });
        addEventListener("pointermove", (event) => this.#moved(event));
        addEventListener("pointerup", () => this.#up());
        addEventListener("pointercancel", () => this.#end());
        addEventListener("keydown", (event) => event.key === "Escape" && this.#end());
    }

    /** @param {PointerEvent} event */
    #down(event) {
        const card = /** @type {Element} */ (event.target).closest("[data-task]");
        const task = card instanceof HTMLElement ? this.app.task(this.app.taskAt(card)) : undefined;
        if (!task || !(card instanceof HTMLElement) || event.button !== 0) {
            return;
        }
        this.#swallow = false;
        this.#hand = { card, task, x: event.clientX, y: event.clientY };
        if (event.pointerType === "touch") {
            this.#hand.timer = setTimeout(() => this.#lift(event), REST);
        }
    }

    /** @param {PointerEvent} event */
    #moved(event) {
        const hand = this.#hand;
        if (!hand) {
            return;
        }
        const far = Math.hypot(event.clientX - hand.x, event.clientY - hand.y) > FAR;
        if (!hand.ghost && far && hand.timer !== undefined) {
            this.#end();
        } else if (!hand.ghost && far) {
            this.#lift(event);
        } else if (hand.ghost) {
            this.#over(hand, hand.ghost, event);
        }
    }

    /** @param {PointerEvent} event */
    #lift(event) {
        const hand = this.#hand;
        if (hand) {
            const { width } = hand.card.getBoundingClientRect();
            const ghost = /** @type {HTMLElement} */ (hand.card.cloneNode(true));
            ghost.classList.add("ghost");
            ghost.setAttribute("aria-hidden", "true");
            ghost.style.setProperty("width", `${width}px`);
            document.body.append(ghost);
            hand.ghost = ghost;
            hand.card.classList.add("is-lifted");
            this.app.held = true;
            this.#over(hand, ghost, event);
        }
    }

    /** @param {Hand} hand @param {HTMLElement} ghost @param {PointerEvent} event */
    #over(hand, ghost, { clientX, clientY }) {
        ghost.style.setProperty("transform", `translate(${clientX + 8}px, ${clientY + 8}px) rotate(1.5deg)`);
        const cell = document.elementFromPoint(clientX, clientY)?.closest("[data-slot]");
        const slot = cell?.getAttribute("data-slot") ?? undefined;
        if (slot !== hand.slot) {
            this.grid.element.querySelector(".is-target")?.classList.remove("is-target");
            cell?.classList.add("is-target");
            hand.slot = slot;
        }
    }

    #up() {
        const hand = this.#hand;
        const cell = hand?.ghost && hand.slot ? this.grid.slot(hand.slot) : undefined;
        this.#swallow = hand?.ghost !== undefined;
        this.#end();
        if (hand && cell) {
            this.#drop(hand.task, cell);
        }
    }

    /** @param {import("./layout.js").Row} lifted as it was when it was taken @param {import("./grid.js").Cell} cell */
    #drop(lifted, cell) {
        const now = this.app.task(lifted.id);
        if (!now) {
            return;
        }
        if (now.employee_id !== lifted.employee_id || now.day !== lifted.day) {
            this.app.toast({ text: this.app.words.say("moved_meanwhile", { name: this.app.personName(now.updated_by) }), open: { kind: "task", id: now.id } });
        }
        move(this.app, now, { employee: cell.employee.id, ...cell.column });
    }

    #end() {
        const hand = this.#hand;
        this.#hand = undefined;
        clearTimeout(hand?.timer);
        if (hand?.ghost) {
            hand.ghost.remove();
            hand.card.classList.remove("is-lifted");
            this.grid.element.querySelector(".is-target")?.classList.remove("is-target");
            this.app.held = false;
            this.app.draw();
        }
    }

    /** @param {Event} event */
    #clicked(event) {
        if (this.#swallow) {
            this.#swallow = false;
            event.preventDefault();
            event.stopPropagation();
        }
    }
}
