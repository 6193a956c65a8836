package dev.weir.runtime.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that is given before the body was read, as refusals are, ends its connection; the
 * client is told so in the header. It would else send its next request into a connection that
 * closes, and could not know whether that request was taken.
 */
final class UnreadBodyResponse extends Response.Wrapper {

  UnreadBodyResponse(Request request, Response wrapped) {
    super(request, wrapped);
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    if (!isCommitted() && !getRequest().consumeAvailable()) {
      getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
    super.write(last, content, callback);
  }
}
