package dev.weir.he.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.he.GaloisKeys;
import dev.weir.he.HeContext;
import dev.weir.he.HeParameters;
import dev.weir.he.Samples;
import dev.weir.he.SecretAccess;
import dev.weir.he.SecretKey;
import dev.weir.he.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both directions against two live SEALs that we did not build: 4.4 behind Python and 4.1 as
 * WebAssembly. Each loads our parameters, keys, seeded and unseeded ciphertexts and works with
 * them; we read the same objects of theirs through the gate and work with those. Skipped, with a
 * line that says so, where a peer cannot be fetched.
 */
class ForeignSealTest {
  private static final HeParameters SET = HeParameters.LOOKUP_4096; // whose 65537 has slots
  private static final int ROTATE_COLUMNS = 2 * SET.degree() - 1;
  private static final int ALL_ELEMENTS = 32;

  @TempDir Path directory;

  /** Its wheel is built without compression. */
  @Test
  void sealPython_andWeTalkToEachOther() throws Exception {
    var peer = Peers.fetch("seal-python");
    assumeTrue(peer.isPresent(), "seal-python could not be fetched: skipped");
    converse(
        SealForm.CURRENT,
        Compression.NONE,
        List.of(
            peer.orElseThrow().resolve("venv/bin/python").toString(),
            Peers.script("peer.py").toString(),
            directory.toString(),
            Peers.name(Compression.NONE)));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void nodeSeal_andWeTalkToEachOther(Compression compression) throws Exception {
    var peer = Peers.fetch("node-seal");
    assumeTrue(peer.isPresent(), "node-seal could not be fetched: skipped");
    var modules = peer.orElseThrow().resolve("node_modules");
    converse(
        SealForm.NODE_SEAL_7,
        compression,
        List.of(
            modules.resolve(".bin/node").toString(),
            Peers.script("peer.mjs").toString(),
            directory.toString(),
            Peers.name(compression),
            modules.resolve("node-seal/dist/index_throws.js").toString()));
    try (var context = Samples.context(SET);
        var secret = context.secretKey(SealReader.secretKey(SET, bytes("own-secret.seal")))) {
      var seeded = SealReader.ciphertext(SET, bytes("own-seeded.seal"));
      assertThat(seeded.seeded()).isTrue();
      assertThat(slots(context, secret, seeded)).isEqualTo(message().toArray());
      theirPublicKeyWorks(context, secret, "own-public-seeded.seal");
      theirGaloisKeysExpand(context, secret, "own-galois-seeded.seal");
    }
  }

  /** The form matters: what SEAL 4.4 writes by default, SEAL 4.1 does not read. */
  @Test
  void nodeSeal_refusesTheCurrentForm() throws Exception {
    var peer = Peers.fetch("node-seal");
    assumeTrue(peer.isPresent(), "node-seal could not be fetched: skipped");
    try (var context = Samples.context(SET);
        var secret = context.generateSecretKey()) {
      write(context, secret, new SealWriter(SealForm.CURRENT, Compression.NONE));
    }
    var modules = peer.orElseThrow().resolve("node_modules");
    assertThat(
            Peers.run(
                List.of(
                    modules.resolve(".bin/node").toString(),
                    Peers.script("peer.mjs").toString(),
                    directory.toString(),
                    "none",
                    modules.resolve("node-seal/dist/index_throws.js").toString())))
        .isNotZero();
  }

  private void converse(SealForm form, Compression compression, List<String> command)
      throws Exception {
    try (var context = Samples.context(SET);
        var secret = context.generateSecretKey()) {
      write(context, secret, new SealWriter(form, compression));
      assertThat(Peers.run(command)).isZero();
      theyReadWhatWeWrote(context);
      assertThat(slots(context, secret, SealReader.ciphertext(SET, bytes("for-weir.seal"))))
          .isEqualTo(message().toArray());
    }
    weReadWhatTheyWrote();
  }

  private void write(HeContext context, SecretKey secret, SealWriter writer) throws IOException {
    var elements = List.of(3, ROTATE_COLUMNS);
    var plain = context.encodeSlots(message());
    save("parameters.seal", writer.parameters(SET));
    save("secret.seal", writer.secretKey(SET, secret.revealLimbs(new SecretAccess("peer test"))));
    save("public.seal", writer.publicKey(SET, secret.publicKey()));
    save("galois.seal", writer.galoisKeys(SET, elements, secret.galoisKeys(elements)));
    Files.write(
        directory.resolve("message.coefficients"),
        Arrays.stream(plain.toArray()).mapToObj(Long::toString).toList());
    var seeded = secret.encrypt(plain);
    save("seeded.seal", writer.ciphertext(SET, 0, seeded));
    try (var key = context.publicKey(secret.publicKey())) {
      save("ciphertext.seal", writer.ciphertext(SET, 0, key.encrypt(plain)));
    }
  }

  private void theyReadWhatWeWrote(HeContext context) throws IOException {
    assertThat(theirSlots(context, "ciphertext")).isEqualTo(message().toArray());
    assertThat(theirSlots(context, "seeded")).isEqualTo(message().toArray());
    var columns = theirSlots(context, "columns");
    for (int i = 0; i < columns.length; i++) {
      assertThat(columns[i]).isEqualTo(message().get((i + SET.degree() / 2) % SET.degree()));
    }
  }

  private void weReadWhatTheyWrote() throws IOException {
    assertThat(SealReader.parameters(bytes("own-parameters.seal"))).isEqualTo(SET);
    try (var context = Samples.context(SET);
        var secret = context.secretKey(SealReader.secretKey(SET, bytes("own-secret.seal")))) {
      for (var name : List.of("own-ciphertext.seal", "own-symmetric.seal")) {
        assertThat(slots(context, secret, SealReader.ciphertext(SET, bytes(name))))
            .isEqualTo(message().toArray());
      }
      theirPublicKeyWorks(context, secret, "own-public.seal");
      theirGaloisKeysExpand(context, secret, "own-galois.seal");
    }
  }

  private void theirPublicKeyWorks(HeContext context, SecretKey secret, String name)
      throws IOException {
    try (var key = context.publicKey(SealReader.publicKey(SET, bytes(name)));
        var encrypted = context.ciphertexts(0, key.encrypt(context.encodeSlots(message())))) {
      assertThat(context.decodeSlots(secret.decrypt(encrypted)).toArray())
          .isEqualTo(message().toArray());
    }
  }

  private void theirGaloisKeysExpand(HeContext context, SecretKey secret, String name)
      throws IOException {
    int leaves = 2; // degree + 1 is a power of three modulo 2 * degree: among every SEAL's elements
    var read = SealReader.galoisKeys(SET, bytes(name), ALL_ELEMENTS);
    assertThat(read.elements()).containsAll(GaloisKeys.expansionElements(SET, leaves));
    var plain = Samples.plain(SET, 1, 16, 11);
    try (var keys = read.open(context);
        var query = context.seeded(secret.encrypt(plain));
        var expanded = query.expand(0, keys, leaves)) {
      var found = secret.decrypt(expanded);
      for (int j = 0; j < SET.degree(); j++) {
        assertThat(found.get(j % leaves * SET.degree() + j / leaves * leaves))
            .isEqualTo(leaves * plain.get(j));
      }
    }
  }

  private static long[] slots(HeContext context, SecretKey secret, WireCiphertext read) {
    try (var ciphertext = read.open(context)) {
      return context.decodeSlots(secret.decrypt(ciphertext)).toArray();
    }
  }

  /** The same in both scripts. */
  private static Words message() {
    var values = Words.allocate(SET.degree());
    for (int i = 0; i < values.count(); i++) {
      values.set(i, (7L * i + 3) % SET.plainModulus());
    }
    return values;
  }

  /** Of a peer without slots of its own, the plaintext's coefficients are decoded here. */
  private long[] theirSlots(HeContext context, String name) throws IOException {
    var slots = directory.resolve(name + ".slots");
    return Files.exists(slots)
        ? numbers(slots)
        : context
            .decodeSlots(Words.of(numbers(directory.resolve(name + ".coefficients"))))
            .toArray();
  }

  private static long[] numbers(Path file) throws IOException {
    return Files.readAllLines(file).stream().mapToLong(Long::parseLong).toArray();
  }

  private void save(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }

  private ByteBuffer bytes(String name) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(directory.resolve(name)));
  }
}
