// SPDX-License-Identifier: Apache-2.0
// Encodings older than Unicode: guessing and decoding them. The only file of the reader that knows ICU.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace backcast {

/// The likeliest charset of a text that is neither UTF-8 nor UTF-16: "windows-1252", "windows-1251",
/// "Shift_JIS".
std::string GuessCharset(std::string_view text);

/// Turns the bytes of one charset into UTF-8, stretch by stretch. What has no meaning becomes the byte FF.
class CharsetDecoder {
 public:
  /// nullptr for a charset that is not known.
  static std::unique_ptr<CharsetDecoder> Open(const std::string& name);
  virtual ~CharsetDecoder() = default;
  /// Appends the meaning of `raw` to `out`; false when `last` and the text ends inside a character.
  virtual bool Append(std::string_view raw, bool last, std::string& out) = 0;
};

}  // namespace backcast
