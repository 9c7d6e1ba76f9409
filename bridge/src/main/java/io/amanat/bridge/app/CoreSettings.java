package io.amanat.bridge.app;

import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.websocket.WebsocketSettings;

/** The settings of every package that a change passes through. */
public record CoreSettings(
        AccessSettings access,
        IdentitySettings identity,
        OwnChanges ownChanges,
        SessionSettings session,
        WebsocketSettings websocket) {

    /** The defaults, with this port for browsers. */
    public static CoreSettings of(WebsocketSettings websocket) {
        return new CoreSettings(
                AccessSettings.DEFAULT, IdentitySettings.DEFAULT, OwnChanges.TAB, SessionSettings.DEFAULT, websocket);
    }
}
