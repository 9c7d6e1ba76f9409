package io.amanat.standin.store;

/** Names one record, for instance {@code amanat.transfer,42}. */
public record RecordKey(String model, int id) {}
