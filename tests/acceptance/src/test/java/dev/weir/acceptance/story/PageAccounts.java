package dev.weir.acceptance.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.Role;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import dev.weir.testkit.LocalIssuer;
import dev.weir.testkit.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Accounts with profiles of their own, served tokens by the tests' issuer. */
public final class PageAccounts implements AutoCloseable {
  private static final Pattern CLIENT = Pattern.compile("client_id=([a-z0-9-]+)");

  private final HttpServer tokens;
  private final Map<String, Account> accounts;

  private PageAccounts(HttpServer tokens, Map<String, Account> accounts) {
    this.tokens = tokens;
    this.accounts = Map.copyOf(accounts);
  }

  /**
   * Writes {@code <account>.json} for every account of the demonstration's parties.
   *
   * @param more accounts beside them
   * @param others services beside those of the operation domain, by name
   */
  static PageAccounts in(
      Path directory,
      EmbeddedServices services,
      List<Account> more,
      Map<String, TestService> others)
      throws IOException {
    var known = read();
    more.forEach(account -> known.put(account.name(), account));
    return in(directory, services, known, others);
  }

  /**
   * Writes {@code <account>.json} for each account.
   *
   * @param known by name
   */
  public static PageAccounts in(
      Path directory, EmbeddedServices services, Map<String, Account> known) throws IOException {
    return in(directory, services, known, Map.of());
  }

  private static PageAccounts in(
      Path directory,
      EmbeddedServices services,
      Map<String, Account> known,
      Map<String, TestService> others)
      throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var accounts = new PageAccounts(HttpServer.create(loopback, 0), known);
    accounts.serve(services.issuer());
    Path secret = Files.writeString(directory.resolve("secret"), "any");
    String endpoint = "http://127.0.0.1:%d/token".formatted(accounts.tokens.getAddress().getPort());
    var addresses = new HashMap<String, String>();
    services.all().forEach((name, service) -> addresses.put(name, address(service)));
    others.forEach((name, service) -> addresses.put(name, address(service)));
    for (String account : accounts.accounts.keySet()) {
      var profile =
          Map.of(
              "tokenEndpoint",
              endpoint,
              "services",
              addresses,
              "clientId",
              account,
              "secretFile",
              secret.toString());
      Files.write(directory.resolve(account + ".json"), Json.mapper().writeValueAsBytes(profile));
    }
    return accounts;
  }

  private static String address(TestService service) {
    return service.running().api().toString().replaceAll("/$", "");
  }

  private static Map<String, Account> read() throws IOException {
    var accounts = new HashMap<String, Account>();
    Path file = Path.of(System.getProperty("weir.root"), "deploy", "demo", "parties.json");
    for (JsonNode party : Json.mapper().readTree(Files.readAllBytes(file)).path("parties")) {
      for (JsonNode client : party.path("clients")) {
        var roles = new HashSet<Role>();
        for (Role role : Role.values()) {
          client
              .path("roles")
              .valueStream()
              .filter(name -> name.asText().equals(role.tokenName()))
              .forEach(name -> roles.add(role));
        }
        String name = client.path("clientId").asText();
        var code = CreditCode.of(party.path("creditCode").asText());
        accounts.put(name, new Account(name, code, roles));
      }
    }
    return accounts;
  }

  private void serve(LocalIssuer issuer) {
    tokens.createContext(
        "/token",
        exchange -> {
          try (exchange) {
            answer(exchange, issuer);
          }
        });
    tokens.start();
  }

  private void answer(HttpExchange exchange, LocalIssuer issuer) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var client = CLIENT.matcher(form);
    var account = client.find() ? accounts.get(client.group(1)) : null;
    if (account == null) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    byte[] body =
        Json.mapper()
            .writeValueAsBytes(Map.of("access_token", issuer.token(account), "expires_in", 300));
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    tokens.stop(0);
  }
}
