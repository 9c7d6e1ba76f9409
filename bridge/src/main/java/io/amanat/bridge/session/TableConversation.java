package io.amanat.bridge.session;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.protocol.ClientFrame;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What one session of a database of tables watches, reads, writes and says. */
final class TableConversation implements Conversation, TopicTalk.Line {

    /** Between two reports of one client; more are left out. */
    private static final long REPORTS = TimeUnit.SECONDS.toNanos(30);

    private final Session session;
    private final TableDesk desk;
    private final TableMembers members;
    private final Errands errands = new Errands();
    private final TableWatches watches;
    private final TopicTalk talk;
    private volatile ViewerSeat seat;
    private boolean isHere;
    private OptionalLong reported = OptionalLong.empty();

    private TableConversation(Session session, TableDesk desk, TableMembers members, ViewerSeat seat) {
        this.session = session;
        this.desk = desk;
        this.members = members;
        this.seat = seat;
        this.watches = new TableWatches(this, desk, members);
        this.talk = new TopicTalk(this, desk.topics(), seat.claims());
    }

    /** From now on rows are judged for this user; empty if there are too many viewers. */
    static Optional<Conversation> begin(Session session, TableDesk desk, TableMembers members, Identity speaker) {
        return ViewerSeat.take(
                        TableDesk.claims(speaker),
                        desk.ports().viewers(),
                        desk.ports().leaves())
                .map(seat -> new TableConversation(session, desk, members, seat));
    }

    Session session() {
        return session;
    }

    @Override
    public Executor shard() {
        return members.executor();
    }

    @Override
    public void send(ServerFrame frame) {
        session.send(frame);
    }

    @Override
    public void give(Outgoing frame) {
        members.shard().give(frame, session);
    }

    @Override
    public long offset() {
        return desk.progress().offset();
    }

    @Override
    public boolean takesPlace(String ref) {
        if (watches() >= desk.settings().watches()) {
            watches.refuse(ref, ErrorCode.TOO_MANY_WATCHES, "unwatch something first");
            return false;
        }
        boolean taken = session.place().seat().map(Users.Seat::takesWatch).orElse(false);
        if (!taken) {
            watches.refuse(
                    ref,
                    ErrorCode.TOO_MANY_USER_WATCHES,
                    "this user watches more than %d views in all tabs and devices; close some"
                            .formatted(desk.settings().perUser().watches()));
        }
        return taken;
    }

    @Override
    public void givesPlace() {
        session.place().seat().ifPresent(Users.Seat::givesWatch);
    }

    @Override
    public void watchTables(String ref, Map<String, String> filters, Consumer<Map<String, Long>> done) {
        watches.watchTables(ref, filters, done);
    }

    @Override
    public void unwatchTables(String ref) {
        watches.unwatchTables(ref);
    }

    /** Whom it speaks for just now. */
    ViewerSeat seat() {
        return seat;
    }

    @Override
    public void welcomed(long offset) {
        isHere = true;
        members.arrived(this, seat.claims().subject());
    }

    /** Each watch is resumed of its own; besides there is nothing to hear. */
    @Override
    public void resume(ClientFrame.Mark mark) {
        session.send(new ServerFrame.Resumed(Optional.empty(), members.shard().delivered()));
    }

    @Override
    public void hear(ClientFrame said, Identity speaker) {
        switch (said) {
            case TableRequest request -> hear(request, TableDesk.claims(speaker));
            case ClientFrame.BadWatch(var ref, var code, var message) -> watches.refuse(ref, code, message);
            case ClientFrame.Unwatch(var ref) -> unwatch(ref);
            case ClientFrame other -> session.fail(ErrorCode.BAD_TYPE, "only tables are served here");
        }
    }

    private void hear(TableRequest request, Claims viewer) {
        switch (request) {
            case TableRequest.TableWatch watch -> watch(watch);
            case TableRequest.TopicWatch watch -> watch(watch);
            case TableRequest.Read read -> read(read, viewer);
            case TableRequest.Write write -> write(write, viewer);
            case TableRequest.BadWrite(var id, var message) -> refuse(id, "invalid_value", message, false);
            case TableRequest.Track track -> talk.track(track);
            case TableRequest.Untrack untrack -> talk.untrack(untrack);
            case TableRequest.Broadcast broadcast -> talk.broadcast(broadcast);
            case TableRequest.Report report -> report(report);
        }
    }

    private void watch(TableRequest.TableWatch asked) {
        if (talk.has(asked.ref())) {
            watches.refuseTaken(asked.ref());
        } else {
            watches.watch(asked);
        }
    }

    private void watch(TableRequest.TopicWatch asked) {
        if (talk.has(asked.ref()) || watches.has(asked.ref())) {
            watches.refuseTaken(asked.ref());
        } else {
            talk.watch(asked);
        }
    }

    private void unwatch(String ref) {
        if (talk.unwatch(ref)) {
            session.send(new ServerFrame.Ok(ref));
        } else {
            watches.unwatch(ref);
        }
    }

    private void read(TableRequest.Read read, Claims viewer) {
        boolean taken = errands.add(() -> {
            var answer = desk.ports().rows().read(viewer, read, desk.progress().offset());
            if (answer instanceof ServerFrame.Refused refused) {
                desk.metrics().refused(refused.code());
            }
            session.send(answer);
        });
        if (!taken) {
            watches.refuse(read.ref(), ErrorCode.UNAVAILABLE, "too much was asked that is not answered yet");
        }
    }

    private void write(TableRequest.Write write, Claims viewer) {
        if (!errands.add(() -> session.send(desk.ports().rows().write(viewer, write)))) {
            refuse(write.id(), "unavailable", "too much was asked that is not answered yet", true);
        }
    }

    private void refuse(UUID id, String code, String message, boolean retry) {
        session.send(new TableReply.WriteRefused(
                id, code, message, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), retry));
    }

    private void report(TableRequest.Report report) {
        long now = desk.common().now();
        if (reported.isEmpty() || now - reported.getAsLong() >= REPORTS) {
            reported = OptionalLong.of(now);
            desk.ports().reports().accept(report);
        }
    }

    @Override
    public void renewed(Identity speaker) {
        var claims = TableDesk.claims(speaker);
        if (!isHere || claims.equals(seat.claims())) {
            return;
        }
        if (!claims.role().equals(seat.claims().role())) {
            session.fail(ErrorCode.TOKEN_MISMATCH, "the token is of another role; open a new connection for it");
            return;
        }
        ViewerSeat.take(claims, desk.ports().viewers(), desk.ports().leaves())
                .ifPresentOrElse(this::becomes, session::comeLater);
    }

    /** What it may see is something else now. */
    private void becomes(ViewerSeat renewed) {
        var before = seat;
        seat = renewed;
        watches.move(before, renewed);
        talk.renewed(renewed.claims());
        before.release();
    }

    @Override
    public boolean isSettled() {
        return watches.areSettled();
    }

    @Override
    public void tick(long silent) {
        talk.silent(silent);
    }

    @Override
    public void retell() {
        talk.retell();
    }

    @Override
    public int watches() {
        return watches.count() + talk.count();
    }

    @Override
    public void end() {
        errands.end();
        watches.end();
        talk.end();
        if (isHere) {
            members.departed(this, seat.claims().subject());
            isHere = false;
        }
        seat.release();
    }

    @Override
    public Outgoing overflow(long feed, long offset) {
        return watches.overflow(feed, offset);
    }

    @Override
    public Set<Long> feeds() {
        return watches.feeds();
    }
}
