/** What keeps forms fresh, and says what is edited in rows; comes with what keeps rows fresh, which it shares much with. */
import { missingForForms } from "../odoo19/form/features.js";
import { Forms } from "../odoo19/form/forms.js";
import { followRowEdits } from "../odoo19/row_edits.js";
import { whenLive } from "./late.js";

whenLive((interaction) => {
    const lacking = missingForForms();
    const forms = new Forms(interaction);
    if (interaction.guard) {
        interaction.guard.form = forms;
    }
    if (lacking.length) {
        interaction.warn(`this Odoo lacks ${lacking.join(", ")}: forms show what Odoo last read`);
    } else {
        forms.follow();
        followRowEdits(interaction.editing);
    }
});
