package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type that carries a share: found by reflection, so that a new one is held to it too. */
class ShareTypesTest {
  private static final byte[] SECRET =
      HexFormat.of().parseHex("c0ffee".repeat(11).substring(0, 64));

  @TestFactory
  Stream<DynamicTest> shareType_printsItsSizeOnly_andComparesByAConstantTimeMethod() {
    return Arrays.stream(OpaqueBytes.class.getPermittedSubclasses())
        .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> check(type)));
  }

  @Test
  void thereAreSuchTypes() {
    assertThat(OpaqueBytes.class.getPermittedSubclasses())
        .contains(InputShare.class, OutputShare.class, AggregateShare.class, VerifierShare.class)
        .hasSizeGreaterThanOrEqualTo(8);
  }

  private static void check(Class<?> type) throws ReflectiveOperationException {
    var make = type.getMethod("of", byte[].class);
    byte[] secret = type == Nonce.class ? Arrays.copyOf(SECRET, Nonce.BYTES) : SECRET;
    Object one = make.invoke(null, (Object) secret);
    Object same = make.invoke(null, (Object) secret.clone());
    byte[] changed = secret.clone();
    changed[secret.length - 1] ^= 1;
    Object other = make.invoke(null, (Object) changed);
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(one.hashCode()).as("a hash of a secret is a secret").isEqualTo(other.hashCode());
    assertThat(one.toString()).isEqualTo(type.getSimpleName() + "[" + secret.length + " bytes]");
    // nothing of its own may print or compare: what OpaqueBytes does is final
    assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
    for (String name : List.of("equals", "hashCode", "toString")) {
      var method =
          Arrays.stream(type.getMethods()).filter(it -> it.getName().equals(name)).findFirst();
      assertThat(method)
          .hasValueSatisfying(it -> {
            assertThat(it.getDeclaringClass()).isEqualTo(OpaqueBytes.class);
            assertThat(Modifier.isFinal(it.getModifiers())).isTrue();
          });
    }
    assertThat(Arrays.stream(type.getDeclaredFields()).filter(it -> !it.isSynthetic()))
        .allMatch(it -> Modifier.isStatic(it.getModifiers()));
  }
}
