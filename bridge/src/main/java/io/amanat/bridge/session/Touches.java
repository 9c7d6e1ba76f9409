package io.amanat.bridge.session;

import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.identity.OdooIdentity;
import io.amanat.bridge.presence.Ended;
import io.amanat.bridge.protocol.ClientFrame;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one session edits. Whether that is allowed is asked on a virtual thread when a record is touched first; other fields of it need
 * no further question. Only on the shard's thread, but for {@link #touch} and {@link #untouch}.
 */
final class Touches {

    /** The most records that one session edits at a time. */
    static final int MOST = 20;

    private final OdooConversation conversation;
    private final Session session;
    private final OdooDesk desk;
    private final OdooMembers members;
    private final Shard shard;
    private final Attendance attendance;
    private final Map<String, Asked> asked = new HashMap<>();
    private final Map<String, Touch> open = new HashMap<>();
    private final Map<Watcher, Integer> joined = new HashMap<>();

    /** A question under way, and what the client said last of it. */
    private static final class Asked {
        private final WatchSpec form;
        private ClientFrame.Touch said;

        Asked(WatchSpec form, ClientFrame.Touch said) {
            this.form = form;
            this.said = said;
        }
    }

    Touches(OdooConversation conversation, OdooDesk desk, OdooMembers members, Attendance attendance) {
        this.conversation = conversation;
        this.session = conversation.session();
        this.desk = desk;
        this.members = members;
        this.shard = members.shard();
        this.attendance = attendance;
    }

    void touch(ClientFrame.Touch said, OdooIdentity identity) {
        if (!identity.companies().containsAll(said.companies().orElse(List.of()))) {
            refuse(said.ref(), ErrorCode.UNKNOWN_COMPANY, "name only companies that the token allows");
            return;
        }
        var form = new WatchSpec(
                said.model(),
                OptionalLong.of(said.id()),
                Optional.empty(),
                Optional.empty(),
                said.companies().orElse(identity.companies()));
        shard.execute(() -> touch(form, said, identity.userId()));
    }

    private void touch(WatchSpec form, ClientFrame.Touch said, long userId) {
        var waiting = asked.get(said.ref());
        var known = open.get(said.ref());
        if (session.hasEnded()) {
            return;
        }
        if (waiting != null && waiting.form.equals(form)) {
            waiting.said = said;
        } else if (waiting == null && known != null && known.isOf(form)) {
            edits(known, said);
        } else if (waiting == null && known == null && asked.size() + open.size() >= MOST) {
            refuse(said.ref(), ErrorCode.TOO_MANY_TOUCHES, "untouch something first");
        } else {
            var question = new Asked(form, said);
            asked.put(said.ref(), question);
            Thread.startVirtualThread(() -> ask(question, userId));
        }
    }

    private void ask(Asked question, long userId) {
        var result = desk.ports().admission().touch(question.form, userId);
        shard.execute(() -> answered(question, result));
    }

    private void answered(Asked question, Admission.Result result) {
        var ref = question.said.ref();
        boolean wanted = !session.hasEnded() && asked.remove(ref, question);
        if (wanted) {
            Optional.ofNullable(open.remove(ref)).ifPresent(this::stop);
        }
        if (result instanceof Admission.Result.Touching(var watcher, var fields)) {
            if (wanted) {
                begin(new Touch(ref, watcher, fields), question.said);
            } else {
                desk.ports().channel().unregister(watcher);
            }
        } else if (wanted) {
            refuse(ref, result);
        }
    }

    private void begin(Touch touch, ClientFrame.Touch said) {
        var watcher = touch.watcher();
        open.put(touch.ref(), touch);
        if (joined.merge(watcher, 1, Integer::sum) == 1) {
            members.watches(conversation, watcher, desk.progress().offset());
        }
        touch.edits(said.fields());
        attendance.edits(touch, watcher.feed().spec(), watcher.viewer(), touch.fields(), why -> ended(touch, why));
        say(touch);
    }

    private void edits(Touch touch, ClientFrame.Touch said) {
        touch.edits(said.fields());
        attendance.edits(touch, touch.fields());
        say(touch);
    }

    private void say(Touch touch) {
        session.send(new ServerFrame.Touching(
                touch.ref(), touch.watcher().feed().number(), desk.progress().offset(), touch.fields()));
    }

    void untouch(String ref) {
        shard.execute(() -> {
            boolean waited = asked.remove(ref) != null;
            var touch = open.remove(ref);
            if (touch != null) {
                stop(touch);
            }
            if (waited || touch != null) {
                session.send(new ServerFrame.Ok(ref));
            } else {
                refuse(ref, ErrorCode.UNKNOWN_REF, "nothing is touched under this ref");
            }
        });
    }

    private void stop(Touch touch) {
        var watcher = touch.watcher();
        if (joined.merge(watcher, -1, Integer::sum) == 0) {
            joined.remove(watcher);
            members.unwatches(conversation, watcher);
        }
        attendance.leaves(touch);
        desk.ports().channel().unregister(watcher);
    }

    /** Its user may not edit this any more. */
    private void ended(Touch touch, Ended why) {
        if (open.remove(touch.ref(), touch)) {
            stop(touch);
            switch (why) {
                case READ_ONLY -> refuse(touch.ref(), new Admission.Result.ReadOnly());
                case UNREADABLE -> refuse(touch.ref(), new Admission.Result.UnknownRecord());
            }
        }
    }

    /** Whether this is about a field that this session edits. */
    boolean concerns(Delivery.Conflict conflict) {
        return open.values().stream()
                .filter(it -> it.watcher().feed().equals(conflict.feed()))
                .flatMap(it -> it.fields().stream())
                .anyMatch(conflict.fields()::containsKey);
    }

    private void refuse(String ref, Admission.Result result) {
        switch (result) {
            case Admission.Result.UnknownModel() ->
                refuse(ref, ErrorCode.UNKNOWN_MODEL, "this is not a live model you may read");
            case Admission.Result.UnknownRecord() ->
                refuse(ref, ErrorCode.UNKNOWN_RECORD, "there is no such record that you may read");
            case Admission.Result.ReadOnly() -> refuse(ref, ErrorCode.READ_ONLY, "you may not write this record");
            case Admission.Result.TooMany() ->
                refuse(
                        ref,
                        ErrorCode.TOO_MANY_TOUCHES,
                        "you watch or edit too many different things in all your tabs; close some");
            default -> refuse(ref, ErrorCode.UNAVAILABLE, "Odoo cannot be asked just now; touch again in some seconds");
        }
    }

    private void refuse(String ref, ErrorCode code, String message) {
        desk.metrics().refused(code);
        session.send(new ServerFrame.Refused(ref, code, message));
    }

    /** The session ended: gives everything back. */
    void end() {
        asked.clear();
        open.values().forEach(this::stop);
        open.clear();
    }
}
