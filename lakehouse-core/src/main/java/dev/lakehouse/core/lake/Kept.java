// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lakehouse.core.Setting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a lake was given and keeps in force until it is given something else. A value; who changes
 * it hands a changed one to {@link LakeMemory#keep}.
 *
 * @param version 1, 2, 3, …; 0 where nothing was given yet
 * @param run that gave what is new in this version
 * @param at when
 * @param policy whose text lies below {@code policies/}
 * @param settings of {@link Setting#KEPT}, by key
 * @param bundles digest of the bundle that the settings name, by family
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Kept(
    long version,
    String run,
    String at,
    Optional<KeptPolicy> policy,
    Map<String, String> settings,
    Map<String, String> bundles) {

  /**
   * A policy.
   *
   * @param name what people call it
   * @param digest of its text
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record KeptPolicy(String name, String digest) {
    public KeptPolicy(@JsonProperty("name") String name, @JsonProperty("digest") String digest) {
      this.name = name;
      this.digest = digest;
    }

    /** A name and as much of the digest as people compare. */
    @Override
    public String toString() {
      return "%s (%s)".formatted(name, digest.substring(0, Math.min(12, digest.length())));
    }
  }

  public Kept {
    settings = named(settings);
    bundles = new TreeMap<>(bundles);
  }

  /** By the names that settings have now. */
  private static Map<String, String> named(Map<String, String> settings) {
    Map<String, String> named = new TreeMap<>();
    settings.forEach(
        (key, value) ->
            named.put(
                Optional.ofNullable(Setting.FORMER.get(key)).map(Setting::key).orElse(key), value));
    return named;
  }

  Kept(
      @JsonProperty("version") long version,
      @JsonProperty("run") String run,
      @JsonProperty("at") String at,
      @JsonProperty("policy") @Nullable KeptPolicy policy,
      @JsonProperty("settings") @Nullable Map<String, String> settings,
      @JsonProperty("bundles") @Nullable Map<String, String> bundles) {
    this(
        version,
        run,
        at,
        Optional.ofNullable(policy),
        settings == null ? Map.of() : settings,
        bundles == null ? Map.of() : bundles);
  }

  /** What a lake keeps that was given nothing. */
  public static Kept nothing() {
    return new Kept(0, "", "", Optional.empty(), Map.of(), Map.of());
  }

  /** Whether nothing was ever given. */
  @JsonIgnore
  public boolean isNothing() {
    return version == 0;
  }

  /** The same with a policy. */
  public Kept with(KeptPolicy given) {
    return new Kept(version, run, at, Optional.of(given), settings, bundles);
  }

  /** The same with a setting. */
  public Kept with(Setting setting, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(setting.key(), value);
    return new Kept(version, run, at, policy, more, bundles);
  }

  /** The same with the digest of a family's bundle. */
  public Kept withBundle(String family, String digest) {
    Map<String, String> more = new HashMap<>(bundles);
    more.put(family, digest);
    return new Kept(version, run, at, policy, settings, more);
  }

  /** The same without the digest of a family's bundle. */
  public Kept withoutBundle(String family) {
    Map<String, String> fewer = new HashMap<>(bundles);
    fewer.remove(family);
    return new Kept(version, run, at, policy, settings, fewer);
  }

  /** Whether another keeps the same, whoever gave it and when. */
  public boolean sameAs(Kept other) {
    return policy.equals(other.policy)
        && settings.equals(other.settings)
        && bundles.equals(other.bundles);
  }

  Kept numbered(long number, String by, String when) {
    return new Kept(number, by, when, policy, settings, bundles);
  }
}
