package io.amanat.e2e.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One reader for each way to read an Odoo, all at once. */
final class Readers implements AutoCloseable {

    private final List<Reader> readers = new ArrayList<>();

    Readers(List<Neighbour> odoos, String mark, Predicate<Way> wanted) {
        try {
            odoos.forEach(odoo ->
                    odoo.ways().stream().filter(wanted).forEach(way -> readers.add(new Reader(odoo, way, mark))));
            each(Reader::awaitBegun);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    void each(Consumer<Reader> what) {
        readers.forEach(what);
    }

    void awaitNotes(String... notes) {
        each(reader -> reader.awaitNotes(notes));
    }

    List<Reader> all() {
        return List.copyOf(readers);
    }

    @Override
    public void close() {
        each(Reader::close);
    }
}
