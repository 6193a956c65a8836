package dev.weir.runtime.kafka;

import dev.weir.runtime.embedded.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key and a certificate for one host, made by the JDK's own keytool. */
final class TestCertificates {
  private static final String PASSWORD = "only-for-this-test";

  private TestCertificates() {}

  /**
   * @param host as {@code san} spells it, such as {@code ip:127.0.0.1}
   */
  static KafkaSettings.Certificates make(Path directory, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    Files.createDirectories(directory);
    Path store = directory.resolve("broker.p12");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "broker",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "2",
            "-dname",
            "CN=broker",
            "-ext",
            "san=" + host,
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("keytool ended with " + exit);
    }
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    String certificate = pem("CERTIFICATE", keys.getCertificate("broker").getEncoded());
    byte[] key = keys.getKey("broker", PASSWORD.toCharArray()).getEncoded();
    return new KafkaSettings.Certificates(
        Files.writeString(directory.resolve("broker.pem"), pem("PRIVATE KEY", key) + certificate),
        Files.writeString(directory.resolve("trusted.pem"), certificate));
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }
}
