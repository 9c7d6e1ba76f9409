package io.amanat.standin.addon;

import io.amanat.standin.bus.Channel;
import io.amanat.standin.store.Group;
import io.amanat.standin.store.User;

/** The constants of an installed add-on. */
public final class Addon {

    public static final String VERSION = "19.0.1.0.0";
    public static final String DATABASE = "amanat";
    public static final String AUDIENCE = "amanat-realtime";
    public static final String SERVICE_LOGIN = "amanat_bridge";

    /** Where browsers find the bridge, until somebody sets the parameter. */
    public static final String BRIDGE_URL = "ws://localhost:8081/amanat.v1";

    static final String CHANNEL = "realtime_updates";

    /** Where announcements go: the private sub-channel of the bridge's group. */
    public static final Channel PRIVATE = Channel.of(DATABASE, "res.groups", Group.BRIDGE.id(), CHANNEL);

    private Addon() {}

    /**
     * The plain channel, on which other add-ons announce changes.
     *
     * @param version of Odoo; 14 does not say which database's it is
     */
    public static Channel plain(String version) {
        return version.equals("14.0") ? Channel.of(CHANNEL) : Channel.of(DATABASE, CHANNEL);
    }

    /** This is the one user that the bridge signs in as. */
    public static boolean isService(User user) {
        return user.active() && user.login().equals(SERVICE_LOGIN);
    }
}
