package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.identity.Identity.Presence;
import io.amanat.bridge.identity.OdooIdentity;
import io.amanat.bridge.identity.Proof;
import io.amanat.bridge.identity.TableIdentity;
import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.FrameReader;
import io.amanat.bridge.protocol.FrameWriter;
import io.amanat.bridge.protocol.ServerFrame;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/** What all sessions share: settings, ports, clock and pen. */
record Desk(
        SessionSettings settings,
        SessionPorts ports,
        SessionMetrics metrics,
        Logins logins,
        Arrivals arrivals,
        Users users,
        FrameReader reader,
        FrameWriter writer,
        Reached reached,
        LongSupplier nanos,
        RandomGenerator random) {

    /** How long a client stays away that sent too much, in milliseconds. */
    private static final long PENALTY = 30_000;

    /** For sessions that begin now. */
    static Desk of(SessionSettings settings, SessionPorts ports, SessionMetrics metrics) {
        var random = new SecureRandom();
        return new Desk(
                settings,
                ports,
                metrics,
                new Logins(),
                new Arrivals(settings.arrivals(), System::nanoTime, random),
                new Users(settings.perUser()),
                new FrameReader(),
                new FrameWriter(),
                new Reached(ports.progress().offset()),
                System::nanoTime,
                random);
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Somewhere between nothing and this long, in nanoseconds, so that not all sessions do the same at once. */
    long jitter(Duration most) {
        return random.nextLong(Math.max(1, most.toNanos()));
    }

    /** When a client that is sent away like this should come back, in milliseconds; empty: not with this token. */
    OptionalLong comeBack(ErrorCode code) {
        long soon = TimeUnit.NANOSECONDS.toMillis(jitter(settings.drain()));
        return switch (code.close().orElse(CloseCode.BAD_REQUEST)) {
            case GOING_AWAY, HELLO_TIMEOUT -> OptionalLong.of(soon);
            case TOO_MANY -> OptionalLong.of(PENALTY + soon);
            default -> OptionalLong.empty();
        };
    }

    /** What a client is told that is sent away like this. */
    ServerFrame.Bye bye(ErrorCode code, String message) {
        return new ServerFrame.Bye(code, message, comeBack(code));
    }

    /** What a client is told whose token proves nothing. */
    ServerFrame.Bye refusal(Proof refused) {
        return switch (refused) {
            case Proof.Missing() -> bye(ErrorCode.TOKEN_MISSING, "there is no token; ask Odoo for one");
            case Proof.Expired() -> bye(ErrorCode.TOKEN_EXPIRED, "the token expired; ask Odoo for a new one");
            case Proof.Revoked revoked -> bye(revoked);
            case Proof.Unavailable() -> // nobody is to blame: the same token may be good in a moment
                new ServerFrame.Bye(
                        ErrorCode.UNAVAILABLE,
                        "what this token proves cannot be asked just now; come back",
                        comeBack(ErrorCode.GOING_AWAY));
            case Proof.Invalid(var reason) -> bye(ErrorCode.TOKEN_INVALID, reason);
            case Proof.Accepted accepted -> throw new IllegalStateException("not refused");
        };
    }

    /** What everybody is told whose token was revoked. */
    static ServerFrame.Bye bye(Proof.Revoked revoked) {
        return new ServerFrame.Bye(
                ErrorCode.TOKEN_REVOKED,
                "the password or the standing of this user changed, or this login ended; ask Odoo for a new token",
                OptionalLong.of(revoked.pause().toMillis()));
    }

    ServerFrame.Welcome welcome(String session, Identity identity) {
        var left = Duration.between(ports.clock().instant(), identity.expires());
        return new ServerFrame.Welcome(
                session,
                ports.progress().epoch(),
                ports.progress().offset(),
                user(identity),
                identity.name(),
                new ServerFrame.Limits(
                        settings.frameBytes(), settings.watches(), settings.messagesPerSecond(), Touches.MOST),
                settings.heartbeat().toSeconds(),
                Math.max(0, left.toSeconds()),
                identity.presence() != Presence.OFF);
    }

    private static JsonNode user(Identity identity) {
        return switch (identity) {
            case OdooIdentity odoo -> LongNode.valueOf(odoo.userId());
            case TableIdentity table -> StringNode.valueOf(table.subject());
        };
    }
}
