package dev.weir.runtime.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** Ed25519 of the JDK. */
final class IntlSuite implements SigningSuite {
  private static final String ALGORITHM = "Ed25519";
  private static final int PUBLIC_KEY_BYTES = 44;

  @Override
  public String name() {
    return "intl";
  }

  @Override
  public KeyPair generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(java.security.spec.NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] sign(PrivateKey key, byte[] message, SecureRandom random) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key, random);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key of suite intl", e);
    }
  }

  @Override
  public Optional<SignatureVerifier> verifier(byte[] publicKey) {
    try {
      PublicKey key = key(publicKey);
      Signature.getInstance(ALGORITHM).initVerify(key);
      return Optional.of((message, signature) -> verifies(key, message, signature));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    try {
      var verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public byte[] digest(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKey key(byte[] publicKey) throws GeneralSecurityException {
    if (publicKey.length != PUBLIC_KEY_BYTES) {
      throw new GeneralSecurityException("an Ed25519 public key has 44 bytes");
    }
    return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
  }
}
