package dev.weir.privacy.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A C2SP signed note: text that ends in a newline, an empty line, and signature lines {@code —
 * <name> <base64(keyId ‖ signature)>}. Immutable.
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** Longest note that is parsed. */
  public static final int MAX_NOTE_BYTES = 65_536;

  private static final String PREFIX = "\u2014 ";
  private static final int MAX_SIGNATURES = 16;
  private static final int KEY_ID_BYTES = 4;

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("a note ends in a newline");
    }
  }

  public SignedNote with(NoteSignature signature) {
    var all = new ArrayList<>(signatures);
    all.add(signature);
    return new SignedNote(text, all);
  }

  public byte[] textBytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public String encode() {
    var note = new StringBuilder(text).append('\n');
    for (var line : signatures) {
      var signature = line.signature();
      var bytes = ByteBuffer.allocate(KEY_ID_BYTES + signature.length).putInt(line.keyId());
      note.append(PREFIX)
          .append(line.name())
          .append(' ')
          .append(Base64.getEncoder().encodeToString(bytes.put(signature).array()))
          .append('\n');
    }
    return note.toString();
  }

  /**
   * @return empty when the note is malformed, too long or has no signature
   */
  public static Optional<SignedNote> parse(String note) {
    int split = note.lastIndexOf("\n\n");
    if (note.length() > MAX_NOTE_BYTES || split < 0 || !note.endsWith("\n")) {
      return Optional.empty();
    }
    var signatures = new ArrayList<NoteSignature>();
    for (var line : note.substring(split + 2).lines().toList()) {
      var signature = signature(line);
      if (signature.isEmpty() || signatures.size() == MAX_SIGNATURES) {
        return Optional.empty();
      }
      signatures.add(signature.orElseThrow());
    }
    var parsed = new SignedNote(note.substring(0, split + 1), signatures);
    // one spelling only: no carriage returns, no base64 with loose bits
    return !signatures.isEmpty() && parsed.encode().equals(note)
        ? Optional.of(parsed)
        : Optional.empty();
  }

  private static Optional<NoteSignature> signature(String line) {
    var parts = line.split(" ", -1);
    if (parts.length != 3 || !line.startsWith(PREFIX) || !NoteKey.isName(parts[1])) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getDecoder().decode(parts[2]);
      if (bytes.length <= KEY_ID_BYTES) {
        return Optional.empty();
      }
      int keyId = ByteBuffer.wrap(bytes).getInt();
      var signature = Arrays.copyOfRange(bytes, KEY_ID_BYTES, bytes.length);
      return Optional.of(NoteSignature.of(parts[1], keyId, signature));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
