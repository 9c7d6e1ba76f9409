import { session } from "@web/session";
import { missingForGuarding } from "./odoo19/features.js";
import { Guard } from "./odoo19/guard.js";
import { guardSaves } from "./odoo19/guarded_saves.js";

/**
 * Guards the saves of this tab's user against overwriting what they have not seen. Needs no bridge.
 *
 * @param {{dialog: {add: Function}, warn: (message: string) => void}} world
 * @returns {Guard | undefined} nothing when this Odoo lacks what it needs, or no model is guarded
 */
export function startGuard({ dialog, warn }) {
    const models = new Set(session.amanat_guarded ?? []);
    if (!models.size) {
        return undefined;
    }
    try {
        const lacking = missingForGuarding();
        if (lacking.length) {
            throw new Error(`this Odoo lacks ${lacking.join(", ")}`);
        }
        const guard = new Guard({ models, dialog, warn });
        guardSaves(guard);
        return guard;
    } catch (error) {
        warn(`${error.message}: saves go out without saying what they overwrite`);
        return undefined;
    }
}
