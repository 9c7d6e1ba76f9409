package io.amanat.standin.store;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the stored computed fields: a transfer's total, and the company that money takes from its transfer. */
final class Computed {

    private final Transaction transaction;

    Computed(Transaction transaction) {
        this.transaction = transaction;
    }

    void afterCreate(Model model, int id) {
        afterWrite(model, id, Map.of());
    }

    void afterWrite(Model model, int id, Map<String, Object> before) {
        if (model.name().equals(Catalog.MONEY)) {
            inheritCompany(id);
            Object left = before.get("transfer_id");
            Object joined = transaction.row(Catalog.MONEY, id).orElseThrow().get("transfer_id");
            if (!Objects.equals(left, joined)) {
                touchParent(left);
                touchParent(joined);
            }
            total(left);
            total(joined);
        }
        if (model.name().equals(Catalog.TRANSFER)) {
            total(id);
            new Reader(transaction).children(model.field("money_ids"), id).forEach(this::inheritCompany);
        }
    }

    void afterDelete(Model model, Map<String, Object> before) {
        if (model.name().equals(Catalog.MONEY)) {
            touchParent(before.get("transfer_id"));
            total(before.get("transfer_id"));
        }
    }

    /** The list of payments that a transfer shows became longer or shorter. */
    private void touchParent(@Nullable Object transfer) {
        if (transfer instanceof Integer id) {
            var key = new RecordKey(Catalog.TRANSFER, id);
            transaction.row(Catalog.TRANSFER, id).ifPresent(row -> transaction.touch(key, row, Set.of("money_ids")));
        }
    }

    private void inheritCompany(int money) {
        transaction.row(Catalog.MONEY, money).ifPresent(row -> {
            Object company = row.get("transfer_id") instanceof Integer transfer
                    ? transaction
                            .row(Catalog.TRANSFER, transfer)
                            .map(found -> found.getOrDefault("company_id", false))
                            .orElse(false)
                    : false;
            set(Catalog.MONEY, money, row, "company_id", company);
        });
    }

    private void total(@Nullable Object transfer) {
        if (transfer instanceof Integer id) {
            transaction.row(Catalog.TRANSFER, id).ifPresent(row -> {
                double sum = transaction.rows(Catalog.MONEY).values().stream()
                        .filter(money -> id.equals(money.get("transfer_id")))
                        .mapToDouble(money -> (Double) money.getOrDefault("amount", 0.0))
                        .sum();
                set(Catalog.TRANSFER, id, row, "money_total", Values.money(sum));
            });
        }
    }

    private void set(String model, int id, Map<String, Object> row, String field, Object value) {
        if (!Objects.equals(row.get(field), value)) {
            transaction.update(new RecordKey(model, id), Map.of(field, value));
        }
    }
}
