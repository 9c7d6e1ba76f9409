package io.amanat.e2e.browser;

/** The ways in which the web client saves what a user has typed into the amount of a transfer, or of one of its lines. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that keep nothing
enum SaveWay {
    SAVE_BUTTON(SaveWay::typedInForm, (page, target) -> pressSave(page)),
    PAGER(
            SaveWay::typedInFormFromList,
            (page, target) -> page.page().locator(".o_pager_next").click()),
    BREADCRUMB(
            SaveWay::typedInFormFromList,
            (page, target) -> page.page()
                    .locator(".o_breadcrumb .breadcrumb-item a")
                    .first()
                    .click()),
    HIDDEN_TAB(SaveWay::typedInForm, (page, target) -> page.hide()),
    LEFT_PAGE(SaveWay::typedInForm, (page, target) -> page.leave()),
    DIALOG(
            (page, target, text) -> {
                page.openList(target.name());
                page.openDialog(target.id());
                page.dialogField("amount").fill(text);
            },
            (page, target) -> page.page().locator(".modal .o_form_button_save").click()),
    LINE(
            (page, target, text) -> {
                page.openForm(target.id());
                page.edit(target.line(), "amount");
                page.edited("amount").fill(text);
            },
            (page, target) -> pressSave(page)),
    ROW(
            SaveWay::typedInRow,
            (page, target) -> page.page().locator(".o_list_button_save").first().click()),
    ANOTHER_ROW(
            SaveWay::typedInRow,
            (page, target) ->
                    page.row(target.other()).locator("td[name=amount]").click()),
    SEVERAL_ROWS(SaveWay::typedInSeveral, (page, target) -> confirmSeveral(page)),
    SEVERAL_ROWS_EACH_ITS_OWN(
            (page, target, text) -> typedInSeveral(page, target, "+=" + (Integer.parseInt(text) - Target.BEGAN)),
            (page, target) -> confirmSeveral(page));

    /**
     * What is written to.
     *
     * @param name of the transfer that somebody else writes to as well
     * @param other the name of a transfer that nobody else writes to
     * @param line the name of a line of the first
     */
    record Target(long id, String name, String other, String line) {
        /** The amount of each of them. */
        static final int BEGAN = 9;
    }

    private interface Typing {
        void type(OdooPage page, Target target, String text);
    }

    private interface Saving {
        void save(OdooPage page, Target target);
    }

    private final Typing typing;
    private final Saving saving;

    SaveWay(Typing typing, Saving saving) {
        this.typing = typing;
        this.saving = saving;
    }

    /** Brings a text to the screen that nothing has saved yet. */
    void type(OdooPage page, Target target, String text) {
        typing.type(page, target, text);
    }

    void save(OdooPage page, Target target) {
        saving.save(page, target);
    }

    private static void typedInForm(OdooPage page, Target target, String text) {
        page.openForm(target.id());
        page.field("amount").fill(text);
    }

    private static void typedInFormFromList(OdooPage page, Target target, String text) {
        page.openList(target.name());
        page.row(target.name()).locator(".o_list_record_open_form_view").click();
        page.field("amount").fill(text);
    }

    private static void typedInRow(OdooPage page, Target target, String text) {
        page.openList(target.name());
        page.edit(target.name(), "amount");
        page.edited("amount").fill(text);
    }

    private static void typedInSeveral(OdooPage page, Target target, String text) {
        page.openList(target.name());
        for (String name : new String[] {target.name(), target.other()}) {
            page.row(name).locator(".o_list_record_selector input").check();
        }
        page.edit(target.other(), "amount");
        page.edited("amount").fill(text);
    }

    private static void pressSave(OdooPage page) {
        page.page().locator(".o_form_button_save").click();
    }

    private static void confirmSeveral(OdooPage page) {
        page.edited("amount").press("Enter");
        page.page().locator(".modal .btn-primary").click();
    }
}
