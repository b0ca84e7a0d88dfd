// SPDX-License-Identifier: Apache-2.0
#include "desk/signature.h"

#include <cstdlib>

namespace backcast {
namespace {

constexpr std::size_t kLongest = 1000;

std::string Trimmed(const std::string& text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

Result<std::string> KeptSentence(const std::string& text, const std::string& option,
                                 const std::string& needs) {
  std::string kept = Trimmed(text);
  if (kept.empty()) return Error{Code::kUsage, "", option + " is missing", needs};
  if (kept.size() > kLongest) {
    return Error{Code::kUsage, "", option + " has " + std::to_string(kept.size()) + " bytes",
                 "one or two sentences of at most " + std::to_string(kLongest) + " bytes are read by others"};
  }
  return kept;
}

Result<Signature> Sign(const std::string& by, const std::string& because, Day today,
                       const std::string& needs) {
  Signature signature;
  BACKCAST_TRY(signature.because, KeptSentence(because, "--because", needs));
  signature.by = Trimmed(by);
  signature.by_from = "--by";
  if (signature.by.empty()) {
    const char* user = std::getenv("USER");
    signature.by = Trimmed(user == nullptr ? "" : user);
    signature.by_from = "the environment variable USER";
  }
  if (signature.by.empty() || signature.by.size() > 200) {
    return Error{Code::kUsage, "", "nobody signs this: --by is missing and the environment has no USER",
                 "give a name of at most 200 bytes with --by NAME"};
  }
  signature.on = ToIso(today);
  return signature;
}

std::string SignerWords(const Signature& signature) {
  return signature.by + " (from " + signature.by_from + ")";
}

}  // namespace backcast
