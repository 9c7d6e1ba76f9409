package io.amanat.bridge.app;

import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.websocket.Door;

/** The settings of every package that a change of one database passes through. */
public record CoreSettings(
        AccessSettings access,
        IdentitySettings identity,
        OwnChanges ownChanges,
        SessionSettings session,
        Door.Settings door) {

    /** The defaults, with this door for browsers. */
    public static CoreSettings of(Door.Settings door) {
        return new CoreSettings(
                AccessSettings.DEFAULT, IdentitySettings.DEFAULT, OwnChanges.TAB, SessionSettings.DEFAULT, door);
    }
}
