// SPDX-License-Identifier: Apache-2.0
#include "text/words.h"

#include "base/utf8.h"
#include "text/signs.h"

namespace backcast {

void AppendFolded(const TextToken& token, std::string_view written, std::string& key) {
  if (token.kind == TokenKind::kHashtag) written.remove_prefix(1);
  if (token.kind == TokenKind::kEmoji) {
    const std::size_t from = key.size();
    for (std::size_t at = 0; at < written.size();) {
      const char32_t code = NextCodePoint(written, at);
      if (SignOf(code) != Sign::kModifier || key.size() == from) AppendUtf8(code, key);
    }
    return;
  }
  if (token.kind != TokenKind::kWord && token.kind != TokenKind::kHashtag) {
    key += written;
    return;
  }
  if (token.ascii) {
    const std::size_t from = key.size();
    key.append(written);
    for (char *c = key.data() + from, *end = key.data() + key.size(); c != end; ++c)
      *c = static_cast<char>(*c | ((*c >= 'A') & (*c <= 'Z')) << 5U);
    return;
  }
  for (std::size_t at = 0; at < written.size();) AppendUtf8(LowerCase(NextCodePoint(written, at)), key);
}

}  // namespace backcast
