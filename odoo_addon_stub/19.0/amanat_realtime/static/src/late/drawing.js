/** What others change and who else is there, as it is drawn in lists, boards and forms. */
import { drawCardHighlights } from "../odoo19/cards.js";
import { drawHighlights } from "../odoo19/marks.js";
import { drawPresence } from "../odoo19/presence/draw.js";
import { whenLive } from "./late.js";

whenLive((interaction) => {
    const { highlights, presence } = interaction;
    drawHighlights(highlights.marks);
    drawCardHighlights(highlights.marks);
    const lacking = drawPresence(presence.shown);
    if (lacking.length) {
        interaction.warn(`who else is at a record is not shown everywhere: this Odoo's ${lacking.join(", ")} is another`);
    }
});
