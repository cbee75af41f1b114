/**
 * What stations ask of tiers, tiers of one another and of the witness, and what they answer. One byte names the message,
 * the rest follows in the canonical codec. A message that needs a session travels inside {@link
 * trimaran.line.message.Request.AsSession}. Every list and byte string has a limit in {@link
 * trimaran.line.message.MessageLimits}.
 */
package trimaran.line.message;
