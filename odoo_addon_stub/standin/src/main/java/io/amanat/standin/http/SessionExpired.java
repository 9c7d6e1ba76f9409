package io.amanat.standin.http;

/** The cookie names no login session, or one that has ended. */
final class SessionExpired extends RuntimeException {}
