// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

/**
 * A piece of a document that has a place.
 *
 * @param kind page, slide, sheet, section or message
 * @param number from 1, among those of its kind
 * @param name what a sheet is called, and such; may be empty
 */
record Part(String kind, int number, String name, String text) {
  static final String PAGE = "page";
  static final String SLIDE = "slide";
  static final String SHEET = "sheet";
  static final String SECTION = "section";
  static final String MESSAGE = "message";
}
