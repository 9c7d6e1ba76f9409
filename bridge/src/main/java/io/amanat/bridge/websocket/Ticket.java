package io.amanat.bridge.websocket;

/**
 * A place for one connection: at the port, which all databases share, and in the database it came for.
 *
 * @param port the seats of all databases together
 * @param address of the client
 * @param fromPage whether a page of a browser came: there was an {@code Origin} header
 */
record Ticket(Seats port, Door door, String address, boolean fromPage) {

    /** One more for the same client, of the same database. */
    Ticket another() {
        return new Ticket(port, door, address, fromPage);
    }

    /** Whether there would be a place just now; counts the connection as refused if not. */
    boolean hasRoom() {
        return orRefused(port.hasRoom(address) && door.seats().hasRoom(address));
    }

    /** Takes the place, unless there is none. */
    boolean enter() {
        if (!port.enter(address)) {
            return orRefused(false);
        }
        if (door.seats().enter(address)) {
            return true;
        }
        port.leave(address);
        return orRefused(false);
    }

    /** Gives the place back. */
    void leave() {
        door.seats().leave(address);
        port.leave(address);
    }

    private boolean orRefused(boolean admitted) {
        if (!admitted) {
            door.refuse();
        }
        return admitted;
    }
}
