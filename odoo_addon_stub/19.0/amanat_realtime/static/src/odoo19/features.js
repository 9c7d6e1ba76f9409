/**
 * This folder holds everything of Odoo 19's web client that is not a public interface. What it needs is tested for
 * at start, and a list that cannot be changed in place is reloaded instead.
 */
import { rpc } from "@web/core/network/rpc";
import { ORM } from "@web/core/orm_service";
import { DynamicList } from "@web/model/relational_model/dynamic_list";
import { Record } from "@web/model/relational_model/record";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { FormController } from "@web/views/form/form_controller";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { MultiRecordViewButton } from "@web/views/view_button/multi_record_view_button";
import { ViewButton } from "@web/views/view_button/view_button";
import { log } from "./stock.js";

/** @returns {string[]} what is missing for being live at all */
export function missingForWatching() {
    return missing([
        [ListController, ["setup"]],
        [ListRenderer, ["setup", "getRowClass", "getCellClass", "computeAggregates"]],
        [RelationalModel, ["_loadData", "_getCacheParams"]],
        [{ name: "rpc", prototype: rpc }, ["_rpc"]],
    ]);
}

/** @returns {string[]} what is missing for saying what a save overwrites */
export function missingForGuarding() {
    const record = ["_save", "_applyValues", "_setData", "_discard", "_formatServerValue", "_isInvisible"];
    return missing([
        [ORM, ["webSave", "webSaveMulti"]],
        [Record, record],
        [DynamicList, ["_multiSave"]],
        [RelationalModel, ["setup"]],
        [FormController, ["beforeUnload", "beforeExecuteActionButton"]],
        [ListController, ["beforeExecuteActionButton"]],
        [ViewButton, ["onClick"]],
        [MultiRecordViewButton, ["onClick"]],
        [{ name: "rpc", prototype: rpc }, ["_rpc"]],
    ]);
}

/**
 * @param {any[]} expectations  what has methods in its prototype, and their names
 * @returns {string[]} the methods that are not there
 */
export function missing(expectations) {
    return expectations.flatMap(([owner, methods]) =>
        methods
            .filter((method) => !owner?.prototype || !(method in owner.prototype))
            .map((method) => `${owner?.name}.${method}`)
    );
}

/**
 * Follows a kind of view if this Odoo has what that needs; else it stays as Odoo made it.
 *
 * @param {string} views  for the warning: `graphs`
 * @param {[{name: string, prototype: object}, string[]][]} expectations
 * @param {() => void} follow
 */
export function whenComplete(views, expectations, follow) {
    const lacking = missing(expectations);
    if (lacking.length) {
        log.warnOnce(`this Odoo lacks ${lacking.join(", ")}: ${views} are not live`);
    } else {
        follow();
    }
}
