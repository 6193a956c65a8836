/**
 * JSON read strictly and written canonically (<a href="https://www.rfc-editor.org/rfc/rfc8785">RFC
 * 8785</a>). It never guesses types from the text. Start with {@link dev.weir.runtime.json.Json}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.json;
