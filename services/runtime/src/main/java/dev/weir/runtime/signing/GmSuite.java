package dev.weir.runtime.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
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

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (signature.length > MAX_SIGNATURE_BYTES) {
      return false;
    }
    try {
      var verifier = signature();
      verifier.initVerify(key(publicKey));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false; // Bouncy Castle reports malformed points and DER with unchecked exceptions
    }
  }

  @Override
  public boolean accepts(byte[] publicKey) {
    try {
      signature().initVerify(key(publicKey));
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
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

  private static PublicKey key(byte[] publicKey) throws GeneralSecurityException {
    if (publicKey.length > MAX_PUBLIC_KEY_BYTES) {
      throw new GeneralSecurityException("an SM2 public key names its curve");
    }
    // Another curve would verify too: the key has to say sm2p256v1.
    var parameters = SubjectPublicKeyInfo.getInstance(publicKey).getAlgorithm().getParameters();
    if (!GMObjectIdentifiers.sm2p256v1.equals(parameters)) {
      throw new GeneralSecurityException("not a key on sm2p256v1");
    }
    return KeyFactory.getInstance("EC", PROVIDER).generatePublic(new X509EncodedKeySpec(publicKey));
  }
}
