// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.UrlSetting;
import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a fetch keeps to.
 *
 * @param agent how it names itself to servers
 * @param parallel URLs that a task fetches at once
 * @param manners how it treats a host
 * @param tries of one URL
 * @param time that one URL may take in all
 * @param stall time in which a server may send nothing
 * @param maxBytes of one answer, unpacked
 * @param redirects that are followed
 * @param allowed addresses and networks that may be asked although they are not public, as they are
 *     written
 */
public record FetchRules(
    String agent,
    int parallel,
    Manners manners,
    int tries,
    Duration time,
    Duration stall,
    long maxBytes,
    int redirects,
    String allowed)
    implements Serializable {
  /** The name by which servers may speak to this program alone. */
  static final String PRODUCT = "multimodal-lakehouse";

  /** It stands in a header, within brackets. */
  private static final Pattern CONTACT = Pattern.compile("[!-'*-\\[\\]-~ ]{3,200}");

  /**
   * How a host is treated by all tasks of an executor together.
   *
   * @param atOnce requests at once
   * @param delay between the beginnings of two
   */
  public record Manners(int atOnce, Duration delay) implements Serializable {}

  /**
   * The rules that the settings give.
   *
   * @throws LakehouseException CONFIG_INVALID naming the setting that is no good
   */
  public static FetchRules from(Settings settings) {
    return new FetchRules(
        agent(settings),
        (int) settings.integer(UrlSetting.PARALLEL),
        new Manners(
            (int) settings.integer(UrlSetting.PER_HOST),
            Duration.ofMillis(settings.integer(UrlSetting.HOST_DELAY))),
        (int) settings.integer(UrlSetting.TRIES),
        Duration.ofSeconds(settings.integer(UrlSetting.SECONDS)),
        Duration.ofSeconds(settings.integer(UrlSetting.STALL_SECONDS)),
        Math.min(settings.integer(UrlSetting.MAX_BYTES), settings.integer(Setting.MAX_BYTES)),
        (int) settings.integer(UrlSetting.REDIRECTS),
        checkedNetworks(settings.text(UrlSetting.PRIVATE)));
  }

  private static String checkedNetworks(String written) {
    return Network.list(written).isEmpty() ? "none" : written;
  }

  /** Whether servers are told whom to write to. */
  public boolean namesContact() {
    return !agent.equals(PRODUCT);
  }

  private static String agent(Settings settings) {
    return settings
        .find(UrlSetting.CONTACT)
        .map(contact -> "%s (+%s)".formatted(PRODUCT, checked(contact)))
        .orElse(PRODUCT);
  }

  private static String checked(String contact) {
    if (!CONTACT.matcher(contact).matches()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Invalid %s: expected a mail address or a page in ASCII, without brackets",
          UrlSetting.CONTACT.key());
    }
    return contact;
  }
}
