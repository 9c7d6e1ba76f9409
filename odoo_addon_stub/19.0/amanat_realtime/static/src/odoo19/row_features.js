import { DynamicGroupList } from "@web/model/relational_model/dynamic_group_list";
import { DynamicRecordList } from "@web/model/relational_model/dynamic_record_list";
import { Record } from "@web/model/relational_model/record";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { parseServerValue } from "@web/model/relational_model/utils";
import { missing } from "./features.js";

/** @returns {string[]} what this folder relies on and does not find; a list is then reloaded, not merged */
export function missingForMerging() {
    return missing([
        [RelationalModel, ["_loadUngroupedList", "_loadGroupedList", "_loadRecords"]],
        [DynamicRecordList, ["_createRecordDatapoint", "_leaveSampleMode", "_updateCount"]],
        [DynamicGroupList, ["_createGroupDatapoint", "_leaveSampleMode"]],
        [Record, ["_applyValues", "_formatServerValue"]],
        [{ name: "utils", prototype: { parseServerValue } }, ["parseServerValue"]],
    ]);
}
