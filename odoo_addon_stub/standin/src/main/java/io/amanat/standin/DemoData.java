package io.amanat.standin;

import io.amanat.standin.NewUser.Right;
import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The people and the transfers that the demonstration begins with. */
final class DemoData {

    private static final List<String> PEOPLE =
            List.of("Акбар Усмонов", "Oʻktam Gʻani", "Шахноза Ли", "Sevara Nur", "ООО Восток");
    private static final List<String> NOTES =
            List.of("Родителям", "Ota-onaga", "Аренда склада", "Bozor uchun", "Rent, May");
    private static final List<String> STATES = List.of("open", "draft", "done", "open", "cancelled");

    private DemoData() {}

    static void fill(StandInOdoo odoo, int transfers) {
        int tashkent = odoo.addCompany("Amanat Tashkent");
        int samarkand = odoo.addCompany("Amanat Samarkand");
        var both = List.of(tashkent, samarkand);
        odoo.addUser(new NewUser("admin", "Administrator", both, Right.MANAGER), Set.of(Group.SYSTEM, Group.MANAGER));
        odoo.addUser(new NewUser("aziz", "Азиз Каримов", List.of(tashkent), Right.USER));
        odoo.addUser(new NewUser("bobur", "Бобур Рашидов", List.of(tashkent), Right.USER));
        odoo.addUser(new NewUser("malika", "Малика Юсупова", both, Right.USER, "ru_RU"));
        odoo.addUser(new NewUser("dilnoza", "Dilnoza Toʻrayeva", List.of(samarkand), Right.USER, "uz_UZ"));
        odoo.addUser(new NewUser("gulnora", "Gulnora Aʼzamova", both, Right.MANAGER));
        odoo.addUser(new NewUser("sardor", "Сардор Алиев", List.of(tashkent), Right.INTERNAL));
        odoo.addUser(new NewUser("portal1", "Portal Customer", List.of(tashkent), Right.PORTAL));
        odoo.addUser(
                new NewUser(odoo.serviceLogin(), "Amanat bridge", List.of(tashkent), Right.PORTAL),
                Set.of(Group.BRIDGE));
        var people = PEOPLE.stream().map(odoo::addPartner).toList();
        if (transfers > 0) {
            odoo.as("gulnora").create(Catalog.TRANSFER, transfers(transfers, people));
        }
    }

    private static List<Map<String, Object>> transfers(int count, List<Integer> people) {
        var values = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < count; i++) {
            values.add(Map.of(
                    "state", STATES.get(i % STATES.size()),
                    "amount", 125_000.0 + 37_450.5 * (i * 7 % 11),
                    "sender_id", people.get(i % people.size()),
                    "receiver_id", people.get((i + 1 + i % 3) % people.size()),
                    "note", NOTES.get(i % NOTES.size())));
        }
        return values;
    }
}
