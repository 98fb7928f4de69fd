// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.UrlSetting;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once and lets nothing but public addresses pass.
 *
 * <p>The connection goes to one of the addresses that come out of here, so that a name which means
 * another address a moment later changes nothing. Where any address of a name is refused the name
 * is: nobody honest publishes both.
 *
 * <p>What is not public: the IANA registries of special-purpose addresses (RFC 6890 and its
 * successors), multicast, and IPv6 forms that hold an IPv4 address which is not public.
 */
final class AddressGuard implements DnsResolver {
  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8",
              "100.64.0.0/10", // carrier-grade NAT
              "127.0.0.0/8",
              "169.254.0.0/16", // link-local, and what clouds tell their machines
              "172.16.0.0/12",
              "192.0.0.0/24", // protocol assignments
              "192.0.2.0/24", // documentation
              "192.88.99.0/24", // the former 6to4 relays
              "192.168.0.0/16",
              "198.18.0.0/15", // benchmarks
              "198.51.100.0/24", // documentation
              "203.0.113.0/24", // documentation
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, broadcast
              "2001::/23", // protocol assignments, Teredo among them
              "2001:db8::/32", // documentation
              "3fff::/20") // documentation
          .map(Network::of)
          .toList();

  /** All of IPv6 that is given out for the public net. */
  private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

  private static final Network SIX_TO_FOUR = Network.of("2002::/16");
  private static final Network NAT64 = Network.of("64:ff9b::/96");

  /** Looks names up. */
  interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Names names;
  private final List<Network> allowed;

  AddressGuard(Names names, List<Network> allowed) {
    this.names = names;
    this.allowed = allowed;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.addresses(host);
    for (InetAddress address : addresses) {
      if (!passes(address)) {
        throw new RefusedAddress(
            "%s is %s, which is no public address; %s allows others"
                .formatted(host, address.getHostAddress(), UrlSetting.PRIVATE.key()));
      }
    }
    if (addresses.length == 0) {
      throw new UnknownHostException(host);
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private boolean passes(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.holds(address)) || isPublic(address);
  }

  /** Whether an address is one of the public net. */
  static boolean isPublic(InetAddress address) {
    if (SPECIAL.stream().anyMatch(network -> network.holds(address))) {
      return false;
    }
    if (address instanceof Inet4Address) {
      return true;
    }
    Optional<InetAddress> inner = embedded((Inet6Address) address);
    return inner.map(AddressGuard::isPublic).orElseGet(() -> GLOBAL_UNICAST.holds(address));
  }

  /** The IPv4 address that the traffic of an IPv6 one ends at, where there is one. */
  private static Optional<InetAddress> embedded(Inet6Address address) {
    if (SIX_TO_FOUR.holds(address)) {
      return Optional.of(ipv4(address, 2));
    }
    return NAT64.holds(address) ? Optional.of(ipv4(address, 12)) : Optional.empty();
  }

  private static InetAddress ipv4(Inet6Address address, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
