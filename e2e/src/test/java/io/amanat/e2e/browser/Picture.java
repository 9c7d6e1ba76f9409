package io.amanat.e2e.browser;

import com.microsoft.playwright.Page;
import io.amanat.bench.process.Checkout;

/**
 * A screenshot that a test takes. {@code -Damanat.pictures=docs/images} makes those of {@link PictureTest}, of
 * {@link DemoTest} and of the Realtime test in {@link AttentionTest} the ones that README and docs show.
 */
final class Picture {
    private Picture() {}

    static void take(Page page, String name) {
        String folder = System.getProperty("amanat.pictures", "e2e/target/pictures");
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Checkout.file(folder).resolve(name)));
    }
}
