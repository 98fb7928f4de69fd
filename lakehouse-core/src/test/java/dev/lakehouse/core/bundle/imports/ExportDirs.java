// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays out folders as Hugging Face's exporters do. */
public final class ExportDirs {
  public static final String CLIP_PREPROCESSOR =
      """
      {"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_convert_rgb": true,
       "do_normalize": true, "do_rescale": true, "do_resize": true,
       "image_mean": [0.48145466, 0.4578275, 0.40821073],
       "image_std": [0.26862954, 0.26130258, 0.27577711],
       "image_processor_type": "CLIPImageProcessor", "resample": 3,
       "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 224}}
      """;

  private ExportDirs() {}

  /** The sample model as an export of CLIP. */
  public static Path clip(Path folder, String image, String text) throws IOException {
    resource("image.onnx", folder.resolve(image));
    resource("text.onnx", folder.resolve(text));
    resource("tokenizer.json", folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("preprocessor_config.json"), CLIP_PREPROCESSOR);
    return folder;
  }

  /** The sample's tokenizer alone. */
  public static void tokenizer(Path folder) throws IOException {
    resource("tokenizer.json", folder.resolve("tokenizer.json"));
  }

  private static void resource(String name, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (InputStream in =
        ExportDirs.class.getResourceAsStream("/dev/lakehouse/models/shapes-clip/" + name)) {
      Files.copy(in, target);
    }
  }
}
