package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.TableShape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Images of the log as PostgreSQL makes rows of them again. */
final class Images {

    /** Rows of the table out of one array of JSON texts; {@code amanat_image__.n} is an image's place, from 1 on. */
    static final String ROWS = """
            pg_catalog.unnest(?::pg_catalog.text[]) WITH ORDINALITY AS amanat_image__(amanat_json__, amanat_place__)
            CROSS JOIN LATERAL pg_catalog.jsonb_populate_record(
              NULL::%1$s, amanat_image__.amanat_json__::pg_catalog.jsonb) AS %2$s""";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Images() {}

    static String rows(TableName table) {
        return ROWS.formatted(table.quoted(), TableShape.quoted(table.table()));
    }

    static String[] texts(List<Image> images) {
        return images.stream().map(Images::text).toArray(String[]::new);
    }

    /** The rows of a change as they were and as they are, where it says so. */
    static List<Image> all(Change.Records change) {
        var images = new ArrayList<>(change.before());
        if (change.operation() != Operation.DELETE) {
            images.addAll(change.now());
        }
        return images;
    }

    /** As many empty sets as there are images. */
    static List<BitSet> nobody(int images) {
        var seen = new ArrayList<BitSet>(images);
        for (int i = 0; i < images; i++) {
            seen.add(new BitSet());
        }
        return seen;
    }

    static void add(List<BitSet> seen, List<BitSet> more) {
        for (int i = 0; i < seen.size(); i++) {
            seen.get(i).or(more.get(i));
        }
    }

    private static String text(Image image) {
        var row = JsonNodeFactory.instance.objectNode();
        image.values().forEach(row::set);
        return JSON.writeValueAsString(row);
    }
}
