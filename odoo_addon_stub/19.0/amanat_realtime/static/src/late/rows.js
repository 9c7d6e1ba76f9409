/** What keeps lists and boards fresh; comes with the first list, board or form. */
import { _t } from "@web/core/l10n/translation";
import { answerForDrop, BoardCards, followBoards, ReloadedBoard } from "../odoo19/kanban.js";
import { MergedList, ReloadedList } from "../odoo19/lists.js";
import { missingForMerging } from "../odoo19/row_features.js";
import { followLists } from "../odoo19/views.js";
import { OpenList } from "../open_list.js";
import { whenLive } from "./late.js";

whenLive((interaction) => {
    const lacking = missingForMerging();
    const order = (name) => interaction.order[name] ?? null;
    const Port = lacking.length ? ReloadedList : MergedList;
    followLists({
        open: (model, isStill, tellWaiting) => new OpenList(interaction, model, new Port(model, order, isStill), { tellWaiting }).hooks,
        mayBeLive: (name) => interaction.models?.has(name) ?? true,
    });
    if (lacking.length) {
        interaction.warn(`this Odoo lacks ${lacking.join(", ")}: lists and boards are reloaded instead of changed in place`);
    }
    if (interaction.guard) {
        interaction.guard.answerForDrop = answerForDrop;
    }
    followBoards({
        Port: lacking.length ? ReloadedBoard : BoardCards,
        open: (model, port) => new OpenList(interaction, model, port(order), { name: "board" }).hooks,
        tellMoved: (card, move) => interaction.notification.add(movedMessage(card, move), { type: "info" }),
    });
});

/**
 * Nobody's move is taken back unsaid: the last one counts, and who made it hears of the other.
 *
 * @param {string} card
 * @param {import("../kanban/hand.js").Move} move
 */
function movedMessage(card, { by, own }) {
    if (own) {
        return _t("You moved “%s” in another tab while you dragged it here. The move made here was kept.", card);
    }
    return by
        ? _t("%(by)s moved “%(card)s” while you dragged it. Your move was kept.", { by, card })
        : _t("“%s” was moved while you dragged it. Your move was kept.", card);
}
