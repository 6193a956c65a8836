package dev.weir.runtime.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** SM2 over SM3 of Bouncy Castle; signatures are DER, as OpenSSL writes them. */
final class GmSuite implements SigningSuite {
  private static final Provider PROVIDER = new BouncyCastleProvider();
  private static final String ALGORITHM = "SM3WITHSM2";
  private static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_PUBLIC_KEY_BYTES = 128;
  private static final int MAX_SIGNATURE_BYTES = 72;

  @Override
  public String name() {
    return "gm";
  }

  @Override
  public KeyPair generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(new ECGenParameterSpec("sm2p256v1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] sign(PrivateKey key, byte[] message, SecureRandom random) {
    try {
      var signature = signature();
      signature.initSign(key, random);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key of suite gm", e);
    }
  }

  /** By Bouncy Castle's own interface: twice as fast as by the JDK's (M: 78 µs, 190 µs). */
  @Override
  public Optional<SignatureVerifier> verifier(byte[] publicKey) {
    try {
      requireCurve(publicKey);
      var key = new ParametersWithID(PublicKeyFactory.createKey(publicKey), USER_ID);
      return Optional.of((message, signature) -> verifies(key, message, signature));
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      return Optional.empty(); // Bouncy Castle reports malformed points with unchecked exceptions
    }
  }

  private static boolean verifies(ParametersWithID key, byte[] message, byte[] signature) {
    if (signature.length > MAX_SIGNATURE_BYTES) {
      return false;
    }
    try {
      var verifier = new SM2Signer();
      verifier.init(false, key);
      verifier.update(message, 0, message.length);
      return verifier.verifySignature(signature);
    } catch (RuntimeException e) {
      return false; // and so it does malformed DER
    }
  }

  @Override
  public byte[] digest(byte[] message) {
    try {
      return MessageDigest.getInstance("SM3", PROVIDER).digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Signature signature() throws GeneralSecurityException {
    var signature = Signature.getInstance(ALGORITHM, PROVIDER);
    signature.setParameter(new SM2ParameterSpec(USER_ID));
    return signature;
  }

  private static void requireCurve(byte[] publicKey) throws GeneralSecurityException {
    if (publicKey.length > MAX_PUBLIC_KEY_BYTES) {
      throw new GeneralSecurityException("an SM2 public key names its curve");
    }
    // Another curve would verify too: the key has to say sm2p256v1.
    var parameters = SubjectPublicKeyInfo.getInstance(publicKey).getAlgorithm().getParameters();
    if (!GMObjectIdentifiers.sm2p256v1.equals(parameters)) {
      throw new GeneralSecurityException("not a key on sm2p256v1");
    }
  }
}
