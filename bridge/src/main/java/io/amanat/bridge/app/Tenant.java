package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.TenantSettings;
import java.util.List;
import java.util.Optional;

/** A database in the settings: it runs, or something on this machine kept it from starting. */
sealed interface Tenant {

    String name();

    TenantSettings settings();

    /** What runs; empty if it could not be started. */
    Optional<ServedDatabase> database();

    /** What runs, if it is Odoo's. */
    default Optional<Database> odoo() {
        return database().filter(Database.class::isInstance).map(Database.class::cast);
    }

    /** What runs, if it is tables. */
    default Optional<TableDatabase> tables() {
        return database().filter(TableDatabase.class::isInstance).map(TableDatabase.class::cast);
    }

    /** What is wrong with it; empty if nothing is. */
    List<String> troubles();

    /** Whether it does its work. */
    boolean ready();

    /** It runs, though what it reads may be away. */
    record Running(ServedDatabase running) implements Tenant {

        @Override
        public String name() {
            return running.name();
        }

        @Override
        public TenantSettings settings() {
            return running.settings();
        }

        @Override
        public Optional<ServedDatabase> database() {
            return Optional.of(running);
        }

        @Override
        public List<String> troubles() {
            return running.troubles();
        }

        @Override
        public boolean ready() {
            return running.ready();
        }
    }

    /** It could not be started. */
    record Broken(String name, TenantSettings settings, String trouble) implements Tenant {

        @Override
        public Optional<ServedDatabase> database() {
            return Optional.empty();
        }

        @Override
        public List<String> troubles() {
            return List.of(trouble);
        }

        @Override
        public boolean ready() {
            return false;
        }
    }
}
