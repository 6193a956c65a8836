package dev.weir.query.he.client;

import dev.weir.he.GaloisKeys;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.lookup.SwitchingKeys;

/**
 * Keys with which the service expands a key's queries, sent once. The encryption key stays the
 * caller's. Thread-safe.
 */
final class SwitchingUpload {
  private final QuestionService service;
  private final BuilderKey key;
  private final UploadedKeys uploaded;

  SwitchingUpload(QuestionService service, BuilderKey key, UploadedKeys uploaded) {
    this.service = service;
    this.key = key;
    this.uploaded = uploaded;
  }

  /** The digest of keys that the service has, made and sent when it has none. */
  String digest(int leaves) {
    var known = uploaded.of(leaves).filter(service::holdsKeys);
    if (known.isPresent()) {
      return known.get();
    }
    var elements = GaloisKeys.expansionElements(key.parameters(), leaves);
    byte[] packed =
        SwitchingKeys.write(
            key.parameters(), new WireGaloisKeys(elements, key.secret().galoisKeys(elements)));
    service.uploadKeys(packed);
    String sha256 = SwitchingKeys.sha256(packed);
    uploaded.note(leaves, sha256);
    return sha256;
  }
}
