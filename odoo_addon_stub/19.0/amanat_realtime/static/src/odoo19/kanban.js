import { toRaw, useEffect, useState } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { names } from "../decisions.js";
import { Hand } from "../kanban/hand.js";
import { whenComplete } from "./features.js";
import { orStock } from "./stock.js";
import { MergedList, ReloadedList } from "./lists.js";
import { rereadRoot, silently } from "./merge.js";
import { shownModel, useLiveRows } from "./views.js";

/** @type {any} */
const NEEDED = [
    [KanbanController, ["setup"]],
    [KanbanRenderer, ["sortStart", "sortStop", "sortRecordDrop"]],
];

const HELD = Symbol("the user holds a card");

/** The hands that move cards, by the model behind the board. */
const hands = new WeakMap();

/**
 * Tells of every board that comes to the screen.
 *
 * @param {object} follower
 * @param {typeof BoardCards | typeof ReloadedBoard} follower.Port  how cards are drawn
 * @param {(model: any, port: (defaultOrder: any) => BoardCards | ReloadedBoard) => import("./views.js").ListHooks} follower.open
 * @param {(card: string, move: import("../kanban/hand.js").Move) => void} follower.tellMoved  the user has dropped a card that was moved meanwhile
 */
export function followBoards(follower) {
    whenComplete("boards", NEEDED, () => {
        const tried = orStock("boards are not live");
        patch(KanbanController.prototype, {
            setup() {
                super.setup(...arguments);
                tried(() => this.amanatFollow());
            },
            amanatFollow() {
                const model = shownModel(this.model);
                const hand = new Hand();
                hands.set(toRaw(model), hand);
                const port = (defaultOrder) => new follower.Port(model, defaultOrder, hand, () => this.progressBarState);
                useLiveRows(model, follower.open(model, port), () => [this.model.root?.selection?.length]);
                const quickCreate = useState(this.quickCreateState ?? {});
                useEffect((open) => (open ? hand.hold() : undefined), () => [quickCreate.groupId]);
            },
        });
        followDrags(follower);
    });
}

function followDrags({ tellMoved }) {
    const tried = orStock("a board does not wait for what is dragged");
    patch(KanbanRenderer.prototype, {
        sortStart({ element }) {
            tried(() => {
                const { list } = this.props;
                const hand = hands.get(toRaw(list.model));
                this.amanatLetGo = hand?.hold();
                hand?.take(list.records.find(({ id }) => id === element.dataset.id)?.resId);
            });
            return super.sortStart(...arguments);
        },
        sortStop() {
            // the drop comes after the end of the drag, in the same task
            setTimeout(this.amanatLetGo ?? (() => {}));
            return super.sortStop(...arguments);
        },
        async sortRecordDrop(cardId, columnId, target) {
            const hand = tried(() => hands.get(toRaw(this.props.list.model)));
            const letGo = hand?.hold();
            try {
                const outcome = await super.sortRecordDrop(...arguments);
                tried(() => {
                    const parent = target.parent?.dataset.id;
                    const card = parent !== columnId && cardIn(this.props.list, parent, cardId);
                    const moved = card && hand?.movedMeanwhile();
                    if (moved) {
                        tellMoved(card.data.display_name || card.data.name || "", moved);
                    }
                });
                return outcome;
            } finally {
                hand?.take(undefined);
                letGo?.();
            }
        },
    });
}

/**
 * What to answer the guard about a card that is being dropped, if that was moved meanwhile: the drop counts, and its user is
 * told of the other move.
 *
 * @param {any} record
 * @param {import("../guard/guarded_request.js").Refusal} refusal
 */
export function answerForDrop({ model }, { records: [found] }) {
    const hand = hands.get(toRaw(model));
    return hand?.overtakes(found, names(model.root.groupBy ?? [])) ? "mine" : undefined;
}

/** The card in the column where it was dropped; a drop that Odoo did not save is undone. */
function cardIn({ groups = [] }, columnId, cardId) {
    const column = groups.find(({ id }) => id === columnId);
    return column?.list.records.find(({ id }) => id === cardId);
}

/** The cards of a board: nothing is drawn while the user holds one, or writes a new one. */
export class BoardCards extends MergedList {
    /**
     * @param {any} model
     * @param {(model: string) => string[] | null} defaultOrder
     * @param {Hand} hand
     * @param {() => any} progress  the bars above the columns, where there are some
     */
    constructor(model, defaultOrder, hand, progress) {
        super(model, defaultOrder);
        this.hand = hand;
        this.progress = progress;
        const describeRows = this.describe;
        this.describe = () => ({ ...describeRows(), summed: this.#summed() });
        this.reloaded = () => new ReloadedBoard(model, defaultOrder, hand);
    }

    heard(frame) {
        noticeMove(this, frame);
    }

    /** The user may have taken a card while a save was waited for: a drop needs the mutex, so the wait is outside of it. */
    async whenFree(work) {
        const outcome = await this.hand.free().then(() => super.whenFree(() => (this.hand.busy ? HELD : work())));
        return outcome === HELD ? this.whenFree(work) : outcome;
    }

    rereadRoot(drawn) {
        return rereadRoot(this.model, drawn, { isHeld: () => this.hand.busy, keepsEmpty: true });
    }

    async readAround(drawn) {
        const progress = this.progress();
        if (progress && !drawn.again && this.model.root.groupBy?.length) {
            await readBars(progress, this.model.root.groups);
        }
    }

    /** Only what bars and their sums are made of needs reading when it changes: a card shows its own values. */
    #summed() {
        const attributes = this.progress()?.progressAttributes;
        return new Set([attributes?.fieldName, attributes?.sumField?.name].filter(Boolean));
    }
}

/** A board that can only be reloaded, its bars with it; done when the user holds nothing. */
export class ReloadedBoard extends ReloadedList {
    constructor(model, defaultOrder, hand) {
        super(model, defaultOrder);
        this.hand = hand;
    }

    heard(frame) {
        noticeMove(this, frame);
    }

    async reread() {
        await this.hand.free();
        return super.reread();
    }

    load() {
        return this.model.load();
    }
}

function noticeMove({ hand, model }, frame) {
    hand.notice(frame, names(model.root.groupBy ?? []));
}

/** Reads the bars above the columns and their sums as Odoo does after a drop, unseen. */
async function readBars(progress, groups) {
    const bare = toRaw(progress);
    const { model } = bare;
    bare.model = silently(model); // each takes it as it begins to read
    const reading = [progress._updateProgressBar()];
    if (progress._aggregateFields.length) {
        reading.push(progress._updateAggregates(), ...groups.filter(isPicked).map(readPicked));
    }
    bare.model = model;
    await Promise.all(reading);
    groups.filter((group) => isPicked(group) && !group.list.count).forEach(({ id }) => void progress.selectBar(id, { value: null }));

    function isPicked({ serverValue }) {
        return Boolean(progress.activeBars[serverValue]);
    }

    function readPicked(group) {
        return progress._updateAggregateGroup(group, progress.getGroupInfo(group).bars, progress.activeBars[group.serverValue]);
    }
}
