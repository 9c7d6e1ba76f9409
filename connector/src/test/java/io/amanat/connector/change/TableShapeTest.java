package io.amanat.connector.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableShapeTest {

    private static final Column ID = new Column("id", "uuid", Column.Kind.UUID);

    private static TableShape shape(String table) {
        return new TableShape(table, "id", List.of(ID));
    }

    @Test
    void aTableIsNamedWithoutTheSchemaThatEverybodyHas() {
        assertThat(TableShape.name("public", "task")).isEqualTo("task");
        assertThat(TableShape.name("office", "task")).isEqualTo("office.task");
    }

    @Test
    void inAStatementItIsFoundUnderAnySearchPath() {
        assertThat(shape("task").quoted()).isEqualTo("\"public\".\"task\"");
        assertThat(shape("office.task").quoted()).isEqualTo("\"office\".\"task\"");
        assertThat(shape("Us\"ed").quoted()).isEqualTo("\"public\".\"Us\"\"ed\"");
    }

    @Test
    void aColumnIsFoundByItsName() {
        assertThat(shape("task").column("id")).contains(ID);
        assertThat(shape("task").column("ID")).isEmpty();
    }

    @Test
    void theKeyIsAColumn() {
        assertThatThrownBy(() -> new TableShape("task", "no", List.of(ID))).hasMessageContaining("no column no");
    }
}
