/** What keeps calendars fresh; comes with the first of them. */
import { followCalendars } from "../odoo19/calendar.js";
import { whenLive } from "./late.js";

whenLive(() => followCalendars());
