// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestAddressGuard {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::",
        "3fff::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
      })
  void whatIsNotPublicDoesNotPass(String address) throws Exception {
    assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450::1",
      })
  void whatIsPublicPasses(String address) throws Exception {
    assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void whatIsAllowedPassesAndItsNeighboursDoNot() throws Exception {
    AddressGuard guard =
        new AddressGuard(
            InetAddress::getAllByName, Network.list("10.1.2.3, 192.168.0.0/23,fd00::/8"));

    assertThat(guard.resolve("10.1.2.3")).hasSize(1);
    assertThat(guard.resolve("192.168.1.255")).hasSize(1);
    assertThat(guard.resolve("fd12::1")).hasSize(1);
    for (String neighbour : new String[] {"10.1.2.4", "192.168.2.0", "fc00::1", "127.0.0.1"}) {
      assertThatThrownBy(() -> guard.resolve(neighbour))
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining("lakehouse.urls.private");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "10.0.0.0/33", "fd00::/129", "10.0.0", "10.0.0.0/", "a,b", "::g"})
  void whatIsNoAddressIsSaid(String written) {
    assertThatThrownBy(() -> Network.list(written))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Invalid lakehouse.urls.private");
  }

  @Test
  void nothingIsAllowedWhereNobodySaysSo() {
    assertThat(Network.list("none")).isEmpty();
    assertThat(Network.list(" ")).isEmpty();
  }
}
