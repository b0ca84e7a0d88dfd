// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/json_object.h"

#include <cstdint>
#include <nlohmann/json.hpp>

namespace backcast {
namespace {

constexpr int kDepth = 64;

/// Walks over text that is known to be valid JSON.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  bool Object(const std::string& prefix, int depth, FlatObject& out) {
    if (depth > kDepth) return false;
    Blanks();
    ++at_;  // {
    for (;;) {
      Blanks();
      if (text_[at_] == '}') {
        ++at_;
        return true;
      }
      if (text_[at_] == ',') {
        ++at_;
        Blanks();
      }
      const std::string key = prefix.empty() ? String() : prefix + "." + String();
      Blanks();
      ++at_;  // :
      Blanks();
      if (text_[at_] == '{') {
        if (!Object(key, depth + 1, out)) return false;
      } else {
        out.emplace_back(key, Value());
      }
    }
  }

 private:
  void Blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }

  std::string Value() {
    const char first = text_[at_];
    if (first == '"') return String();
    const std::size_t begin = at_;
    if (first == '[') {
      SkipArray();
    } else {
      at_ = text_.find_first_of(",}] \n\r\t", at_);
      if (text_.substr(begin, at_ - begin) == "null") return {};
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  void SkipArray() {
    std::size_t open = 0;
    do {
      const char c = text_[at_];
      if (c == '"') {
        while (text_[++at_] != '"') at_ += text_[at_] == '\\';
      }
      open += c == '[' || c == '{';
      open -= c == ']' || c == '}';
      ++at_;
    } while (open > 0);
  }

  std::string String() {
    std::string text;
    for (++at_; text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\') {
        text += text_[at_];
        continue;
      }
      switch (text_[++at_]) {
        case 'n':
          text += '\n';
          break;
        case 't':
          text += '\t';
          break;
        case 'r':
          text += '\r';
          break;
        case 'b':
          text += '\b';
          break;
        case 'f':
          text += '\f';
          break;
        case 'u':
          AppendCode(text);
          break;
        default:
          text += text_[at_];
      }
    }
    ++at_;
    return text;
  }

  std::uint32_t Hex() {  // at_ is on the u; ends on the last digit
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[++at_];
      code = code * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return code;
  }

  void AppendCode(std::string& text) {
    std::uint32_t code = Hex();
    if (code >= 0xd800 && code < 0xdc00) {  // valid JSON has the other half behind it
      at_ += 2;
      code = 0x10000 + ((code - 0xd800) << 10) + (Hex() - 0xdc00);
    }
    const auto tail = [&](int shift) { text += static_cast<char>(0x80 | (code >> shift & 63)); };
    if (code < 0x80) {
      text += static_cast<char>(code);
    } else if (code < 0x800) {
      text += static_cast<char>(0xc0 | code >> 6);
      tail(0);
    } else if (code < 0x10000) {
      text += static_cast<char>(0xe0 | code >> 12);
      tail(6);
      tail(0);
    } else {
      text += static_cast<char>(0xf0 | code >> 18);
      tail(12);
      tail(6);
      tail(0);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool Flatten(std::string_view json, FlatObject& out) {
  if (!json.starts_with('{') || !nlohmann::json::accept(json)) return false;
  return Walker(json).Object("", 1, out);
}

}  // namespace backcast
