package io.amanat.standin;

import io.amanat.standin.bus.Bus;
import io.amanat.standin.store.Database;

/** What a stand-in held at some moment. */
public record Backup(Database.Copy database, Bus.Copy bus) {}
