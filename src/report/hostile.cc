// SPDX-License-Identifier: Apache-2.0
#include "report/hostile.h"

#include <fmt/format.h>

namespace backcast {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool TurnsOrHides(char32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200B ||
         code == 0x2028 || code == 0x2029 || code == 0xFEFF || (code >= 0x2060 && code <= 0x2064) ||
         (code >= 0xE0000 && code <= 0xE007F);
}

}  // namespace

std::string Visible(std::string_view text, bool keep_lines) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = NextCodePoint(text, at);
    if (code == '\n' && keep_lines) {
      shown += '\n';
    } else if (code == '\r' && at < text.size() && text[at] == '\n') {
      continue;
    } else if (code == '\n' || code == '\t' || code == '\r') {
      shown += ' ';
    } else if (code < 0x20) {
      AppendUtf8(0x2400 + code, shown);
    } else if (code == 0x7F) {
      AppendUtf8(0x2421, shown);
    } else if (code >= 0x80 && code < 0xA0) {
      AppendUtf8(kReplacement, shown);
    } else if (TurnsOrHides(code)) {
      shown += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(code));
    } else {
      AppendUtf8(code, shown);
    }
  }
  return shown;
}

std::string EscapeHtml(std::string_view text, bool keep_lines) {
  std::string escaped;
  for (const char c : Visible(text, keep_lines)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string EscapeMarkdown(std::string_view text) {
  std::string escaped;
  const std::string shown = Visible(text);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    const bool opens_a_line = escaped.empty() && std::string_view("#+-=").find(c) != std::string_view::npos;
    if (c == '<') {
      escaped += "&lt;";
    } else if (c == '&') {
      escaped += "&amp;";
    } else {
      const bool scheme = c == ':' && shown.substr(i, 3) == "://";
      if (scheme || opens_a_line || std::string_view("\\`*_[]|>~").find(c) != std::string_view::npos)
        escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string EscapeCsv(std::string_view text, bool is_text) {
  std::string field(text);
  const bool runs =
      !field.empty() && std::string_view("=+-@\t\r\0", 7).find(field[0]) != std::string_view::npos;
  if (is_text && runs) field.insert(0, "'");
  if (field.find_first_of(",\"\r\n") == std::string::npos &&
      (field.empty() || (field[0] != ' ' && field.back() != ' ')))
    return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace backcast
