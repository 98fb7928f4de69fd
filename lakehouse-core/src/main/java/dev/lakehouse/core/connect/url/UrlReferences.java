// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.manifest.References;

/** Rows that name content of the web. */
final class UrlReferences implements References {
  @Override
  public Offer offer(String written, String field, Place place) throws ItemException {
    try {
      return new Offer.Url(Url.parse(written).toString(), field);
    } catch (ItemException e) {
      throw new ItemException(e.code(), "%s, %s: %s".formatted(field, place, e.getMessage()), e);
    }
  }

  @Override
  public String key(String uri) {
    return uri;
  }

  @Override
  public String words() {
    return "URLs, which are fetched";
  }
}
