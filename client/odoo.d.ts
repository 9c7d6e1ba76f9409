/** Odoo's own modules carry no types that could be installed. */
declare module "@odoo/owl";
declare module "@web/*";
declare const luxon: any;
