// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.List;

/** The twelve colours of objects and backgrounds. Their order enters the held-out rules. */
public enum Colour {
  RED(220, 30, 35, "red"),
  GREEN(30, 150, 60, "green"),
  BLUE(35, 75, 220, "blue"),
  YELLOW(250, 220, 40, "yellow"),
  ORANGE(245, 130, 20, "orange"),
  PURPLE(125, 45, 165, "purple", "violet"),
  PINK(250, 135, 190, "pink"),
  CYAN(45, 205, 220, "cyan", "aqua"),
  BROWN(120, 72, 35, "brown"),
  BLACK(20, 20, 20, "black"),
  WHITE(245, 245, 245, "white"),
  GREY(128, 128, 128, "grey", "gray");

  private static final int JITTER = 9;

  private final int red;
  private final int green;
  private final int blue;
  private final List<String> words;

  Colour(int red, int green, int blue, String... words) {
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.words = List.of(words);
  }

  /** What the colour is called; the usual word stands first. */
  List<String> words() {
    return words;
  }

  /** Whether the two differ in brightness, so that edges between them are seen without colour. */
  boolean standsOutFrom(Colour other) {
    return Math.abs(brightness() - other.brightness()) >= 45;
  }

  /** 0 to 255, weighted as the eye does. */
  double brightness() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }

  /** A tint of the colour that is still called by its name, as 0xRRGGBB. */
  int tint(Dice dice) {
    return jitter(red, dice) << 16 | jitter(green, dice) << 8 | jitter(blue, dice);
  }

  private static int jitter(int channel, Dice dice) {
    return Math.max(0, Math.min(255, channel + dice.between(-JITTER, JITTER)));
  }
}
