// SPDX-License-Identifier: Apache-2.0
#include "journey/arrival.h"

#include <cctype>

#include "base/ascii.h"

namespace backcast {
namespace {

bool IsBlank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string FoldWord(std::string_view text) {
  std::string word;
  for (const char c : Trimmed(text)) {
    const bool gap = IsBlank(c) || c == '-' || c == '_';
    if (!gap) {
      word += LowerAscii(c);
    } else if (word.empty() || word.back() != '_') {
      word += '_';
    }
  }
  return word;
}

std::string HostOf(std::string_view address) {
  address = Trimmed(address);
  if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
    address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find_first_of("/?#"));
  if (const std::size_t user = address.rfind('@'); user != std::string_view::npos)
    address.remove_prefix(user + 1);
  address = address.substr(0, address.find(':'));
  std::string host;
  for (const char c : address) host += LowerAscii(c);
  while (!host.empty() && host.back() == '.') host.pop_back();
  if (host.starts_with("www.")) host.erase(0, 4);
  return host;
}

bool FitsPattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace backcast
