package dev.weir.space.participant;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.state.ParticipantState;
import dev.weir.runtime.json.Json;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.change.Request;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Registers a party's public keys: a challenge first, then the key with a signature over it. The
 * private half stays with the party. Thread-safe.
 */
public final class PartyKeys {
  private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(10);
  private static final int NONCE_BYTES = 32;
  private static final int KEY_ID_CHARACTERS = 32;

  private final Plane plane;
  private final PostgresParticipantStore store;
  private final PostgresKeyChallengeStore challenges = new PostgresKeyChallengeStore();
  private final Participants participants;
  private final SignatureCheck signatures;

  public PartyKeys(
      Plane plane,
      PostgresParticipantStore store,
      Participants participants,
      SignatureCheck signatures) {
    this.plane = plane;
    this.store = store;
    this.participants = participants;
    this.signatures = signatures;
  }

  /**
   * @param suite {@code gm} or {@code intl}
   * @param publicKey X.509 SubjectPublicKeyInfo, base64
   */
  public record KeyOffer(String suite, String publicKey) {}

  /**
   * @param signature over the challenge's bytes, base64
   */
  public record KeyProof(UUID challengeId, String signature) {}

  public KeyChallenge challenge(Request request, CreditCode code, KeyOffer offer) {
    signatures.requireKey(offer.suite(), offer.publicKey());
    return plane
        .writes()
        .asParticipant(
            request,
            KeyChallenge.class,
            (handle, by) -> {
              requireOwn(by, code);
              byte[] toSign = bytesToSign(code, offer);
              var challenge =
                  new KeyChallenge(
                      UUID.randomUUID(),
                      code,
                      offer.suite(),
                      keyId(offer.publicKey()),
                      Base64.getEncoder().encodeToString(toSign),
                      by.at().plus(CHALLENGE_LIFE));
              challenges.insert(handle, challenge, offer.publicKey(), toSign);
              return challenge;
            });
  }

  /**
   * @throws ProblemException of type {@link ProblemType#SIGNATURE_INVALID}; the challenge is then
   *     still unused
   */
  public Participant register(Request request, CreditCode code, KeyProof proof) {
    return plane
        .writes()
        .asParticipant(
            request, Participant.class, (handle, by) -> register(handle, by, code, proof));
  }

  private Participant register(Handle handle, Hand by, CreditCode code, KeyProof proof) {
    requireOwn(by, code);
    var taken = challenges.take(handle, proof.challengeId(), code, by.at());
    signatures.require(taken.suite(), taken.publicKey(), taken.toSign(), proof.signature());
    var key = new ParticipantState.Key(keyId(taken.publicKey()), taken.suite(), taken.publicKey());
    if (!store.takeKey(handle, key.keyId(), code, key.suite(), by.at())) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The key was registered before; make a new one.");
    }
    var updated = store.lock(handle, code).withKey(key);
    store.update(handle, updated);
    return participants.record(
        handle,
        by,
        updated,
        Operation.PARTICIPANT_KEY_REGISTER,
        "key-registered",
        Map.of("keyId", key.keyId(), "suite", key.suite()));
  }

  /** A revoked key signs nothing any more; what it signed stays signed. */
  public Participant revoke(Request request, CreditCode code, String keyId) {
    return plane
        .writes()
        .asParticipant(
            request,
            Participant.class,
            (handle, by) -> {
              requireOwn(by, code);
              var updated = store.lock(handle, code).withoutKey(keyId);
              store.update(handle, updated);
              return participants.record(
                  handle,
                  by,
                  updated,
                  Operation.PARTICIPANT_KEY_REGISTER,
                  "key-revoked",
                  Map.of("keyId", keyId));
            });
  }

  private byte[] bytesToSign(CreditCode code, KeyOffer offer) {
    byte[] nonce = new byte[NONCE_BYTES];
    plane.random().nextBytes(nonce);
    var statement = new TreeMap<String, String>();
    statement.put("purpose", "weir key registration");
    statement.put("creditCode", code.value());
    statement.put("suite", offer.suite());
    statement.put("keyId", keyId(offer.publicKey()));
    statement.put("nonce", HexFormat.of().formatHex(nonce));
    return Documents.canonical(statement);
  }

  private static String keyId(String publicKey) {
    return Json.sha256Hex(Base64.getDecoder().decode(publicKey)).substring(0, KEY_ID_CHARACTERS);
  }

  private static void requireOwn(Hand by, CreditCode code) {
    if (!by.party().equals(code)) {
      throw Plane.notFound();
    }
  }
}
