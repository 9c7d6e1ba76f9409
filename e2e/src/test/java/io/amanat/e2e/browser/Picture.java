package io.amanat.e2e.browser;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** A screenshot that a test takes; {@code -Damanat.pictures=docs/images} makes it the one that the README shows. */
final class Picture {
    private Picture() {}

    static void take(Page page, String name) {
        String folder = System.getProperty("amanat.pictures", "target/pictures");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name)));
    }
}
