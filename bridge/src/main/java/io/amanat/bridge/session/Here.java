package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.identity.OdooIdentity;
import io.amanat.bridge.protocol.ClientFrame;
import java.util.Optional;

/**
 * Where one session is known to those who tell of events: the user with all companies of the token. Only on the shard's thread, but
 * for its beginning.
 */
final class Here {

    private final OdooConversation conversation;
    private final OdooDesk desk;
    private final OdooMembers members;
    private OdooIdentity user;
    private Viewer viewer;
    private Optional<Hearing> hearing = Optional.empty();

    /** Before the session is welcomed: what is decided from now on may concern it. */
    Here(OdooConversation conversation, OdooDesk desk, OdooMembers members, OdooIdentity user) {
        this.conversation = conversation;
        this.desk = desk;
        this.members = members;
        this.user = user;
        this.viewer = viewer(user);
        desk.ports().channel().arrive(viewer);
    }

    private static Viewer viewer(OdooIdentity user) {
        return new Viewer(user.userId(), user.companies());
    }

    OdooIdentity user() {
        return user;
    }

    /** It is welcomed, and hears of events after this offset. */
    void take(long offset) {
        hearing = Optional.of(new Hearing(conversation, desk, members.shard(), viewer, offset));
        members.arrived(conversation, viewer);
    }

    /** It was here before. */
    void resume(ClientFrame.Mark mark) {
        hearing.ifPresent(it -> it.resume(mark));
    }

    /** Whether this event goes to the session now. */
    boolean hearsNow(Outgoing event) {
        return hearing.filter(it -> it.now(event)).isPresent();
    }

    /** Its user may have other companies than before: events are judged for these. */
    void move(OdooIdentity renewed) {
        var to = viewer(renewed);
        user = renewed;
        if (hearing.isPresent() && !viewer.equals(to)) {
            desk.ports().channel().arrive(to);
            members.departed(conversation, viewer);
            desk.ports().channel().depart(viewer);
            members.arrived(conversation, to);
            viewer = to;
        }
    }

    /** It ended, welcomed or not. */
    void leave() {
        if (hearing.isPresent()) {
            members.departed(conversation, viewer);
        }
        desk.ports().channel().depart(viewer);
        hearing.ifPresent(Hearing::end);
        hearing = Optional.empty();
    }
}
