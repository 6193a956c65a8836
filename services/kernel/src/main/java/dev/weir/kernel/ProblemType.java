package dev.weir.kernel;

import java.util.Locale;

/**
 * The closed list of problem types (RFC 9457). {@code schemas/registry/problems.json} documents the
 * same list, and a test holds the two together.
 */
public enum ProblemType {
  INVALID_REQUEST(400, "The request is not valid"),
  MALFORMED_BODY(400, "The body could not be read"),
  UNAUTHENTICATED(401, "A valid bearer token is required"),
  FORBIDDEN(403, "This operation is not open to the caller"),
  ROLES_CONFLICT(403, "The token joins administrator roles that must be in different hands"),
  NOT_FOUND(404, "There is no such thing, or the caller may not see it"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "The media type asked for is not offered"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "The request conflicts with the present state"),
  WRONG_STATE(409, "The present state does not allow this step"),
  SAME_HANDS(409, "This step needs different hands than an earlier one"),
  BUDGET_EXHAUSTED(409, "The privacy budget does not cover the request"),
  QUOTA_EXHAUSTED(409, "The contract's quota does not cover the request"),
  IMMUTABLE(409, "What was signed cannot be changed"),
  BODY_TOO_LARGE(413, "The body is larger than the limit"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
  VALIDATION_FAILED(422, "The request breaks a rule"),
  UNCLASSIFIED(422, "A resource must be classified and graded before it can be saved"),
  PROHIBITED_RESOURCE(422, "The resource is on the prohibited list and cannot be authorised"),
  UNREADABLE_SOURCE(422, "The source file could not be read"),
  POLICY_REFUSED(403, "The contract's policy does not allow this use"),
  POLICY_UNENFORCEABLE(422, "The policy contains a term that cannot be enforced"),
  SIGNATURE_INVALID(422, "The signature does not verify"),
  SCHEMA_INCOMPATIBLE(409, "The schema is not compatible with its predecessors"),
  SQL_REFUSED(422, "The SQL is outside the closed list of what may run"),
  GROUP_TOO_SMALL(409, "A group, its complement or a difference is smaller than the minimum group"),
  CONTRACT_ENDED(409, "The contract has ended"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are larger than the limit"),
  INTERNAL(500, "The service failed"),
  ENGINE_FAILED(500, "The engine failed"),
  UNAVAILABLE(503, "The service cannot answer now"),
  NOT_READY(503, "What was asked for is being made"),
  ERASED(410, "What was kept has been erased after its period"),
  DAP_INVALID_MESSAGE(400, "A message of the aggregation protocol is malformed"),
  DAP_UNRECOGNIZED_TASK(404, "The aggregation task is not known here"),
  DAP_UNRECOGNIZED_AGGREGATION_JOB(404, "The aggregation job is not known here"),
  DAP_BATCH_INVALID(400, "The request names no batch that can be collected"),
  DAP_INVALID_BATCH_SIZE(
      400, "The batch holds fewer reports or contributors than its task demands"),
  DAP_INVALID_AGGREGATION_PARAMETER(400, "The aggregation parameter does not fit the task"),
  DAP_BATCH_MISMATCH(400, "Leader and helper have not counted the same reports"),
  DAP_STEP_MISMATCH(400, "The aggregation job is at another step"),
  DAP_BATCH_OVERLAP(400, "Part of the batch was collected before"),
  DAP_UNSUPPORTED_EXTENSION(400, "The message carries an extension that is not supported"),
  DAP_INVALID_EXTENSION(400, "An extension of the message breaks its rules");

  private static final String DAP = "DAP_";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The name in {@code urn:weir:problem:<name>}; for errors of DAP see {@link #urn}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The stable type: {@code urn:weir:problem:<name>}, or the URN that the Distributed Aggregation
   * Protocol registers for its own errors, such as {@code
   * urn:ietf:params:ppm:dap:error:invalidMessage}.
   */
  public String urn() {
    return name().startsWith(DAP)
        ? "urn:ietf:params:ppm:dap:error:" + camelCase(name().substring(DAP.length()))
        : "urn:weir:problem:" + slug();
  }

  private static String camelCase(String name) {
    String[] words = name.toLowerCase(Locale.ROOT).split("_", -1);
    var joined = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      joined.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return joined.toString();
  }
}
