import { clearProcessedTemplates, getTemplate, registerTemplateExtension } from "@web/core/templates";
import { Record } from "@web/model/relational_model/record";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { StaticList } from "@web/model/relational_model/static_list";
import { getBasicEvalContext, getFieldsSpec, getId } from "@web/model/relational_model/utils";
import { Field } from "@web/views/fields/field";
import { FormController } from "@web/views/form/form_controller";
import { getFormattedValue } from "@web/views/utils";
import { missing } from "../features.js";

/** @returns {string[]} what forms rely on and do not find; they are then as Odoo has them */
export function missingForForms() {
    return missing([
        [RelationalModel, ["_loadData", "_updateConfig", "_askChanges"]],
        [Record, ["_applyChanges", "_applyValues", "_setData", "_discard", "_getChanges", "_formatServerValue", "_removeInvalidFields"]],
        [Record, ["_getDefaultValues", "_isInvisible", "_isReadonly", "_isRequired", "_setEvalContext"]],
        [StaticList, ["_applyCommands", "_createRecordDatapoint"]],
        [FormController, ["setup", "beforeUnload"]],
        [Field, ["setup", "classNames"]],
        ...functions({ getFieldsSpec, getBasicEvalContext, getId, getFormattedValue }),
        ...functions({ clearProcessedTemplates, getTemplate, registerTemplateExtension }),
    ]);
}

function functions(expected) {
    return [[{ name: "@web", prototype: expected }, Object.keys(expected)]];
}
