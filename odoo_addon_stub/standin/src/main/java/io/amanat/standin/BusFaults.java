package io.amanat.standin;

import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.SocketHub;

/** What is to go wrong with the bus, for tests: nothing until they say so. Safe to share between threads. */
public final class BusFaults {

    private final Bus bus;
    private final SocketHub hub;
    private volatile boolean unavailable;

    BusFaults(Bus bus, SocketHub hub) {
        this.bus = bus;
        this.hub = hub;
    }

    /** From now on rows are committed and nobody is woken, as when a process dies between COMMIT and NOTIFY. */
    public void loseNotifications() {
        bus.wakeUps().getLost();
    }

    /** From now on whoever listens is woken only after {@link #heal}. */
    public void delayNotifications() {
        bus.wakeUps().comeLate();
    }

    /** Closes all websockets with this code, such as 1013 (try later) or 4001 (session expired). */
    public void closeWebsockets(int code, String reason) {
        hub.closeAll(code, reason);
    }

    /** Cuts all websockets without a word. */
    public void cutWebsockets() {
        hub.dropAll();
    }

    /** From now on, for good, the websockets that are open now stay open and carry nothing: no message, no pong. */
    public void silenceWebsockets() {
        hub.silenceAll();
    }

    /** From now on there is no bus on this port, as on that of Odoo's HTTP workers. */
    public void makeUnavailable() {
        unavailable = true;
    }

    /** There is no bus on this port. */
    public boolean unavailable() {
        return unavailable;
    }

    /** Deletes the rows up to this id, as Odoo does with old ones. */
    public void deleteUpTo(int id) {
        bus.deleteUpTo(id);
    }

    /** The id that was taken last, by a transaction that may not be committed. */
    public int lastTaken() {
        return bus.lastTaken();
    }

    /** Takes an id that no row will have, as a transaction does that is rolled back. */
    public int useUpAnId() {
        return bus.useUpAnId();
    }

    /** Everything works again; what was delayed is sent, what was lost stays so. */
    public void heal() {
        unavailable = false;
        bus.wakeUps().workAgain();
    }
}
