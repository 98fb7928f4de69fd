// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;
import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is done to a picture before a tower sees it, in this order: resize, cut or fill to size,
 * rescale, subtract the mean, divide by the standard deviation, lay out as NCHW.
 *
 * @param resize how the picture gets to size
 * @param edge pixels of the shorter side after a resize by shortest edge
 * @param width pixels that the tower sees
 * @param height pixels that the tower sees
 * @param filter kernel of the resize
 * @param fill 8-bit RGB beside a picture that does not cover everything
 * @param rescale factor from a byte to what mean and standard deviation are in
 * @param mean per channel
 * @param std standard deviation per channel
 */
public record ImagePreprocessing(
    Resizing resize,
    int edge,
    int width,
    int height,
    Resampling filter,
    List<Integer> fill,
    double rescale,
    List<Double> mean,
    List<Double> std) {

  public ImagePreprocessing {
    requireNonNull(resize, "resize is missing");
    requireNonNull(filter, "filter is missing");
    check(width > 0 && height > 0, "size %d x %d: expected at least 1 x 1", width, height);
    check(resize != Resizing.SHORTEST_EDGE || edge > 0, "edge %d: expected at least 1 pixel", edge);
    fill = fill == null ? List.of(0, 0, 0) : List.copyOf(fill);
    mean = List.copyOf(requireNonNull(mean, "mean is missing"));
    std = List.copyOf(requireNonNull(std, "std is missing"));
    check(
        fill.size() == 3 && mean.size() == 3 && std.size() == 3,
        "fill %s, mean %s, std %s: expected three channels each",
        fill,
        mean,
        std);
    check(rescale > 0, "rescale %s: expected more than 0", rescale);
    check(!std.contains(0.0), "std %s: expected no zero", std);
  }
}
