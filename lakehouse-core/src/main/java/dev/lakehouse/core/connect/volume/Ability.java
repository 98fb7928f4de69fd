// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.volume;

/** What not every place of storage can do. */
public enum Ability {
  /** A file gets another name in its folder. */
  RENAME("renames"),
  /** A rename to a name that is taken changes nothing. */
  RENAME_ONCE("refuses to rename over a file"),
  /** A file gets a second name, by a hard link. */
  LINK("links"),
  /** Of two who create a file at once, one does. */
  CREATE_ONCE("refuses to create a file twice");

  private final String words;

  Ability(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
