package dev.weir.privacy.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormatsTest {
  private static final Hash ROOT = TreeHasher.sha256().empty();

  @Test
  void tilePath_isSpelledAsTheSpecificationSpellsIt() {
    assertThat(new TilePath(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(new TilePath(1, 0, 8).path()).isEqualTo("tile/1/000.p/8");
    assertThat(new TilePath(TilePath.ENTRIES, 1_000, 1).path())
        .isEqualTo("tile/entries/x001/000.p/1");
    for (var text : List.of("0/x001/x234/067", "1/000.p/8", "entries/x001/000.p/255")) {
      assertThat(TilePath.parse(text).orElseThrow().path()).isEqualTo("tile/" + text);
    }
    for (var text :
        List.of(
            "0/1", "0/x000/001", "6/000", "0/000.p/0", "0/000.p/256", "0/000.p/07", "0/../000")) {
      assertThat(TilePath.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void bundle_returnsItsEntriesAndRefusesTornOnes() {
    var entries = List.of(new byte[0], new byte[300], "x".getBytes(StandardCharsets.UTF_8));
    var bundle = EntryBundle.encode(entries);
    assertThat(EntryBundle.parse(bundle).orElseThrow()).containsExactlyElementsOf(entries);
    assertThat(EntryBundle.parse(java.util.Arrays.copyOf(bundle, bundle.length - 1))).isEmpty();
  }

  @Test
  void example_ofTheSignedNoteSpecification_verifies() {
    var text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    var note =
        "This is an example message.\n\n\u2014 example.com/foo"
            + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    var key = NoteKey.parse(text).orElseThrow();
    assertThat(key.encode()).isEqualTo(text);
    assertThat(Ed25519Note.verifier(key).verify(SignedNote.parse(note).orElseThrow())).isTrue();
    assertThat(NoteKey.parse(text.replace("530d903a", "530d903b"))).isEmpty();
  }

  @Test
  void note_signedAndCosigned_survivesItsTextFormAndNothingElse() throws GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var log = Ed25519Note.signer("weir.example/log", pair.getPrivate(), pair.getPublic());
    var clock = Instant.parse("2026-01-01T00:00:00Z");
    var witness =
        Cosignature.signer(
            "weir.example/witness", pair.getPrivate(), pair.getPublic(), () -> clock);
    var note = new SignedNote(new Checkpoint("weir.example/log", 7, ROOT).text(), List.of());
    var encoded = witness.sign(log.sign(note)).encode();

    var parsed = SignedNote.parse(encoded).orElseThrow();

    var logKey = NoteKey.parse(log.key().encode()).orElseThrow();
    var witnessKey = NoteKey.parse(witness.key().encode()).orElseThrow();
    assertThat(Ed25519Note.verifier(logKey).verify(parsed)).isTrue();
    assertThat(Cosignature.verifier(witnessKey).verify(parsed)).isTrue();
    assertThat(Cosignature.time(parsed, witnessKey)).contains(clock);
    assertThat(Checkpoint.parse(parsed.text()).orElseThrow().size()).isEqualTo(7);
    var random = new Random(5);
    for (int i = 0; i < 300; i++) {
      var bytes = encoded.getBytes(StandardCharsets.UTF_8);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
      var mutant = SignedNote.parse(new String(bytes, StandardCharsets.UTF_8));
      assertThat(
              mutant.isPresent()
                  && Ed25519Note.verifier(logKey).verify(mutant.get())
                  && Cosignature.verifier(witnessKey).verify(mutant.get()))
          .isFalse();
    }
  }

  @Test
  void checkpoint_withLooseSpelling_isRefused() {
    assertThat(Checkpoint.parse("o\n07\n" + ROOT.base64() + "\n")).isEmpty();
    assertThat(Checkpoint.parse("o\n7\n" + ROOT.base64())).isEmpty();
    assertThat(Checkpoint.parse("o\n-7\n" + ROOT.base64() + "\n")).isEmpty();
    assertThat(Checkpoint.parse("o\n7\n" + ROOT.base64() + "\nx\n").orElseThrow().extensions())
        .containsExactly("x");
  }

  @Test
  void parsers_onRandomBytes_neverThrow() {
    var random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      var text = new String(bytes, StandardCharsets.UTF_8) + "\n\n\u2014 a b\n";
      SignedNote.parse(text);
      Checkpoint.parse(text);
      NoteKey.parse(text);
      TilePath.parse(text);
      EntryBundle.parse(bytes);
    }
  }
}
