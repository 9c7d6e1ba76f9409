package io.amanat.bridge.access;

/** Whose rights on what. */
record RightsKey(String model, Viewer viewer) {}
