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

char32_t NextCodePoint(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 && first < 0xF5   ? 3
                   : first >= 0xE0 && first < 0xF0 ? 2
                   : first >= 0xC2 && first < 0xE0 ? 1
                                                   : 0;
  if (more == 0 || at + static_cast<std::size_t>(more) > text.size()) return kReplacement;
  char32_t code = first & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    const unsigned char next = byte(at + static_cast<std::size_t>(i));
    if ((next & 0xC0U) != 0x80) return kReplacement;
    code = (code << 6U) | (next & 0x3FU);
  }
  const bool overlong = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
  if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return kReplacement;
  at += static_cast<std::size_t>(more);
  return code;
}

void AppendUtf8(char32_t code, std::string& text) {
  const auto put = [&](char32_t byte) {
    text.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6U));
    put(0x80 | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12U));
    put(0x80 | ((code >> 6U) & 0x3FU));
    put(0x80 | (code & 0x3FU));
  } else {
    put(0xF0 | (code >> 18U));
    put(0x80 | ((code >> 12U) & 0x3FU));
    put(0x80 | ((code >> 6U) & 0x3FU));
    put(0x80 | (code & 0x3FU));
  }
}

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
