// SPDX-License-Identifier: Apache-2.0
// In which encoding a text is written, and its bytes as UTF-8. Never guesses where it can know, never
// replaces.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/read/bytes.h"

namespace backcast {

struct Encoding {
  std::string name =
      "UTF-8";  ///< "UTF-8", "UTF-16LE", "UTF-16BE", or the name of an 8-bit or East Asian charset
  bool guessed = false;
  std::size_t mark = 0;  ///< bytes of the byte order mark
};

/// The encoding of a text from its first bytes; `whole` when there are no more. `name` goes into errors:
/// kInput for pictures, archives and other files that are no text, in one sentence.
Result<Encoding> DetectEncoding(std::string_view head, bool whole, const std::string& name);

/// The text as UTF-8. Bytes that cannot be decoded come out as bytes that are no UTF-8 either, so that the
/// record that holds them can be refused. Error: kInput when the text ends inside a character.
Result<std::unique_ptr<ByteSource>> DecodeText(std::unique_ptr<ByteSource> bytes, const Encoding& encoding,
                                               const std::string& name);

/// Length of the longest valid UTF-8 beginning of `text`. Surrogates and overlong forms are invalid.
std::size_t ValidUtf8(std::string_view text);

/// True when no byte is over 127.
bool IsAscii(std::string_view text);

/// At most `most` bytes of text, with '?' for what is not valid UTF-8 and blanks for control characters.
std::string Excerpt(std::string_view text, std::size_t most);

/// What kind of file these first bytes belong to, when they are not a text: "a PNG image".
std::string_view BinaryKind(std::string_view head);

}  // namespace backcast
