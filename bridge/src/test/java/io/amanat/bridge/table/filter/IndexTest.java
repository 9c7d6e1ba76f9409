package io.amanat.bridge.table.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IndexTest {

    private static final TableShape TEXT =
            new TableShape("kinds", "whole", List.of(new Column("whole", "text", Column.Kind.TEXT)));

    private final Index<String> index = new Index<>();

    @Test
    void findsWhoAsksForTheValueOfARowAndWhoAsksForNone() throws FilterException {
        for (var text : Set.of(
                "whole=eq.7", "whole=in.(7,8)", "whole=eq.8", "status=eq.sad", "whole=gt.1", "whole=not.eq.7", "")) {
            index.add(text, filter(text));
        }

        assertThat(candidates("{'whole':7,'status':'happy'}"))
                .containsExactlyInAnyOrder("whole=eq.7", "whole=in.(7,8)", "whole=gt.1", "whole=not.eq.7", "");
        assertThat(candidates("{'whole':null,'status':'sad'}"))
                .containsExactlyInAnyOrder("status=eq.sad", "whole=gt.1", "whole=not.eq.7", "");
    }

    @Test
    void looksAtTheColumnWhereTheFewestValuesAreAskedFor() throws FilterException {
        index.add("both", filter("status=in.(sad,happy),whole=eq.7"));

        assertThat(candidates("{'whole':8,'status':'sad'}")).isEmpty();
        assertThat(candidates("{'whole':7,'status':'bored'}")).containsExactly("both");
    }

    @Test
    void forgetsWhoWasRemoved() throws FilterException {
        for (var text : Set.of("whole=eq.7", "whole=gt.1")) {
            index.add(text, filter(text));
            index.add("other " + text, filter(text));
            index.remove(text, filter(text));
        }

        assertThat(candidates("{'whole':7}")).containsExactlyInAnyOrder("other whole=eq.7", "other whole=gt.1");
    }

    @Test
    void whileAColumnIsAlteredEverybodyIsFoundByItsNewValues() throws FilterException {
        var altered = List.of("whole=eq.7", "whole=eq.8");
        for (var text : altered) {
            index.add(text, filter(text));
        }

        for (var text : altered) {
            index.remove(text, filter(text));
            index.add(text, RowFilter.compile(Filter.parse(text), TEXT));
            assertThat(candidates("{'whole':'7'}")).contains("whole=eq.7");
        }
    }

    private Set<String> candidates(String row) {
        var found = new HashSet<String>();
        Map<String, JsonNode> values = Shapes.row(row);
        index.candidates(values, found::add);
        return found;
    }

    private static RowFilter filter(String text) throws FilterException {
        return RowFilter.compile(Filter.parse(text), Shapes.KINDS);
    }
}
