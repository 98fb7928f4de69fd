// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the codes mean that no policy made up, in words for people. */
public final class Reasons {
  /** Words by code, in the order of the documentation. */
  public static final Map<String, String> WORDS = words();

  private Reasons() {}

  /** What a code means; empty for those of policies, which say it themselves. */
  public static Optional<String> words(String code) {
    return Optional.ofNullable(WORDS.get(code));
  }

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("UNSUPPORTED_FORMAT", "a kind that is not supported yet: nothing here decodes it");
    words.put("UNSUPPORTED_FEATURE", "a known kind, in a variant that is not supported yet");
    words.put("UNKNOWN_TYPE", "nobody knows what it is");
    words.put("MANIFEST_LIKE", "a table: take it in as a manifest, with --source csv or jsonl");
    words.put("TYPE_MISMATCH", "its name says another kind than its bytes");
    words.put("EMPTY", "there is nothing in it");
    words.put("ENCRYPTED", "opens with a password or a key only");
    words.put(
        "EXPANSION_LIMIT",
        "grows too large when unpacked, or is packed too deeply: lakehouse.document.max-unpacked");
    words.put(
        "OUTPUT_LIMIT",
        "more came out of it than may: lakehouse.document.max-chars, lakehouse.child.output");
    words.put(
        "MEMORY_LIMIT",
        "takes more memory than a reader has: lakehouse.document.heap-bytes, lakehouse.child.memory");
    words.put(
        "TIME_LIMIT",
        "took too long: lakehouse.measure.item-seconds, lakehouse.child.item-seconds");
    words.put("DECODER_CRASHED", "ended the process that read it");
    words.put("NO_AUDIO_STREAM", "a recording without any sound in it");
    words.put("NO_VIDEO_STREAM", "a film without any pictures in it");
    words.put("ZERO_DURATION", "a header, and no sound or picture behind it");
    words.put("TRUNCATED", "its end is missing");
    words.put("CORRUPT", "its bytes are damaged");
    words.put("INVALID_ENCODING", "no text in a charset that is known");
    words.put("BYTE_LIMIT", "larger than lakehouse.limits.max-bytes or lakehouse.urls.max-bytes");
    words.put("PIXEL_LIMIT", "more pixels than lakehouse.limits.max-pixels");
    words.put("FRAME_LIMIT", "more frames than lakehouse.limits.max-frames");
    words.put("MISSING_FILE", "the manifest names a file that is not there");
    words.put("PATH_REFUSED", "a name that leads out of its folder");
    words.put("URL_REFUSED", "no URL of http or https, or one with a password in it");
    words.put("ADDRESS_REFUSED", "a URL that leads to an address which is not public");
    words.put("REDIRECT_LIMIT", "redirected more often than lakehouse.urls.redirects");
    words.put("OPTED_OUT", "its server says that machines may not learn from it");
    words.put("HTML_PAGE", "a page of HTML where something else was asked for");
    words.put("THROTTLED", "its server was too busy to answer");
    words.put("HTTP_ERROR", "its server answered with an error");
    words.put("MALFORMED_ROW", "a row of the manifest that cannot be read");
    words.put("CAPTION_EMPTY", "a caption without words");
    words.put("CAPTION_MISSING", "the source promises captions, and here is none");
    words.put("EXACT_DUPLICATE", "the same content as another, which is kept");
    words.put("REVIEWER_REJECTED", "a reviewer rejected it");
    words.put("NOT_MEASURED", "not measured yet");
    return Collections.unmodifiableMap(words);
  }
}
