package io.amanat.bridge.session;

import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.identity.Tokens;
import java.time.InstantSource;

/**
 * What sessions need from the rest of the bridge.
 *
 * @param revocations whose tokens are refused; {@code tokens} refuses by them, too
 */
public record SessionPorts(Tokens tokens, Revocations revocations, Progress progress, InstantSource clock) {}
