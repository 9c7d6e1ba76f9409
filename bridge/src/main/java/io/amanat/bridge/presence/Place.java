package io.amanat.bridge.presence;

/** Where somebody can be: a record. */
record Place(String model, long id) {}
