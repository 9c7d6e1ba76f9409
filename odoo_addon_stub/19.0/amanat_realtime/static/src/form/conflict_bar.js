import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/**
 * What a form asks its user before it saves: whose value is to stand. Above the fields, without taking the focus.
 *
 * @typedef {object} Question  in words
 * @property {string} key
 * @property {string} label  the field
 * @property {string} line  the line it is in; empty: the record itself
 * @property {boolean} isGone  the line was removed
 * @property {{name?: string, own?: boolean}} who
 * @property {string} base
 * @property {string} theirs
 * @property {string} mine
 *
 * @typedef {object} BarState  reactive
 * @property {Question[]} questions
 * @property {{op: "leave" | "delete", who: {name?: string, own?: boolean}} | null} lost
 * @property {number} asked  how often a save was held
 * @property {boolean} canCopy
 */
export class ConflictBar extends Component {
    static template = "amanat_realtime.ConflictBar";
    static props = { bar: Object };

    setup() {
        this.state = useState(this.props.bar.state);
        this.place = useRef("place");
        useEffect(
            () => {
                this.props.bar.onScreen = true;
                return () => {
                    this.props.bar.onScreen = false;
                };
            },
            () => [],
        );
        useEffect(
            (asked) => {
                if (asked) {
                    this.place.el?.scrollIntoView({ block: "nearest" });
                }
            },
            () => [this.state.asked],
        );
    }

    get title() {
        const { questions } = this.state;
        const [first] = questions;
        const people = [...new Set(questions.map(({ who }) => (who.own ? "" : who.name)))];
        if (questions.length > 1) {
            return titleOfMany(people, questions.length);
        }
        return first.isGone ? titleOfLine(first) : titleOfField(first);
    }

    get lostTitle() {
        const { op, who } = this.state.lost;
        if (op === "leave") {
            return _t("You may no longer see this record. Its values were removed from this page.");
        }
        if (who.own) {
            return _t("You deleted this record in another tab. What you see here is no longer saved anywhere.");
        }
        return who.name
            ? _t("%s deleted this record. What you see here is no longer saved anywhere.", who.name)
            : _t("This record was deleted. What you see here is no longer saved anywhere.");
    }

    get isLeft() {
        return this.state.lost?.op === "leave";
    }

    fieldOf({ label, line }) {
        return line ? _t("%(line)s: %(field)s", { line, field: label }) : label;
    }

    keep(question) {
        this.props.bar.keepMine([question.key]);
    }

    take(question) {
        this.props.bar.takeTheirs([question.key]);
    }

    keepAll() {
        this.props.bar.keepMine(this.state.questions.map(({ key }) => key));
    }

    takeAll() {
        this.props.bar.takeTheirs(this.state.questions.map(({ key }) => key));
    }
}

function titleOfField({ label: field, who }) {
    if (who.own) {
        return _t("You changed “%s” in another tab while you were changing it here.", field);
    }
    return who.name
        ? _t("%(name)s changed “%(field)s” while you were changing it.", { name: who.name, field })
        : _t("Somebody else changed “%s” while you were changing it.", field);
}

function titleOfLine({ line, who }) {
    if (who.own) {
        return _t("You removed the line “%s” in another tab while you were changing it here.", line);
    }
    return who.name
        ? _t("%(name)s removed the line “%(line)s” while you were changing it.", { name: who.name, line })
        : _t("Somebody else removed the line “%s” while you were changing it.", line);
}

function titleOfMany(people, count) {
    if (people.length === 1 && people[0]) {
        return _t("%(name)s changed %(count)s values that you were changing.", { name: people[0], count });
    }
    return people.length === 1 && people[0] === ""
        ? _t("You changed %s of these values in another tab.", count)
        : _t("%s values were changed elsewhere while you were changing them.", count);
}
