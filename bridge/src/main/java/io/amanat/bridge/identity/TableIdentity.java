package io.amanat.bridge.identity;

import java.time.Instant;

/**
 * A user of PostgreSQL tables, as row-level security knows one. Two whose role, subject and claims are equal see the same.
 *
 * @param subject the user's id, claim {@code sub}
 * @param role the PostgreSQL role whose rights count
 * @param claims of the token as one JSON object, its keys sorted, without {@code exp iat nbf jti}: a renewal has the same
 * @param login the login session; renewals must be of the same one
 * @param issued when the token was made, by its issuer's clock, in whole seconds
 * @param expires when the token ends
 */
public record TableIdentity(String subject, String role, String claims, String login, Instant issued, Instant expires)
        implements Identity {

    @Override
    public String user() {
        return subject;
    }

    /** Tokens name nobody for display. */
    @Override
    public String name() {
        return "";
    }

    /** Topics say who is told what of whom. */
    @Override
    public Presence presence() {
        return Presence.SHOWN;
    }
}
