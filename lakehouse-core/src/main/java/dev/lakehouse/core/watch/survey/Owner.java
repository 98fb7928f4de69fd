// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

/**
 * Whose content something is; of several with equal contents, one.
 *
 * @param assetId the asset
 * @param modality of the asset
 * @param passes whether it passed
 */
record Owner(String assetId, String modality, boolean passes) {}
