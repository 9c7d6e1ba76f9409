package io.amanat.standin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private final List<Integer> committed = new ArrayList<>();
    private final Database database = new Database(Clock.systemUTC(), transaction -> {
        int touched = transaction.touched().size();
        return () -> committed.add(touched);
    });
    private final int company = database.add(Catalog.COMPANIES, Map.of("name", "Tashkent"));
    private final int other = database.add(Catalog.COMPANIES, Map.of("name", "Samarkand"));
    private final Caller aziz = user("aziz", Group.USER);

    private Caller user(String login, Group group) {
        int partner = database.add(Catalog.PARTNERS, Map.of("name", login));
        var row = Map.<String, Object>of(
                "login", login,
                "name", login,
                "partner_id", partner,
                "company_id", company,
                "group_ids", List.of(group.id()),
                "active", true);
        return Caller.of(database.user(database.add(Catalog.USERS, row)).orElseThrow());
    }

    private int transfer(Map<String, Object> values) {
        return database.transact(aziz, orm -> orm.create(Catalog.TRANSFER, List.of(values)))
                .getFirst();
    }

    private List<Integer> search(String model, List<?> domain) {
        return database.transact(aziz, orm -> orm.search(model, domain));
    }

    private Map<String, Object> read(int id) {
        return database.transact(aziz, orm -> orm.read(Catalog.TRANSFER, List.of(id), List.of()))
                .getFirst();
    }

    @Test
    void aTransactionThatThrowsLeavesNothing() {
        int id = transfer(Map.of("amount", 5));

        assertThatExceptionOfType(OdooError.class)
                .isThrownBy(() -> database.transact(aziz, orm -> {
                    orm.write(Catalog.TRANSFER, List.of(id), Map.of("amount", 6));
                    orm.create(Catalog.TRANSFER, List.of(Map.of()));
                    orm.unlink(Catalog.TRANSFER, List.of(id));
                    return orm.read("no.such.model", List.of(), List.of());
                }));

        assertThat(read(id)).containsEntry("amount", 5.0);
        assertThat(search(Catalog.TRANSFER, List.of())).containsExactly(id);
    }

    @Test
    void anIdIsNeverUsedTwice() {
        int first = transfer(Map.of());
        database.transact(aziz, orm -> {
            orm.unlink(Catalog.TRANSFER, List.of(first));
            return true;
        });

        assertThat(transfer(Map.of())).isGreaterThan(first);
    }

    @Test
    void whatWasCreatedAndDeletedInOneTransactionWasNeverTouched() {
        committed.clear();

        database.transact(aziz, orm -> {
            orm.unlink(Catalog.TRANSFER, orm.create(Catalog.TRANSFER, List.of(Map.of())));
            return true;
        });

        assertThat(committed).containsExactly(0);
    }

    @Test
    void aTransfersTotalFollowsItsPayments() {
        int id = transfer(Map.of("money_ids", List.of(List.of(0, 0, Map.of("name", "a", "amount", 2.5)))));

        database.transact(
                aziz, orm -> orm.create(Catalog.MONEY, List.of(Map.of("name", "b", "amount", 1, "transfer_id", id))));

        assertThat(read(id)).containsEntry("money_total", 3.5);
    }

    @Test
    void paymentsGoWithTheirTransfer() {
        int id = transfer(Map.of("money_ids", List.of(List.of(0, 0, Map.of("name", "a", "amount", 2.5)))));

        database.transact(aziz, orm -> {
            orm.unlink(Catalog.TRANSFER, List.of(id));
            return true;
        });

        assertThat(search(Catalog.MONEY, List.of())).isEmpty();
    }

    @Test
    void nobodyWritesIntoACompanyOfOthers() {
        int id = transfer(Map.of());

        assertThatExceptionOfType(OdooError.class)
                .isThrownBy(() -> database.transact(aziz, orm -> {
                    orm.write(Catalog.TRANSFER, List.of(id), Map.of("company_id", other));
                    return true;
                }))
                .returns("odoo.exceptions.AccessError", OdooError::python);
    }

    @Test
    void theFieldForManagersIsRefusedToOthers() {
        assertThatExceptionOfType(OdooError.class)
                .isThrownBy(() -> transfer(Map.of("internal_note", "x")))
                .returns("odoo.exceptions.AccessError", OdooError::python);
    }

    @Test
    void employeesWithoutTheGroupReadNothing() {
        var sardor = user("sardor", Group.INTERNAL);

        assertThatExceptionOfType(OdooError.class)
                .isThrownBy(() -> database.transact(sardor, orm -> orm.search(Catalog.TRANSFER, List.of())))
                .returns("odoo.exceptions.AccessError", OdooError::python);
    }

    @Test
    void domainsCombineConditionsInPrefixNotation() {
        int small = transfer(Map.of("amount", 1, "state", "open"));
        int big = transfer(Map.of("amount", 100, "state", "open"));
        int done = transfer(Map.of("amount", 1, "state", "done"));
        List<?> domain =
                List.of("|", List.of("amount", ">", 50), "!", List.of("state", "in", List.of("open", "draft")));

        assertThat(search(Catalog.TRANSFER, domain)).containsExactly(done, big).doesNotContain(small);
    }
}
