// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.watch.sheet.SheetPage.Mood;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSheetPage {
  @TempDir Path folder;
  private BlobStore blobs;

  @BeforeEach
  void store() {
    blobs = BlobStores.at(folder.toUri().toString(), Map.of());
  }

  private SheetPage page(long bytes) {
    return new SheetPage(
        "A <lake>",
        "as of \"now\"",
        new Contents(blobs, Map.of(), 1 << 20),
        Limits.from(Settings.defaults()),
        bytes);
  }

  private Content picture(int width, int height) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", png);
    return blob(png.toByteArray());
  }

  private Content blob(byte[] bytes) throws IOException {
    String sha256 = blobs.put(new ByteArrayInputStream(bytes));
    return Content.ofColumns(null, sha256, null);
  }

  private static SheetItem item(String title, String modality, Content content, String... texts) {
    return new SheetItem(
        title, "file:///x", modality, Optional.of(content), List.of(texts), List.of("CODE"));
  }

  @Test
  void picturesAreInsideAndSmall() throws IOException {
    String html =
        page(1 << 20)
            .add(Mood.GOOD, "Published", 1_234, List.of(item("a", "image", picture(2_000, 1_000))))
            .html();

    assertThat(html).contains("Published · 1,234", "1 shown", "data:image/jpeg;base64,", "CODE");
    assertThat(html.length()).isLessThan(20_000);
  }

  @Test
  void whatCameFromASourceIsTextAndNothingElse() throws IOException {
    Content text = Content.ofColumns("<script>alert(1)</script> & so on", null, null);
    String html =
        page(1 << 20)
            .add(
                Mood.BAD, "<b>", 1, List.of(item("\"><img src=x>", "text", text, "<i>caption</i>")))
            .html();

    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on", "&lt;i&gt;caption&lt;/i&gt;")
        .doesNotContain("<script", "<img src=x", "<i>", "A <lake>");
  }

  @Test
  void aPageHasRoomForSoManyBytes() throws IOException {
    Content content = picture(300, 300);
    String html =
        page(1)
            .add(
                Mood.OPEN,
                "Waiting",
                2,
                List.of(item("a", "image", content), item("b", "image", content)))
            .html();

    assertThat(html.split("data:image", -1)).hasSize(2);
    assertThat(html).contains("no room on this page");
  }

  @Test
  void whatCannotBeShownSaysWhy() throws IOException {
    SheetItem gone =
        new SheetItem(
            "x", "file:///x", "image", Optional.empty(), List.of(), List.of("MISSING_FILE"));
    Content missing = Content.ofColumns(null, "0".repeat(64), null);
    String html =
        page(1 << 20)
            .add(
                Mood.BAD,
                "Rejected",
                3,
                List.of(
                    item("a", "image", blob(new byte[] {1, 2, 3})),
                    item("b", "image", missing),
                    gone))
            .html();

    assertThat(html)
        .contains(
            "cannot be shown: UNSUPPORTED_FORMAT",
            "cannot be shown: BLOB_MISSING",
            "nothing was kept");
  }
}
