// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * From which score on an answer of a family convinces, and where that comes from. It holds for
 * questions in words, by vector, and for the encoder that it names, for no other.
 *
 * @param family whose
 * @param encoder digest of the encoder of its vectors
 * @param threshold cosine
 * @param onTopic questions that the lake can answer, of which it was made
 * @param onTopicRefused share of these that are below it
 * @param offTopic questions that the lake cannot answer, likewise
 * @param offTopicRefused share of these that are below it
 * @param offTopicFrom where these came from
 * @param queries digest of all of them
 * @param release id of the release that answered
 * @param sequence of that release
 * @param at when
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Calibration(
    @JsonProperty("family") String family,
    @JsonProperty("encoder") String encoder,
    @JsonProperty("threshold") double threshold,
    @JsonProperty("on_topic") int onTopic,
    @JsonProperty("on_topic_refused") double onTopicRefused,
    @JsonProperty("off_topic") int offTopic,
    @JsonProperty("off_topic_refused") double offTopicRefused,
    @JsonProperty("off_topic_from") String offTopicFrom,
    @JsonProperty("queries") String queries,
    @JsonProperty("release") String release,
    @JsonProperty("sequence") long sequence,
    @JsonProperty("at") String at) {

  public Calibration {
    requireNonNull(family, "family is null");
    requireNonNull(encoder, "encoder is null");
  }
}
