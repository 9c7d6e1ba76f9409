package io.amanat.standin.store;

import java.util.Map;
import java.util.Objects;
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
            total(before.get("transfer_id"));
            transaction.row(Catalog.MONEY, id).ifPresent(row -> total(row.get("transfer_id")));
        }
        if (model.name().equals(Catalog.TRANSFER)) {
            total(id);
            new Reader(transaction).children(model.field("money_ids"), id).forEach(this::inheritCompany);
        }
    }

    void afterDelete(Model model, Map<String, Object> before) {
        if (model.name().equals(Catalog.MONEY)) {
            total(before.get("transfer_id"));
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
